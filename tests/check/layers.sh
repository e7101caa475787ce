#!/bin/sh
# Who may include whom: the rooms' order and the libraries' rooms, as in docs/architecture.md.
# tests/ may include anything.
set -eu
. "$(dirname -- "$0")/lib.sh"

# room: what it may include besides itself
cat >"$findings.rooms" <<'TABLE'
base:
model: base
store: model base
api_client: model base
session: api_client store model base
themes: base
widgets: themes base model/column.h model/view.h model/query.h model/marks.h model/series.h model/chart.h model/chart_text.h
tui: widgets themes session api_client store model base
cli: session api_client store model base
sandbox: base
luitop.c: tui cli session base
TABLE

# header (a pattern): the files (patterns) that may include it
cat >"$findings.libraries" <<'TABLE'
^curl/: ^api_client/http[.]c$
^jansson[.]h$: ^(api_client|cli|sandbox)/
^sqlite3[.]h$: ^(store|sandbox)/
^libconfig[.]h$: ^(session/config(_[a-z]+)?[.]c$|themes/)
^(n?curses|panel|term|menu|form)[.]h$: ^(widgets|tui)/
^microhttpd[.]h$: ^sandbox/
^zlib[.]h$: ^sandbox/
^utf8proc[.]h$: ^base/
^pcre2[.]h$: ^model/
^(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal)[.]h$: .
^(stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|time)[.]h$: .
^(wchar|wctype|dirent|fcntl|fnmatch|glob|grp|langinfo|libgen|netdb|poll|pwd|regex|sched)[.]h$: .
^(spawn|strings|syslog|termios|unistd|getopt|ftw|fts|malloc|endian|byteswap|paths)[.]h$: .
^(sys|netinet|arpa|net|linux)/[a-z0-9_]+[.]h$: .
TABLE
trap 'rm -f "$findings" "$findings".*' EXIT

# shellcheck disable=SC2016
list '*.c' '*.h' | grep -v '^tests/' | xargs -r awk -v rooms="$findings.rooms" \
    -v libraries="$findings.libraries" -v edges="$findings.edges" -v headers="$findings.headers" '
function room_of(path) {
    return index(path, "/") ? substr(path, 1, index(path, "/") - 1) : path
}
function say(text) {
    print FILENAME ":" FNR ": " text
}
function ours(path,    room, target, want, n, i) {
    room = room_of(FILENAME)
    if (path ~ ("^" room "_[a-z_]+[.]inc$"))
        return # made by the Makefile
    if (path !~ /^[a-z_]+\/[A-Za-z0-9_.-]+$/) {
        say("\"" path "\": write it as \"room/header.h\"")
        return
    }
    target = room_of(path)
    if (path !~ /[.](h|inc)$/)
        say("\"" path "\" is not a header")
    if (FILENAME ~ /[.]h$/ && path ~ /[.]h$/)
        print FILENAME, path >headers
    if (target == room)
        return
    print room, target >edges
    if (path ~ /(internal|private)[.]h$/)
        say("\"" path "\" belongs to " target "/ alone")
    if (!(room in below)) {
        say("folder \"" room "\" is no room of the house")
        return
    }
    n = split(below[room], want, " ")
    for (i = 1; i <= n; i++)
        if (want[i] == target || want[i] == path)
            return
    say(room " may not include \"" path "\"")
}
function library(path,    i, known) {
    for (i = 1; i <= libs; i++) {
        if (path !~ header[i])
            continue
        if (FILENAME ~ user[i])
            return
        known = 1
    }
    say("<" path "> " (known ? "has no business here" : "is a library that no room is known to use"))
}
BEGIN {
    while ((getline line <rooms) > 0)
        below[substr(line, 1, index(line, ":") - 1)] = substr(line, index(line, ":") + 1)
    while ((getline line <libraries) > 0) {
        header[++libs] = substr(line, 1, index(line, ": ") - 1)
        user[libs] = substr(line, index(line, ": ") + 2)
    }
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, part, "\"")
    ours(part[2])
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    path = $0
    sub(/^[^<]*</, "", path)
    sub(/>.*/, "", path)
    library(path)
}
# A declaration by hand is an include that nobody sees.
FILENAME ~ /[.]c$/ && /^[ \t]*extern[ \t]/ { say("extern in a .c file: include the header") }
' >>"$findings"

for graph in edges headers; do
    if [ -f "$findings.$graph" ]; then
        tsort "$findings.$graph" 2>&1 >/dev/null | sed -n 's/^tsort: //p' | grep -v '^-:' |
            grep -v 'input contains a loop' | sort -u |
            sed 's/$/:1: is part of a cycle of includes/' >>"$findings" || true
    fi
done
verdict
