#!/bin/sh
# Every C file is as clang-format leaves it.
set -eu
. "$(dirname -- "$0")/lib.sh"

if ! command -v clang-format >/dev/null; then
    echo "format.sh: clang-format is not installed (apt-get install clang-format)" >&2
    exit 1
fi
list '*.c' '*.h' >"$findings.files"
trap 'rm -f "$findings" "$findings".*' EXIT
status=0
xargs -r clang-format --dry-run --Werror <"$findings.files" >"$findings.out" 2>&1 || status=$?
sed -n 's/^\([^:]*:[0-9]*\):[0-9]*: error: .*/\1: not as clang-format writes it (make format)/p' \
    "$findings.out" >"$findings"
if [ "$status" -ne 0 ] && ! [ -s "$findings" ]; then
    cat "$findings.out" >&2
    exit 1
fi
verdict
