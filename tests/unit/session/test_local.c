/* What luitop adds to the answers by itself. */
#include "tests/unit/session/world.h"

#include <time.h>

#include "model/timeline.h"

#define NOTICES RESOURCE_BIT(RESOURCE_NOTICES)
#define SERVERS RESOURCE_BIT(RESOURCE_SERVERS)

static const char three[] = "{\"items\":[{\"title\":\"a\",\"eventId\":\"1\"},"
                            "{\"title\":\"b\",\"eventId\":\"2\"},{\"title\":\"c\",\"eventId\":"
                            "\"3\"}]}";

static uint64_t id_of(const struct world *w, const char *event)
{
    const struct notice_list *l = session_notices(w->session);

    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->rows[i].event_id, event) == 0)
            return l->rows[i].id;
    fail_msg("no event %s", event);
    return 0;
}

/* The events that are not read, in order. */
static void unread_are(const struct world *w, const char *want)
{
    const struct notice_list *l = session_notices(w->session);
    char got[64] = "";

    for (char c = '1'; c <= '9'; c++)
        for (size_t i = 0; i < l->count; i++)
            if (l->rows[i].event_id[0] == c && !l->rows[i].read)
                strncat(got, l->rows[i].event_id, 1);
    assert_string_equal(got, want);
}

static void mark(struct world *w, const char *event, bool read)
{
    uint64_t id = id_of(w, event);

    assert_int_equal(session_mark_read(w->session, &id, 1, read, NULL), 0);
}

static void test_marks_stay(void **state)
{
    struct world *w = *state;
    uint64_t version;

    w->says[RESOURCE_NOTICES].body = three;
    w->says[RESOURCE_NOTICES].etag = "\"e1\"";
    world_refresh(w, NOTICES);
    unread_are(w, "123");
    version = world_resource(w, RESOURCE_NOTICES)->version;
    w->changed = 0;
    mark(w, "2", true);
    unread_are(w, "13");
    assert_true(world_resource(w, RESOURCE_NOTICES)->version != version);
    assert_int_equal(session_timeout_ms(w->session), 0);
    world_turn(w);
    assert_int_equal(w->changed, NOTICES);
    /* Through a refresh that changes nothing, one that does, and a new start. */
    world_refresh(w, NOTICES);
    unread_are(w, "13");
    w->says[RESOURCE_NOTICES].body = "{\"items\":[{\"title\":\"d\",\"eventId\":\"4\"},"
                                     "{\"title\":\"b\",\"eventId\":\"2\"}]}";
    w->says[RESOURCE_NOTICES].etag = "\"e2\"";
    world_refresh(w, NOTICES);
    unread_are(w, "4");
    world_restart(w);
    session_recall(w->session);
    unread_are(w, "4");
    mark(w, "2", false);
    unread_are(w, "24");
    world_restart(w);
    session_recall(w->session);
    unread_are(w, "24");
}

static void test_marks_of_another_luitop(void **state)
{
    struct world *w = *state;
    uint64_t id;

    w->says[RESOURCE_NOTICES].body = three;
    world_refresh(w, NOTICES);
    mark(w, "1", true);
    id = id_of(w, "3");
    assert_int_equal(store_put_read(w->store, "c", &id, 1, true, WORLD_NOW, NULL), 0);
    unread_are(w, "23");
    world_refresh(w, NOTICES);
    unread_are(w, "2");
}

static void test_marks_without_a_store(void **state)
{
    struct world *w = *state;
    uint64_t ids[3];

    w->options.store = NULL;
    world_restart(w);
    w->says[RESOURCE_NOTICES].body = three;
    world_refresh(w, NOTICES);
    for (size_t i = 0; i < 3; i++)
        ids[i] = session_notices(w->session)->rows[i].id;
    assert_int_equal(session_mark_read(w->session, ids, 3, true, NULL), 0);
    unread_are(w, "");
    world_refresh(w, NOTICES);
    unread_are(w, "");
}

static void cells_of(const struct world *w, const char *want)
{
    struct timeline t;

    assert_int_equal(session_timeline(w->session, &session_servers(w->session)->rows[0], &t, NULL),
                     0);
    assert_string_equal(t.cells, want);
}

#define REPORTED(day)                                                                              \
    SERVERS_OF("{\"hostId\":\"LIC01\",\"isPhoningHome\":true,\"isFoundInBackOffice\":true,"        \
               "\"isEverReported\":true,\"isCompliant\":true,\"isLicenseServerFree\":false,"       \
               "\"isNonCspLicenseInstalled\":false,\"isCcu\":false,\"isExpired\":false,"           \
               "\"lastPhoningHomeTime\":\"2026-11-" day "T02:00:00+00:00\"}")

static void test_timeline(void **state)
{
    struct world *w = *state;

    setenv("TZ", "UTC", 1);
    tzset();
    w->says[RESOURCE_SERVERS].body = REPORTED("20");
    w->says[RESOURCE_SERVERS].etag = "\"e1\"";
    world_refresh(w, SERVERS);
    cells_of(w, "????????????????????????????#.?");
    /* Unchanged a day later: that day had none either. */
    w->clock.shift += 86400;
    world_refresh(w, SERVERS);
    cells_of(w, "???????????????????????????#..?");
    /* Seen again after two more days, of which one is not known. */
    w->clock.shift += 2 * 86400;
    w->says[RESOURCE_SERVERS].body = REPORTED("24");
    w->says[RESOURCE_SERVERS].etag = "\"e2\"";
    world_refresh(w, SERVERS);
    cells_of(w, "?????????????????????????#..?#?");
    world_restart(w);
    session_recall(w->session);
    cells_of(w, "?????????????????????????#..?#?");
    /* A snapshot is no new look. */
    w->clock.shift += 2 * 86400;
    world_restart(w);
    session_recall(w->session);
    cells_of(w, "???????????????????????#..?#???");
    w->options.store = NULL;
    world_restart(w);
    world_refresh(w, SERVERS);
    cells_of(w, "???????????????????????????#..?");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_marks_stay),
        TEST(test_marks_of_another_luitop),
        TEST(test_marks_without_a_store),
        TEST(test_timeline),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
