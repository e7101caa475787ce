#include "cli/trend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "model/account.h"
#include "model/chart_text.h"
#include "model/term.h"

enum { CHART_ROWS = 20, REMARKED_ROWS = 22, NEAREST_MAX = 200, SENTENCE_MAX = 1 << 20 };

int trend_format_parse(const char *text, struct trend_format *out, struct err *err)
{
    /* list_format's table is for people as rows; here it is the chart's own twin. */
    static const char *const names[] = {
#define TREND_NAME(upper, name) name,
        TREND_LIST(TREND_NAME)
#undef TREND_NAME
            "csv",
        "tsv", "json", "jsonl"};
    size_t count = sizeof(names) / sizeof(names[0]);
    struct trend_format f = {0};
    const char *near;

    for (size_t i = 0; i < count; i++)
        if (text == NULL || strcmp(text, names[i]) == 0) {
            f.rows = i >= TREND_FORMS;
            f.form = f.rows ? TREND_TABLE : (enum trend_form)i;
            *out = f;
            return f.rows ? list_format_parse(text, &out->format, err) : 0;
        }
    near = nearest_name(text, names, count);
    err_set(err, ERR_USAGE, "trend has no format \"%.40s\"", text);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "Give chart, table, sentence, csv, tsv, json or jsonl");
    return ERR_USAGE;
}

/* Names that a person may have meant. */
struct names {
    const char *all[NEAREST_MAX];
    size_t count;
};

static void add_name(struct names *n, const char *name)
{
    if (n->count < NEAREST_MAX)
        n->all[n->count++] = name;
}

static int refuse(const char *what, const char *wanted, const struct names *n, struct err *err)
{
    const char *near = nearest_name(wanted, n->all, n->count);

    err_set(err, ERR_USAGE, "no %s \"%.60s\" in these months", what, wanted);
    if (near != NULL)
        err_next(err, "Did you mean \"%.60s\"?", near);
    else
        err_next(err, "%s lists them",
                 strcmp(what, "edition") == 0 ? "luitop usage" : "luitop customers");
    return ERR_USAGE;
}

static int find_edition(const char *wanted, const struct history *h, int from, int to,
                        struct history_choice *out, const char **name, struct err *err)
{
    struct names names = {.count = 0};

    for (int term = to; term >= from; term--) {
        const struct history_month *m = history_month(h, term);

        for (size_t i = 0; m != NULL && i < m->count; i++) {
            const struct history_feature *f = &m->features[i];
            const char *code = f->feature_id != NULL ? f->feature_id : f->edition;

            if (strcasecmp(code, wanted) == 0) {
                out->feature_id = code;
                *name = f->edition;
                return 0;
            }
            add_name(&names, code);
        }
    }
    return refuse("edition", wanted, &names, err);
}

static const struct history_customer *customer_in(const struct history_month *m, const char *wanted,
                                                  struct names *names)
{
    for (size_t i = 0; m != NULL && i < m->count; i++)
        for (size_t k = 0; k < m->features[i].customer_part_count; k++) {
            const struct history_customer *c = &m->features[i].customer_parts[k];

            if (c->id == NULL)
                continue;
            if (strcasecmp(c->id, wanted) == 0)
                return c;
            add_name(names, c->id);
        }
    return NULL;
}

static int find_customer(const char *wanted, const struct history *h,
                         const struct customer_list *customers, int from, int to,
                         struct history_choice *out, const char **name, struct err *err)
{
    struct names names = {.count = 0};
    const struct history_customer *c = NULL;

    if (strcmp(wanted, "none") == 0) {
        out->customer_id = HISTORY_NOT_LINKED;
        *name = "Not linked";
        return 0;
    }
    for (size_t i = 0; i < customers->count; i++) {
        const struct customer *known = &customers->rows[i];

        if (strcasecmp(known->id, wanted) == 0) {
            out->customer_id = known->id;
            *name = known->name != NULL && known->name[0] != '\0' ? known->name : known->id;
        }
        add_name(&names, known->id);
    }
    for (int term = to; term >= from && c == NULL; term--)
        c = customer_in(history_month(h, term), wanted, &names);
    if (c != NULL) {
        /* As the usage writes it, since that is what is compared. */
        out->customer_id = c->id;
        if (*name == NULL)
            *name = c->name != NULL ? c->name : c->id;
    }
    return *name != NULL ? 0 : refuse("customer", wanted, &names, err);
}

int trend_resolve(const struct trend_choice *choice, const struct history *h,
                  const struct customer_list *customers, int from, int to,
                  struct history_choice *out, struct buf *name, struct err *err)
{
    const char *edition = NULL, *customer = NULL;
    struct history_choice found = {0};
    int rc = 0;

    if (choice->edition != NULL)
        rc = find_edition(choice->edition, h, from, to, &found, &edition, err);
    if (rc == 0 && choice->customer != NULL)
        rc = find_customer(choice->customer, h, customers, from, to, &found, &customer, err);
    if (rc < 0)
        return rc;
    if (customer != NULL)
        utf8_clean(name, customer, strlen(customer));
    if (customer != NULL && edition != NULL)
        buf_addstr(name, ", ");
    if (edition != NULL)
        utf8_clean(name, edition, strlen(edition));
    else if (customer == NULL)
        buf_addstr(name, "All editions");
    if (name->failed < 0)
        return err_set(err, (enum err_code)name->failed, "the trend cannot be drawn");
    *out = found;
    return 0;
}

/* Begins with the set's name, which came in clean; the rest is luitop's own words. */
static int write_sentence(struct buf *out, const struct series_set *set, enum chart_glyphs glyphs)
{
    struct buf text;
    int rc;

    buf_init(&text, SENTENCE_MAX);
    rc = chart_sentence(set, &text);
    for (const char *line = text.data; rc == 0 && line != NULL && *line != '\0';) {
        size_t n = strcspn(line, "\n");

        if (glyphs == CHART_GLYPHS_ASCII)
            utf8_ascii(out, line, n);
        else
            buf_add(out, line, n);
        buf_addc(out, '\n');
        line += n + (line[n] == '\n');
    }
    buf_release(&text);
    return rc < 0 ? rc : out->failed;
}

int trend_write(struct buf *out, const struct series_set *set, enum trend_form form, int cols,
                enum chart_glyphs glyphs)
{
    struct chart_options o = {
        .rows = set->remark_count > 0 ? REMARKED_ROWS : CHART_ROWS, .cols = cols, .glyphs = glyphs};

    switch (form) {
    case TREND_CHART:
        return chart_text(set, &o, out);
    case TREND_TABLE:
        return chart_table(set, glyphs, 0, out);
    case TREND_SENTENCE:
        return write_sentence(out, set, glyphs);
    case TREND_FORMS:
        break;
    }
    return ERR_BUG;
}

enum chart_glyphs trend_glyphs(const char *setting, const char *codeset)
{
    bool utf8 = strcasecmp(codeset, "UTF-8") == 0;

    if (strcmp(setting, "ascii") == 0)
        return CHART_GLYPHS_ASCII;
    return chart_glyphs_pick(CHART_GLYPHS_BLOCK, utf8, false);
}
