#include "api/api.h"
#include "api/forms.h"
#include "model/schedule.h"
#include "model/zone.h"

#define V1 "/api/v1"

static const struct parameter list_parameters[] = {
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "How many; 50 if not given."},
    {"cursor", "{\"type\":\"string\",\"format\":\"uuid\"}", "`next` of the page before."},
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
    {"from", "{\"type\":\"string\",\"format\":\"date\"}",
     "Only those that take place on this date or later."},
    {"until", "{\"type\":\"string\",\"format\":\"date\"}",
     "Only those that take place before this date."},
    {0},
};
static const struct parameter occurrence_parameters[] = {
    {"from", "{\"type\":\"string\",\"format\":\"date\"}", "The first date; today if not given."},
    {"days", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":731}", "How many; 7 if not given."},
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
    {"days", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":731}",
     "Days to show; 14 if not given."},
    {"at", "{\"type\":\"string\",\"format\":\"date-time\"}", "Judge at this time instead of now."},
    {"pace", "{\"type\":\"string\",\"pattern\":\"^[0-9]{1,4}/[0-9]{1,4}$\"}",
     "Preview with this pace."},
    {"limit", "{\"type\":\"string\",\"pattern\":\"^[0-9]{1,4}/[0-9]{1,4}$\"}",
     "Preview with this limit."},
    {0},
};
static const struct parameter changes_parameters[] = {
    {"since", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":9223372036854775807}",
     "`rev` of the answer before; 0: everything."},
    {"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}",
     "How many; 200 if not given."},
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
    {METHOD_GET, V1 "/me/export", ROLE_MEMBER, NEEDS_DESK | GIVES_ARCHIVE, NULL, 0, NULL, 200,
     get_export, NULL, "All that the account has, in one zip file: JSON, and a calendar."},
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
     delete_course, course_delete_parameters, "Deletes a course."},
    {METHOD_GET, V1 "/tasks", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST | IS_LIST, NULL, 0,
     &task_table, 200, list_tasks, task_parameters, "The tasks, by id."},
    {METHOD_POST, V1 "/tasks", ROLE_MEMBER, TAKES_KEY, &task_table, JSON_CREATE, &task_table, 201,
     post_task, NULL, "Adds a task."},
    {METHOD_POST, V1 "/tasks/complete", ROLE_MEMBER, TAKES_KEY | IS_LIST, &completion_table,
     JSON_REPLACE, &task_table, 200, post_complete, NULL,
     "Completes tasks, or takes it back: all or none."},
    {METHOD_GET, V1 "/tasks/{id}", ROLE_MEMBER, HAS_TAG | NEEDS_DESK | MAY_BE_FAST, NULL, 0,
     &task_table, 200, get_task, NULL, "One task."},
    {METHOD_PATCH, V1 "/tasks/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, &task_table,
     JSON_PATCH, &task_table, 200, patch_task, NULL, "Changes a task."},
    {METHOD_DELETE, V1 "/tasks/{id}", ROLE_MEMBER, TAKES_KEY | NEEDS_VERSION, NULL, 0, NULL, 204,
     delete_task, NULL, "Deletes a task."},
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
    {METHOD_GET, V1 "/schedule", ROLE_MEMBER, HAS_TAG | NEEDS_DESK, NULL, 0, &schedule_table, 200,
     get_schedule, schedule_parameters, "The plan, judged now; with pace or limit a preview."},
    {METHOD_POST, V1 "/schedule/accept", ROLE_MEMBER, TAKES_KEY, &acceptance_table, JSON_REPLACE,
     &schedule_table, 200, post_accept, NULL, "Accepts a new plan."},
    {METHOD_GET, V1 "/changes", ROLE_MEMBER, NEEDS_DESK, NULL, 0, NULL, 200, get_changes,
     changes_parameters, "What changed since a revision."},
};
/* clang-format on */

const size_t endpoint_count = sizeof endpoints / sizeof endpoints[0];
