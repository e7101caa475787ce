/* Determinism, and what becomes of a --db file. */
#include "tests/unit/sandbox/ask.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const reads[] = {
    LUI "/licenseservers",
    LUI "/licenseusagedata?date=2026-10",
    LUI "/licenseusagedata?date=2026-11",
    LUI "/netscalercallinghomedata",
    "/partner/nimbus7q2x/customers",
    "/core/nimbus7q2x/serviceStates",
    "/notifications/nimbus7q2x/notifications",
    UD "/current",
    UD "/historicalusage?startDate=2026-01&endDate=2026-11",
    "/cloudlicense/nimbus7q2x/license/enterprise/cloud/cvad/ccu/summary",
    LUI "/users?date=2026-10",
    LUI "/usagehistory?startDate=2026-01&endDate=2026-11",
    LUI "/customers",
    LUI "/sites",
    LUI "/deployments/licenseservers",
    LUI "/deployments/usage?startDate=2026-01-01&endDate=2026-11-22",
    LUI "/deployments/users",
    "/api/licensing/license/partner/cloud/cvad/summary?date=2026-11",
};
enum { READS = sizeof(reads) / sizeof(reads[0]) };

/* Bodies that differ between the providers A and B. */
static int differences(const struct options *a, const struct options *b)
{
    struct ask x, y;
    int n = 0;

    ask_start(&x, a);
    ask_start(&y, b);
    for (size_t i = 0; i < READS; i++) {
        assert_int_equal(ask_get(&x, reads[i]), 200);
        /* The order of requests does not matter. */
        ask_get(&y, reads[READS - 1 - i]);
        assert_int_equal(ask_get(&y, reads[i]), 200);
        n += x.rp.body.len != y.rp.body.len ||
             memcmp(x.rp.body.data, y.rp.body.data, x.rp.body.len) != 0;
    }
    ask_stop(&x);
    ask_stop(&y);
    return n;
}

static void same_values_same_bytes(void **state)
{
    struct options a, b;

    (void)state;
    ask_defaults(&a);
    ask_defaults(&b);
    assert_int_equal(differences(&a, &b), 0);
    b.seed = 2;
    assert_true(differences(&a, &b) >= 6);
    b = a;
    b.now += 86400;
    assert_true(differences(&a, &b) >= 6);
}

static ino_t inode(const char *path)
{
    struct stat sb;

    assert_int_equal(stat(path, &sb), 0);
    return sb.st_ino;
}

static void open_and_close(const struct options *o)
{
    struct ask a;

    ask_start(&a, o);
    assert_int_equal(ask_get(&a, LUI "/licenseservers"), 200);
    assert_int_equal(json_array_size(at(a.json, "licenseServersStatus")), o->servers);
    ask_stop(&a);
}

static void a_file_is_used_again_or_made_anew(void **state)
{
    char dir[] = "/tmp/luitop-sandbox-db-XXXXXX", path[64];
    struct options o;
    ino_t first, second;
    int keep;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/data.db", dir);
    ask_defaults(&o);
    o.users = 100;
    o.db = path;
    open_and_close(&o);
    first = inode(path);
    open_and_close(&o);
    assert_true(inode(path) == first);
    /* Held open, so that its number is not given to the next file. */
    keep = open(path, O_RDONLY | O_CLOEXEC);
    o.servers = 20;
    open_and_close(&o);
    second = inode(path);
    assert_true(second != first);
    close(keep);
    unlink(path);
    assert_int_equal(rmdir(dir), 0); /* nothing was left beside it */
}

static void a_strange_file_is_refused(void **state)
{
    char path[] = "/tmp/luitop-sandbox-strange-XXXXXX", text[32] = "";
    struct options o;
    struct sandbox sb;
    struct err err = {0};
    int fd = mkstemp(path);

    (void)state;
    assert_int_equal(write(fd, "dear diary", 10), 10);
    ask_defaults(&o);
    o.db = path;
    assert_int_equal(sandbox_init(&sb, &o, &err), ERR_SETTINGS);
    assert_true(err.what[0] != '\0');
    assert_int_equal(pread(fd, text, sizeof(text) - 1, 0), 10);
    assert_string_equal(text, "dear diary");
    close(fd);
    unlink(path);
}

static void counts_of_nothing_are_served(void **state)
{
    struct options o;
    struct ask a;

    (void)state;
    ask_defaults(&o);
    o.users = o.servers = o.customers = o.deployments = 0;
    o.months = 1;
    ask_start(&a, &o);
    for (size_t i = 0; i < READS; i++)
        assert_int_equal(ask_get(&a, reads[i]), 200);
    ask_stop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_values_same_bytes),
        cmocka_unit_test(a_file_is_used_again_or_made_anew),
        cmocka_unit_test(a_strange_file_is_refused),
        cmocka_unit_test(counts_of_nothing_are_served),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
