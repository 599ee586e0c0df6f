#include "api/api.h"
#include "api/forms.h"
#include "model/estimates.h"
#include "model/former_plan.h"
#include "model/invitation.h"
#include "model/person.h"
#include "model/schedule.h"
#include "model/statistics.h"
#include "model/zone.h"

#define V1   "/api/v1"
#define DATE "{\"type\":\"string\",\"format\":\"date\",\"pattern\":\"^(19[7-9]|20|21)\"}"

static const struct parameter list_parameters[] = {
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "How many; 50 if not given."},
    {"cursor", "{\"type\":\"string\",\"format\":\"uuid\"}", "`next` of the page before."},
    {0},
};
static const struct parameter people_parameters[] = {
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "How many; 50 if not given."},
    {"cursor", "{\"type\":\"string\",\"format\":\"uuid\"}", "`next` of the page before."},
    {"search", "{\"type\":\"string\",\"maxLength\":254}",
     "Only users whose address contains this."},
    {0},
};
static const struct parameter task_parameters[] = {
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "How many; 50 if not given."},
    {"cursor", "{\"type\":\"string\",\"format\":\"uuid\"}", "`next` of the page before."},
    {"state", "{\"type\":\"string\",\"enum\":[\"open\",\"done\",\"dropped\",\"all\"]}",
     "Only these; all if not given."},
    {0},
};
static const struct parameter event_parameters[] = {
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "How many; 50 if not given."},
    {"cursor", "{\"type\":\"string\",\"format\":\"uuid\"}", "`next` of the page before."},
    {"from", DATE, "Only those that take place on this date or later."},
    {"until", DATE, "Only those that take place before this date."},
    {0},
};
static const struct parameter occurrence_parameters[] = {
    {"from", DATE, "The first date; today if not given."},
    {"days", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":731}", "How many; 7 if not given."},
    {0},
};
static const struct parameter work_parameters[] = {
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "How many; 50 if not given."},
    {"cursor", "{\"type\":\"string\",\"format\":\"uuid\"}", "`next` of the page before."},
    {"since", "{\"type\":\"string\",\"format\":\"date-time\"}",
     "Only what was not over by then; all if not given."},
    {0},
};
static const struct parameter course_delete_parameters[] = {
    {"tasks", "{\"type\":\"string\",\"enum\":[\"keep\",\"delete\"]}",
     "What becomes of its tasks and events; keep if not given."},
    {0},
};
static const struct parameter session_delete_parameters[] = {
    {"everywhere", "{\"type\":\"boolean\"}", "Ends all sessions of the account."},
    {0},
};
static const struct parameter schedule_parameters[] = {
    {"days",
     "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":1,\"maximum\":731},"
     "{\"type\":\"string\",\"enum\":[\"due\"]}]}",
     "Days to show; 14 if not given. `due`: as far as the last due date, 28 to 366."},
    {"at", "{\"type\":\"string\",\"format\":\"date-time\"}", "Judge at this time instead of now."},
    {"pace", "{\"type\":\"string\",\"pattern\":\"^[0-9]{1,4}/[0-9]{1,4}$\"}",
     "Preview with this pace."},
    {"limit", "{\"type\":\"string\",\"pattern\":\"^[0-9]{1,4}/[0-9]{1,4}$\"}",
     "Preview with this limit."},
    {0},
};
static const struct parameter days_parameters[] = {
    {"days",
     "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":1,\"maximum\":731},"
     "{\"type\":\"string\",\"enum\":[\"due\"]}]}",
     "As of `/schedule`."},
    {0},
};
static const struct parameter statistics_parameters[] = {
    {"until", DATE, "The date behind the last one; tomorrow if not given."},
    {"days", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":731}",
     "Days before `until`; 84 if not given."},
    {0},
};
static const struct parameter changes_parameters[] = {
    {"since", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":9223372036854775807}",
     "`rev` of the answer before; 0: everything."},
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}",
     "How many; 200 if not given."},
    {0},
};

static const struct parameter feed_file_parameters[] = {
    {"name", "{\"type\":\"string\",\"maxLength\":100}",
     "The file's name: what the calendar is called if it does not say so itself."},
    {0},
};

static const struct parameter content_parameters[] = {
    {"disposition", "{\"type\":\"string\",\"enum\":[\"attachment\",\"inline\"]}",
     "inline: shown in the browser if it is a picture or a PDF."},
    {0},
};

/* clang-format off: one row each, read as a table */
const struct endpoint endpoints[] = {
    {METHOD_POST, V1 "/guest", ROLE_ANYONE, TAKES_KEY, &empty_table, JSON_REPLACE, &me_table, 201,
     post_guest, NULL, "Begins as a guest."},
    {METHOD_GET, V1 "/registration", ROLE_ANYONE, 0, NULL, 0, &registration_table, 200,
     get_registration, NULL, "Who may sign up here."},
    {METHOD_POST, V1 "/accounts", ROLE_ANYONE, TAKES_KEY, &credentials_table, JSON_REPLACE,
     &me_table, 201, post_account, NULL, "Signs up; a guest keeps everything."},
    {METHOD_POST, V1 "/session", ROLE_ANYONE, TAKES_KEY, &sign_in_table, JSON_REPLACE, &me_table,
     200, post_session, NULL, "Signs in."},
    {METHOD_DELETE, V1 "/session", ROLE_MEMBER, TAKES_KEY | ENDS_SESSION, NULL, 0, NULL, 204,
     delete_session, session_delete_parameters, "Signs out."},
    {METHOD_GET, V1 "/me", ROLE_MEMBER, NEEDS_DESK | MAY_BE_FAST, NULL, 0, &me_table, 200, get_me,
     NULL, "Who is signed in."},
    {METHOD_PATCH, V1 "/me", ROLE_MEMBER, TAKES_KEY, &me_patch_table, JSON_REPLACE, &me_table, 200,
     patch_me, NULL, "Changes address or password."},
    {METHOD_DELETE, V1 "/me", ROLE_MEMBER, TAKES_KEY | ENDS_SESSION, NULL, 0, NULL, 204, delete_me,
     NULL, "Erases the account and everything in it."},
    {METHOD_GET, V1 "/me/audit", ROLE_MEMBER, IS_LIST, NULL, 0, &audit_entry_table, 200, list_audit,
     list_parameters, "What happened in the account, the newest first."},
    {METHOD_GET, V1 "/me/export", ROLE_MEMBER, NEEDS_DESK | GIVES_ARCHIVE, NULL, 0, NULL, 200,
     get_export, NULL,
     "All that the account has, in one zip file: JSON, a calendar, and the files of tasks. Files "
     "that are missing or damaged are named in it, in missing-files.txt and missing_files."},
    {METHOD_GET, V1 "/me/export/check", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &export_check_table, 200,
     get_export_check, NULL, "Reads all files, and tells which an export will be without."},
    {METHOD_POST, V1 "/me/import", ROLE_MEMBER, TAKES_ZIP, NULL, 0, &import_report_table, 200,
     post_import, NULL,
     "Adds what an archive of /me/export holds, files too: all of it or nothing. Ids are kept. "
     "Settings, free hours and the plan are taken only by an account without tasks, courses and "
     "free hours. Not taken are a timer that ran, and links to the plan, which ended with the "
     "account that made them."},
    {METHOD_GET, V1 "/admin/users", ROLE_ADMIN, IS_LIST, NULL, 0, &person_table, 200, list_people,
     people_parameters, "The accounts, by id, with their sizes."},
    {METHOD_PATCH, V1 "/admin/users/{id}", ROLE_ADMIN, 0, &person_table, JSON_PATCH, NULL, 204,
     patch_person, NULL, "Switches an account off or on, sets its room, appoints administrators."},
    {METHOD_GET, V1 "/admin/invitations", ROLE_ADMIN, IS_LIST, NULL, 0, &invitation_table, 200,
     list_invitations, list_parameters, "The invitations that are open, by id."},
    {METHOD_POST, V1 "/admin/invitations", ROLE_ADMIN, 0, &invitation_form_table, JSON_REPLACE,
     &invitation_made_table, 201, post_invitation, NULL, "Makes an invitation."},
    {METHOD_DELETE, V1 "/admin/invitations/{id}", ROLE_ADMIN, 0, NULL, 0, NULL, 204,
     delete_invitation, NULL, "Ends an invitation."},
    {METHOD_GET, V1 "/settings", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &settings_table, 200, get_settings, NULL, "The settings."},
    {METHOD_PATCH, V1 "/settings", ROLE_MEMBER, TAKES_KEY | TAKES_VERSION, &settings_table,
     JSON_PATCH, &settings_table, 200, patch_settings, NULL, "Changes settings."},
    {METHOD_GET, V1 "/zone", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &zone_reply_table, 200, get_zone,
     NULL, "When the clocks of the settings' time zone change: to expand free hours elsewhere."},
    {METHOD_GET, V1 "/availability", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &availability_table, 200, get_availability, NULL, "The free hours."},
    {METHOD_PUT, V1 "/availability", ROLE_MEMBER, TAKES_KEY | TAKES_VERSION, &availability_table,
     JSON_REPLACE, &availability_table, 200, put_availability, NULL, "Replaces the free hours."},
    {METHOD_GET, V1 "/courses", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST, NULL, 0,
     &course_table, 200, list_courses, list_parameters, "The courses, by id."},
    {METHOD_POST, V1 "/courses", ROLE_MEMBER, TAKES_KEY, &course_table, JSON_CREATE, &course_table,
     201, post_course, NULL, "Adds a course."},
    {METHOD_GET, V1 "/courses/{id}", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &course_table, 200, get_course, NULL, "One course."},
    {METHOD_PATCH, V1 "/courses/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &course_table,
     JSON_PATCH, &course_table, 200, patch_course, NULL, "Changes a course."},
    {METHOD_DELETE, V1 "/courses/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0, NULL, 204,
     delete_course, course_delete_parameters,
     "Deletes a course. One that left its tasks can be restored by the Idempotency-Key of this "
     "request."},
    {METHOD_POST, V1 "/courses/{id}/restore", ROLE_MEMBER, TAKES_KEY, &undelete_table, JSON_REPLACE,
     &course_table, 200, post_course_restore, NULL,
     "Takes back the deletion of a course, as long as it is among the last 256 operations: the "
     "course is as it was, and its tasks and events belong to it again, but for those that were "
     "given another course since."},
    {METHOD_GET, V1 "/tasks", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST, NULL, 0,
     &task_table, 200, list_tasks, task_parameters, "The tasks, by id."},
    {METHOD_POST, V1 "/tasks", ROLE_MEMBER, TAKES_KEY, &task_table, JSON_CREATE, &task_table, 201,
     post_task, NULL, "Adds a task."},
    {METHOD_POST, V1 "/tasks/complete", ROLE_MEMBER, TAKES_KEY | IS_LIST, &completion_table,
     JSON_REPLACE, &task_table, 200, post_complete, NULL,
     "Completes tasks, or takes it back: all or none."},
    {METHOD_POST, V1 "/tasks/delete", ROLE_MEMBER, TAKES_KEY, &task_deletion_table, JSON_REPLACE,
     NULL, 204, post_delete, NULL,
     "Deletes tasks, each if it is of the version given: all or none. They can be restored by the "
     "Idempotency-Key of this request."},
    {METHOD_POST, V1 "/tasks/restore", ROLE_MEMBER, TAKES_KEY | IS_LIST, &undelete_table,
     JSON_REPLACE, &task_table, 200, post_task_restore, NULL,
     "Takes back a deletion of one task or of many, as long as it is among the last 256 "
     "operations: "
     "they are as they were, with the files that went with them, and what waited for them does so "
     "again. What is there already is shown as it is."},
    {METHOD_GET, V1 "/tasks/{id}", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &task_table, 200, get_task, NULL, "One task."},
    {METHOD_PATCH, V1 "/tasks/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &task_table,
     JSON_PATCH, &task_table, 200, patch_task, NULL, "Changes a task."},
    {METHOD_DELETE, V1 "/tasks/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0, NULL, 204,
     delete_task, NULL,
     "Deletes a task; it can be restored by the Idempotency-Key of this request."},
    {METHOD_GET, V1 "/events", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | IS_LIST, NULL, 0, &event_table,
     200, list_events, event_parameters, "The events, by id."},
    {METHOD_POST, V1 "/events", ROLE_MEMBER, TAKES_KEY, &event_table, JSON_CREATE, &event_table,
     201, post_event, NULL, "Adds an event."},
    {METHOD_GET, V1 "/events/occurrences", ROLE_MEMBER, NEEDS_DESK | IS_LIST, NULL, 0,
     &occurrence_table, 200, list_occurrences, occurrence_parameters,
     "When events take place, by start; not in pages."},
    {METHOD_GET, V1 "/events/{id}", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &event_table, 200, get_event, NULL, "One event."},
    {METHOD_PATCH, V1 "/events/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &event_table,
     JSON_PATCH, &event_table, 200, patch_event, NULL,
     "Changes an event; exceptions on days that its rule no longer has go with them."},
    {METHOD_DELETE, V1 "/events/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0, NULL, 204,
     delete_event, NULL, "Deletes an event, with all its occurrences."},
    {METHOD_POST, V1 "/events/{id}/split", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &split_table,
     JSON_REPLACE, &event_table, 201, post_split, NULL,
     "Ends a repetition before a date and goes on with a new event: nothing takes place "
     "otherwise."},
    {METHOD_GET, V1 "/tasks/{id}/attachments", ROLE_MEMBER,
     HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST, NULL, 0, &attachment_table, 200,
     list_attachments, list_parameters, "The files of a task, by id."},
    {METHOD_POST, V1 "/tasks/{id}/attachments", ROLE_MEMBER, TAKES_KEY, &attachment_table,
     JSON_CREATE, &attachment_table, 201, post_attachment, NULL,
     "Announces a file; its bytes are awaited."},
    {METHOD_GET, V1 "/tasks/{id}/attachments/{part}", ROLE_MEMBER,
     HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0, &attachment_table, 200, get_attachment, NULL,
     "One file's record."},
    {METHOD_DELETE, V1 "/tasks/{id}/attachments/{part}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION,
     NULL, 0, NULL, 204, delete_attachment, NULL, "Deletes a file; it can be restored for 7 days."},
    {METHOD_POST, V1 "/tasks/{id}/attachments/{part}/restore", ROLE_MEMBER, TAKES_KEY, &empty_table,
     JSON_REPLACE, &attachment_table, 200, post_restore, NULL,
     "Takes back a deletion, also onto another task."},
    {METHOD_GET, V1 "/attachments/{id}/content", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | GIVES_FILE,
     NULL, 0, NULL, 200, get_content, content_parameters,
     "The file, or a range of it; HEAD tells how much of an upload is here."},
    {METHOD_PUT, V1 "/attachments/{id}/content", ROLE_MEMBER, TAKES_FILE, NULL, 0,
     &attachment_table, 200, put_content, NULL, "Sends the whole file."},
    {METHOD_PATCH, V1 "/attachments/{id}/content", ROLE_MEMBER, TAKES_FILE, NULL, 0,
     &attachment_table, 200, put_content, NULL, "Goes on with a file that broke off."},
    {METHOD_GET, V1 "/notifications", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &notifications_table, 200,
     get_notifications, NULL,
     "What there is to tell now, told from the desk: what is over is not told any more."},
    {METHOD_POST, V1 "/notifications/marks", ROLE_MEMBER, TAKES_KEY, &marking_table, JSON_REPLACE,
     &notifications_table, 200, post_notification_marks, NULL,
     "Marks notifications as read, dismissed or unread. An id that none has any more changes "
     "nothing."},
    {METHOD_GET, V1 "/calendar-links", ROLE_MEMBER, NEEDS_DESK | IS_LIST, NULL, 0,
     &calendar_link_reply_table, 200, list_calendar_links, NULL,
     "The secret links by which other programs read the plan and the due dates."},
    {METHOD_POST, V1 "/calendar-links", ROLE_MEMBER, TAKES_KEY, &empty_table, JSON_REPLACE,
     &calendar_link_reply_table, 201, post_calendar_link, NULL, "Makes such a link."},
    {METHOD_DELETE, V1 "/calendar-links/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0,
     NULL, 204, delete_calendar_link, NULL, "Revokes one: nothing is found by it any more."},
    {METHOD_GET, V1 "/feeds", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST, NULL, 0,
     &feed_table, 200, list_feeds, list_parameters, "The calendars of others, by id."},
    {METHOD_POST, V1 "/feeds", ROLE_MEMBER, TAKES_KEY, &link_table, JSON_REPLACE, &feed_table, 201,
     post_feed, NULL,
     "Follows a link to a calendar: it is read soon and then regularly; what is new in it waits "
     "for a review, and what was taken follows its changes."},
    {METHOD_POST, V1 "/feeds/{id}/refresh", ROLE_MEMBER, TAKES_KEY, &empty_table, JSON_REPLACE,
     &feed_table, 200, post_feed_refresh, NULL, "Reads a link soon, though it is not its time."},
    {METHOD_POST, V1 "/feeds/file", ROLE_MEMBER, TAKES_KEY | TAKES_ICS, NULL, 0, &feed_table, 201,
     post_feed_file, feed_file_parameters,
     "Reads a calendar (iCalendar), again as often as one likes: what is new in it waits for a "
     "review. Files that have things in common are editions of one calendar."},
    {METHOD_GET, V1 "/feeds/{id}", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &feed_table, 200, get_feed, NULL, "One calendar."},
    {METHOD_PATCH, V1 "/feeds/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &feed_table,
     JSON_PATCH, &feed_table, 200, patch_feed, NULL, "Changes its name."},
    {METHOD_DELETE, V1 "/feeds/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0, NULL, 204,
     delete_feed, NULL, "Forgets a calendar; tasks and events that were taken from it stay."},
    {METHOD_GET, V1 "/feeds/{id}/items", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | IS_LIST, NULL, 0,
     &feed_item_table, 200, list_feed_items, list_parameters, "What stands in it, by id."},
    {METHOD_POST, V1 "/feeds/{id}/review", ROLE_MEMBER, TAKES_KEY, &feed_review_table, JSON_REPLACE,
     &feed_table, 200, post_feed_review, NULL, "Decides on what stands in it: all or none."},
    {METHOD_POST, V1 "/feeds/{id}/review/restore", ROLE_MEMBER, TAKES_KEY, &feed_undo_table,
     JSON_REPLACE, &feed_table, 200, post_feed_review_restore, NULL,
     "Takes back what a review decided about things that had news, by the Idempotency-Key of its "
     "request, as long as that is among the last 256 operations, was about 100 of them at most, "
     "and "
     "nothing of it was changed since."},
    {METHOD_GET, V1 "/tasks/{id}/work", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST,
     NULL, 0, &work_entry_table, 200, list_task_work, list_parameters,
     "What was logged on a task, by id."},
    {METHOD_POST, V1 "/tasks/{id}/work", ROLE_MEMBER, TAKES_KEY, &work_entry_table, JSON_CREATE,
     &work_entry_table, 201, post_task_work, NULL, "Logs work on a task by hand."},
    {METHOD_GET, V1 "/work", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST, NULL, 0,
     &work_entry_table, 200, list_work, work_parameters, "The recent log of all tasks, by id."},
    {METHOD_GET, V1 "/work/{id}", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &work_entry_table, 200, get_work, NULL, "One entry of the log."},
    {METHOD_PATCH, V1 "/work/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &work_entry_table,
     JSON_PATCH, &work_entry_table, 200, patch_work, NULL, "Corrects an entry; its task follows."},
    {METHOD_DELETE, V1 "/work/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0, NULL, 204,
     delete_work, NULL, "Deletes an entry, and gives its minutes back to the task."},
    {METHOD_GET, V1 "/timer", ROLE_MEMBER, NEEDS_DESK | MAY_BE_FAST, NULL, 0, &timer_state_table,
     200, get_timer, NULL, "The timer, if one runs or is paused."},
    {METHOD_POST, V1 "/timer/start", ROLE_MEMBER, TAKES_KEY, &timer_start_table, JSON_REPLACE,
     &work_entry_table, 201, post_timer_start, NULL,
     "Starts the timer on a task; another one ends."},
    {METHOD_POST, V1 "/timer/pause", ROLE_MEMBER, TAKES_KEY, &timer_stop_table, JSON_REPLACE,
     &work_entry_table, 200, post_timer_pause, NULL, "Logs the stretch and keeps the timer."},
    {METHOD_POST, V1 "/timer/resume", ROLE_MEMBER, TAKES_KEY, &empty_table, JSON_REPLACE,
     &work_entry_table, 201, post_timer_resume, NULL, "Goes on after a pause with a new stretch."},
    {METHOD_POST, V1 "/timer/stop", ROLE_MEMBER, TAKES_KEY, &timer_stop_table, JSON_REPLACE,
     &work_entry_table, 200, post_timer_stop, NULL,
     "Logs the stretch and ends the timer; 0 minutes are not kept."},
    {METHOD_GET, V1 "/schedule", ROLE_MEMBER, HAS_TAG | NEEDS_DESK, NULL, 0, &schedule_table, 200,
     get_schedule, schedule_parameters, "The plan, judged now; with pace or limit a preview."},
    {METHOD_GET, V1 "/statistics", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &statistics_table, 200,
     get_statistics, statistics_parameters,
     "What was logged and planned, by local date and course; 12 weeks if not asked otherwise."},
    {METHOD_GET, V1 "/schedule/chances", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &chances_table, 200,
     get_chances, NULL, "How likely due times are met, told from finished tasks."},
    {METHOD_GET, V1 "/estimates", ROLE_MEMBER, HAS_TAG | NEEDS_DESK, NULL, 0, &estimates_table, 200,
     get_estimates, NULL, "What finished tasks tell of estimates, by course."},
    {METHOD_POST, V1 "/schedule/accept", ROLE_MEMBER, TAKES_KEY, &acceptance_table, JSON_REPLACE,
     &schedule_table, 200, post_accept, NULL, "Accepts a new plan."},
    {METHOD_POST, V1 "/schedule/restore", ROLE_MEMBER, TAKES_KEY, &empty_table, JSON_REPLACE,
     &schedule_table, 200, post_schedule_restore, NULL,
     "Takes the last acceptance back, or what a change of pins or of an event did to the plan: the "
     "one "
     "before is in force again."},
    {METHOD_GET, V1 "/schedule/tidy", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &tidy_table, 200, get_tidy,
     days_parameters,
     "Whether a plan from nothing would have clearly fewer blocks than the accepted one, which is "
     "moved as little as can be and so collects small pieces."},
    {METHOD_GET, V1 "/former-plans", ROLE_MEMBER, NEEDS_DESK | IS_LIST, NULL, 0,
     &plan_replacement_table, 200, list_former_plans, NULL,
     "The last plans that gave way to another because it was wanted, the latest first; not in "
     "pages."},
    {METHOD_GET, V1 "/former-plans/{id}", ROLE_MEMBER, NEEDS_DESK, NULL, 0, &schedule_table, 200,
     get_former_plan, days_parameters, "A preview: the plan if it were gone back to now."},
    {METHOD_POST, V1 "/former-plans/{id}/restore", ROLE_MEMBER, TAKES_KEY, &empty_table,
     JSON_REPLACE, &schedule_table, 200, post_former_plan_restore, NULL,
     "Goes back to a former plan, with its pace and limit: what of it is still as good is kept, "
     "the "
     "rest is planned anew."},
    {METHOD_GET, V1 "/changes", ROLE_MEMBER, NEEDS_DESK, NULL, 0, NULL, 200, get_changes,
     changes_parameters, "What changed since a revision."},
};
/* clang-format on */

const size_t endpoint_count = sizeof endpoints / sizeof endpoints[0];
