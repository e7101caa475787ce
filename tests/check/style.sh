#!/bin/sh
# House style that the compiler does not see: sizes, banned functions, blanks and tabs, notes to
# self, paths of one machine, and state that outlives a call.
#
#   style.sh [ROOT [BUILD]]     BUILD (or the environment's): a plain build, without a sanitizer,
#                               whose objects are looked into
#
# tests/check/allow.txt lists exceptions to the sizes: RULE FILE[:FUNCTION] REASON, one a line.
set -eu
. "$(dirname -- "$0")/lib.sh"
build=${2:-${BUILD:-}}
allow=tests/check/allow.txt
trap 'rm -f "$findings" "$findings".*' EXIT

# Sizes, outside tests.
# shellcheck disable=SC2016
list '*.c' '*.h' | grep -v '^tests/' | xargs -r awk '
function file_end() {
    if (lines > 400)
        print "file-length " name ":401: " lines " lines, 400 are allowed"
}
FNR == 1 { file_end(); name = FILENAME }
{ lines = FNR }
/^[A-Za-z_].*\(/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head) }
/^\{$/ { start = FNR }
/^\}/ {
    if (start && FNR - start - 1 > 60)
        print "function-length " FILENAME ":" start ": " head "() has " FNR - start - 1 \
            " lines, 60 are allowed"
    start = 0
}
END { file_end() }' >"$findings.sizes"
touch "$findings.sizes" "$findings.used"
while read -r rule where text; do
    file=${where%%:*}
    function=${text%%(*}
    if [ -f "$allow" ] && grep -qE "^$rule ($file|$file:$function) [^ ]" "$allow"; then
        grep -E "^$rule ($file|$file:$function) [^ ]" "$allow" >>"$findings.used"
    else
        echo "$where $text" >>"$findings"
    fi
done <"$findings.sizes"
if [ -f "$allow" ]; then
    grep -n '' "$allow" | while IFS=: read -r line text; do
        case $text in '' | '#'*) continue ;; esac
        if ! grep -qxF -e "$text" "$findings.used"; then
            echo "$allow:$line: allows what is not there, or gives no reason" >>"$findings"
        fi
    done
fi

# Banned functions, everywhere.
# shellcheck disable=SC2016
list '*.c' '*.h' | over_code '
BEGIN {
    n = split("strcpy strcat sprintf vsprintf strtok atoi atol gets system popen alloca beep napms",
              banned, " ")
}
{
    line = " " code($0)
    if (line !~ /(str|sprintf|ato|gets|system|popen|alloca|beep|napms)/)
        next
    for (i = 1; i <= n; i++)
        if (line ~ ("[^A-Za-z0-9_]" banned[i] "[ \t]*\\("))
            print FILENAME ":" FNR ": " banned[i] "() is not used in this house"
}'

# Blanks where a line ends, tabs in C.
list '*.c' '*.h' '*.sh' '*.awk' '*.md' '*.theme' '*.conf' Makefile README.md |
    xargs -r awk '
/[ \t]$/ { print FILENAME ":" FNR ": blanks at the end of the line" }
FILENAME ~ /[.][ch]$/ && /\t/ { print FILENAME ":" FNR ": a tab" }' >>"$findings"

# Notes to self and paths of one machine, in every text file but the checks themselves. The homes
# of the people in examples are nobody's.
list '*' | grep -v '^tests/check/' | xargs -r -d '\n' grep -nIE \
    '(^|[^A-Za-z])(TODO|FIXME|XXX|HACK)([^A-Za-z]|$)' /dev/null |
    sed 's/^\([^:]*:[0-9]*:\).*/\1 a note to self: do it or open an issue/' >>"$findings" || true
list '*' | grep -v '^tests/check/' | xargs -r -d '\n' grep -nIE \
    '(^|[^A-Za-z0-9_}/.*-])/((home|Users)/[A-Za-z]|(root|work|mnt)/)|/tmp/b-[a-z]' \
    /dev/null | grep -vE '/home/(me|you|user|kim)([^a-z]|$)' | sed 's/^\([^:]*:[0-9]*:\).*/\1 a path of one machine/' >>"$findings" || true
list '*' | grep -v '^tests/check/' | xargs -r -d '\n' grep -nIiE \
    'artifactory|jfrog|pypi[.]org|npmjs[.](org|com)|crates[.]io|proxy[.]golang[.]org|[a-z0-9]nexus[.][a-z]' \
    /dev/null | sed 's/^\([^:]*:[0-9]*:\).*/\1 the host of a package registry/' >>"$findings" || true

# State: what the compiler put where it can be written. Constant tables of pointers are in
# .data.rel.ro and fine; the handlers of signals need a place to write to.
if [ -d "${build:-/nonexistent}" ]; then
    find "$build" -name '*.o' ! -path '*/tests/*' | sort | while IFS= read -r object; do
        file=${object#"$build"/}
        file=${file%.o}.c
        if [ "$file" = tui/signals.c ]; then continue; fi
        [ -f "$file" ] || continue
        objdump -t "$object" | awk '
            $0 ~ / O [.]t?(data|bss)/ && $0 !~ / O [.]data[.]rel[.]ro/ { print $NF }' |
            while IFS= read -r symbol; do
                name=${symbol%%.*}
                line=$(grep -nw -- "$name" "$file" | head -n 1 | cut -d: -f1)
                echo "$file:${line:-1}: $name can be written: no mutable globals or statics"
            done
    done >>"$findings"
fi
verdict
