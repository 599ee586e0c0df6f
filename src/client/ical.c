#include "client/ical.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { TITLE_CHARACTERS = 200, NOTES_CHARACTERS = 1000, NAME_CHARACTERS = 80, UID_BYTES = 1024 };

/* ---- looking through it first ---- */

struct look {
    int32_t entries;
    int32_t parts;
    int32_t depth;
    bool began;
};

static enum status too_large(struct ctx *c, const char *what, int32_t limit)
{
    return fail_as(c, ST_TOO_LARGE, "", "calendar_size", "this calendar has more than %d %s",
                   (int)limit, what);
}

/* What stands before the first ':' or ';' of a line, without blanks behind, as the library sees it.
 */
static struct str name_in(struct str line)
{
    size_t len = 0;
    while (len < line.len && line.data[len] != ':' && line.data[len] != ';')
        len++;
    if (len == line.len)
        return STR_NONE;
    while (len > 0 && (unsigned char)line.data[len - 1] <= ' ')
        len--;
    return (struct str){line.data, len};
}

static enum status look_at_line(struct ctx *c, struct look *l, struct str line)
{
    struct str name = name_in(line);
    if (str_eq_nocase(name, STR_LIT("END")) && --l->depth < 0)
        return fail_as(c, ST_INVALID, "", "calendar",
                       "this calendar is damaged: something ends that has not begun");
    if (!str_eq_nocase(name, STR_LIT("BEGIN")))
        return ST_OK;
    struct str part = line;
    (void)str_cut(&part, ':');
    part = str_trim(part);
    l->began |= str_eq_nocase(part, STR_LIT("VCALENDAR"));
    l->entries += str_eq_nocase(part, STR_LIT("VEVENT")) || str_eq_nocase(part, STR_LIT("VTODO"));
    if (++l->depth > ICS_DEPTH_MAX)
        return too_large(c, "parts inside each other", ICS_DEPTH_MAX);
    if (l->entries > ICS_ENTRIES_MAX)
        return too_large(c, "events", ICS_ENTRIES_MAX);
    return ++l->parts > ICS_PARTS_MAX ? too_large(c, "parts", ICS_PARTS_MAX) : ST_OK;
}

/* Joins what was folded: a line that begins with a blank goes on with the one before. What is
 * looked through is so exactly what the library will see. */
static struct str unfold(struct arena *a, struct str text)
{
    char *out = arena_alloc(a, text.len + 1);
    size_t len = 0;
    bool at_end = false; /* of a line that may go on */
    for (size_t i = 0; out && i < text.len; i++) {
        char ch = text.data[i];
        if (ch == '\r')
            continue;
        if (at_end && (ch == ' ' || ch == '\t'))
            len--;
        else
            out[len++] = ch;
        at_end = ch == '\n';
    }
    return (struct str){out, out ? len : 0};
}

static enum status look_through(struct ctx *c, struct str text)
{
    struct look l = {0};
    int32_t lines = 0;
    enum status st = ST_OK;
    if (memchr(text.data, '\0', text.len))
        return fail_as(c, ST_INVALID, "", "calendar", "this is no calendar: it has zero bytes");
    while (st == ST_OK && text.data) {
        struct str line = str_cut(&text, '\n');
        if (line.len > ICS_LINE_BYTES_MAX)
            return too_large(c, "bytes in one line", ICS_LINE_BYTES_MAX);
        st = ++lines > ICS_LINES_MAX ? too_large(c, "lines", ICS_LINES_MAX)
                                     : look_at_line(c, &l, line);
    }
    if (st == ST_OK && !l.began)
        st = fail_as(c, ST_INVALID, "", "calendar",
                     "this is no calendar: it does not begin with BEGIN:VCALENDAR");
    return st;
}

/* ---- texts ---- */

/* Old programs write Latin-1: each of its bytes is a character of that number. */
static struct str from_latin1(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, a, s.len + s.len / 4 + 1, 2 * s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char ch = (unsigned char)s.data[i];
        if (ch < 0x80) {
            buf_add_char(&b, (char)ch);
        } else {
            buf_add_char(&b, (char)(0xC0 | ch >> 6));
            buf_add_char(&b, (char)(0x80 | (ch & 0x3F)));
        }
    }
    return b.overflowed ? STR_NONE : buf_str(&b);
}

/* So many bytes as `characters` take. */
static size_t cut_at(struct str s, size_t characters)
{
    size_t at = 0;
    while (at < s.len && characters > 0) {
        at++;
        while (at < s.len && ((unsigned char)s.data[at] & 0xC0) == 0x80)
            at++;
        characters--;
    }
    return at;
}

/* Without control characters; on one line, blanks joined, unless `lines`. Never no text. */
static struct str tidy(struct arena *a, const char *text, size_t characters, bool lines)
{
    struct str s = str_of(text ? text : "");
    struct buf b;
    buf_init(&b, a, s.len + 1, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.data[i];
        bool keep = (unsigned char)ch >= ' ' && ch != 0x7F;
        if (lines && ch == '\n') {
            buf_add_char(&b, ch);
            continue;
        }
        if (keep && ch != ' ')
            buf_add_char(&b, ch);
        else if (ch != '\r' && b.len > 0 && b.data[b.len - 1] != ' ')
            buf_add_char(&b, ' ');
    }
    struct str out = str_trim(buf_str(&b));
    if (b.overflowed || !utf8_valid(out)) /* the library may cut a character in two */
        return STR_LIT("");
    out.len = cut_at(out, characters);
    return str_copy(a, str_trim(out));
}

static struct str text_of(struct arena *a, icalcomponent *part, icalproperty_kind kind,
                          size_t characters, bool lines)
{
    icalproperty *p = icalcomponent_get_first_property(part, kind);
    icalvalue *v = p ? icalproperty_get_value(p) : NULL;
    return tidy(a, v ? icalvalue_get_text(v) : NULL, characters, lines);
}

/* A property that libical has no name for. */
static struct str extra_of(struct arena *a, icalcomponent *part, const char *name)
{
    for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_X_PROPERTY); p;
         p = icalcomponent_get_next_property(part, ICAL_X_PROPERTY)) {
        const char *x = icalproperty_get_x_name(p);
        struct str text =
            tidy(a, x && str_eq_nocase(str_of(x), str_of(name)) ? icalproperty_get_x(p) : NULL,
                 NAME_CHARACTERS, false);
        if (text.len)
            return text;
    }
    return STR_NONE;
}

/* ---- times ---- */

static struct ics_time none(void)
{
    return (struct ics_time){.date = DATE_NONE, .second = -1};
}

static struct ics_time time_of(struct arena *a, icalproperty *p, struct icaltimetype t)
{
    icalparameter *zone = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
    struct ics_time out = none();
    if (icaltime_is_null_time(t) || t.year < 1970 || t.year > 2200 || t.month < 1 || t.month > 12 ||
        t.day < 1 || t.day > 31)
        return out;
    out.date = date_make(t.year, t.month, t.day);
    if (!t.is_date)
        out.second = t.hour * 3600 + t.minute * 60 + (t.second > 59 ? 59 : t.second);
    if (out.second >= 86400)
        return none();
    out.utc = icaltime_is_utc(t);
    if (zone && !out.utc && icalparameter_get_tzid(zone))
        out.zone = tidy(a, icalparameter_get_tzid(zone), TITLE_CHARACTERS, false);
    return out;
}

static struct ics_time first_time(struct arena *a, icalcomponent *part, icalproperty_kind kind)
{
    icalproperty *p = icalcomponent_get_first_property(part, kind);
    icalvalue *v = p ? icalproperty_get_value(p) : NULL;
    return v ? time_of(a, p, icalvalue_get_datetime(v)) : none();
}

/* The time of one EXDATE or RDATE; a period begins when it begins. */
static struct ics_time listed_time(struct arena *a, icalproperty *p)
{
    icalvalue *v = icalproperty_get_value(p);
    if (!v)
        return none();
    return time_of(a, p,
                   icalvalue_isa(v) == ICAL_PERIOD_VALUE ? icalvalue_get_period(v).start
                                                         : icalvalue_get_datetime(v));
}

static bool all_times(struct arena *a, icalcomponent *part, icalproperty_kind kind,
                      struct list *out)
{
    int32_t n = icalcomponent_count_properties(part, kind);
    n = n > ICS_DATES_MAX ? ICS_DATES_MAX : n;
    struct ics_time *times = ARENA_ARRAY(a, struct ics_time, (size_t)n + 1);
    *out = (struct list){times, 0};
    if (!times)
        return false;
    for (icalproperty *p = icalcomponent_get_first_property(part, kind); p && out->count < n;
         p = icalcomponent_get_next_property(part, kind)) {
        struct ics_time t = listed_time(a, p);
        if (t.date.days != DATE_NONE.days)
            times[out->count++] = t;
    }
    return true;
}

/* ---- an entry ---- */

/* The library takes a rule that it cannot read out, and leaves a note. */
static bool lost_rule(icalcomponent *part)
{
    for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(part, ICAL_XLICERROR_PROPERTY)) {
        const char *text = icalproperty_get_xlicerror(p);
        if (text && strstr(text, "RRULE"))
            return true;
    }
    return false;
}

static struct str rule_of(struct arena *a, icalcomponent *part)
{
    icalproperty *p = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
    char *text = p ? icalproperty_get_value_as_string_r(p) : NULL;
    struct str rule = text ? str_copy(a, str_of(text)) : STR_NONE;
    icalmemory_free_buffer(text);
    return rule;
}

static bool is_free(struct arena *a, icalcomponent *part)
{
    icalproperty *p = icalcomponent_get_first_property(part, ICAL_TRANSP_PROPERTY);
    struct str status = extra_of(a, part, "X-MICROSOFT-CDO-BUSYSTATUS");
    return (p && icalproperty_get_transp(p) == ICAL_TRANSP_TRANSPARENT) ||
           str_eq_nocase(status, STR_LIT("FREE"));
}

static int64_t duration_of(icalcomponent *part)
{
    icalproperty *p = icalcomponent_get_first_property(part, ICAL_DURATION_PROPERTY);
    icalvalue *v = p ? icalproperty_get_value(p) : NULL;
    int64_t seconds = v ? icaldurationtype_as_int(icalvalue_get_duration(v)) : -1;
    return seconds < 0 ? -1 : seconds;
}

static struct str uid_of(struct arena *a, icalcomponent *part)
{
    icalproperty *p = icalcomponent_get_first_property(part, ICAL_UID_PROPERTY);
    const char *uid = p ? icalproperty_get_uid(p) : NULL;
    struct str s = str_trim(str_of(uid ? uid : ""));
    s.len = s.len > UID_BYTES ? UID_BYTES : s.len;
    return str_copy(a, s);
}

static bool read_entry(struct arena *a, icalcomponent *part, struct ics_entry *e)
{
    icalproperty *status = icalcomponent_get_first_property(part, ICAL_STATUS_PROPERTY);
    icalproperty *sequence = icalcomponent_get_first_property(part, ICAL_SEQUENCE_PROPERTY);
    e->todo = icalcomponent_isa(part) == ICAL_VTODO_COMPONENT;
    e->uid = uid_of(a, part);
    e->title = text_of(a, part, ICAL_SUMMARY_PROPERTY, TITLE_CHARACTERS, false);
    e->notes = text_of(a, part, ICAL_DESCRIPTION_PROPERTY, NOTES_CHARACTERS, true);
    e->place = text_of(a, part, ICAL_LOCATION_PROPERTY, TITLE_CHARACTERS, false);
    e->category = text_of(a, part, ICAL_CATEGORIES_PROPERTY, NAME_CHARACTERS, false);
    e->start = first_time(a, part, ICAL_DTSTART_PROPERTY);
    e->end = first_time(a, part, e->todo ? ICAL_DUE_PROPERTY : ICAL_DTEND_PROPERTY);
    e->recurrence = first_time(a, part, ICAL_RECURRENCEID_PROPERTY);
    e->duration_s = duration_of(part);
    e->rule = rule_of(a, part);
    e->bad_rule = lost_rule(part);
    e->sequence = sequence ? icalproperty_get_sequence(sequence) : 0;
    e->cancelled = status && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
    e->finished = e->todo && status && icalproperty_get_status(status) == ICAL_STATUS_COMPLETED;
    e->free = is_free(a, part);
    return all_times(a, part, ICAL_RDATE_PROPERTY, &e->dates) &&
           all_times(a, part, ICAL_EXDATE_PROPERTY, &e->skipped) && e->uid.data && e->title.data &&
           e->notes.data && e->place.data && e->category.data;
}

/* ---- the time zones ---- */

static int32_t offset_of(icalcomponent *zone, icalcomponent_kind kind, int32_t otherwise)
{
    int32_t offset = otherwise;
    for (icalcomponent *part = icalcomponent_get_first_component(zone, kind); part;
         part = icalcomponent_get_next_component(zone, kind)) {
        icalproperty *p = icalcomponent_get_first_property(part, ICAL_TZOFFSETTO_PROPERTY);
        if (p)
            offset = icalproperty_get_tzoffsetto(p); /* the last is the newest, mostly */
    }
    return offset;
}

static void read_zone(struct arena *a, icalcomponent *part, struct ics_zone *out)
{
    icalproperty *id = icalcomponent_get_first_property(part, ICAL_TZID_PROPERTY);
    out->id = tidy(a, id ? icalproperty_get_tzid(id) : NULL, TITLE_CHARACTERS, false);
    out->location = extra_of(a, part, "X-LIC-LOCATION");
    out->standard_s = offset_of(part, ICAL_XSTANDARD_COMPONENT, 0);
    out->daylight_s = offset_of(part, ICAL_XDAYLIGHT_COMPONENT, out->standard_s);
}

/* ---- the whole ---- */

static bool read_parts(struct arena *a, icalcomponent *root, struct ics_calendar *out)
{
    int32_t events = icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT);
    int32_t todos = icalcomponent_count_components(root, ICAL_VTODO_COMPONENT);
    int32_t zones = icalcomponent_count_components(root, ICAL_VTIMEZONE_COMPONENT);
    struct ics_entry *entries = ARENA_ARRAY(a, struct ics_entry, (size_t)(events + todos) + 1);
    struct ics_zone *table = ARENA_ARRAY(a, struct ics_zone, (size_t)zones + 1);
    bool ok = entries && table;
    int32_t n = 0;
    int32_t z = 0;
    for (icalcomponent *part = icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT);
         ok && part; part = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT)) {
        icalcomponent_kind kind = icalcomponent_isa(part);
        if (kind == ICAL_VEVENT_COMPONENT || kind == ICAL_VTODO_COMPONENT)
            ok = read_entry(a, part, &entries[n++]);
        else if (kind == ICAL_VTIMEZONE_COMPONENT)
            read_zone(a, part, &table[z++]);
    }
    out->entries = (struct list){entries, n};
    out->zones = (struct list){table, z};
    return ok;
}

/* Several calendars may stand in one text; the library then wraps them into one, and only the first
 * is taken: none of the systems read here writes more. */
static icalcomponent *calendar_in(icalcomponent *root)
{
    return icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT
               ? root
               : icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
}

static enum status read_calendar(void *self, struct ctx *c, struct str text,
                                 struct ics_calendar *out)
{
    (void)self;
    *out = (struct ics_calendar){0};
    if (text.len > ICS_BYTES_MAX)
        return fail_as(c, ST_TOO_LARGE, "", "calendar_size", "a calendar may have %d MB",
                       ICS_BYTES_MAX >> 20);
    text = unfold(c->arena, text);
    if (text.data && !utf8_valid(text))
        text = from_latin1(c->arena, text);
    if (!text.data)
        return fail_memory(c);
    enum status st = look_through(c, text);
    if (st != ST_OK)
        return st;
    icalcomponent *root = icalparser_parse_string(text.data);
    icalcomponent *calendar = root ? calendar_in(root) : NULL;
    if (!calendar) {
        st = fail_as(c, ST_INVALID, "", "calendar", "this is no calendar that can be read");
    } else {
        icalproperty *product = icalcomponent_get_first_property(calendar, ICAL_PRODID_PROPERTY);
        out->product = tidy(c->arena, product ? icalproperty_get_prodid(product) : NULL,
                            TITLE_CHARACTERS, false);
        out->name = extra_of(c->arena, calendar, "X-WR-CALNAME");
        out->zone = extra_of(c->arena, calendar, "X-WR-TIMEZONE");
        st = read_parts(c->arena, calendar, out) ? ST_OK : fail_memory(c);
    }
    if (root)
        icalcomponent_free(root);
    icalmemory_free_ring();
    return st;
}

struct ics_reader ical_reader(void)
{
    icalerror_set_errors_are_fatal(false);
    return (struct ics_reader){.read = read_calendar};
}
