#!/bin/sh
# Runs every check and test, one line each, logs in BUILD/test-logs; ends with "N passed, N failed".
#
#   tests/run.sh BUILD JOBS
#
# What is built where: BUILD (gcc), BUILD/asan (gcc with ASan and UBSan), BUILD/clang (clang). Test
# programs run JOBS at a time; those that measure run alone.
set -u
cd "$(dirname "$0")/.." || exit 1
sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
measuring='/test_bounds$'

# one NAME COMMAND...: one test, timed; its output is shown only when it fails.
one() {
    name=$1
    shift
    log=$LOGS/$(printf %s "$name" | tr ' /' '__').log
    start=$(date +%s)
    if "$@" >"$log" 2>&1; then
        word='ok  ' tail=
    else
        word='FAIL' tail=$(tail -n 60 "$log" | sed 's/^/      | /')
    fi
    # In one write, so that lines of tests side by side stay whole.
    printf '%s  %-38s %4s s%s\n' "$word" "$name" $(($(date +%s) - start)) "${tail:+
$tail}" | tee -a "$LOGS/results"
}

if [ "$1" = --one ]; then # --one PREFIX DIR PROGRAM: a test program of the build in DIR
    prefix=$2 dir=$3 program=$4
    name=$prefix$(printf %s "${program#"$dir"/tests/}" | sed 's/test_//')
    export LUITOP_BIN="$dir/luitop" LUITOP_SANDBOX_BIN="$dir/luitop-sandbox"
    # shellcheck disable=SC2086
    one "$name" $UNDER "$program"
    exit 0
fi

build=$1 jobs=$2
LOGS=$build/test-logs
UNDER=
export LOGS UNDER
rm -rf "$LOGS"
mkdir -p "$LOGS"

make_in() {
    dir=$1
    shift
    make --no-print-directory -s -j"$jobs" BUILD="$dir" "$@"
}

programs_in() {
    find "$1/tests/$2" -type f -name "$3" -perm -u+x ! -name '*.o' | LC_ALL=C sort
}

# each KIND DIR PREFIX: the unit or e2e programs of a build.
each() {
    programs_in "$2" "$1" 'test_*' | grep -v "$measuring" |
        xargs -r -n 1 -P "$jobs" "$0" --one "$3" "$2"
    programs_in "$2" "$1" 'test_*' | grep "$measuring" | xargs -r -n 1 "$0" --one "$3" "$2"
}

for c in layers format selftest; do
    one "check $c" tests/check/$c.sh
done
one 'build gcc' make_in "$build" programs
one 'check style' env BUILD="$build" tests/check/style.sh
each unit "$build" ''
each e2e "$build" ''

one 'build clang' make_in "$build/clang" CC=clang programs
one 'build sanitized' make_in "$build/asan" "SAN=$sanitize" programs
export LUITOP_TEST_SLOW=4
each unit "$build/asan" 'asan '
each e2e "$build/asan" 'asan '
for t in $(programs_in "$build/asan" fuzz '*'); do
    one "fuzz ${t##*/}" "$t" -n 20000 tests/fuzz/corpus/"${t##*/}"
done
export LUITOP_TEST_SLOW=10
UNDER='valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite'
each unit "$build" 'valgrind '

passed=$(grep -c '^ok ' "$LOGS/results")
failed=$(grep -c '^FAIL ' "$LOGS/results")
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
