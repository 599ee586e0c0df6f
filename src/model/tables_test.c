/*
 * Structs and tables cannot disagree: each member of each entity has a row, each struct a table.
 * The compiler sees neither a forgotten row nor a forgotten table, so this test reads the headers.
 * MODEL_FOLDER is where they lie.
 */
#include <ctype.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "model/account.h"
#include "model/audit.h"
#include "model/desk.h"
#include "model/estimates.h"
#include "model/invitation.h"
#include "model/notification.h"
#include "model/person.h"
#include "model/schedule.h"
#include "model/statistics.h"
#include "model/zone.h"

enum { TABLES_MAX = 64, DEPTH_MAX = 6, HEADER_MAX = 64 * 1024 };

/* Tables that nothing else refers to; the others are found from here. */
static const struct table *const outer[] = {&account_table,
                                            &session_table,
                                            &settings_table,
                                            &availability_table,
                                            &plan_table,
                                            &course_table,
                                            &task_table,
                                            &event_table,
                                            &work_entry_table,
                                            &occurrence_table,
                                            &tombstone_table,
                                            &schedule_table,
                                            &zone_reply_table,
                                            &attachment_table,
                                            &estimates_table,
                                            &chances_table,
                                            &feed_table,
                                            &feed_item_table,
                                            &calendar_link_table,
                                            &audit_entry_table,
                                            &statistics_table,
                                            &invitation_table,
                                            &person_table,
                                            &notifications_table,
                                            &notification_mark_table,
                                            &plan_replacement_table,
                                            &tidy_table,
                                            &former_plan_table};

/* Structs that are values, rows or containers of entities, not entities. */
static const char *const no_entities[] = {"ratio", "digest", "list",   "object",
                                          "field", "table",  "change", "desk"};

static const struct table *tables[TABLES_MAX];
static int table_count;

static void collect(const struct table *t, int depth)
{
    assert_true(depth < DEPTH_MAX); /* a table inside itself would never end */
    for (int i = 0; i < table_count; i++)
        if (tables[i] == t)
            return;
    assert_true(table_count < TABLES_MAX);
    tables[table_count++] = t;
    for (int32_t i = 0; i < t->count; i++)
        if (t->fields[i].of)
            collect(t->fields[i].of, depth + 1);
}

static int collect_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof outer / sizeof *outer; i++)
        collect(outer[i], 0);
    return 0;
}

static const struct table *named(struct str name)
{
    for (int i = 0; i < table_count; i++)
        if (str_eq(str_of(tables[i]->name), name))
            return tables[i];
    return NULL;
}

static bool is_no_entity(struct str name)
{
    for (size_t i = 0; i < sizeof no_entities / sizeof *no_entities; i++)
        if (str_eq(str_of(no_entities[i]), name))
            return true;
    return false;
}

/* Overwrites comments and preprocessor lines, continued ones too, with blanks. */
static void blank_prose(char *text)
{
    bool directive = false;
    for (char *p = text; *p; p++) {
        if (p[0] == '/' && p[1] == '*') {
            char *end = strstr(p, "*/");
            assert_non_null(end);
            memset(p, ' ', (size_t)(end + 2 - p));
        }
        if (*p == '#')
            directive = true;
        if (*p == '\n' && p[-1] != '\\')
            directive = false;
        if (directive)
            *p = *p == '\\' ? '\\' : ' ';
    }
}

static bool is_name(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_';
}

/* The name that ends a member's declaration, before its ';' or '['. */
static struct str member_name(const char *end)
{
    while (!is_name(end[-1]))
        end--;
    const char *start = end;
    while (is_name(start[-1]))
        start--;
    return (struct str){start, (size_t)(end - start)};
}

static int check_members(struct str name, const char *body, const char *end)
{
    const struct table *t = named(name);
    int members = 0;
    if (is_no_entity(name))
        return 0;
    if (!t) {
        print_error("struct %.*s has no table\n", STR_ARG(name));
        fail();
    }
    for (const char *p = body; p < end; p++) {
        if (*p != ';')
            continue;
        struct str member = member_name(p);
        members++;
        if (table_find(t, member) < 0) {
            print_error("%.*s.%.*s has no row\n", STR_ARG(name), STR_ARG(member));
            fail();
        }
    }
    assert_int_equal(members, t->count);
    return 1;
}

/* Checks every struct defined in a header; how many entities were there. */
static int check_header(const char *path)
{
    static char text[HEADER_MAX + 1];
    int entities = 0;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, HEADER_MAX, file);
    assert_true(feof(file));
    fclose(file);
    text[len] = '\0';
    blank_prose(text);
    for (const char *p = text; (p = strstr(p, "\nstruct ")) != NULL;) {
        p += strlen("\nstruct ");
        struct str name = {p, strcspn(p, " \n;")};
        const char *brace = p + name.len;
        brace += strspn(brace, " \n");
        if (*brace != '{')
            continue;
        const char *end = strchr(brace, '}');
        assert_non_null(end);
        entities += check_members(name, brace + 1, end);
        p = end;
    }
    return entities;
}

static void test_no_member_is_forgotten(void **state)
{
    (void)state;
    int entities = 0;
    DIR *folder = opendir(MODEL_FOLDER);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[512];
        size_t len = strlen(entry->d_name);
        if (len < 3 || strcmp(entry->d_name + len - 2, ".h") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", MODEL_FOLDER, entry->d_name);
        entities += check_header(path);
    }
    closedir(folder);
    assert_int_equal(entities, table_count);
}

static bool may_be_null(enum kind kind)
{
    return kind == KIND_ID || kind == KIND_STR || kind == KIND_I32 || kind == KIND_INSTANT ||
           kind == KIND_DATE || kind == KIND_RATIO || kind == KIND_OBJECT;
}

static void complain(const struct table *t, const struct field *f, const char *what)
{
    print_error("%s.%s: %s\n", t->name, f ? f->name : "", what);
    fail();
}

static void check_bounds(const struct table *t, const struct field *f)
{
    bool number = f->kind == KIND_I32 || f->kind == KIND_I64;
    if (f->min > f->max)
        complain(t, f, "min is above max");
    if ((number || f->kind == KIND_STR || f->kind == KIND_LIST || f->kind == KIND_RATIO) &&
        f->max == 0)
        complain(t, f, "has no max");
    if (f->kind == KIND_I32 && (f->min < INT32_MIN || f->max > INT32_MAX))
        complain(t, f, "does not fit its type");
    if ((f->kind == KIND_STR || f->kind == KIND_LIST) && f->min < 0)
        complain(t, f, "cannot be shorter than nothing");
    if (f->kind == KIND_OBJECT && !f->of)
        complain(t, f, "has no table");
    if (f->kind == KIND_CHOICE) {
        int64_t count = 0;
        while (f->choices && f->choices[count])
            count++;
        if (f->fallback < 0 || f->fallback >= count)
            complain(t, f, "has a fallback that is no choice");
    }
}

static void check_flags(const struct table *t, const struct field *f)
{
    unsigned flags = f->flags;
    if ((flags & F_REQUIRED) && (flags & (F_READONLY | F_HIDDEN)))
        complain(t, f, "is required but not accepted");
    if ((flags & F_LINES) && f->kind != KIND_STR)
        complain(t, f, "has lines but is no text");
    if ((flags & F_NULLABLE) && !may_be_null(f->kind))
        complain(t, f, "cannot be null");
    if ((flags & F_KEY) && f->offset != 0)
        complain(t, f, "is a key but does not stand first");
    if (!f->doc || f->doc[strlen(f->doc) - 1] != '.')
        complain(t, f, "has no sentence that describes it");
}

static void test_rows_are_sound(void **state)
{
    (void)state;
    for (int n = 0; n < table_count; n++) {
        const struct table *t = tables[n];
        assert_in_range(t->count, 1, FIELDS_MAX);
        if (!t->doc)
            complain(t, NULL, "has no description");
        for (int32_t i = 0; i < t->count; i++) {
            const struct field *f = &t->fields[i];
            if (table_find(t, str_of(f->name)) != i)
                complain(t, f, "stands there twice");
            if (strlen(f->key) != f->key_len || f->key_len != strlen(f->name) + 4)
                complain(t, f, "is too long a name");
            check_bounds(t, f);
            check_flags(t, f);
        }
    }
}

/* Secrets are never shown: not by oversight of a flag. */
static void test_secrets_are_hidden(void **state)
{
    (void)state;
    static const char *const words[] = {"password", "hash", "token", "secret"};
    for (int n = 0; n < table_count; n++)
        for (int32_t i = 0; i < tables[n]->count; i++)
            for (size_t w = 0; w < sizeof words / sizeof *words; w++)
                if (strstr(tables[n]->fields[i].name, words[w]) &&
                    !(tables[n]->fields[i].flags & F_SECRET))
                    complain(tables[n], &tables[n]->fields[i], "is a secret without F_SECRET");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_member_is_forgotten),
        cmocka_unit_test(test_rows_are_sound),
        cmocka_unit_test(test_secrets_are_hidden),
    };
    return cmocka_run_group_tests_name("tables", tests, collect_all, NULL);
}
