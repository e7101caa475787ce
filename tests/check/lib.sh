# What the checks share. Each check is run as CHECK [ROOT]: it looks at the C files (and, where it
# says so, others) of the checkout ROOT, prints "file:line: what is wrong" for every finding and
# exits 1 when there was one. Sourced after `set -eu`.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=${1:-$here/../..}
cd "$root"
findings=$(mktemp)
trap 'rm -f "$findings"' EXIT

# Tracked and new files, one a line; ignored ones (the build) are not looked at.
list() {
    if [ -e .git ]; then
        git ls-files -co --exclude-standard -- "$@"
    else
        for pattern; do find . -path "./$pattern" -type f; done | sed 's,^\./,,'
    fi | sort -u | while IFS= read -r f; do if [ -f "$f" ]; then echo "$f"; fi; done
}

# Runs the awk program $1 over the C files on stdin, with comments and the insides of strings
# blanked; FILENAME and FNR are the real ones. Further arguments go to awk (-v name=value).
over_code() {
    program=$1
    shift
    xargs -r awk "$@" "$(cat "$here/strip.awk") $program" >>"$findings"
}

# Ends the check: shows what was found.
verdict() {
    if [ -s "$findings" ]; then
        sort -t: -k1,1 -k2,2n -u "$findings" >&2
        exit 1
    fi
    exit 0
}
