#include "codec/json.h"

#include <string.h>

#include "base/testing.h"
#include "support/every_kind.h"
#include "support/random_entity.h"

enum { ROUNDS = 2000 };

TESTS_WITH_ARENA(4 << 20)

/* A whole body that is right; tests change one field. */
static const char good[] =
    "{\"id\":\"0192f0c1-2345-7abc-8def-0123456789ab\",\"text\":\"Read\",\"notes\":\"one\\ntwo\","
    "\"alias\":null,\"email\":\"a@b.org\",\"password\":\"secret\",\"small\":-5,\"maybe\":null,"
    "\"large\":-9223372036854775808,\"flag\":false,\"color\":\"green\","
    "\"at\":\"2026-11-26T12:00:00Z\",\"ended\":null,\"day\":\"2026-11-26\",\"last_day\":null,"
    "\"wall\":\"24:00\",\"ratio\":{\"num\":3,\"den\":2},\"share\":null,"
    "\"inner\":[{\"id\":\"0192f0c1-2345-7abc-8def-0123456789ab\",\"number\":1}],\"ids\":[],"
    "\"one\":{\"id\":\"0192f0c1-2345-7abc-8def-0123456789ab\",\"number\":9},\"other\":null,"
    "\"owner\":null}";

static enum status read_text(struct str text, enum json_mode mode, struct every_kind *e,
                             field_set *present)
{
    ctx_forgive(&ctx);
    entity_init(&every_kind_table, e);
    return json_read(&ctx, text, &every_kind_table, mode, e, present);
}

/* The body `good` with the value of one field replaced; "" takes the field out. */
static struct str with(const char *field, const char *value)
{
    struct buf b;
    char key[40];
    buf_init(&b, &arena, 0, 1 << 20);
    snprintf(key, sizeof key, "\"%s\":", field);
    const char *at = strstr(good, key);
    assert_non_null(at);
    const char *end = at + strlen(key);
    int depth = 0;
    for (bool quoted = false; quoted || depth > 0 || (*end != ',' && *end != '}'); end++) {
        quoted ^= *end == '"';
        depth += !quoted && (*end == '[' || *end == '{');
        depth -= !quoted && (*end == ']' || *end == '}');
    }
    if (*value == '\0')
        end += *end == ',';
    buf_add(&b, good, (size_t)(at - good));
    if (*value)
        buf_addf(&b, "%s%s", key, value);
    buf_add_text(&b, end);
    return buf_str(&b);
}

/* Reading `text` fails with exactly this fault. */
static void refuse_text(struct str text, enum json_mode mode, const char *pointer, const char *code)
{
    struct every_kind e;
    enum status st = read_text(text, mode, &e, NULL);
    if (st != ST_INVALID || ctx.fault_count != 1 || strcmp(ctx.faults[0].pointer, pointer) != 0 ||
        strcmp(ctx.faults[0].code, code) != 0) {
        print_error("%.*s\n-> status %d, %d faults, %s %s (%s); expected %s %s\n", STR_ARG(text),
                    st, ctx.fault_count, ctx.faults[0].pointer, ctx.faults[0].code,
                    ctx.faults[0].detail, pointer, code);
        fail();
    }
}

static void refuse(const char *field, const char *value, const char *pointer, const char *code)
{
    refuse_text(with(field, value), JSON_CREATE, pointer, code);
}

static void accept(const char *field, const char *value)
{
    struct every_kind e;
    struct str text = with(field, value);
    if (read_text(text, JSON_CREATE, &e, NULL) != ST_OK) {
        print_error("%.*s\n-> %s %s\n", STR_ARG(text), ctx.faults[0].pointer, ctx.faults[0].code);
        fail();
    }
}

static void test_reads_every_kind(void **state)
{
    (void)state;
    struct every_kind e;
    field_set present;
    assert_int_equal(read_text(STR_LIT(good), JSON_CREATE, &e, &present), ST_OK);
    assert_string_equal(e.text.data, "Read");
    assert_string_equal(e.notes.data, "one\ntwo");
    assert_null(e.alias.data);
    assert_string_equal(e.password.data, "secret");
    assert_int_equal(e.small, -5);
    assert_int_equal(e.maybe, I32_NONE);
    assert_true(e.large == INT64_MIN);
    assert_false(e.flag);
    assert_int_equal(e.color, 1);
    assert_true(e.at.ms == 1795694400000);
    assert_true(instant_is_none(e.ended));
    assert_int_equal(e.wall.minute, 1440);
    assert_int_equal(e.ratio.num, 3);
    assert_int_equal(e.ratio.den, 2);
    assert_int_equal(e.share.den, 0);
    assert_int_equal(e.inner.count, 1);
    assert_int_equal(((struct every_inner *)e.inner.items)->number, 1);
    assert_int_equal(((struct every_inner *)e.one.at)->number, 9);
    assert_null(e.other.at);
    int32_t version = table_find(&every_kind_table, STR_LIT("version"));
    int32_t text = table_find(&every_kind_table, STR_LIT("text"));
    assert_false(present >> version & 1);
    assert_true(present >> text & 1);
}

static void test_fills_what_is_not_given(void **state)
{
    (void)state;
    struct every_kind e;
    assert_int_equal(read_text(with("small", ""), JSON_CREATE, &e, NULL), ST_OK);
    assert_int_equal(e.small, 7);
    assert_int_equal(read_text(with("flag", ""), JSON_REPLACE, &e, NULL), ST_INVALID);
    assert_string_equal(ctx.faults[0].pointer, "/id");
    assert_string_equal(ctx.faults[0].code, "readonly");
    assert_true(e.flag);
}

static void test_a_patch_sets_only_what_is_there(void **state)
{
    (void)state;
    struct every_kind e;
    field_set present;
    entity_init(&every_kind_table, &e);
    e.small = 99;
    e.alias = STR_LIT("Bee");
    ctx_forgive(&ctx);
    assert_int_equal(json_read(&ctx, STR_LIT("{\"alias\":null,\"text\":\"x\"}"), &every_kind_table,
                               JSON_PATCH, &e, &present),
                     ST_OK);
    assert_int_equal(e.small, 99);
    assert_null(e.alias.data);
    assert_string_equal(e.text.data, "x");
    int32_t alias = table_find(&every_kind_table, STR_LIT("alias"));
    int32_t text = table_find(&every_kind_table, STR_LIT("text"));
    assert_true(present == ((field_set)1 << alias | (field_set)1 << text));
    assert_int_equal(read_text(STR_LIT("{}"), JSON_PATCH, &e, &present), ST_OK);
    assert_true(present == 0);
    refuse_text(STR_LIT("{\"id\":\"0192f0c1-2345-7abc-8def-0123456789ab\"}"), JSON_PATCH, "/id",
                "readonly");
}

static void test_refuses_names(void **state)
{
    (void)state;
    refuse("text", "", "/text", "required");
    refuse("inner", "", "/inner", "required");
    refuse("one", "{\"number\":1}", "/one/id", "required");
    refuse("small", "1,\"other_name\":1", "/other_name", "unknown_field");
    refuse("small", "1,\"hidden\":\"x\"", "/hidden", "unknown_field");
    refuse("small", "1,\"digest\":\"x\"", "/digest", "unknown_field");
    refuse("small", "1,\"version\":1", "/version", "readonly");
    refuse("small", "1,\"small\":1", "/small", "duplicate");
    refuse("small", "1,\"sm\\u0061ll\":1", "/small", "duplicate");
    refuse("one", "{\"id\":\"0192f0c1-2345-7abc-8def-0123456789ab\",\"number\":9,\"number\":9}",
           "/one/number", "duplicate");
    refuse("ratio", "{\"num\":1,\"den\":2,\"num\":1}", "/ratio", "duplicate");
    refuse("ratio", "{\"num\":1,\"den\":2,\"x\":1}", "/ratio/x", "unknown_field");
    refuse("ratio", "{\"num\":1}", "/ratio/den", "required");
    refuse("small", "1,\"a/b~c\":1", "/a~1b~0c", "unknown_field");
    refuse("small", "1,\"\":1", "/", "unknown_field");
    refuse("small", "1,\"small\\u0000\":1", "/small", "unknown_field");
}

static void test_refuses_types_and_null(void **state)
{
    (void)state;
    static const char *const fields[] = {"text", "small", "flag",  "color", "at",   "day",
                                         "wall", "ratio", "inner", "one",   "large"};
    static const char *const values[] = {"true", "1", "\"x\"", "[1]", "{\"x\":1}", "null", "1.5"};
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        int refused = 0;
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            struct every_kind e;
            refused += read_text(with(fields[f], values[v]), JSON_CREATE, &e, NULL) == ST_INVALID;
            for (int i = 0; i < ctx.fault_count; i++)
                assert_memory_equal(ctx.faults[i].pointer + 1, fields[f], strlen(fields[f]));
        }
        assert_in_range(refused, 6, 7);
    }
    refuse("text", "null", "/text", "null");
    refuse("small", "null", "/small", "null");
    refuse("inner", "null", "/inner", "null");
    refuse("inner", "[null]", "/inner/0", "type");
    refuse("ids", "[null]", "/ids/0", "type");
    refuse("text", "1", "/text", "type");
    refuse("small", "\"1\"", "/small", "type");
    refuse("flag", "0", "/flag", "type");
    refuse("ratio", "0.5", "/ratio", "type");
}

static void test_refuses_numbers(void **state)
{
    (void)state;
    accept("small", "1000");
    accept("small", "-0");
    accept("maybe", "2147483647");
    accept("large", "9223372036854775807");
    refuse("small", "1001", "/small", "out_of_range");
    refuse("small", "-6", "/small", "out_of_range");
    refuse("maybe", "2147483648", "/maybe", "out_of_range");
    refuse("maybe", "-2147483648", "/maybe", "out_of_range");
    refuse("large", "9223372036854775808", "/large", "out_of_range");
    refuse("large", "-9223372036854775809", "/large", "out_of_range");
    refuse("large", "18446744073709551616", "/large", "out_of_range");
    refuse("small", "1e400", "/small", "out_of_range");
    refuse("small", "1.0", "/small", "type");
    refuse("small", "1e0", "/small", "type");
    refuse("small", "1.5", "/small", "type");
    refuse("ratio", "{\"num\":1,\"den\":0}", "/ratio/den", "out_of_range");
    refuse("ratio", "{\"num\":1,\"den\":1001}", "/ratio/den", "out_of_range");
    refuse("ratio", "{\"num\":-1,\"den\":2}", "/ratio/num", "out_of_range");
    refuse("ratio", "{\"num\":5,\"den\":2}", "/ratio", "out_of_range");
    accept("ratio", "{\"den\":2,\"num\":4}");
}

static void test_refuses_texts(void **state)
{
    (void)state;
    accept("text", "\"12345678901234567890\"");
    accept("text", "\"\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d"
                   "\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\u4e2d\\ud83d\\udc30\"");
    refuse("text", "\"\"", "/text", "too_short");
    refuse("text", "\"123456789012345678901\"", "/text", "too_long");
    refuse("text", "\"a\\nb\"", "/text", "control_character");
    refuse("text", "\"a\\u0000b\"", "/text", "control_character");
    refuse("text", "\"a\\u0085b\"", "/text", "control_character");
    refuse("text", "\"a\\u007fb\"", "/text", "control_character");
    refuse("notes", "\"a\\u0008b\"", "/notes", "control_character");
    accept("notes", "\"a\\tb\\r\\n\"");
    refuse("color", "\"pink\"", "/color", "choice");
    refuse("color", "\"Red\"", "/color", "choice");
}

static void test_emails(void **state)
{
    (void)state;
    static const char *const right[] = {
        "a@b",        "a@b.org",      "a.b+c@d-e.example.org", "!#$%&'*/=?^_`{|}~-@x.y",
        "A@1.2.3.4c", "0@xn--3e0b.kr"};
    static const char *const wrong[] = {
        "a.b.org",  "@b.org",   "aa@",      "a@b@c.org", "a b@c.org", ".a@b.org", "a.@b.org",
        "a..b@c.d", "a@.b.org", "a@b..org", "a@b.org.",  "a@-b.org",  "a@b-.org", "a@b_c.org",
        "a@b.org*", "a@[::1]",  "a,b@c.de", "a@b c.org", "é@b.org",   "a@é.org",  "\\\\@b.org"};
    char value[80];
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        snprintf(value, sizeof value, "\"%s\"", right[i]);
        accept("email", value);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(value, sizeof value, "\"%s\"", wrong[i]);
        refuse("email", value, "/email", "format");
    }
    for (int len = 60; len < 70; len++) {
        snprintf(value, sizeof value, "\"%0*d@b.org\"", len, 1);
        len > 64 ? refuse("email", value, "/email", "format") : accept("email", value);
        snprintf(value, sizeof value, "\"a@%0*d.org\"", len, 1);
        len > 63 ? refuse("email", value, "/email", "format") : accept("email", value);
    }
}

static void test_refuses_forms(void **state)
{
    (void)state;
    refuse("id", "\"0192f0c1\"", "/id", "format");
    refuse("id", "\"00000000-0000-0000-0000-000000000000\"", "/id", "format");
    refuse("at", "\"2026-11-26\"", "/at", "format");
    refuse("at", "\"2026-02-30T12:00:00Z\"", "/at", "format");
    refuse("day", "\"2026-13-01\"", "/day", "format");
    refuse("wall", "\"24:01\"", "/wall", "format");
    refuse("wall", "\"7:30\"", "/wall", "format");
    accept("at", "\"2026-11-26T13:00:00.5+01:00\"");
}

static void test_refuses_lists(void **state)
{
    (void)state;
#define THING(n) "{\"id\":\"0192f0c1-2345-7abc-8def-0123456789ab\",\"number\":" n "}"
    accept("inner", "[" THING("1") "," THING("2") "," THING("3") "," THING("4") "]");
    refuse("inner", "[]", "/inner", "too_few");
    refuse("inner", "[1,2,3,4,5]", "/inner", "too_many");
    refuse("inner", "[" THING("1") "," THING("10") "]", "/inner/1/number", "out_of_range");
    refuse("ids", "[\"0192f0c1-2345-7abc-8def-0123456789ab\",\"x\"]", "/ids/1", "format");
}

static void test_collects_faults(void **state)
{
    (void)state;
    struct every_kind e;
    struct str text = STR_LIT("{\"text\":\"\",\"small\":5000,\"inner\":[{\"number\":0}],\"x\":1}");
    assert_int_equal(read_text(text, JSON_PATCH, &e, NULL), ST_INVALID);
    assert_int_equal(ctx.fault_count, 5);
    assert_string_equal(ctx.faults[0].pointer, "/text");
    assert_string_equal(ctx.faults[1].pointer, "/small");
    assert_string_equal(ctx.faults[1].detail, "must be from -5 to 1000");
    assert_string_equal(ctx.faults[2].pointer, "/inner/0/number");
    assert_string_equal(ctx.faults[3].pointer, "/inner/0/id");
    assert_string_equal(ctx.faults[4].pointer, "/x");

    struct buf b;
    buf_init(&b, &arena, 0, 1 << 20);
    for (int i = 0; i < 100; i++)
        buf_addf(&b, "%c\"x%d\":0", i ? ',' : '{', i);
    buf_add_char(&b, '}');
    assert_int_equal(read_text(buf_str(&b), JSON_PATCH, &e, NULL), ST_INVALID);
    assert_int_equal(ctx.fault_count, FAULTS_MAX);
}

static void test_refuses_what_is_not_json(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        " ",
                                        "{",
                                        "{}}",
                                        "{} x",
                                        "{\"text\":\"a}",
                                        "{text:1}",
                                        "{'a':1}",
                                        "{\"a\":1,}",
                                        "[1,]",
                                        "{\"a\":01}",
                                        "{\"a\":+1}",
                                        "{\"a\":.5}",
                                        "{\"a\":1.}",
                                        "nul",
                                        "{\"a\":NaN}",
                                        "/**/{}",
                                        "\xEF\xBB\xBF{}",
                                        "{\"text\":\"\xC3\"}",
                                        "{\"text\":\"\xED\xA0\x80\"}",
                                        "{\"text\":\"\xC0\x80\"}",
                                        "{\"text\":\"\\ud83d\"}",
                                        "{\"text\":\"\\udc30\\ud83d\"}",
                                        "{\"text\":\"\\x\"}",
                                        "{\"text\":\"a\nb\"}",
                                        "{\"\xFF\":1}",
                                        "{\"\\ud83d\":1}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse_text(str_of(texts[i]), JSON_PATCH, "", "json");
    refuse_text(((struct str){"{\0}", 3}), JSON_PATCH, "", "json");
    refuse_text(((struct str){"{}\0", 3}), JSON_PATCH, "", "json");
    refuse_text(STR_LIT("[]"), JSON_PATCH, "", "type");
    refuse_text(STR_LIT("null"), JSON_PATCH, "", "type");
    refuse_text(STR_LIT("\"text\""), JSON_PATCH, "", "type");
}

static void test_deep_nesting_is_only_a_wrong_type(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    char *text = arena_alloc(&arena, 2 * DEPTH + 16);
    assert_non_null(text);
    memcpy(text, "{\"text\":", 8);
    memset(text + 8, '[', DEPTH);
    memset(text + 8 + DEPTH, ']', DEPTH);
    text[8 + 2 * DEPTH] = '}';
    refuse_text((struct str){text, 2 * DEPTH + 9}, JSON_PATCH, "/text", "type");
    refuse_text((struct str){text, DEPTH + 8}, JSON_PATCH, "", "json");
}

static void test_long_names_are_cut_at_a_character(void **state)
{
    (void)state;
    struct buf b;
    struct every_kind e;
    buf_init(&b, &arena, 0, 1 << 20);
    buf_add_text(&b, "{\"");
    for (int i = 0; i < 200; i++)
        buf_add_text(&b, i ? "é" : "x");
    buf_add_text(&b, "\":1}");
    assert_int_equal(read_text(buf_str(&b), JSON_PATCH, &e, NULL), ST_INVALID);
    assert_true(utf8_valid(str_of(ctx.faults[0].pointer)));
    assert_true(strlen(ctx.faults[0].pointer) > 120);
}

static void test_says_when_memory_is_out(void **state)
{
    (void)state;
    struct every_kind e;
    enum status st = ST_UNAVAILABLE;
    unsigned nth = 1;
    for (; st == ST_UNAVAILABLE; nth++) {
        ctx_forgive(&ctx);
        arena_fail_after(nth);
        st = json_read(&ctx, STR_LIT(good), &every_kind_table, JSON_CREATE, &e, NULL);
        arena_fail_after(0);
    }
    assert_int_equal(st, ST_OK);
    assert_true(nth > 4);
}

/* A copy of a table whose fields are all shown and all accepted. */
static struct table opened(struct field rows[FIELDS_MAX])
{
    struct table t = every_kind_table;
    int32_t n = 0;
    for (int32_t i = 0; i < t.count; i++) {
        rows[n] = t.fields[i];
        rows[n].flags &= ~(unsigned)(F_HIDDEN | F_SECRET | F_READONLY);
        n += rows[n].kind != KIND_DIGEST;
    }
    t.fields = rows;
    t.count = n;
    return t;
}

static void test_what_is_written_reads_back(void **state)
{
    (void)state;
    struct field rows[FIELDS_MAX];
    struct table t = opened(rows);
    struct rng r = rng_make(20261124);
    for (int i = 0; i < ROUNDS; i++) {
        struct every_kind e;
        struct every_kind back;
        struct buf b;
        arena_reset(&arena);
        random_entity(&r, &arena, &t, &e);
        buf_init(&b, &arena, 0, 1 << 20);
        json_write(&b, &t, &e);
        assert_false(b.overflowed);
        enum status st = json_read(&ctx, buf_str(&b), &t, JSON_CREATE, &back, NULL);
        if (st != ST_OK || !entity_eq(&t, &e, &back, 0)) {
            print_error("%.*s\n%s %s\n", STR_ARG(buf_str(&b)), ctx.faults[0].pointer,
                        ctx.faults[0].code);
            fail();
        }
    }
}

static void test_writes_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *json;
    } cases[] = {{"", "\"\""},
                 {"1234567", "\"1234567\""},
                 {"12345678", "\"12345678\""},
                 {"123456789", "\"123456789\""},
                 {"1234567\"9", "\"1234567\\\"9\""},
                 {"\\", "\"\\\\\""},
                 {"a\nb\tc\rd", "\"a\\nb\\tc\\rd\""},
                 {"\x01\x1f ", "\"\\u0001\\u001f \""},
                 {"/</script>", "\"/</script>\""},
                 {"é中\U0001F430", "\"é中\U0001F430\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b;
        buf_init(&b, &arena, 0, 1000);
        json_write_text(&b, str_of(cases[i].text));
        assert_string_equal(buf_str(&b).data, cases[i].json);
    }
    struct buf b;
    buf_init(&b, &arena, 0, 1000);
    json_write_text(&b, STR_NONE);
    json_write_id(&b, ID_NONE);
    json_write_instant(&b, INSTANT_NONE);
    json_write_instant(&b, (struct instant){1795694400000});
    assert_string_equal(buf_str(&b).data, "nullnullnull\"2026-11-26T12:00:00Z\"");
}

/* Every byte at every place of a word: the eight-at-once path agrees with the plain rule. */
static void test_escapes_every_byte_everywhere(void **state)
{
    (void)state;
    for (int ch = 1; ch < 128; ch++) {
        for (size_t at = 0; at < 20; at++) {
            char text[] = "abcdefghijklmnopqrst";
            struct buf b;
            struct every_kind e;
            text[at] = (char)ch;
            arena_reset(&arena);
            buf_init(&b, &arena, 0, 1000);
            buf_add_text(&b, "{\"text\":");
            json_write_text(&b, str_of(text));
            buf_add_char(&b, '}');
            enum status st = read_text(buf_str(&b), JSON_PATCH, &e, NULL);
            if (ch < 0x20 || ch == 0x7F) {
                assert_int_equal(st, ST_INVALID);
                assert_string_equal(ctx.faults[0].code, "control_character");
            } else {
                assert_int_equal(st, ST_OK);
                assert_string_equal(e.text.data, text);
            }
        }
    }
}

static void test_writes_no_secrets(void **state)
{
    (void)state;
    struct rng r = rng_make(1);
    struct every_kind e;
    struct buf b;
    random_entity(&r, &arena, &every_kind_table, &e);
    e.password = STR_LIT("hunter2");
    e.hidden = STR_LIT("hunter3");
    buf_init(&b, &arena, 0, 1 << 20);
    json_write(&b, &every_kind_table, &e);
    assert_null(strstr(buf_str(&b).data, "hunter"));
    assert_null(strstr(buf_str(&b).data, "password"));
    assert_null(strstr(buf_str(&b).data, "digest"));
    assert_non_null(strstr(buf_str(&b).data, ",\"version\":"));
}

/* An export holds what is hidden, and is read back; a secret is in neither. */
static void test_exports_all_but_secrets(void **state)
{
    (void)state;
    struct rng r = rng_make(2);
    for (int i = 0; i < 50; i++) {
        struct every_kind e;
        struct every_kind back;
        struct buf b;
        arena_reset(&arena);
        ctx_forgive(&ctx);
        random_entity(&r, &arena, &every_kind_table, &e);
        e.password = STR_LIT("hunter2");
        e.hidden = i % 2 ? STR_LIT("hunter3") : STR_NONE;
        buf_init(&b, &arena, 0, 1 << 20);
        json_export(&b, &every_kind_table, &e);
        assert_null(strstr(buf_str(&b).data, "hunter2"));
        assert_non_null(strstr(buf_str(&b).data, ",\"digest\":\""));
        assert_int_equal(json_read(&ctx, buf_str(&b), &every_kind_table, JSON_IMPORT, &back, NULL),
                         ST_OK);
        field_set password = (field_set)1 << table_find(&every_kind_table, STR_LIT("password"));
        assert_true(entity_eq(&every_kind_table, &e, &back, password));
    }
}

static void test_imports_no_digest_that_is_none(void **state)
{
    (void)state;
    static const char *const values[] = {"1", "\"ab\"", "\"\"", NULL};
    struct every_kind e;
    for (int i = 0; i < 4; i++) {
        char text[128];
        char wrong[65];
        memset(wrong, i == 3 ? 'G' : 'a', 64);
        wrong[64] = '\0';
        if (values[i])
            snprintf(text, sizeof text, "1,\"digest\":%s", values[i]);
        else
            snprintf(text, sizeof text, "1,\"digest\":\"%s\"", wrong);
        assert_int_equal(read_text(with("small", text), JSON_IMPORT, &e, NULL), ST_INVALID);
        assert_string_equal(ctx.faults[0].pointer, "/digest");
    }
}

static void test_writes_what_has_no_fields(void **state)
{
    (void)state;
    const struct table empty = {.name = "empty", .size = 1};
    struct buf b;
    buf_init(&b, &arena, 0, 1000);
    json_write_array(&b, &empty, "ab", 2);
    assert_string_equal(buf_str(&b).data, "[{},{}]");
    assert_int_equal(json_read(&ctx, STR_LIT("{}"), &empty, JSON_CREATE, (char[]){0}, NULL), ST_OK);
}

static void test_writes_pages(void **state)
{
    (void)state;
    struct every_inner items[2] = {{ID_NONE, 1}, {ID_NONE, 2}};
    struct buf b;
    buf_init(&b, &arena, 0, 1000);
    json_write_page(&b, &every_inner_table, items, 2, STR_NONE);
    assert_string_equal(buf_str(&b).data,
                        "{\"items\":[{\"id\":null,\"number\":1},{\"id\":null,\"number\":2}],"
                        "\"next\":null}");
    buf_init(&b, &arena, 0, 1000);
    json_write_page(&b, &every_inner_table, NULL, 0, STR_LIT("abc"));
    assert_string_equal(buf_str(&b).data, "{\"items\":[],\"next\":\"abc\"}");
}

/* A buffer of any cap holds either all or is marked; what stands in it stays below the cap. */
static void test_overflow_shows(void **state)
{
    (void)state;
    struct rng r = rng_make(7);
    struct every_kind e;
    struct buf whole;
    random_entity(&r, &arena, &every_kind_table, &e);
    buf_init(&whole, &arena, 0, 1 << 20);
    json_write(&whole, &every_kind_table, &e);
    for (size_t cap = 0; cap < whole.len + 200; cap++) {
        struct arena small;
        struct buf b;
        arena_init(&small, (size_t)1 << 20);
        buf_init(&b, &small, 0, cap);
        json_write(&b, &every_kind_table, &e);
        assert_true(b.len <= cap);
        assert_true(b.overflowed || b.len == whole.len);
        assert_true(b.overflowed || memcmp(b.data, whole.data, b.len) == 0);
        assert_true(cap < whole.len + 100 ? true : !b.overflowed);
        arena_release(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_reads_every_kind),
        ARENA_TEST(test_fills_what_is_not_given),
        ARENA_TEST(test_a_patch_sets_only_what_is_there),
        ARENA_TEST(test_refuses_names),
        ARENA_TEST(test_refuses_types_and_null),
        ARENA_TEST(test_refuses_numbers),
        ARENA_TEST(test_refuses_texts),
        ARENA_TEST(test_emails),
        ARENA_TEST(test_refuses_forms),
        ARENA_TEST(test_refuses_lists),
        ARENA_TEST(test_collects_faults),
        ARENA_TEST(test_refuses_what_is_not_json),
        ARENA_TEST(test_deep_nesting_is_only_a_wrong_type),
        ARENA_TEST(test_long_names_are_cut_at_a_character),
        ARENA_TEST(test_says_when_memory_is_out),
        ARENA_TEST(test_what_is_written_reads_back),
        ARENA_TEST(test_writes_texts),
        ARENA_TEST(test_escapes_every_byte_everywhere),
        ARENA_TEST(test_writes_no_secrets),
        ARENA_TEST(test_exports_all_but_secrets),
        ARENA_TEST(test_imports_no_digest_that_is_none),
        ARENA_TEST(test_writes_what_has_no_fields),
        ARENA_TEST(test_writes_pages),
        ARENA_TEST(test_overflow_shows),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
