#include "session/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/nearest.h"
#include "base/utf8.h"

enum { CHOICES_MAX = 16 };

struct choices {
    char text[CHOICES_MAX][SETTING_NAME_MAX];
    const char *names[CHOICES_MAX];
    size_t count;
};

static void choices_split(const char *list, struct choices *out)
{
    out->count = 0;
    while (*list != '\0' && out->count < CHOICES_MAX) {
        size_t len = strcspn(list, " ");

        snprintf(out->text[out->count], SETTING_NAME_MAX, "%.*s", (int)len, list);
        out->names[out->count] = out->text[out->count];
        out->count++;
        list += len;
        list += strspn(list, " ");
    }
}

static void choices_words(const char *list, char *out, size_t size)
{
    struct choices c;
    size_t used = 0;

    choices_split(list, &c);
    out[0] = '\0';
    for (size_t i = 0; i < c.count; i++) {
        const char *sep = i == 0 ? "" : i + 1 == c.count ? " or " : ", ";
        int n = snprintf(out + used, size - used, "%s%s", sep, c.names[i]);

        if (n < 0 || (size_t)n >= size - used)
            break;
        used += (size_t)n;
    }
}

const char *setting_must(const struct setting *s, char *out, size_t size)
{
    static const char *const words[] = {
        [SETTING_NAME] = "the name of a profile: letters, digits, '-' and '_'",
        [SETTING_CUSTOMER] = "a customer id: letters, digits, '-' and '_', at most 64",
        [SETTING_WORD] = "a text without blanks",
        [SETTING_COMMAND] = "a command for the shell",
        [SETTING_PATH] = "the path of a file",
        [SETTING_THEME] = "the name of a theme or the path of a .theme file",
        [SETTING_BOOL] = "true or false",
        [SETTING_URL] = "a URL such as \"https://example.net/{customerId}\"",
        [SETTING_ENDPOINT] = "a URL such as \"{lui}/users\"",
        [SETTING_ZONE] = "a time zone such as \"UTC\" or \"Europe/Berlin\"",
        [SETTING_ACTION] = "the name of an action",
    };

    if (s->kind == SETTING_CHOICE)
        choices_words(s->choices, out, size);
    else if (s->kind == SETTING_INT)
        snprintf(out, size, "a whole number from %d to %d", s->min, s->max);
    else
        snprintf(out, size, "%s", words[s->kind]);
    return out;
}

/* A value's check: true when TEXT will do; else WHY and NEXT may say more than setting_must(). */
struct verdict {
    char why[200], next[200];
};
typedef bool check_fn(const struct setting *s, const char *text, struct verdict *v);

static bool only(const char *text, const char *also, size_t max)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    while (text[n] != '\0' && strchr(also, text[n]) != NULL)
        n += 1 + strspn(text + n + 1, "abcdefghijklmnopqrstuvwxyz"
                                      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return text[n] == '\0' && n > 0 && n <= max;
}

static bool check_name(const struct setting *s, const char *text, struct verdict *v)
{
    (void)s;
    (void)v;
    return only(text, "-_", SETTING_NAME_MAX - 1);
}

static bool check_customer(const struct setting *s, const char *text, struct verdict *v)
{
    (void)s;
    (void)v;
    return only(text, "-_", 64);
}

static bool check_word(const struct setting *s, const char *text, struct verdict *v)
{
    size_t n = 0;

    (void)s;
    (void)v;
    while (text[n] > ' ' && text[n] < 0x7f)
        n++;
    return text[n] == '\0' && n > 0 && n <= 256;
}

static bool check_filled(const struct setting *s, const char *text, struct verdict *v)
{
    (void)s;
    (void)v;
    return text[strspn(text, " ")] != '\0';
}

static bool check_choice(const struct setting *s, const char *text, struct verdict *v)
{
    struct choices c;
    const char *near;

    choices_split(s->choices, &c);
    for (size_t i = 0; i < c.count; i++) {
        if (strcmp(c.names[i], text) == 0)
            return true;
    }
    near = nearest_name(text, c.names, c.count);
    if (near != NULL)
        snprintf(v->next, sizeof(v->next), "Did you mean \"%s\"?", near);
    return false;
}

static bool check_bool(const struct setting *s, const char *text, struct verdict *v)
{
    bool b;

    (void)s;
    (void)v;
    return setting_bool(text, &b);
}

static bool check_int(const struct setting *s, const char *text, struct verdict *v)
{
    char *end = NULL;
    long n;

    (void)v;
    if (text[0] == '\0' || strspn(text, "-0123456789") != strlen(text))
        return false;
    n = strtol(text, &end, 10); /* out of range ends at the limits, which are out of range too */
    return *end == '\0' && n >= s->min && n <= s->max;
}

struct stand_in {
    const char *name, *text;
};

/* Puts a stand-in for every {name} of TEXT into OUT; NULL, or why that cannot be. */
static const char *fill_in(const char *text, const struct stand_in *known, size_t count,
                           struct buf *out)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "{}"), i;

        buf_add(out, text, n);
        text += n;
        if (*text == '\0')
            break;
        n = strcspn(text, "}");
        if (*text == '}' || text[n] == '\0')
            return "a brace stands alone";
        for (i = 0; i < count; i++) {
            if (strlen(known[i].name) == n - 1 && memcmp(known[i].name, text + 1, n - 1) == 0)
                break;
        }
        if (i == count)
            return "what stands in braces is not known";
        buf_addstr(out, known[i].text);
        text += n + 1;
    }
    return out->failed != 0 ? "it is too long" : NULL;
}

static bool check_url(const struct setting *s, const char *text, struct verdict *v)
{
    static const struct stand_in known[] = {{"customerId", "x"}};
    struct buf url;
    const char *fault;

    (void)s;
    buf_init(&url, 2 * SETTING_TEXT_MAX);
    fault = fill_in(text, known, 1, &url);
    if (fault == NULL)
        fault = url_base_fault(url.data);
    if (fault != NULL)
        snprintf(v->why, sizeof(v->why), "%s", fault);
    buf_release(&url);
    return fault == NULL;
}

static bool check_endpoint(const struct setting *s, const char *text, struct verdict *v)
{
    static const struct stand_in known[] = {
        {"lui", "https://x"}, {"api", "https://x"}, {"ptn", "https://x"}, {"customerId", "x"},
        {"fqdn", "x"},        {"siteId", "x"},      {"hostId", "x"},      {"deliveryGroupId", "x"},
    };
    struct buf url;
    const char *fault;

    (void)s;
    buf_init(&url, 4 * SETTING_TEXT_MAX);
    fault = fill_in(text, known, sizeof(known) / sizeof(known[0]), &url);
    if (fault == NULL)
        fault = url_fault(url.data);
    if (fault != NULL)
        snprintf(v->why, sizeof(v->why), "%s", fault);
    buf_release(&url);
    return fault == NULL;
}

static bool check_zone(const struct setting *s, const char *text, struct verdict *v)
{
    struct err err = {0};

    (void)s;
    if (text[0] != '\0' && zone_check(text, &err) == 0)
        return true;
    snprintf(v->why, sizeof(v->why), "\"%.64s\" is not known on this machine", text);
    snprintf(v->next, sizeof(v->next), "%.190s", err.next);
    return false;
}

static check_fn *const checks[] = {
    [SETTING_NAME] = check_name,     [SETTING_CUSTOMER] = check_customer,
    [SETTING_WORD] = check_word,     [SETTING_COMMAND] = check_filled,
    [SETTING_PATH] = check_filled,   [SETTING_THEME] = check_filled,
    [SETTING_CHOICE] = check_choice, [SETTING_BOOL] = check_bool,
    [SETTING_INT] = check_int,       [SETTING_URL] = check_url,
    [SETTING_ZONE] = check_zone,     [SETTING_ENDPOINT] = check_endpoint,
    [SETTING_ACTION] = check_word,
};

bool setting_bool(const char *text, bool *out)
{
    static const char *const words[] = {"false", "no", "off", "0", "true", "yes", "on", "1"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *out = i >= 4;
            return true;
        }
    }
    return false;
}

/* Text that nobody could have meant: control characters, broken UTF-8, too long. */
static const char *text_fault(const char *text)
{
    size_t len = strlen(text);
    const char *p = text, *end = text + len;

    if (len > SETTING_TEXT_MAX)
        return "it is too long";
    while (p < end) {
        int32_t cp = utf8_next(&p, end);

        if (cp < 0)
            return "it is not UTF-8 text";
        if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
            return "it has a control character in it";
    }
    return NULL;
}

int setting_check(const struct setting *s, const char *name, const char *where, const char *text,
                  enum err_code code, struct err *err)
{
    const char *fault = text_fault(text);
    struct verdict v = {"", ""};
    char must[160];

    if (fault == NULL && checks[s->kind](s, text, &v))
        return 0;
    err_set(err, code, "%s: \"%s\" must be %s", where, name, setting_must(s, must, sizeof(must)));
    if (fault != NULL)
        err_why(err, "%s", fault);
    else if (v.why[0] != '\0')
        err_why(err, "%s", v.why);
    else if (s->kind != SETTING_COMMAND)
        err_why(err, "it is \"%.64s\"", text);
    if (v.next[0] != '\0')
        err_next(err, "%s", v.next);
    return code;
}
