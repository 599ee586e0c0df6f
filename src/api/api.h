/*
 * The HTTP interface: from a request to a use case and back.
 *
 * routes.c is the table of everything there is: method, path, who may, body, reply, handler. call.c
 * runs it: who asks, is it allowed, decode the body by its field table, call the handler, encode
 * what it answers; problem.c turns causes into HTTP; openapi.c prints the table. A handler is a few
 * lines that call domain/.
 */
#ifndef API_API_H
#define API_API_H

#include "base/buf.h"
#include "codec/json.h"
#include "domain/accounts.h"
#include "domain/operation.h"
#include "http/request.h"
#include "http/route.h"
#include "http/server.h"

struct api;
struct call;

enum role {
    ROLE_ANYONE, /* also without a session */
    ROLE_MEMBER, /* a guest or a user */
    ROLE_ADMIN   /* a user who is an administrator */
};

/* The flags of an endpoint. Each line's bit follows from its place, so no two can share one. */
#define ENDPOINT_FLAGS(X)                                                                          \
    X(NEEDS_DESK)    /* call->desk is the caller's */                                              \
    X(NEEDS_VERSION) /* If-Match must be given */                                                  \
    X(TAKES_VERSION) /* If-Match may be given */                                                   \
    X(TAKES_KEY)     /* Idempotency-Key may be given */                                            \
    X(MAY_BE_FAST)   /* answered in the loop when session and desk are cached */                   \
    X(HAS_TAG)       /* the answer carries an ETag */                                              \
    X(GIVES_ARCHIVE) /* answers with a zip file */                                                 \
    X(ENDS_SESSION)  /* a repeat of it comes from nobody, and must still be answered */            \
    X(TAKES_FILE)    /* the body is a file's bytes, taken by content.c */                          \
    X(GIVES_FILE)    /* so is the reply */                                                         \
    X(TAKES_ZIP)     /* its body is a zip file */                                                  \
    X(TAKES_ICS)     /* its body is a calendar */                                                  \
    X(IS_LIST)       /* {"items": […], "next": …} of `reply` */

#define ENDPOINT_PLACE(name) name##_PLACE,
#define ENDPOINT_BIT(name)   name = 1 << name##_PLACE,
enum endpoint_place { ENDPOINT_FLAGS(ENDPOINT_PLACE) ENDPOINT_FLAG_COUNT };
enum endpoint_flag { ENDPOINT_FLAGS(ENDPOINT_BIT) };
_Static_assert(ENDPOINT_FLAG_COUNT < 31, "a flag is a bit of an int");

/* A query parameter, for checking and for the document. */
struct parameter {
    const char *name;   /* NULL ends a list */
    const char *schema; /* JSON Schema */
    const char *doc;
};

struct endpoint {
    enum method method;
    const char *path;
    enum role role;
    unsigned flags;
    const struct table *body; /* NULL: none */
    enum json_mode mode;
    const struct table *reply; /* NULL: none, or not JSON */
    int success;
    enum status (*handle)(struct call *call);
    const struct parameter *parameters; /* NULL: none */
    const char *doc;
};

extern const struct endpoint endpoints[];
extern const size_t endpoint_count;

/* One call of an endpoint; lives as long as the exchange. */
struct call {
    const struct api *api;
    const struct domain *domain;
    const struct endpoint *endpoint;
    struct request *request;
    struct response *response;
    struct ctx *c;
    struct caller caller;
    bool signed_in;
    bool by_cookie;
    struct session session; /* when signed in */
    struct account account;
    const struct desk *desk; /* NEEDS_DESK; released after the handler */
    void *body;
    field_set present; /* fields the body had */
    bool has_key;
    struct op_key key;
    int64_t version; /* of If-Match; −1: not given */
    struct id id;    /* of "{id}" in the path */
    struct id part;  /* of "{part}" */
};

/* The key to hand to use cases; NULL when none was given. */
const struct op_key *call_key(const struct call *call);

/* Answers with an entity: ETag when it has a version and kind. */
enum status reply_entity(struct call *call, int status, const struct table *t, const void *entity);
enum status reply_versioned(struct call *call, int status, enum entity_kind kind,
                            const void *entity);

/* The ETag of an answer that is good as long as this version or revision is. */
void reply_tag(struct call *call, int64_t version);

/* Answers with the desk's entity of the path's id; ST_NOT_FOUND. */
enum status reply_found(struct call *call, enum entity_kind kind);

/* Answers with what an operation shows first; 201 when it created. */
enum status reply_result(struct call *call, const struct op_result *result);
enum status reply_nothing(struct call *call);

/* Answers with a body written by the caller. */
enum status reply_json(struct call *call, int status, struct buf *body);
enum { REPLY_MAX = 6 << 20 };
void reply_buf(struct call *call, struct buf *b, size_t first);

/* Query parameters. ST_INVALID names the parameter. */
enum status query_int(struct call *call, const char *name, int64_t min, int64_t max,
                      int64_t fallback, int64_t *out);
enum status query_date(struct call *call, const char *name, struct date fallback, struct date *out);
enum status query_instant(struct call *call, const char *name, struct instant *out); /* or none */

/* Remembers with the request's key that it ends the session it was made in, so that its repeat,
 * which nobody is signed in for any more, is answered alike. To be called before ending it. */
enum status note_end(struct call *call);

/* Sets or removes the session cookie. */
void set_session_cookie(struct call *call, struct str token, struct instant expires);
void clear_session_cookie(struct call *call);

#define ANY_BYTES      "application/octet-stream"
#define CALENDAR_TYPE  "text/calendar"
#define PARTIAL_UPLOAD "application/partial-upload" /* a part of a file, by PATCH */
/* Under which name /changes lists the entities of a kind. */
const char *changes_name(enum entity_kind kind);

/* Handlers, by resource. */
enum status post_guest(struct call *call);
enum status post_account(struct call *call);
enum status post_session(struct call *call);
enum status delete_session(struct call *call);
enum status get_me(struct call *call);
enum status patch_me(struct call *call);
enum status delete_me(struct call *call);
enum status get_export(struct call *call);
enum status get_export_check(struct call *call);
enum status post_import(struct call *call);
enum status list_audit(struct call *call);
enum status get_registration(struct call *call);
enum status list_people(struct call *call);
enum status patch_person(struct call *call);
enum status list_invitations(struct call *call);
enum status post_invitation(struct call *call);
enum status delete_invitation(struct call *call);
enum status get_settings(struct call *call);
enum status patch_settings(struct call *call);
enum status get_zone(struct call *call);
enum status get_availability(struct call *call);
enum status put_availability(struct call *call);
enum status list_courses(struct call *call);
enum status post_course(struct call *call);
enum status get_course(struct call *call);
enum status patch_course(struct call *call);
enum status delete_course(struct call *call);
enum status post_course_restore(struct call *call);
enum status list_tasks(struct call *call);
enum status post_task(struct call *call);
enum status post_complete(struct call *call);
enum status post_delete(struct call *call);
enum status post_task_restore(struct call *call);
enum status get_task(struct call *call);
enum status patch_task(struct call *call);
enum status delete_task(struct call *call);
enum status list_events(struct call *call);
enum status post_event(struct call *call);
enum status list_occurrences(struct call *call);
enum status get_event(struct call *call);
enum status patch_event(struct call *call);
enum status delete_event(struct call *call);
enum status post_split(struct call *call);
enum status list_attachments(struct call *call);
enum status post_attachment(struct call *call);
enum status get_attachment(struct call *call);
enum status delete_attachment(struct call *call);
enum status post_restore(struct call *call);
enum status get_content(struct call *call);
enum status put_content(struct call *call);
enum status get_notifications(struct call *call);
enum status post_notification_marks(struct call *call);
enum status list_calendar_links(struct call *call);
enum status post_calendar_link(struct call *call);
enum status delete_calendar_link(struct call *call);
enum status list_feeds(struct call *call);
enum status post_feed(struct call *call);
enum status post_feed_refresh(struct call *call);
enum status post_feed_file(struct call *call);
enum status get_feed(struct call *call);
enum status patch_feed(struct call *call);
enum status delete_feed(struct call *call);
enum status list_feed_items(struct call *call);
enum status post_feed_review(struct call *call);
enum status post_feed_review_restore(struct call *call);
enum status list_task_work(struct call *call);
enum status post_task_work(struct call *call);
enum status list_work(struct call *call);
enum status get_work(struct call *call);
enum status patch_work(struct call *call);
enum status delete_work(struct call *call);
enum status get_timer(struct call *call);
enum status post_timer_start(struct call *call);
enum status post_timer_pause(struct call *call);
enum status post_timer_resume(struct call *call);
enum status post_timer_stop(struct call *call);
enum status get_statistics(struct call *call);
enum status get_estimates(struct call *call);
enum status get_chances(struct call *call);
enum status get_schedule(struct call *call);
enum status post_accept(struct call *call);
enum status post_schedule_restore(struct call *call);
enum status get_tidy(struct call *call);
enum status list_former_plans(struct call *call);
enum status get_former_plan(struct call *call);
enum status post_former_plan_restore(struct call *call);
enum status get_changes(struct call *call);

/* ---- for cli/serve.c ---- */

struct api_config {
    const struct domain *domain;
    struct metrics *metrics;
    struct log *log;
    bool rate_limits;          /* false only for load tests */
    const char *metrics_token; /* what /metrics asks for; "" lets anyone read */
};

struct api *api_open(const struct api_config *config);
void api_close(struct api *api);

/* The routes of the whole interface: /api/v1, health and metrics. They live as long as the api. */
const struct route *api_routes(const struct api *api, size_t *count);
struct server_hooks api_hooks(struct api *api);

/* The OpenAPI 3.1 document, generated from the table. */
void openapi_write(struct buf *b, const char *version);

#endif
