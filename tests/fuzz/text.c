/*
 * Fuzzes the parsers of single values: the first byte chooses one, the rest is the text. What is
 * taken must come back the same when written and parsed again. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/id.h"
#include "base/instant.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_id(struct str s)
{
    char text[ID_TEXT_LEN];
    struct id id;
    struct id back;
    if (!id_parse(s, &id))
        return;
    assert(s.len == ID_TEXT_LEN && !id_is_none(id));
    id_format(id, text);
    assert(str_eq_nocase(s, (struct str){text, sizeof text}));
    assert(id_parse((struct str){text, sizeof text}, &back) && id_eq(id, back));
}

static void check_instant(struct str s)
{
    char text[INSTANT_TEXT_MAX];
    struct instant t;
    struct instant back;
    if (!instant_parse(s, &t))
        return;
    size_t n = instant_format(t, text);
    assert(n <= sizeof text && t.ms >= 0);
    assert(instant_parse((struct str){text, n}, &back) && back.ms == t.ms);
}

static void check_date(struct str s)
{
    char text[DATE_TEXT_LEN];
    struct date d;
    if (!date_parse(s, &d))
        return;
    date_format(d, text);
    assert(str_eq(s, (struct str){text, sizeof text}));
    assert(date_weekday(d) >= 1 && date_weekday(d) <= 7);
}

static void check_wall(struct str s)
{
    char text[WALL_TEXT_LEN];
    struct wall w;
    if (!wall_parse(s, &w))
        return;
    assert(w.minute >= 0 && w.minute <= DAY_MINUTES);
    wall_format(w, text);
    assert(str_eq(s, (struct str){text, sizeof text}));
}

static void check_uint(struct str s)
{
    uint64_t value;
    uint64_t again;
    uint64_t max = s.len ? (unsigned char)s.data[0] * (UINT64_MAX / 255) : 0;
    if (s.len)
        s = (struct str){s.data + 1, s.len - 1};
    if (!str_to_uint(s, max, &value))
        return;
    assert(s.len > 0 && value <= max);
    assert(str_to_uint(s, value, &again) && again == value);
    assert(value == 0 || !str_to_uint(s, value - 1, &again));
}

/* Text is UTF-8 exactly if the parts before and after any character are. */
static void check_utf8(struct str s)
{
    bool valid = utf8_valid(s);
    size_t characters = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool first = ((unsigned char)s.data[i] & 0xC0) != 0x80;
        characters += first;
        if (first && i < 64)
            assert(valid == (utf8_valid((struct str){s.data, i}) &&
                             utf8_valid((struct str){s.data + i, s.len - i})));
    }
    assert(utf8_count(s) == characters);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static void (*const checks[])(struct str) = {check_id,   check_instant, check_date,
                                                 check_wall, check_uint,    check_utf8};
    if (len == 0)
        return -1;
    checks[bytes[0] % 6]((struct str){(const char *)bytes + 1, len - 1});
    return 0;
}
