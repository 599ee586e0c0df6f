/* What the api keeps between calls; private to api/. */
#ifndef API_STATE_H
#define API_STATE_H

#include "api/api.h"
#include "api/page.h"
#include "http/ratelimit.h"
#include "model/person.h"

/* What a route carries to its handler. */
struct route_data {
    const struct api *api;
    const struct endpoint *endpoint;
};

enum { API_ROUTES_MAX = 128, BODY_MAX = 128 << 10 };

/* What an archive of /me/export has besides files, in bytes: JSON, a calendar, names. */
#define ARCHIVE_WRITTEN_MAX (INT64_C(96) << 20)

/* An archive, in bytes: of an account that may have as many files as there can be. What the
 * caller's own account may have is asked for in import.c. */
#define ARCHIVE_MAX         (((int64_t)STORAGE_MIB_MAX << 20) + ARCHIVE_WRITTEN_MAX)

/* The JSON in an archive: what can be made can be taken back. */
enum { ARCHIVE_JSON_MAX = 48 << 20 };

/* Under which an archive has the files: files/ID/NAME. */
#define FILES_PREFIX "files/"

struct api {
    struct api_config config;
    struct route routes[API_ROUTES_MAX];
    struct route_data data[API_ROUTES_MAX];
    size_t route_count;
    struct ratelimit *by_user;    /* every call of an account */
    struct ratelimit *by_address; /* sign-ins of an address */
    struct ratelimit *by_login;   /* sign-ins of an account */
    struct ratelimit *guests;     /* new guests of an address */
    struct page_cache *pages;     /* lists as they were written */
    struct str document;          /* the OpenAPI document, made once */
    struct arena arena;
};

/* Of a request's body, as it says itself; -1: it does not. */
int64_t call_content_length(const struct request *r);

/* Fills in the call of an exchange; then who asks, may they, and all of the request but its body.
 */
void call_begin(struct call *call, struct request *request, struct response *response);
MUST_USE enum status call_open(struct call *call);
/* Answers with what went wrong; false, for sinks. */
bool call_refuse(struct call *call, enum status st);

/* content.c: bodies of endpoints that take a file, and their answer. */
extern const struct body_sink upload_sink;
void api_upload(struct request *request, struct response *response);

/* import.c: the same for an archive. */
extern const struct body_sink import_sink;
void api_import(struct request *request, struct response *response);

/* calendar_links.c: /feeds/TOKEN.ics */
void plan_calendar(struct request *request, struct response *response);

void api_handle(struct request *request, struct response *response);
enum fast_result api_fast(struct request *request, struct response *response);

/* Writes what went wrong inside to the log. */
void api_log_fault(const struct api *api, const struct request *request, enum status cause);

/* Health and metrics: adds their routes. */
void add_service_routes(struct api *api);
struct route *add_route(struct api *api);

#endif
