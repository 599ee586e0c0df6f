#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "api/limits.h"
#include "api/problem.h"
#include "api/state.h"
#include "api/whence.h"
#include "domain/repeats.h"

enum {
    DAY_S = 86400,
    QUERY_YEAR_END = 2200 /* as the parameters' pattern in routes.c has it */
};

static const char END_OF_SESSION[] = "end";

static const char *cookie_name(const struct call *call)
{
    return call->request->https ? "__Host-studybunny_session" : "studybunny_session";
}

void set_session_cookie(struct call *call, struct str token, struct instant expires)
{
    int64_t left = (expires.ms - clock_now(&call->domain->clock).ms) / 1000;
    response_cookie(call->response, &(struct cookie){.name = cookie_name(call),
                                                     .value = token,
                                                     .max_age_s = left > 0 ? left : DAY_S,
                                                     .secure = call->request->https,
                                                     .same_site = SAME_SITE_LAX});
}

void clear_session_cookie(struct call *call)
{
    response_cookie(call->response, &(struct cookie){.name = cookie_name(call),
                                                     .value = STR_LIT(""),
                                                     .max_age_s = 0,
                                                     .secure = call->request->https,
                                                     .same_site = SAME_SITE_LAX});
}

static struct str bearer_token(const struct request *r)
{
    struct str header = request_header(r, "Authorization");
    const size_t prefix = 7;
    if (header.len <= prefix ||
        !str_eq_nocase((struct str){header.data, prefix}, STR_LIT("Bearer ")))
        return STR_NONE;
    return str_trim((struct str){header.data + prefix, header.len - prefix});
}

/* The token the client sent, and how. */
static struct str read_token(struct call *call)
{
    struct str token = bearer_token(call->request);
    call->by_cookie = !token.data;
    return token.data ? token : request_cookie(call->request, cookie_name(call));
}

static void remember_caller(struct call *call)
{
    char id[ID_TEXT_LEN];
    call->signed_in = true;
    call->caller.user = call->account.id;
    call->caller.kind = (enum account_kind)call->account.kind;
    call->caller.admin = call->account.admin;
    call->caller.storage_mib = call->account.storage_mib;
    /* A pseudonym: enough to follow one user's requests in the log. */
    id_format(call->account.id, id);
    memcpy(call->request->subject, id + 24, 12);
    call->request->subject[12] = '\0';
}

static enum status authenticate(struct call *call)
{
    struct str token = read_token(call);
    if (!token.data || token.len == 0)
        return ST_OK;
    struct instant now = clock_now(&call->domain->clock);
    enum status st =
        account_by_token(call->c, call->domain, token, now, &call->session, &call->account);
    if (st == ST_UNAUTHENTICATED && call->endpoint->role == ROLE_ANYONE) {
        ctx_forgive(call->c);
        return ST_OK; /* an old cookie does not keep anyone from signing in */
    }
    if (st != ST_OK)
        return st;
    remember_caller(call);
    account_touch(call->c, call->domain, now, &call->session, &call->account);
    return ST_OK;
}

/* The same without blocking; false: let a worker do it. */
static bool authenticate_fast(struct call *call)
{
    struct str token = read_token(call);
    if (!token.data || token.len == 0)
        return false;
    struct instant now = clock_now(&call->domain->clock);
    struct digest hash = account_token_hash(call->domain, token);
    if (!store_peek_session(call->c, call->domain->store, hash, now, &call->session,
                            &call->account) ||
        account_wants_touch(now, &call->session, &call->account))
        return false;
    remember_caller(call);
    return true;
}

static bool is_unsafe(const struct call *call)
{
    return call->endpoint->method != METHOD_GET;
}

static enum status authorise(struct call *call)
{
    if (is_unsafe(call) && call->by_cookie && !request_same_site(call->request))
        return fail_as(call->c, ST_DENIED, "", "cross_site",
                       "another site may not do this in your name");
    if (call->endpoint->role != ROLE_ANYONE && !call->signed_in)
        return fail(call->c, ST_UNAUTHENTICATED, "", "Sign in, or begin as a guest.");
    if (call->endpoint->role == ROLE_ADMIN && !call->caller.admin)
        return fail_as(call->c, ST_DENIED, "", "admin_only", "only administrators may do this");
    return limits_check(call);
}

static enum status read_key(struct call *call)
{
    struct str header = request_header(call->request, "Idempotency-Key");
    if (!header.data || !(call->endpoint->flags & TAKES_KEY))
        return ST_OK;
    if (!id_parse(header, &call->key.id))
        return fail_as(call->c, ST_INVALID, "?Idempotency-Key", "format", "must be a UUID");
    const struct request *r = call->request;
    const struct str parts[] = {str_of(method_name(r->method)), r->path, r->body,
                                request_header(r, "If-Match"), request_param(r, "tasks")};
    call->key.request = call->domain->digester.keyed(call->domain->digester.self, parts,
                                                     sizeof parts / sizeof parts[0]);
    call->has_key = true;
    return ST_OK;
}

/* "\"17\"" is 17. What cannot be a version of ours matches none. */
static int64_t parse_version(struct str s)
{
    uint64_t value;
    s = str_trim(s);
    if (s.len < 3 || s.data[0] != '"' || s.data[s.len - 1] != '"' ||
        !str_to_uint((struct str){s.data + 1, s.len - 2}, INT64_MAX, &value))
        return INT64_MAX;
    return (int64_t)value;
}

static enum status read_version(struct call *call)
{
    struct str header = request_header(call->request, "If-Match");
    call->version = -1;
    if (!(call->endpoint->flags & (NEEDS_VERSION | TAKES_VERSION)))
        return ST_OK;
    if (header.data && !str_eq(str_trim(header), STR_LIT("*")))
        call->version = parse_version(header);
    else if (!header.data && (call->endpoint->flags & NEEDS_VERSION))
        return fail(call->c, ST_PRECONDITION, "?If-Match",
                    "say which version you change: the ETag you were given");
    return ST_OK;
}

static enum status read_path(struct call *call)
{
    struct str id = request_segment(call->request, "id");
    struct str part = request_segment(call->request, "part");
    if ((id.data && !id_parse(id, &call->id)) || (part.data && !id_parse(part, &call->part)))
        return fail(call->c, ST_NOT_FOUND, "", "there is nothing of that id");
    return ST_OK;
}

static bool known_parameter(const struct endpoint *e, struct str name)
{
    for (const struct parameter *p = e->parameters; p && p->name; p++)
        if (str_eq(name, str_of(p->name)))
            return true;
    return false;
}

static enum status check_parameters(struct call *call)
{
    const struct request *r = call->request;
    for (size_t i = 0; i < r->param_count; i++) {
        char pointer[64] = "?";
        size_t len = r->params[i].name.len < 60 ? r->params[i].name.len : 60;
        if (known_parameter(call->endpoint, r->params[i].name))
            continue;
        memcpy(pointer + 1, r->params[i].name.data, len);
        pointer[len + 1] = '\0';
        return fail_as(call->c, ST_INVALID, pointer, "unknown_parameter",
                       "there is no such parameter");
    }
    return ST_OK;
}

static bool is_json(struct str type)
{
    struct str rest = type;
    return str_eq_nocase(str_trim(str_cut(&rest, ';')), STR_LIT("application/json"));
}

static enum status read_body(struct call *call)
{
    const struct table *t = call->endpoint->body;
    if (!t)
        return ST_OK;
    call->body = arena_alloc(call->c->arena, t->size);
    if (!call->body)
        return fail_memory(call->c);
    return json_read(call->c, call->request->body, t, call->endpoint->mode, call->body,
                     &call->present);
}

static enum status prepare(struct call *call)
{
    static enum status (*const steps[])(struct call *) = {read_path, check_parameters, read_version,
                                                          read_body, read_key};
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < sizeof steps / sizeof steps[0]; i++)
        st = steps[i](call);
    return st;
}

void call_begin(struct call *call, struct request *request, struct response *response)
{
    const struct route_data *data = request->route->data;
    *call = (struct call){.api = data->api,
                          .domain = data->api->config.domain,
                          .endpoint = data->endpoint,
                          .request = request,
                          .response = response,
                          .c = request->ctx,
                          .caller = {.from = whence_of(request->ctx->arena, request)},
                          .version = -1};
}

static enum status run(struct call *call)
{
    enum status st = prepare(call);
    if (st == ST_OK && (call->endpoint->flags & NEEDS_DESK) && !call->desk)
        st = store_get_desk(call->c, call->domain->store, call->caller.user, &call->desk);
    if (st == ST_OK)
        st = call->endpoint->handle(call);
    store_release_desk(call->domain->store, call->desk);
    return st;
}

/* Signing out, or erasing the account, asked again because the answer was lost: by now the session
 * is gone, so nobody is signed in, but what was asked for is done. */
static bool ended_before(struct call *call)
{
    struct ctx refused = *call->c;
    struct id any;
    ctx_forgive(call->c);
    bool ended = call->endpoint->flags & ENDS_SESSION && read_key(call) == ST_OK && call->has_key &&
                 repeat_find(call->c, call->domain, END_OF_SESSION, &call->key, &any) == ST_OK;
    *call->c = refused;
    return ended;
}

enum status note_end(struct call *call)
{
    struct id any = domain_new_id(call->domain);
    return repeat_claim(call->c, call->domain, END_OF_SESSION, call_key(call), &any);
}

enum status call_open(struct call *call)
{
    enum status st = authenticate(call);
    if (st == ST_OK)
        st = authorise(call);
    return st == ST_OK ? prepare(call) : st;
}

bool call_refuse(struct call *call, enum status st)
{
    api_log_fault(call->api, call->request, st);
    problem_write(call->request, call->response, st);
    return false;
}

void api_handle(struct request *request, struct response *response)
{
    struct call call;
    call_begin(&call, request, response);
    enum status st = ST_OK;
    if (call.endpoint->body && !is_json(request_header(request, "Content-Type"))) {
        response_problem(request, response, 415, "content_type",
                         "send the body as application/json");
        return;
    }
    st = authenticate(&call);
    if (st == ST_OK)
        st = authorise(&call);
    if (st == ST_UNAUTHENTICATED && ended_before(&call)) {
        clear_session_cookie(&call);
        (void)!reply_nothing(&call);
        return;
    }
    if (st == ST_OK)
        st = run(&call);
    if (st != ST_OK) {
        api_log_fault(call.api, request, st);
        problem_write(request, response, st);
    }
}

enum fast_result api_fast(struct request *request, struct response *response)
{
    struct call call;
    call_begin(&call, request, response);
    if (!authenticate_fast(&call))
        return FAST_NEED_WORKER;
    call.desk = store_peek_desk(call.domain->store, call.caller.user);
    if (!call.desk)
        return FAST_NEED_WORKER;
    enum status st = limits_check(&call);
    if (st == ST_OK)
        st = run(&call);
    else
        store_release_desk(call.domain->store, call.desk);
    if (st != ST_OK)
        problem_write(request, response, st);
    return FAST_DONE;
}

const struct op_key *call_key(const struct call *call)
{
    return call->has_key ? &call->key : NULL;
}

enum status query_int(struct call *call, const char *name, int64_t min, int64_t max,
                      int64_t fallback, int64_t *out)
{
    struct str text = request_param(call->request, name);
    char pointer[32] = "?";
    uint64_t value;
    *out = fallback;
    if (!text.data)
        return ST_OK;
    if (str_to_uint(text, INT64_MAX, &value) && (int64_t)value >= min && (int64_t)value <= max) {
        *out = (int64_t)value;
        return ST_OK;
    }
    size_t len = strlen(name);
    memcpy(pointer + 1, name, len < 30 ? len + 1 : 30);
    return fail_as(call->c, ST_INVALID, pointer, "out_of_range",
                   "must be a whole number, %lld to %lld", (long long)min, (long long)max);
}

enum status query_date(struct call *call, const char *name, struct date fallback, struct date *out)
{
    struct str text = request_param(call->request, name);
    char pointer[32];
    *out = fallback;
    if (!text.data)
        return ST_OK;
    if (date_parse(text, out) && out->days < date_make(QUERY_YEAR_END, 1, 1).days)
        return ST_OK;
    snprintf(pointer, sizeof pointer, "?%s", name);
    return fail_as(call->c, ST_INVALID, pointer, "format",
                   "must be a date such as 2026-11-26, before the year %d", QUERY_YEAR_END);
}

enum status query_instant(struct call *call, const char *name, struct instant *out)
{
    struct str text = request_param(call->request, name);
    char pointer[32] = "?";
    size_t len = strlen(name);
    *out = INSTANT_NONE;
    if (!text.data || instant_parse(text, out))
        return ST_OK;
    memcpy(pointer + 1, name, len < 30 ? len + 1 : 30);
    return fail_as(call->c, ST_INVALID, pointer, "format",
                   "must be a time such as 2026-11-26T12:00:00Z");
}
