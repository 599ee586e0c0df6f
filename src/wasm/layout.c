#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "wasm/layout.h"

#define WORD(member)     {#member, offsetof(RECORD, member) / sizeof(int32_t)}
#define AS(name, member) {#name, offsetof(RECORD, member) / sizeof(int32_t)}
#define RECORD_ROWS(name, rows)                                                                    \
    {name, sizeof(RECORD) / sizeof(int32_t), rows, sizeof(rows) / sizeof((rows)[0])}

#define RECORD struct border_question
static const struct border_word question_words[] = {
    WORD(now),      WORD(in_slot),       WORD(limit_num),   WORD(limit_den),   WORD(pace_num),
    WORD(pace_den), WORD(objective),     WORD(session_min), WORD(session_max), WORD(day_max),
    WORD(pause),    WORD(buffer),        WORD(keep),        WORD(days),        WORD(windows),
    WORD(tasks),    WORD(prerequisites), WORD(preferred),   WORD(pins),        WORD(blocks),
    WORD(moves),
};
static const struct border_record question = RECORD_ROWS("question", question_words);
#undef RECORD

#define RECORD struct plan_day
static const struct border_word day_words[] = {
    AS(date, date.days), WORD(beg), WORD(end), WORD(first), WORD(count), WORD(done), WORD(held),
};
static const struct border_record day = RECORD_ROWS("day", day_words);
#undef RECORD

#define RECORD struct plan_span
static const struct border_word window_words[] = {WORD(from), WORD(until)};
static const struct border_record window = RECORD_ROWS("window", window_words);
static const struct border_record preferred = RECORD_ROWS("preferred", window_words);
#undef RECORD

#define RECORD struct plan_task
static const struct border_word task_words[] = {WORD(work),       WORD(due),   WORD(weight),
                                                WORD(release),    WORD(first), WORD(count),
                                                WORD(session_min)};
static const struct border_record task = RECORD_ROWS("task", task_words);
#undef RECORD

#define RECORD int32_t
static const struct border_word prerequisite_words[] = {{"task", 0}};
static const struct border_record prerequisite = RECORD_ROWS("prerequisite", prerequisite_words);
#undef RECORD

#define RECORD struct plan_block
static const struct border_word block_words[] = {WORD(task), WORD(from), WORD(until)};
static const struct border_record block = RECORD_ROWS("block", block_words);
static const struct border_record pin = RECORD_ROWS("pin", block_words);
static const struct border_record move = RECORD_ROWS("move", block_words);
#undef RECORD

#define RECORD struct border_answer
static const struct border_word answer_words[] = {
    WORD(status),
    WORD(flaw),
    WORD(ahead),
    WORD(xmin_num),
    WORD(xmin_den),
    WORD(score),
    WORD(feasible),
    WORD(total),
    WORD(capacity),
    WORD(ontime),
    WORD(most),
    WORD(wontime_low),
    WORD(wontime_high),
    WORD(gap_low),
    WORD(gap_high),
    AS(pinned, pinned.slots),
    AS(late, pinned.late),
    AS(early, pinned.early),
    AS(over, pinned.over),
    AS(outside, pinned.outside),
    AS(surplus, pinned.surplus),
    WORD(friction_low),
    WORD(friction_high),
    WORD(friction_bound_low),
    WORD(friction_bound_high),
    WORD(maxload),
    WORD(deficit),
    WORD(deficit_full),
    WORD(critical_from),
    WORD(critical_until),
    WORD(critical_work),
    WORD(critical_free),
    WORD(blocks),
    WORD(reasons),
    WORD(loads),
    WORD(planned),
    WORD(slack),
    WORD(overdue),
    WORD(missed),
    WORD(repairs),
    AS(past, misfit.past),
    AS(taken, misfit.taken),
    AS(outside_there, misfit.outside),
    AS(early_there, misfit.early),
    AS(late_there, misfit.late),
    WORD(over_there),
    WORD(waits_there),
    WORD(missed_there),
    WORD(lacks),
};
static const struct border_record answer = RECORD_ROWS("answer", answer_words);
#undef RECORD

#define RECORD struct plan_reason
static const struct border_word reason_words[] = {
    WORD(code), WORD(slack), WORD(day), WORD(capacity), WORD(load),
};
static const struct border_record reason = RECORD_ROWS("reason", reason_words);
#undef RECORD

#define RECORD struct plan_day_load
static const struct border_word load_words[] = {
    WORD(free), WORD(avail), WORD(capacity), WORD(pace), WORD(level), WORD(load),
};
static const struct border_record load = RECORD_ROWS("load", load_words);
#undef RECORD

#define RECORD struct plan_repair
static const struct border_word repair_words[] = {
    WORD(kind),  WORD(task),         WORD(day),          WORD(slots),
    WORD(until), AS(to_num, to.num), AS(to_den, to.den),
};
static const struct border_record repair = RECORD_ROWS("repair", repair_words);
#undef RECORD

#define RECORD struct plan_lack
static const struct border_word lack_words[] = {WORD(task), WORD(slots)};
static const struct border_record lack = RECORD_ROWS("lack", lack_words);
#undef RECORD

#define RECORD struct border_dates
static const struct border_word dates_words[] = {
    WORD(from),    WORD(days), WORD(first_s), WORD(study),      WORD(rest),
    WORD(changes), WORD(week), WORD(busy),    WORD(exceptions), WORD(windows),
};
static const struct border_record dates = RECORD_ROWS("dates", dates_words);
#undef RECORD

#define RECORD struct border_change
static const struct border_word change_words[] = {
    WORD(at_low),
    WORD(at_high),
    WORD(offset_s),
};
static const struct border_record change = RECORD_ROWS("change", change_words);
#undef RECORD

#define RECORD struct calendar_window
static const struct border_word week_words[] = {
    WORD(day),
    AS(start, start.minute),
    AS(end, end.minute),
};
static const struct border_record week = RECORD_ROWS("week", week_words);
#undef RECORD

#define RECORD struct calendar_exception
static const struct border_word exception_words[] = {AS(date, date.days), WORD(first), WORD(count)};
static const struct border_record exception = RECORD_ROWS("exception", exception_words);
#undef RECORD

#define RECORD struct border_busy
static const struct border_word busy_words[] = {
    WORD(from_low),
    WORD(from_high),
    WORD(until_low),
    WORD(until_high),
};
static const struct border_record busy = RECORD_ROWS("busy", busy_words);
#undef RECORD

#define RECORD struct border_calendar
static const struct border_word calendar_words[] = {WORD(status), WORD(days), WORD(windows)};
static const struct border_record calendar = RECORD_ROWS("calendar", calendar_words);
#undef RECORD

const struct border_record *const border_records[] = {
    &question, &day,    &window, &task,   &prerequisite, &preferred, &pin,
    &block,    &move,   &answer, &reason, &load,         &repair,    &lack,
    &dates,    &change, &week,   &busy,   &exception,    &calendar,  NULL,
};

const char *border_layout(void)
{
    static char text[BORDER_LAYOUT_MAX];
    size_t len = 0;
    for (int r = 0; border_records[r]; r++) {
        const struct border_record *record = border_records[r];
        len +=
            (size_t)snprintf(text + len, sizeof text - len, "%s %d\n", record->name, record->words);
        for (int i = 0; i < record->count; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, " %s %d\n", record->rows[i].name,
                                    record->rows[i].place);
    }
    return text;
}
