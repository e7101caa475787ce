#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sandbox/rng.h"
#include "sandbox/seed.h"

enum { FIRST_NAMES = 64, LAST_NAMES = 64, CUSTOMER_FIRST = 24, CUSTOMER_SECOND = 12 };

/* clang-format off */
static const char *const first_names[FIRST_NAMES] = {
    "Ann", "Bo", "Cy", "Dana", "Eli", "Fay", "Gus", "Hana", "Ida", "Jon", "Kim", "Lena", "Milo",
    "Nora", "Omar", "Pia", "Quinn", "Ravi", "Sara", "Tom", "Uma", "Vera", "Will", "Xenia", "Yuri",
    "Zoë", "Adam", "Bea", "Carl", "Dora", "Emil", "Fred", "Greta", "Hugo", "Inés", "Jana", "Karl",
    "Luis", "Mona", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tara", "Ugo", "Vito", "Wanda", "Yara",
    "Zeno", "Aiko", "Ben", "Cleo", "Dirk", "Elsa", "Finn", "Gina", "Hal", "Ivo", "June", "Kai",
    "Liv", "Max", "Nell",
};
static const char *const last_names[LAST_NAMES] = {
    "Lee", "Ash", "Fox", "Brandt", "Cole", "Diaz", "Ek", "Frost", "Grün", "Hale", "Ito", "Jensen",
    "Kern", "Lund", "Marsh", "Novak", "Ortiz", "Park", "Quist", "Reyes", "Stone", "Tran", "Ueda",
    "Vance", "West", "Xu", "Young", "Zima", "Adler", "Berg", "Cruz", "Dunn", "Eng", "Falk", "Gray",
    "Holt", "Ivory", "Jung", "Klein", "Lopez", "Moss", "Nash", "Olsen", "Pike", "Roth", "Silva",
    "Tate", "Urban", "Vogel", "Wolf", "Yates", "Zorn", "Abbot", "Bloom", "Chen", "Drake", "Ellis",
    "Flynn", "Gale", "Hart", "Irwin", "Joyce", "Kaya", "Lane",
};
static const char *const customer_first[CUSTOMER_FIRST] = {
    "Cedar", "Harbor", "Maple", "Summit", "Willow", "Granite", "Lakeside", "Prairie", "Juniper",
    "Orchard", "Falcon", "Birch", "Copper", "Delta", "Ember", "Fjord", "Garnet", "Hazel", "Iris",
    "Jasper", "Kestrel", "Linden", "Meadow", "Northgate",
};
static const char *const customer_second[CUSTOMER_SECOND] = {
    "Clinic", "Law", "Dental", "Logistics", "Foods", "Architects", "Insurance", "Schools",
    "Robotics", "Travel", "Media", "Energy",
};
/* clang-format on */

void customer_name(int64_t i, char out[64])
{
    int64_t round = i / (CUSTOMER_FIRST * CUSTOMER_SECOND);
    const char *first = customer_first[i % CUSTOMER_FIRST];
    const char *second = customer_second[(i + i / CUSTOMER_FIRST) % CUSTOMER_SECOND];

    if (round == 0)
        snprintf(out, 64, "%s %s", first, second);
    else
        snprintf(out, 64, "%s %s %" PRId64, first, second, round + 1);
}

/* Lower-case ASCII letters and digits of S. Accented letters lose their accent: the names above
 * hold only two-byte ones. */
static void plain(const char *s, char *out, size_t size)
{
    static const char *const accents[] = {"ëe", "üu", "ée"};
    size_t n = 0;

    for (; *s != '\0' && n + 1 < size; s++) {
        if (isalnum((unsigned char)*s)) {
            out[n++] = (char)tolower((unsigned char)*s);
            continue;
        }
        for (size_t i = 0; i < sizeof(accents) / sizeof(accents[0]); i++)
            if (strncmp(s, accents[i], 2) == 0)
                out[n++] = accents[i][2];
    }
    out[n] = '\0';
}

void customer_word(int64_t i, char out[64])
{
    char name[64];

    customer_name(i, name);
    plain(name, out, 64);
}

void person_make(int64_t k, uint64_t domain, struct person *out)
{
    /* An odd factor permutes the 4096 pairs, so that each pair comes once a round. */
    uint64_t pairs = (uint64_t)FIRST_NAMES * LAST_NAMES;
    uint64_t pair = ((uint64_t)k * 2477 + rng_mix(domain)) % pairs;
    uint64_t round = (uint64_t)k / pairs;
    const char *first = first_names[pair % FIRST_NAMES], *last = last_names[pair / FIRST_NAMES];
    char a[16], b[16];

    plain(first, a, sizeof(a));
    plain(last, b, sizeof(b));
    if (round == 0) {
        snprintf(out->user_name, sizeof(out->user_name), "%s.%s", a, b);
        snprintf(out->full_name, sizeof(out->full_name), "%s %s", first, last);
        return;
    }
    snprintf(out->user_name, sizeof(out->user_name), "%s.%s%" PRIu64, a, b, round + 1);
    snprintf(out->full_name, sizeof(out->full_name), "%s %s %" PRIu64, first, last, round + 1);
}

void server_fqdn(int64_t i, char out[64])
{
    snprintf(out, 64, "lic%02" PRId64 ".%s", i + 1, PROVIDER_DOMAIN);
}

void server_host_id(int64_t i, char out[64])
{
    snprintf(out, 64, "LIC%02" PRId64, i + 1);
}
