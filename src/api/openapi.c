#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "codec/schema.h"

enum { SEEN_MAX = 128 };

struct components {
    struct buf *b;
    int count;
    char seen[SEEN_MAX][SCHEMA_NAME_MAX];
};

static enum schema_form input_form(const struct endpoint *e)
{
    return e->mode == JSON_CREATE  ? SCHEMA_CREATE
           : e->mode == JSON_PATCH ? SCHEMA_PATCH
                                   : SCHEMA_REPLACE;
}

static void add_component(void *data, const struct table *t, enum schema_form form)
{
    struct components *all = data;
    char name[SCHEMA_NAME_MAX];
    schema_name(t, form, name);
    for (int i = 0; i < all->count; i++)
        if (strcmp(all->seen[i], name) == 0)
            return;
    if (all->count == SEEN_MAX) {
        all->b->overflowed = true;
        return;
    }
    memcpy(all->seen[all->count++], name, sizeof name);
    buf_add_char(all->b, ',');
    json_write_text(all->b, str_of(name));
    buf_add_char(all->b, ':');
    schema_write(all->b, t, form);
}

static void add_reference(struct buf *b, const struct table *t, enum schema_form form)
{
    char name[SCHEMA_NAME_MAX];
    schema_name(t, form, name);
    buf_addf(b, "{\"$ref\":\"#/components/schemas/%s\"}", name);
}

static const char *const method_keys[METHOD_COUNT] = {
    [METHOD_GET] = "get",     [METHOD_POST] = "post",     [METHOD_PUT] = "put",
    [METHOD_PATCH] = "patch", [METHOD_DELETE] = "delete",
};

static void add_header(struct buf *b, const char *name, bool required, const char *schema,
                       const char *doc)
{
    buf_addf(b,
             ",{\"name\":\"%s\",\"in\":\"header\",\"required\":%s,\"schema\":%s,\"description\":",
             name, required ? "true" : "false", schema);
    json_write_text(b, str_of(doc));
    buf_add_char(b, '}');
}

/* The list begins with a comma that the caller cuts off. */
static void add_parameters(struct buf *b, const struct endpoint *e)
{
    static const char *const names[] = {"id", "part"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char segment[16];
        snprintf(segment, sizeof segment, "{%s}", names[i]);
        if (strstr(e->path, segment))
            buf_addf(b,
                     ",{\"name\":\"%s\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":"
                     "\"string\",\"format\":\"uuid\"}}",
                     names[i]);
    }
    for (const struct parameter *p = e->parameters; p && p->name; p++) {
        buf_addf(b, ",{\"name\":\"%s\",\"in\":\"query\",\"schema\":%s,\"description\":", p->name,
                 p->schema);
        json_write_text(b, str_of(p->doc));
        buf_add_char(b, '}');
    }
    if (e->flags & TAKES_KEY)
        add_header(b, "Idempotency-Key", false, "{\"type\":\"string\",\"format\":\"uuid\"}",
                   "Repeats of the request with this key have no further effect.");
    if (e->flags & TAKES_FILE && e->method == METHOD_PATCH) {
        add_header(b, "Upload-Offset", true, "{\"type\":\"integer\",\"minimum\":0}",
                   "Where this part begins: the offset that HEAD tells.");
        add_header(b, "Upload-Complete", true, "{\"type\":\"string\",\"enum\":[\"?0\",\"?1\"]}",
                   "?1 if the file ends with this part.");
    }
    if (e->flags & GIVES_FILE)
        add_header(b, "Range", false, "{\"type\":\"string\"}", "One range of bytes.");
    if (e->flags & (NEEDS_VERSION | TAKES_VERSION))
        add_header(b, "If-Match", e->flags & NEEDS_VERSION, "{\"type\":\"string\"}",
                   "The ETag of what is changed.");
}

static void add_problem(struct buf *b, int status, const char *doc)
{
    buf_addf(b,
             ",\"%d\":{\"description\":\"%s\",\"content\":{\"application/problem+json\":{"
             "\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}",
             status, doc);
}

static void add_success(struct buf *b, const struct endpoint *e, int status)
{
    buf_addf(b, "\"%d\":{\"description\":\"Done.\"", status);
    if (e->reply) {
        buf_add_text(b, ",\"content\":{\"application/json\":{\"schema\":");
        if (e->flags & IS_LIST) {
            buf_add_text(b, "{\"type\":\"object\",\"additionalProperties\":false,\"required\":["
                            "\"items\",\"next\"],\"properties\":{\"items\":{\"type\":\"array\","
                            "\"maxItems\":200,\"items\":");
            add_reference(b, e->reply, SCHEMA_REPLY);
            buf_add_text(b, "},\"next\":{\"type\":[\"string\",\"null\"]}}}");
        } else {
            add_reference(b, e->reply, SCHEMA_REPLY);
        }
        buf_add_text(b, "}}");
    } else if (e->flags & GIVES_ARCHIVE) {
        buf_add_text(b, ",\"content\":{\"application/zip\":{}}");
    } else if (e->flags & GIVES_FILE) {
        buf_add_text(b, ",\"content\":{\"*/*\":{}}");
    } else if (status == 200) {
        buf_add_text(b, ",\"content\":{\"application/json\":{\"schema\":{\"$ref\":"
                        "\"#/components/schemas/Changes\"}}}");
    }
    buf_add_char(b, '}');
}

static void add_responses(struct buf *b, const struct endpoint *e)
{
    bool names_things =
        strstr(e->path, "{id}") || e->handle == post_complete || e->handle == post_delete;
    buf_add_text(b, ",\"responses\":{");
    add_success(b, e, e->success);
    if (e->success == 201 &&
        (e->mode == JSON_CREATE || e->handle == post_timer_start ||
         e->handle == post_timer_resume || e->handle == post_feed || e->flags & TAKES_ICS)) {
        buf_add_char(b, ',');
        add_success(b, e, 200);
    }
    if (e->flags & TAKES_FILE && e->method == METHOD_PATCH)
        buf_add_text(b, ",\"204\":{\"description\":\"More is awaited.\"}");
    if (e->flags & GIVES_FILE) {
        buf_add_text(b, ",\"204\":{\"description\":\"For HEAD: an upload, and how much of it is "
                        "here.\"},\"206\":{\"description\":\"A range.\",\"content\":{\"*/*\":{}}}");
        add_problem(b, 416, "The file ends before that range.");
    }
    if (e->flags & HAS_TAG)
        buf_add_text(b, ",\"304\":{\"description\":\"Not changed.\"}");
    add_problem(b, 400, "The request is not right; errors name the fields.");
    if (e->role != ROLE_ANYONE || e->handle == post_session)
        add_problem(b, 401, "Not signed in.");
    if (e->method != METHOD_GET || e->role == ROLE_ADMIN)
        add_problem(b, 403, "Not allowed.");
    if (names_things)
        add_problem(b, 404, "There is no such thing, or it is somebody else's.");
    if (e->flags & (TAKES_KEY | TAKES_FILE | GIVES_FILE) && !(e->flags & ENDS_SESSION))
        add_problem(b, 409, "The state of things forbids it.");
    if (e->handle == get_changes)
        add_problem(b, 410, "Too long ago, or too much at once.");
    if (e->flags & (NEEDS_VERSION | TAKES_VERSION) || e->handle == post_delete)
        add_problem(b, 412, "It was changed meanwhile.");
    add_problem(b, 413, "Too large.");
    if (e->flags & GIVES_ARCHIVE)
        add_problem(b, 507, "No room to make it.");
    if (e->body || e->flags & (TAKES_FILE | TAKES_ZIP | TAKES_ICS))
        add_problem(b, 415, e->body ? "Not JSON." : "Not of the type for this.");
    if (e->flags & TAKES_ZIP)
        add_problem(b, 409, "Together it would be too much.");
    if (e->flags & NEEDS_VERSION)
        add_problem(b, 428, "If-Match is missing.");
    add_problem(b, 429, "Too many requests.");
    add_problem(b, 431, "Too many headers.");
    add_problem(b, 503, "Busy; try again.");
    add_problem(b, 507, "No room left.");
    buf_add_char(b, '}');
}

static void add_operation(struct buf *b, const struct endpoint *e)
{
    buf_addf(b, "\"%s\":{\"summary\":", method_keys[e->method]);
    json_write_text(b, str_of(e->doc));
    buf_add_text(b, ",\"parameters\":[");
    size_t at = b->len;
    add_parameters(b, e);
    if (b->len > at && !b->overflowed)
        b->data[at] = ' ';
    buf_add_char(b, ']');
    buf_add_text(b, e->role == ROLE_ANYONE ? ",\"security\":[{},{\"cookie\":[]},{\"bearer\":[]}]"
                                           : ",\"security\":[{\"cookie\":[]},{\"bearer\":[]}]");
    if (e->flags & TAKES_ZIP)
        buf_add_text(b,
                     ",\"requestBody\":{\"required\":true,\"content\":{\"application/zip\":{}}}");
    if (e->flags & TAKES_ICS)
        buf_add_text(b, ",\"requestBody\":{\"required\":true,\"content\":{\"" CALENDAR_TYPE
                        "\":{\"schema\":{\"type\":\"string\"}}}}");
    if (e->body) {
        buf_add_text(b, ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{"
                        "\"schema\":");
        add_reference(b, e->body, input_form(e));
        buf_add_text(b, "}}}");
    }
    if (e->flags & TAKES_FILE)
        buf_addf(b, ",\"requestBody\":{\"required\":true,\"content\":{\"%s\":{}}}",
                 e->method == METHOD_PATCH ? PARTIAL_UPLOAD : ANY_BYTES);
    add_responses(b, e);
    buf_add_char(b, '}');
}

/* Rows of one path stand together under it; the first of them opens it. */
static bool is_first_of_path(size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(endpoints[k].path, endpoints[i].path) == 0)
            return false;
    return true;
}

static void add_paths(struct buf *b)
{
    const char *comma = "";
    for (size_t i = 0; i < endpoint_count; i++) {
        if (!is_first_of_path(i))
            continue;
        buf_addf(b, "%s\"%s\":{", comma, endpoints[i].path);
        comma = "";
        for (size_t k = i; k < endpoint_count; k++) {
            if (strcmp(endpoints[k].path, endpoints[i].path) != 0)
                continue;
            buf_add_text(b, comma);
            add_operation(b, &endpoints[k]);
            comma = ",";
        }
        buf_add_char(b, '}');
    }
}

static const char problem_schema[] =
    "\"Problem\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\","
    "\"title\",\"status\",\"detail\",\"request_id\",\"errors\"],\"properties\":{\"type\":{\"type\":"
    "\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{"
    "\"type\":\"string\"},\"request_id\":{\"type\":\"string\"},\"errors\":{\"type\":\"array\","
    "\"maxItems\":16,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":["
    "\"pointer\",\"code\",\"detail\"],\"properties\":{\"pointer\":{\"type\":\"string\"},\"code\":{"
    "\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}}}}";

static void add_changes_schema(struct buf *b)
{
    buf_add_text(b, ",\"Changes\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":"
                    "[\"rev\",\"changed\",\"deleted\",\"more\"],\"properties\":{\"rev\":{\"type\":"
                    "\"integer\"},\"more\":{\"type\":\"boolean\"},\"deleted\":{\"type\":\"array\","
                    "\"items\":");
    add_reference(b, &tombstone_table, SCHEMA_REPLY);
    buf_add_text(b, "},\"changed\":{\"type\":\"object\",\"additionalProperties\":false,"
                    "\"properties\":{");
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        buf_addf(b, "\"%s\":{\"type\":\"array\",\"items\":", changes_name(kind));
        add_reference(b, entity_table(kind), SCHEMA_REPLY);
        buf_add_text(b, "},");
    }
    buf_add_text(b, "\"settings\":");
    add_reference(b, &settings_table, SCHEMA_REPLY);
    buf_add_text(b, ",\"availability\":");
    add_reference(b, &availability_table, SCHEMA_REPLY);
    buf_add_text(b, "}}}}");
}

static void add_components(struct buf *b)
{
    struct components all = {.b = b};
    buf_add_text(b, "},\"components\":{\"securitySchemes\":{\"cookie\":{\"type\":\"apiKey\",\"in\":"
                    "\"cookie\",\"name\":\"studybunny_session\"},\"bearer\":{\"type\":\"http\","
                    "\"scheme\":\"bearer\"}},\"schemas\":{");
    buf_add_text(b, problem_schema);
    add_changes_schema(b);
    schema_visit(&tombstone_table, SCHEMA_REPLY, add_component, &all);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind))
        schema_visit(entity_table(kind), SCHEMA_REPLY, add_component, &all);
    for (size_t i = 0; i < endpoint_count; i++) {
        const struct endpoint *e = &endpoints[i];
        if (e->body)
            schema_visit(e->body, input_form(e), add_component, &all);
        if (e->reply)
            schema_visit(e->reply, SCHEMA_REPLY, add_component, &all);
    }
    buf_add_text(b, "}}}");
}

void openapi_write(struct buf *b, const char *version)
{
    buf_addf(b,
             "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"StudyBunny\",\"version\":\"%s\"},"
             "\"paths\":{",
             version);
    add_paths(b);
    add_components(b);
}
