#include "tests/e2e/cmd.h"

#include <errno.h>

enum { ARGS_MAX = 40, TEXT_MAX = 64 << 20 };

int cmd_set_up(void **state)
{
    static const char *const few[] = {"--users", "300", "--months", "3", NULL};
    struct cmd *c = calloc(1, sizeof(*c));

    *state = c;
    if (c == NULL)
        return -1;
    buf_init(&c->b, TEXT_MAX);
    sandbox_start(&c->sb, few);
    return 0;
}

static void forget_run(struct cmd *c)
{
    if (c->r.out.max != 0)
        run_release(&c->r);
    memset(&c->r, 0, sizeof(c->r));
}

int cmd_tear_down(void **state)
{
    struct cmd *c = *state;

    forget_run(c);
    buf_release(&c->b);
    sandbox_stop(&c->sb);
    free(c);
    return 0;
}

void cmd_sandbox(struct cmd *c, const char *const *args)
{
    sandbox_stop(&c->sb);
    sandbox_start(&c->sb, args);
}

const char *cmd_path(struct cmd *c, const char *name)
{
    snprintf(c->path, sizeof(c->path), "%s/%s", c->sb.dir, name);
    return c->path;
}

static void take(const char **argv, size_t n, va_list ap)
{
    const char *word;

    while ((word = va_arg(ap, const char *)) != NULL) {
        if (n + 1 >= ARGS_MAX)
            fail_msg("too many words for a command");
        argv[n++] = word;
    }
    argv[n] = NULL;
}

void cmd_run(struct cmd *c, ...)
{
    const char *argv[ARGS_MAX] = {env_path("LUITOP_BIN", "build/luitop"), "--config",
                                  c->sb.settings, "--now", SANDBOX_NOW};
    va_list ap;

    va_start(ap, c);
    take(argv, 5, ap);
    va_end(ap);
    forget_run(c);
    run(&c->r, argv, c->env, NULL);
}

void cmd_bare(struct cmd *c, ...)
{
    const char *argv[ARGS_MAX] = {env_path("LUITOP_BIN", "build/luitop")};
    va_list ap;

    va_start(ap, c);
    take(argv, 1, ap);
    va_end(ap);
    forget_run(c);
    run(&c->r, argv, c->env, NULL);
}

void cmd_expect(struct cmd *c, int status)
{
    if (c->r.status != status)
        fail_msg("exit status %d, expected %d\nstdout: %s\nstderr: %s", c->r.status, status,
                 c->r.out.data, c->r.err.data);
}

void cmd_expect_error(struct cmd *c, int status, ...)
{
    const char *part;
    va_list ap;

    cmd_expect(c, status);
    assert_string_equal(c->r.out.data, "");
    if (count_lines(c->r.err.data) != 1)
        fail_msg("not one line: %s", c->r.err.data);
    va_start(ap, status);
    while ((part = va_arg(ap, const char *)) != NULL)
        expect_part(c->r.err.data, part);
    va_end(ap);
}

void expect_part(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

void expect_no_part(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("\"%s\" is in:\n%s", part, text);
}

int count_lines(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

const char *read_file(const char *path, struct buf *out)
{
    char chunk[65536];
    FILE *f = fopen(path, "r");
    size_t n;

    buf_reset(out);
    if (f == NULL)
        fail_msg("%s: %s", path, strerror(errno));
    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
        buf_add(out, chunk, n);
    fclose(f);
    return out->data;
}

void settings_replace(struct sandbox *s, const char *from, const char *to)
{
    struct buf text, out;
    const char *p, *at;

    buf_init(&text, 1 << 16);
    buf_init(&out, 1 << 16);
    read_file(s->settings, &text);
    for (p = text.data; (at = strstr(p, from)) != NULL; p = at + strlen(from)) {
        buf_add(&out, p, (size_t)(at - p));
        buf_addstr(&out, to);
    }
    buf_addstr(&out, p);
    temp_write(s->settings, 0600, out.data);
    buf_release(&text);
    buf_release(&out);
}
