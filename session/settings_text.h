/*
 * A settings file's text before libconfig sees it. Private to session/.
 *
 * libconfig 1.5 wraps integers beyond 32 bits without a word, looks for @include in the working
 * directory, nests without a limit, takes a comment at the end of a file for a slip, leaks on
 * syntax errors, says only "syntax error", and has no names in quotes. So this reader checks the
 * part of the syntax that settings need (groups, texts, whole numbers, truth values), and rewrites
 * a quoted name ("ctrl-t" = …) as one that libconfig accepts: '*' and the bytes in hexadecimal.
 * What passes here only fails there for a name that stands twice. Lines stay where they are.
 */
#ifndef SESSION_SETTINGS_TEXT_H
#define SESSION_SETTINGS_TEXT_H

#include <stddef.h>

struct buf;
struct err;

enum { SETTINGS_FILE_MAX = 1024 * 1024, SETTINGS_NEST_MAX = 8, SETTINGS_QUOTED_MAX = 32 };

/* Appends the text to give to libconfig to OUT. LABEL: what the file is called in errors.
 * ERR_SETTINGS, ERR_NOMEM, ERR_TOOBIG. O(LEN). */
int settings_text(struct buf *out, const char *label, const char *text, size_t len,
                  struct err *err);
/* The name that NAME was before it was rewritten, into OUT (SETTINGS_QUOTED_MAX + 1 bytes); NAME
 * itself where it was not. */
const char *settings_text_name(const char *name, char out[SETTINGS_QUOTED_MAX + 1]);

#endif
