/* The export dialog: its keys, and what comes of them. */
#include "tui/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "tui/listpane.h"

static const enum list_format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSON, FORMAT_JSONL};
enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

void export_init(struct export *e)
{
    memset(e, 0, sizeof(*e));
    prompt_init(&e->path);
}

void export_release(struct export *e)
{
    prompt_release(&e->path);
}

static const char *path_of(const struct export *e)
{
    return e->path.text.data;
}

size_t export_choices(const struct export *e, enum export_field f, size_t *taken)
{
    *taken = 0;
    switch (f) {
    case EXPORT_FIELD_SCOPE:
        *taken = e->wish.scope;
        return EXPORT_SCOPES;
    case EXPORT_FIELD_COLUMNS:
        *taken = e->wish.visible;
        return 2;
    case EXPORT_FIELD_FORMAT:
        while (*taken < FORMATS - 1 && formats[*taken] != e->wish.format)
            ++*taken;
        return FORMATS;
    case EXPORT_FIELD_BOM:
        *taken = e->wish.bom;
        return 2;
    default:
        return 0;
    }
}

static bool can_choose(const struct export *e, enum export_field f, size_t choice)
{
    return f != EXPORT_FIELD_SCOPE || choice != EXPORT_MARKED ||
           export_rows(e->pane, EXPORT_MARKED) > 0;
}

bool export_field_in_use(const struct export *e, enum export_field f)
{
    return f != EXPORT_FIELD_BOM || e->wish.format == FORMAT_CSV;
}

/* The suffix follows the format, where it names one. */
static void rename_path(struct export *e)
{
    const char *path = path_of(e), *dot = strrchr(path, '.');
    char text[PROMPT_MAX + 16];

    if (list_file_format(path) == FORMAT_COUNT)
        return;
    snprintf(text, sizeof(text), "%.*s.%s", (int)(dot - path), path,
             list_format_names[e->wish.format]);
    prompt_start(&e->path, text);
}

/* The format follows a suffix that is typed. */
static bool format_from_path(struct export *e)
{
    enum list_format f = list_file_format(path_of(e));

    if (f == FORMAT_COUNT || f == FORMAT_TABLE)
        return false;
    e->wish.format = f;
    return true;
}

static void choose(struct export *e, int step)
{
    size_t taken, count = export_choices(e, e->focus, &taken), to = taken;

    if (count == 0)
        return;
    do
        to = step > 0 ? (to + 1) % count : (to + count - 1) % count;
    while (!can_choose(e, e->focus, to));
    switch (e->focus) {
    case EXPORT_FIELD_SCOPE:
        e->wish.scope = (enum export_scope)to;
        break;
    case EXPORT_FIELD_COLUMNS:
        e->wish.visible = to == 1;
        break;
    case EXPORT_FIELD_FORMAT:
        e->wish.format = formats[to];
        rename_path(e);
        break;
    case EXPORT_FIELD_BOM:
        e->wish.bom = to == 1;
        break;
    default:
        break;
    }
}

static void step_field(struct export *e, int step)
{
    do
        e->focus = (e->focus + (step > 0 ? 1 : EXPORT_FIELDS - 1)) % EXPORT_FIELDS;
    while (!export_field_in_use(e, e->focus));
}

static void begin(struct export *e, struct pane *p)
{
    char name[LIST_FILE_NAME];

    e->pane = p;
    e->wish = (struct export_wish){
        .scope = export_rows(p, EXPORT_MARKED) > 0 ? EXPORT_MARKED : EXPORT_FILTERED,
        .format = FORMAT_CSV,
    };
    e->focus = EXPORT_FIELD_SCOPE;
    e->asking = false;
    e->error[0] = '\0';
    export_name(p, FORMAT_CSV, name);
    prompt_start(&e->path, name);
}

/* "~/" is the home folder, as in a shell. */
static int expand(const char *typed, struct buf *out)
{
    const char *home = getenv("HOME");

    if (strncmp(typed, "~/", 2) == 0 && home != NULL && home[0] == '/') {
        buf_addstr(out, home);
        typed++;
    }
    return buf_addstr(out, typed);
}

static void say_done(struct app *a, const char *path, const struct export_done *done)
{
    char rows[HUMAN_MAX], bytes[HUMAN_MAX];

    app_say(a, done->gap[0] != '\0' ? ROLE_WARNING : ROLE_OK,
            "wrote %.200s: %s row%s, %s bytes%s%s", path, human_count((int64_t)done->rows, rows),
            done->rows == 1 ? "" : "s", human_count((int64_t)done->bytes, bytes),
            done->gap[0] != '\0' ? "; incomplete: " : "", done->gap);
}

/* Writes, or stays with what stands in the way. True when it is written. */
static bool submit(struct app *a, struct export *e, struct err *err)
{
    struct export_done done;
    struct buf path;
    int rc;

    buf_init(&path, 2 * PROMPT_MAX);
    rc = expand(path_of(e), &path);
    if (rc < 0)
        err_set(err, (enum err_code)rc, "the name of the file is too long");
    else
        rc = export_write(e->pane, path.data, &e->wish, &done, err);
    buf_release(&path);
    e->wish.replace = false;
    e->asking = rc == ERR_USAGE;
    if (rc == 0)
        say_done(a, path_of(e), &done);
    return rc == 0;
}

static void enter(struct app *a, struct export *e)
{
    struct err err;

    e->error[0] = '\0';
    if (submit(a, e, &err))
        overlay_close(a);
    else if (!e->asking)
        err_sentence(&err, e->error, sizeof(e->error));
}

void export_start(struct pane *p, const char *path)
{
    struct app *a = p->app;
    struct export *e = &a->export;
    struct err err;

    begin(e, p);
    if (path == NULL) {
        a->overlay = OVERLAY_EXPORT;
        return;
    }
    prompt_start(&e->path, path);
    e->focus = EXPORT_FIELD_FILE;
    if (!format_from_path(e)) {
        app_say(a, ROLE_WARNING, "end the file's name in .csv, .tsv, .json or .jsonl");
        return;
    }
    if (submit(a, e, &err))
        return;
    if (e->asking)
        a->overlay = OVERLAY_EXPORT;
    else
        app_say_err(a, &err);
}

static void answer(struct app *a, key_code k)
{
    struct export *e = &a->export;

    e->asking = false;
    if (k == EXPORT_KEY_REPLACE) {
        e->wish.replace = true;
        enter(a, e);
    } else {
        snprintf(e->error, sizeof(e->error), "the file that is there stays as it is");
    }
}

/* A key of the field with the focus. */
static void field_key(struct app *a, key_code k)
{
    struct export *e = &a->export;

    if (e->focus == EXPORT_FIELD_FILE) {
        if (prompt_key(&e->path, k) == PROMPT_CHANGED) {
            e->error[0] = '\0';
            format_from_path(e);
        }
    } else if (k == K_LEFT || k == 'h') {
        choose(e, -1);
    } else if (k == K_RIGHT || k == 'l' || k == ' ') {
        choose(e, 1);
    } else if (k == 'j') {
        step_field(e, 1);
    } else if (k == 'k') {
        step_field(e, -1);
    } else if (k == 'q') {
        overlay_close(a);
    }
}

void export_key(struct app *a, key_code k)
{
    struct export *e = &a->export;

    if (e->asking) {
        answer(a, k);
        return;
    }
    switch (k) {
    case K_ESC:
    case KEY_CTRL('c'):
        overlay_close(a);
        break;
    case K_ENTER:
        enter(a, e);
        break;
    case K_TAB:
    case K_DOWN:
        step_field(e, 1);
        break;
    case K_SHIFT_TAB:
    case K_UP:
        step_field(e, -1);
        break;
    default:
        field_key(a, k);
        break;
    }
}

size_t export_hints(const struct app *a, struct hint *out)
{
    static const struct hint filling[] = {
        {"Enter", "write"}, {"Tab", "next line"}, {"Right", "other choice"}, {"Esc", "leave"}};
    static const struct hint asking[] = {{"o", "replace the file"}, {"Esc", "keep it"}};

    if (a->export.asking) {
        memcpy(out, asking, sizeof(asking));
        return sizeof(asking) / sizeof(asking[0]);
    }
    memcpy(out, filling, sizeof(filling));
    return sizeof(filling) / sizeof(filling[0]);
}
