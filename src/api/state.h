/* What the api keeps between calls; private to api/. */
#ifndef API_STATE_H
#define API_STATE_H

#include "api/api.h"
#include "api/page.h"
#include "http/ratelimit.h"

/* What a route carries to its handler. */
struct route_data {
    const struct api *api;
    const struct endpoint *endpoint;
};

enum { API_ROUTES_MAX = 128, BODY_MAX = 128 << 10 };

/* An archive of /me/export, in bytes: all files of a desk and what was written. */
#define ARCHIVE_MAX  (STORAGE_MAX + (INT64_C(64) << 20))

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
