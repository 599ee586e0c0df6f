#include "model/work.h"

static const char *const kinds[] = {"timer", "manual", "sum", NULL};
static const char *const states[] = {"done", "running", "paused", NULL};

#define ENTITY struct work_entry
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7, chosen by the client or the server."),
    F(task_id, .flags = F_READONLY, .doc = "What was worked on."),
    F(course_id, .flags = F_READONLY | F_NULLABLE,
      .doc = "The task's course when it was logged; holds when the task is deleted."),
    F(start, .flags = F_REQUIRED, .doc = "When it began."),
    F(end, .flags = F_READONLY | F_NULLABLE, .doc = "When it ended; null while the timer runs."),
    F(minutes, .flags = F_REQUIRED, .min = 0, .max = WORK_MINUTES_MAX,
      .doc = "How long; 0 while the timer runs. A hand-made entry has at least 1."),
    F(kind, .flags = F_READONLY, .choices = kinds,
      .doc = "timer: measured; manual: by hand; sum: old entries of one day or week."),
    F(state, .flags = F_READONLY, .choices = states,
      .doc = "running or paused: this is the timer; done: it is over."),
    F(focus_min, .flags = F_READONLY, .max = WORK_FOCUS_MAX,
      .doc = "Minutes to focus before a break is offered; 0: no focus timer."),
    F(break_min, .flags = F_READONLY, .max = WORK_BREAK_MAX, .doc = "Minutes of that break."),
    F(note, .max = WORK_NOTE_MAX, .doc = "What was done."),
    F(counted_min, .flags = F_HIDDEN, .max = WORK_MINUTES_MAX,
      .doc = "What it took off the task's remaining minutes; given back when it is deleted."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this entry; its ETag."),
};

const struct table work_entry_table =
    TABLE("work_entry", rows, .doc = "A stretch of work on a task.");
