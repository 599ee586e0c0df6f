#include "domain/feed_guess.h"

#include <string.h>

enum place { WHOLE, START, ANYWHERE };

/* The first that is found decides, so what is more telling stands first. German builds words of
 * words, so some count anywhere in one. */
static const struct {
    const char *word;
    enum place place;
    enum feed_category category;
} words[] = {
    {"quiz", START, WORK_QUIZ},
    {"multiple choice", START, WORK_QUIZ},
    {"kurztest", ANYWHERE, WORK_QUIZ},
    {"übungsblatt", ANYWHERE, WORK_SHEET},
    {"aufgabenblatt", ANYWHERE, WORK_SHEET},
    {"blatt", ANYWHERE, WORK_SHEET},
    {"sheet", ANYWHERE, WORK_SHEET},
    {"problem set", START, WORK_SHEET},
    {"pset", START, WORK_SHEET},
    {"homework", START, WORK_SHEET},
    {"exercises", START, WORK_SHEET},
    {"hausaufgabe", START, WORK_SHEET},
    {"hausübung", START, WORK_SHEET},
    {"klausurvorbereitung", START, WORK_CLASS},
    {"exam review", START, WORK_CLASS},
    {"revision session", START, WORK_CLASS},
    {"fragestunde", ANYWHERE, WORK_CLASS},
    {"klausur", ANYWHERE, WORK_EXAM},
    {"prüfung", ANYWHERE, WORK_EXAM},
    {"exam", START, WORK_EXAM},
    {"midterm", START, WORK_EXAM},
    {"final test", START, WORK_EXAM},
    {"test", WHOLE, WORK_EXAM},
    {"essay", START, WORK_ESSAY},
    {"term paper", START, WORK_ESSAY},
    {"paper", WHOLE, WORK_ESSAY},
    {"hausarbeit", ANYWHERE, WORK_ESSAY},
    {"seminararbeit", ANYWHERE, WORK_ESSAY},
    {"aufsatz", ANYWHERE, WORK_ESSAY},
    {"reading", START, WORK_READING},
    {"chapter", START, WORK_READING},
    {"lektüre", ANYWHERE, WORK_READING},
    {"kapitel", START, WORK_READING},
    {"lab report", START, WORK_LAB},
    {"protokoll", ANYWHERE, WORK_LAB},
    {"versuch", START, WORK_LAB},
    {"lab", WHOLE, WORK_LAB},
    {"report", START, WORK_LAB},
    {"bericht", ANYWHERE, WORK_LAB},
    {"project", START, WORK_PROJECT},
    {"projekt", START, WORK_PROJECT},
    {"presentation", START, WORK_TALK},
    {"referat", ANYWHERE, WORK_TALK},
    {"vortrag", ANYWHERE, WORK_TALK},
    {"präsentation", ANYWHERE, WORK_TALK},
    {"talk", WHOLE, WORK_TALK},
    {"assignment", START, WORK_SHEET},
    {"lecture", START, WORK_CLASS},
    {"vorlesung", ANYWHERE, WORK_CLASS},
    {"tutorial", START, WORK_CLASS},
    {"tutorium", ANYWHERE, WORK_CLASS},
    {"übung", START, WORK_CLASS},
    {"seminar", START, WORK_CLASS},
    {"praktikum", ANYWHERE, WORK_CLASS},
    {"class", WHOLE, WORK_CLASS},
    {"discussion", START, WORK_CLASS},
};

static const struct {
    const char *word;
    enum place place;
} due_words[] = {
    {"due", WHOLE},      {"deadline", START},    {"submission", START}, {"submit", START},
    {"hand in", START},  {"closes", WHOLE},      {"fällig", START},     {"abgabe", ANYWHERE},
    {"abgeben", WHOLE},  {"einreichung", START}, {"frist", ANYWHERE},   {"abgabefrist", START},
    {"schließt", WHOLE}, {"endet", WHOLE},
};

static const struct {
    const char *word;
    enum place place;
} opening_words[] = {
    {"opens", WHOLE},
    {"öffnet", WHOLE},
    {"should be graded", START},
    {"beginnt", WHOLE},
};

/* What a system adds to a title to say that it is due. */
static const char *const endings[] = {
    " is due",     " ist fällig.", " ist fällig",  " closes", " schließt", " endet",   " (closes)",
    " (Schließt)", " due",         " wird fällig", " (due)",  " fällig",   " - Abgabe"};
static const char *const beginnings[] = {
    "Assignment: ", "Due: ", "DUE: ", "Deadline: ", "Abgabe: ", "Fällig: ", "Aufgabe: ", "Quiz: "};

/* Lower case of ASCII letters and of Ä, Ö, Ü. */
static unsigned char lower(const char *text, size_t i)
{
    unsigned char ch = (unsigned char)text[i];
    if (ch >= 'A' && ch <= 'Z')
        return (unsigned char)(ch - 'A' + 'a');
    if (i > 0 && (unsigned char)text[i - 1] == 0xC3 && (ch == 0x84 || ch == 0x96 || ch == 0x9C))
        return (unsigned char)(ch + 0x20);
    return ch;
}

static bool is_letter(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (unsigned char)ch >= 0x80;
}

static bool stands_at(struct str text, size_t at, const char *word, size_t len)
{
    if (text.len - at < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(text.data, at + i) != (unsigned char)word[i])
            return false;
    return true;
}

static bool has_word(struct str text, const char *word, enum place place)
{
    size_t len = strlen(word);
    for (size_t at = 0; at + len <= text.len; at++) {
        if (!stands_at(text, at, word, len))
            continue;
        bool starts = at == 0 || !is_letter(text.data[at - 1]);
        bool ends = at + len == text.len || !is_letter(text.data[at + len]);
        if (place == ANYWHERE || (place == START && starts) || (starts && ends))
            return true;
    }
    return false;
}

static bool is_due(struct str title)
{
    for (size_t i = 0; i < sizeof due_words / sizeof due_words[0]; i++)
        if (has_word(title, due_words[i].word, due_words[i].place))
            return true;
    return false;
}

static bool is_opening(struct str title)
{
    for (size_t i = 0; i < sizeof opening_words / sizeof opening_words[0]; i++)
        if (has_word(title, opening_words[i].word, opening_words[i].place))
            return true;
    return false;
}

static enum feed_category category_of(struct str title)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word(title, words[i].word, words[i].place))
            return words[i].category;
    return WORK_OTHER;
}

int32_t feed_guess_minutes(enum feed_category category)
{
    static const int32_t minutes[] = {
        [WORK_OTHER] = 120,  [WORK_QUIZ] = 60,   [WORK_SHEET] = 180,   [WORK_ESSAY] = 480,
        [WORK_READING] = 90, [WORK_LAB] = 180,   [WORK_PROJECT] = 600, [WORK_TALK] = 300,
        [WORK_EXAM] = 900,   [WORK_CLASS] = 120,
    };
    return minutes[category];
}

static bool has_text(struct str s, const char *text)
{
    return has_word(s, text, ANYWHERE);
}

enum feed_product feed_guess_product(const struct ics_calendar *calendar)
{
    struct str p = calendar->product;
    const struct ics_entry *first = calendar->entries.items;
    /* Canvas signs with the name of a library, but its UIDs tell. */
    bool canvas =
        has_text(calendar->name, "canvas") ||
        (calendar->entries.count && (str_starts(first->uid, STR_LIT("event-assignment")) ||
                                     str_starts(first->uid, STR_LIT("event-calendar-"))));
    return canvas                                               ? PRODUCT_CANVAS
           : has_text(p, "moodle")                              ? PRODUCT_MOODLE
           : has_text(p, "google")                              ? PRODUCT_GOOGLE
           : has_text(p, "microsoft") || has_text(p, "outlook") ? PRODUCT_OUTLOOK
                                                                : PRODUCT_OTHER;
}

/* ---- the title ---- */

static struct str without_beginning(struct str s, const char *text)
{
    size_t len = strlen(text);
    return s.len > len && str_starts(s, str_of(text)) ? (struct str){s.data + len, s.len - len} : s;
}

static struct str without_ending(struct str s, const char *text)
{
    size_t len = strlen(text);
    if (s.len > len && memcmp(s.data + s.len - len, text, len) == 0)
        s.len -= len;
    return s;
}

/* "Sheet 5 [ANA1-WS26]": Canvas puts the course behind. */
static void cut_course_behind(struct feed_guess *g)
{
    struct str t = g->title;
    if (t.len < 4 || t.data[t.len - 1] != ']')
        return;
    size_t at = t.len - 1;
    while (at > 0 && t.data[at] != '[')
        at--;
    if (at < 2 || t.data[at - 1] != ' ')
        return;
    g->course = (struct str){t.data + at + 1, t.len - at - 2};
    g->title = str_trim((struct str){t.data, at});
}

/* "ANA1: Sheet 5": a short name in capitals before a colon. */
static void cut_course_before(struct feed_guess *g)
{
    enum { SHORTEST = 2, LONGEST = 8 };
    struct str rest = g->title;
    struct str name = str_cut(&rest, ':');
    bool capital = name.len >= SHORTEST && name.len <= LONGEST;
    for (size_t i = 0; capital && i < name.len; i++)
        capital = (name.data[i] >= 'A' && name.data[i] <= 'Z') ||
                  (i > 0 && ((name.data[i] >= '0' && name.data[i] <= '9') || name.data[i] == '-'));
    if (!capital || str_trim(rest).len == 0)
        return;
    g->course = name;
    g->title = str_trim(rest);
}

static void read_title(const struct ics_entry *e, enum feed_product product, struct feed_guess *g)
{
    g->title = e->title;
    if (product == PRODUCT_CANVAS)
        cut_course_behind(g);
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        g->title = without_beginning(g->title, beginnings[i]);
    for (size_t i = 0; g->form == FORM_TASK && i < sizeof endings / sizeof endings[0]; i++)
        g->title = without_ending(g->title, endings[i]);
    if (!g->course.data && product == PRODUCT_MOODLE && e->category.len)
        g->course = e->category;
    if (!g->course.data)
        cut_course_before(g);
    g->title = str_trim(g->title);
    g->course = g->course.len ? g->course : STR_NONE;
}

static bool is_work(enum feed_category category)
{
    return category != WORK_OTHER && category != WORK_CLASS && category != WORK_EXAM;
}

static enum feed_form form_of(const struct ics_entry *e, enum feed_product product,
                              enum feed_category category, bool moment, bool all_day)
{
    if (e->todo || moment)
        return FORM_TASK;
    if (product == PRODUCT_CANVAS && str_starts(e->uid, STR_LIT("event-assignment")))
        return FORM_TASK;
    return is_due(e->title) || (all_day && is_work(category)) ? FORM_TASK : FORM_EVENT;
}

struct feed_guess feed_guess(const struct ics_entry *e, enum feed_product product, bool moment,
                             bool all_day)
{
    struct feed_guess g = {.category = category_of(e->title)};
    g.form = form_of(e, product, g.category, moment, all_day);
    if (g.category == WORK_CLASS && g.form == FORM_TASK)
        g.category = WORK_OTHER;
    g.opens = is_opening(e->title) && !is_due(e->title);
    g.estimate_min = g.form == FORM_TASK ? feed_guess_minutes(g.category) : 0;
    read_title(e, product, &g);
    return g;
}
