#!/bin/sh
# A check that cannot fail checks nothing: each is given a bad snippet and must find it where it is,
# and a good one and must keep quiet.
set -eu
unset BUILD
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0
count=0

# A checkout of two innocent files.
fresh() {
    rm -rf "$tmp/house"
    mkdir -p "$tmp/house/base" "$tmp/house/model" "$tmp/house/api_client" "$tmp/house/widgets" \
        "$tmp/house/tui" "$tmp/house/tests/check" "$tmp/house/build/base"
    cd "$tmp/house"
    cp "$here/../../.clang-format" .
    printf '#ifndef BASE_A_H\n#define BASE_A_H\n\nint a(void);\n\n#endif\n' >base/a.h
    cat >base/a.c <<'C'
#include "base/a.h"

#include <stdio.h>

/* strcpy(), atoi() and "system(" in a comment or a text are words. */
int a(void)
{
    static const char *const names[] = {"gets(x)", "sprintf() \" system("};
    char q = '"'; // popen(
    return names[0][0] == q || fgets(NULL, 0, NULL) != NULL || snprintf(NULL, 0, "x") > 0;
}
C
}

# expect_finding CHECK WHERE WORDS [ARGUMENT...]
expect_finding() {
    check=$1 where=$2 words=$3
    shift 3
    count=$((count + 1))
    status=0
    sh "$here/$check.sh" "$tmp/house" "$@" >"$tmp/out" 2>&1 || status=$?
    if [ "$status" -ne 1 ] || ! grep -F -e "$where: " "$tmp/out" | grep -qF -e "$words"; then
        echo "selftest.sh: $check.sh (status $status) does not say \"$where: … $words\":" >&2
        cat "$tmp/out" >&2
        bad=1
    fi
}

expect_quiet() {
    check=$1
    shift
    count=$((count + 1))
    if ! sh "$here/$check.sh" "$tmp/house" "$@" >"$tmp/out" 2>&1 || [ -s "$tmp/out" ]; then
        echo "selftest.sh: $check.sh finds fault with a good file:" >&2
        cat "$tmp/out" >&2
        bad=1
    fi
}

# include FROM LINE
include() {
    fresh
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$2" >>"$1"
}

fresh
expect_quiet layers
expect_quiet style
expect_quiet format

include base/b.c '#include "model/x.h"'
expect_finding layers base/b.c:1 'base may not include "model/x.h"'
include model/b.c '#include "tui/x.h"'
expect_finding layers model/b.c:1 'model may not include'
include sandbox/b.c '#include "model/x.h"'
expect_finding layers sandbox/b.c:1 'sandbox may not include'
include widgets/b.c '#include "model/server.h"'
expect_finding layers widgets/b.c:1 'widgets may not include'
include widgets/b.c '#include "model/column.h"'
expect_quiet layers
include tests/unit/b.c '#include "tui/x.h"'
expect_quiet layers
include luitop.c '#include "store/store.h"'
expect_finding layers luitop.c:1 'may not include'
include attic/b.c '#include "base/a.h"'
expect_finding layers attic/b.c:1 'no room of the house'
include model/b.c '#include "x.h"'
expect_finding layers model/b.c:1 'room/header.h'
include model/b.c '#include "../base/a.h"'
expect_finding layers model/b.c:1 'room/header.h'
include model/b.c '#include "base/a.c"'
expect_finding layers model/b.c:1 'not a header'
include model/b.c '#include "base/internal.h"'
expect_finding layers model/b.c:1 'belongs to base/ alone'
include model/b.c 'extern int a(void);'
expect_finding layers model/b.c:1 'extern'
include api_client/http.c '#include <curl/curl.h>'
expect_quiet layers
include api_client/call.c '#include <curl/curl.h>'
expect_finding layers api_client/call.c:1 'no business here'
for pair in model/b.c,jansson.h model/b.c,sqlite3.h session/b.c,libconfig.h cli/b.c,curses.h \
    session/b.c,ncurses.h base/b.c,microhttpd.h; do
    include "${pair%,*}" "#  include <${pair#*,}>"
    expect_finding layers "${pair%,*}:1" 'no business here'
done
include base/b.c '#include <openssl/ssl.h>'
expect_finding layers base/b.c:1 'a library'
fresh
printf '#include "base/c.h"\n' >base/b.h
printf '#include "base/b.h"\n' >base/c.h
expect_finding layers base/b.h:1 'cycle'

fresh
awk 'BEGIN { for (i = 1; i <= 401; i++) print "/* " i " */" }' >base/long.c
expect_finding style base/long.c:401 '401 lines'
printf 'file-length base/long.c a table, one row a line\n' >tests/check/allow.txt
expect_quiet style
printf 'file-length base/long.c\n' >tests/check/allow.txt
expect_finding style base/long.c:401 '401 lines'
fresh
printf 'file-length base/gone.c a table\n' >tests/check/allow.txt
expect_finding style tests/check/allow.txt:1 'not there'
fresh
awk 'BEGIN { print "int b(void)\n{"; for (i = 1; i <= 61; i++) print "    a();"; print "}" }' >base/b.c
expect_finding style base/b.c:2 'b() has 61 lines'
printf 'function-length base/b.c:b a list of calls\n' >tests/check/allow.txt
expect_quiet style

for name in strcpy strcat sprintf vsprintf strtok atoi atol gets system popen alloca beep napms; do
    fresh
    printf 'void b(void)\n{\n    a(); /* first */ %s(x);\n}\n' "$name" >tests/b.c
    expect_finding style tests/b.c:3 "$name()"
done

include base/b.c 'int b;  '
expect_finding style base/b.c:1 'blanks'
include base/b.c "$(printf '\tint b;')"
expect_finding style base/b.c:1 'a tab'
include README.md 'blank at the end '
expect_finding style README.md:1 'blanks'
for word in TODO FIXME XXX HACK; do
    include base/b.c "/* $word: later */"
    expect_finding style base/b.c:1 'note to self'
done
include base/b.c '/* mkstemp wants XXXXXX */'
expect_quiet style
for path in /home/somebody/luitop "/ro"ot/luitop "/wo"rk/main; do
    include docs/x.md "see $path/x"
    expect_finding style docs/x.md:1 'path of one machine'
done
include docs/x.md 'POST /cctrustoauth2/root/tokens/clients, client_secret_file = "/home/me/secret"'
expect_quiet style
include docs/x.md 'from https://registry.npmjs.org/x'
expect_finding style docs/x.md:1 'package registry'

for state in 'int counter;' 'static int counter = 3; int *b(void); int *b(void) { return &counter; }' \
    'int b(void); int b(void) { static int counter; return counter++; }' \
    'const char *counter = "x";'; do
    fresh
    printf '\n%s\n' "$state" >base/state.c
    "${CC:-cc}" -c -o build/base/state.o base/state.c
    expect_finding style base/state.c:2 'counter can be written' build
done
fresh
printf 'const char *const fine[] = {"x"};\n' >base/state.c
"${CC:-cc}" -fPIE -c -o build/base/state.o base/state.c
expect_quiet style build
fresh
printf 'int flag;\n' >tui/signals.c
mkdir build/tui
"${CC:-cc}" -c -o build/tui/signals.o tui/signals.c
expect_quiet style build

fresh
printf 'int  b ( void )\n{ return 1 ; }\n' >base/b.c
expect_finding format base/b.c:1 'clang-format'

printf 'NoSuchOption: 1\n' >>.clang-format
count=$((count + 1))
if sh "$here/format.sh" "$tmp/house" >"$tmp/out" 2>&1; then
    echo "selftest.sh: format.sh passes when clang-format cannot work" >&2
    bad=1
fi

if [ "$bad" -eq 0 ]; then
    echo "selftest.sh: $count cases, all well"
fi
exit "$bad"
