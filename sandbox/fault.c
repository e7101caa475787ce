#include "sandbox/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static const struct {
    const char *word, *help;
    bool list;
} kinds[FAULT_KINDS] = {
#define FAULT_ROW(w, id, l, text) [FAULT_##id] = {.word = w, .help = text, .list = l},
    FAULT_LIST(FAULT_ROW)
#undef FAULT_ROW
};

void faults_init(struct faults *f, uint64_t seed)
{
    *f = (struct faults){.seed = seed};
}

const char *fault_word(enum fault_kind kind)
{
    return kinds[kind].word;
}

const char *fault_help(enum fault_kind kind)
{
    return kinds[kind].help;
}

enum fault_kind fault_from_word(const char *word)
{
    for (int i = 1; i < FAULT_KINDS; i++)
        if (strcmp(kinds[i].word, word) == 0)
            return (enum fault_kind)i;
    return FAULT_NONE;
}

static void rule_arm(struct fault_rule *r, uint64_t seed, size_t index)
{
    rng_init(&r->rng, seed, 0xfa0100 + index);
    if (r->retry_after == 0)
        r->retry_after = 1;
}

void faults_reseed(struct faults *f, uint64_t seed)
{
    f->seed = seed;
    for (size_t i = 0; i < f->n; i++)
        rule_arm(&f->rules[i], seed, i);
}

int faults_add_spec(struct faults *f, const char *spec, struct err *err)
{
    struct fault_rule r = {0};
    const char *colon = strchr(spec, ':');
    const char *second;
    char word[32] = "";
    char *end;
    size_t len;

    if (f->n == FAULTS_MAX)
        return err_set(err, ERR_TOOBIG, "more than %d faults", FAULTS_MAX);
    if (colon == NULL)
        return err_set(err, ERR_USAGE, "fault '%s' is not RATE:KIND", spec);
    r.rate = strtod(spec, &end);
    if (end != colon || end == spec || !(r.rate >= 0 && r.rate <= 1))
        return err_set(err, ERR_USAGE, "fault '%s': the rate is not a number from 0 to 1", spec);
    second = strchr(colon + 1, ':');
    len = second != NULL ? (size_t)(second - colon - 1) : strlen(colon + 1);
    if (len < sizeof(word))
        memcpy(word, colon + 1, len);
    r.kind = fault_from_word(word);
    if (r.kind == FAULT_NONE)
        return err_set(err, ERR_USAGE, "fault '%s': unknown kind", spec);
    if (second != NULL) {
        if (strlen(second + 1) >= sizeof(r.prefix))
            return err_set(err, ERR_USAGE, "fault '%.40s…': the path is too long", spec);
        memcpy(r.prefix, second + 1, strlen(second + 1) + 1);
    }
    rule_arm(&r, f->seed, f->n);
    f->rules[f->n++] = r;
    return 0;
}

/* An integer member from 0 to MAX; absent leaves *OUT. */
static int read_integer(const json_t *o, const char *name, json_int_t max, json_int_t *out,
                        struct err *err)
{
    const json_t *v = json_object_get(o, name);

    if (v == NULL)
        return 0;
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > max)
        return err_set(err, ERR_DATA, "%s is not an integer from 0 to %lld", name, (long long)max);
    *out = json_integer_value(v);
    return 0;
}

static int read_rule(const json_t *o, struct fault_rule *r, struct err *err)
{
    const json_t *rate = json_object_get(o, "rate"), *path = json_object_get(o, "path");
    const char *word = json_string_value(json_object_get(o, "kind"));
    json_int_t count = 0, retry = 1;
    int rc;

    r->rate = json_number_value(rate);
    if (!json_is_number(rate) || !(r->rate >= 0 && r->rate <= 1))
        return err_set(err, ERR_DATA, "rate is not a number from 0 to 1");
    r->kind = word != NULL ? fault_from_word(word) : FAULT_NONE;
    if (r->kind == FAULT_NONE)
        return err_set(err, ERR_DATA, "kind is not one of the fault kinds");
    if (path != NULL && !json_is_null(path)) {
        if (!json_is_string(path) || json_string_length(path) >= sizeof(r->prefix))
            return err_set(err, ERR_DATA, "path is not a short text");
        memcpy(r->prefix, json_string_value(path), json_string_length(path) + 1);
    }
    rc = read_integer(o, "count", 1000000000, &count, err);
    if (rc == 0)
        rc = read_integer(o, "retryAfter", FAULT_RETRY_MAX, &retry, err);
    r->count = (uint64_t)count;
    r->retry_after = (int)retry;
    return rc;
}

int faults_replace(struct faults *f, const json_t *json, struct err *err)
{
    const json_t *list = json_object_get(json, "faults"), *item;
    struct faults *fresh;
    json_int_t latency = f->latency_ms;
    size_t i;
    int rc = 0;

    if (!json_is_object(json))
        return err_set(err, ERR_DATA, "the body is not a JSON object");
    if (list != NULL && (!json_is_array(list) || json_array_size(list) > FAULTS_MAX))
        return err_set(err, ERR_DATA, "faults is not an array of at most %d rules", FAULTS_MAX);
    fresh = calloc(1, sizeof(*fresh));
    if (fresh == NULL)
        return err_set(err, ERR_NOMEM, "out of memory");
    faults_init(fresh, f->seed);
    json_array_foreach(list, i, item)
    {
        rc = read_rule(item, &fresh->rules[i], err);
        if (rc < 0)
            break;
        rule_arm(&fresh->rules[i], f->seed, i);
        fresh->n = i + 1;
    }
    if (rc == 0)
        rc = read_integer(json, "latencyMs", LATENCY_MAX_MS, &latency, err);
    fresh->latency_ms = (int)latency;
    if (rc == 0)
        *f = *fresh;
    free(fresh);
    return rc;
}

json_t *faults_to_json(const struct faults *f)
{
    json_t *list = json_array();

    for (size_t i = 0; i < f->n; i++) {
        const struct fault_rule *r = &f->rules[i];

        json_array_append_new(list, json_pack("{s:f, s:s, s:s, s:I, s:i, s:I}", "rate", r->rate,
                                              "kind", fault_word(r->kind), "path", r->prefix,
                                              "count", (json_int_t)r->count, "retryAfter",
                                              r->retry_after, "hits", (json_int_t)r->hits));
    }
    return json_pack("{s:o, s:i}", "faults", list, "latencyMs", f->latency_ms);
}

struct fault_hit faults_pick(struct faults *f, const char *target, bool list)
{
    for (size_t i = 0; i < f->n; i++) {
        struct fault_rule *r = &f->rules[i];

        if (kinds[r->kind].list && !list)
            continue;
        if (strncmp(target, r->prefix, strlen(r->prefix)) != 0)
            continue;
        if (r->count > 0 && r->hits >= r->count)
            continue;
        if (rng_unit(&r->rng) >= r->rate)
            continue;
        r->hits++;
        return (struct fault_hit){r->kind, r->retry_after};
    }
    return (struct fault_hit){FAULT_NONE, 0};
}
