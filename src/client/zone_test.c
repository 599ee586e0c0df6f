#include "client/zone.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/testing.h"

enum { PATH_SIZE = 1024, DAY_S = 86400 };

TESTS_WITH_ARENA(1 << 22)

static int32_t offset_at(const struct zone_table *z, int64_t at)
{
    int32_t offset = z->first_s;
    for (int32_t i = 0; i < z->count && z->changes[i].at <= at; i++)
        offset = z->changes[i].offset_s;
    return offset;
}

static enum status load(const char *name, const struct zone_table **out)
{
    struct ctx c = {.arena = &arena};
    struct zone_port port = zone_files(zone_files_folder());
    arena_reset(&arena);
    return zone_load(&c, &port, str_of(name), &arena, out);
}

/* glibc reads the same files with code of its own. */
static void compare_at(const char *name, const struct zone_table *z, int64_t at)
{
    time_t t = (time_t)at;
    struct tm local;
    localtime_r(&t, &local);
    if (local.tm_gmtoff != offset_at(z, at))
        fail_msg("%s at %lld: %d, glibc says %ld", name, (long long)at, offset_at(z, at),
                 local.tm_gmtoff);
}

static int compare(const char *name)
{
    const struct zone_table *z;
    if (load(name, &z) != ST_OK)
        fail_msg("%s cannot be loaded", name);
    setenv("TZ", name, 1);
    tzset();
    for (int32_t i = 0; i < z->count; i++)
        for (int k = -1; k <= 1; k++)
            compare_at(name, z, z->changes[i].at + k);
    for (int64_t at = 0; at < z->until; at += 31 * DAY_S + 12345)
        compare_at(name, z, at);
    return 1;
}

static int compare_folder(const char *inside)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", zone_files_folder(), inside);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    int count = 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        char name[PATH_SIZE];
        struct stat about;
        if (e->d_name[0] < 'A' || e->d_name[0] > 'Z')
            continue;
        snprintf(name, sizeof name, "%s%s%s", inside, *inside ? "/" : "", e->d_name);
        int n = snprintf(path, sizeof path, "%s/%s", zone_files_folder(), name);
        assert_in_range(n, 1, sizeof path - 1);
        assert_int_equal(stat(path, &about), 0);
        count += S_ISDIR(about.st_mode) ? compare_folder(name) : compare(name);
    }
    closedir(folder);
    return count;
}

static void every_zone_is_as_glibc_has_it(void **state)
{
    (void)state;
    assert_true(compare_folder("") > 300);
    unsetenv("TZ");
    tzset();
}

static void only_names_of_zones_are_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "/etc/passwd",
                                        "../etc/passwd",
                                        "Europe/",
                                        "Europe//Berlin",
                                        "Europe",
                                        "zone.tab",
                                        "right/Europe/Paris",
                                        "posixrules",
                                        "Europe/Atlantis",
                                        "Europe/../UTC",
                                        "Etc/UTC ",
                                        "E\xC3\xA4"};
    const struct zone_table *z;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(load(wrong[i], &z), ST_INVALID);
    assert_int_equal(load("UTC", &z), ST_OK);
    assert_int_equal(z->count, 0);
    assert_int_equal(z->first_s, 0);
    assert_string_equal(z->name.data, "UTC");
}

/* The arena of the tables is never emptied: what is no zone must not fill it. */
static void what_is_no_zone_takes_no_memory(void **state)
{
    (void)state;
    static const char *const wrong[] = {"America", "Etc", "Europe/Atlantis", "Europe"};
    struct zone_port port = zone_files(zone_files_folder());
    const struct zone_table *z;
    struct arena tables;
    arena_init(&tables, 1 << 20);
    for (size_t i = 0; i < 1000; i++) {
        struct ctx c = {.arena = &arena};
        arena_reset(&arena);
        assert_int_equal(zone_load(&c, &port, str_of(wrong[i % 4]), &tables, &z), ST_INVALID);
    }
    assert_int_equal(tables.total, 0);
    arena_reset(&arena);
    assert_int_equal(
        zone_load(&(struct ctx){.arena = &arena}, &port, str_of("Europe/Berlin"), &tables, &z),
        ST_OK);
    arena_release(&tables);
}

static void versions_tell_tables_apart(void **state)
{
    (void)state;
    const struct zone_table *z;
    assert_int_equal(load("Europe/Berlin", &z), ST_OK);
    uint32_t berlin = z->version;
    assert_int_equal(load("Europe/Athens", &z), ST_OK);
    assert_int_not_equal(z->version, berlin);
}

/* A file of version 2 with one type and no changes, and the rule behind it. */
static size_t make_file(unsigned char *out, int32_t offset_s, const char *rule)
{
    size_t at = 0;
    for (int part = 0; part < 2; part++) {
        memset(out + at, 0, 44);
        memcpy(out + at, "TZif2", 5);
        out[at + 39] = 1; /* types */
        out[at + 43] = 4; /* abbreviations */
        at += 44;
        for (int i = 0; i < 4; i++)
            out[at++] = (unsigned char)((uint32_t)offset_s >> (24 - 8 * i));
        memcpy(out + at, "\0\0XYZ", 6);
        at += 6;
    }
    int n = snprintf((char *)out + at, 100, "\n%s\n", rule);
    return at + (size_t)n;
}

static enum status parse(const char *rule, int32_t offset_s, const struct zone_table **out)
{
    unsigned char bytes[300];
    struct ctx c = {.arena = &arena};
    size_t len = make_file(bytes, offset_s, rule);
    arena_reset(&arena);
    return zone_parse(&c, STR_LIT("Test"), bytes, len, &arena, out);
}

static int64_t utc(int year, int month, int day, int hour)
{
    struct tm t = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour};
    return timegm(&t);
}

static void rules_of_all_forms_are_expanded(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        int32_t standard_s;
        int64_t before, after; /* hours of UTC around the change to summer time in 2026 */
        int32_t summer_s;
    } cases[] = {
        {"CET-1CEST,M3.5.0,M10.5.0/3", 3600, 0, 1, 7200},
        {"IST-2IDT,M3.4.4/26,M10.5.0", 7200, -49, -48, 10800},
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, 0, 1, -3600},
        {"AAA-1BBB-3:30,J88/2,J300", 3600, 0, 1, 12600},
        {"AAA-1BBB,87/2,299", 3600, 0, 1, 7200},
    };
    const struct zone_table *z;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(parse(cases[i].rule, cases[i].standard_s, &z), ST_OK);
        int64_t day = utc(2026, 3, 29, 0);
        assert_int_equal(offset_at(z, day + cases[i].before * 3600), cases[i].standard_s);
        assert_int_equal(offset_at(z, day + cases[i].after * 3600), cases[i].summer_s);
        assert_int_equal(offset_at(z, utc(2026, 12, 31, 0)), cases[i].standard_s);
        assert_int_equal(offset_at(z, utc(2100, 7, 1, 0)), cases[i].summer_s);
    }
    assert_int_equal(parse("EST5EDT,0/0,J365/25", -18000, &z), ST_OK); /* summer for ever */
    assert_int_equal(offset_at(z, utc(2026, 1, 1, 4)), -14400);
    assert_int_equal(offset_at(z, utc(2026, 1, 1, 6)), -14400);
    assert_int_equal(offset_at(z, utc(2027, 1, 1, 5)), -14400);
    assert_int_equal(parse("", 3600, &z), ST_OK);
    assert_int_equal(z->count, 0);
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"C",
                                        "CET",
                                        "CET-1CEST,",
                                        "CET-1CEST,M13.5.0,M10.5.0",
                                        "CET-1CEST,M3.5.0",
                                        "CET-99999CEST",
                                        "<CET",
                                        "CET-1CEST,M3.5.0,M10.5.0x",
                                        "CET-1CEST,J0,J300",
                                        "CET-1CEST,M3.6.0,M10.5.0",
                                        "CET-27"};
    const struct zone_table *z;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (parse(wrong[i], 3600, &z) != ST_INTERNAL)
            fail_msg("taken: %s", wrong[i]);

    char path[PATH_SIZE];
    static unsigned char whole[1 << 16], cut[1 << 16];
    snprintf(path, sizeof path, "%s/Europe/Berlin", zone_files_folder());
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(whole, 1, sizeof whole, file);
    fclose(file);
    for (size_t n = 0; n < len; n++) {
        struct ctx c = {.arena = &arena};
        arena_reset(&arena);
        unsigned char *exact = malloc(n + 1); /* so that the sanitizer sees a byte too far */
        assert_non_null(exact);
        memcpy(exact, whole, n);
        assert_int_equal(zone_parse(&c, STR_LIT("Cut"), exact, n, &arena, &z), ST_INTERNAL);
        free(exact);
    }
    for (size_t n = 0; n < len; n++) {
        struct ctx c = {.arena = &arena};
        arena_reset(&arena);
        memcpy(cut, whole, len);
        cut[n] ^= 0xFF;
        enum status s = zone_parse(&c, STR_LIT("Bent"), cut, len, &arena, &z);
        assert_true(s == ST_OK || s == ST_INTERNAL || s == ST_UNAVAILABLE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_zone_is_as_glibc_has_it),
        cmocka_unit_test(only_names_of_zones_are_read),
        cmocka_unit_test(what_is_no_zone_takes_no_memory),
        cmocka_unit_test(versions_tell_tables_apart),
        cmocka_unit_test(rules_of_all_forms_are_expanded),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
