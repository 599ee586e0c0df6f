#include "codec/ics.h"

enum { LINE_BYTES = 75 };

/* Ends a content line, folded: no part is longer than LINE_BYTES, none splits a character. */
static void add_line(struct buf *b, struct str line)
{
    size_t room = LINE_BYTES;
    while (line.len > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line.data[cut] & 0xc0) == 0x80)
            cut--;
        buf_add(b, line.data, cut);
        buf_add_text(b, "\r\n ");
        line.data += cut;
        line.len -= cut;
        room = LINE_BYTES - 1;
    }
    buf_add_str(b, line);
    buf_add_text(b, "\r\n");
}

static void add_instant(struct buf *b, const char *name, struct instant t)
{
    int year, month, day;
    int64_t second = (t.ms - instant_at(instant_date(t), 0).ms) / 1000;
    date_split(instant_date(t), &year, &month, &day);
    buf_addf(b, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, year, month, day, (int)(second / 3600),
             (int)(second / 60 % 60), (int)(second % 60));
}

static void add_text(struct buf *b, const char *name, struct str text)
{
    struct buf line;
    buf_init(&line, b->arena, 128, 64 * 1024);
    buf_addf(&line, "%s:", name);
    for (size_t i = 0; i < text.len; i++) {
        char ch = text.data[i];
        if (ch == '\\' || ch == ';' || ch == ',')
            buf_add_char(&line, '\\');
        if (ch == '\n')
            buf_add_text(&line, "\\n");
        else if (ch != '\r')
            buf_add_char(&line, ch);
    }
    b->overflowed |= line.overflowed;
    add_line(b, buf_str(&line));
}

void ics_begin(struct buf *b)
{
    buf_add_text(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//StudyBunny//EN\r\n"
                    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:StudyBunny\r\n"
                    "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
}

void ics_write(struct buf *b, const struct ics_event *event, struct instant made)
{
    char id[ID_TEXT_LEN];
    id_format(event->id, id);
    buf_addf(b, "BEGIN:VEVENT\r\nUID:%.*s-%lld@studybunny\r\n", ID_TEXT_LEN, id,
             (long long)event->part);
    add_instant(b, "DTSTAMP", made);
    add_instant(b, "DTSTART", event->start);
    if (!instant_is_none(event->end))
        add_instant(b, "DTEND", event->end);
    add_text(b, "SUMMARY", event->summary);
    buf_addf(b, "CATEGORIES:%s\r\nEND:VEVENT\r\n", event->category);
}

void ics_end(struct buf *b)
{
    buf_add_text(b, "END:VCALENDAR\r\n");
}
