/*
 * `luitop trend`: the monthly history as a chart in plain text, as a table or in sentences
 * (features.md §8 and M44; model/chart_text.h draws), or as rows for programs (model/trend_list.h),
 * where a forecast never shares a column with facts.
 *
 * The numbers are users a month, paid and free one on the other: of all editions together (a user
 * counts once per edition, as on the bill), of one edition, of one customer, or both.
 */
#ifndef CLI_TREND_H
#define CLI_TREND_H

#include <stdbool.h>

#include "cli/list.h"
#include "model/chart.h"
#include "model/trend_list.h"

struct buf;
struct customer_list;
struct err;

/* type, name on the command line */
#define TREND_LIST(X)                                                                              \
    X(CHART, "chart")                                                                              \
    X(TABLE, "table")                                                                              \
    X(SENTENCE, "sentence")
enum trend_form {
#define TREND_ENUM(upper, name) TREND_##upper,
    TREND_LIST(TREND_ENUM)
#undef TREND_ENUM
        TREND_FORMS
};
struct trend_format {
    bool rows; /* for programs, as FORMAT; else FORM, for people */
    enum trend_form form;
    enum list_format format;
};
/* NULL text is the chart. 0 or ERR_USAGE with the nearest name. */
int trend_format_parse(const char *text, struct trend_format *out, struct err *err);

struct trend_choice {
    const char *edition;  /* a feature code; NULL: all */
    const char *customer; /* an id; "none": the users linked to no customer; NULL: all */
};
/* What the choice stands for in the months FROM to TO: codes and ids without regard to letter case.
 * NAME (clean text) is what a person calls it. ERR_USAGE with the nearest one when no month has
 * such an edition, and no month and not CUSTOMERS such a customer. */
int trend_resolve(const struct trend_choice *choice, const struct history *h,
                  const struct customer_list *customers, int from, int to,
                  struct history_choice *out, struct buf *name, struct err *err);

/* The set in a form, COLS wide, appended to OUT. 0, ERR_NOMEM, ERR_TOOBIG. */
int trend_write(struct buf *out, const struct series_set *set, enum trend_form form, int cols,
                enum chart_glyphs glyphs);

/* What --glyphs or the settings say (auto, unicode, ascii) in the locale's character set CODESET.
 * Never braille: whoever reads the text later may not have it in the font. */
enum chart_glyphs trend_glyphs(const char *setting, const char *codeset);

#endif
