#include "codec/schema.h"

#include <stdio.h>
#include <string.h>

#include "codec/json.h"

/* Both as has_control in json_read.c: C0 (but tab and line ends), DEL and C1. */
#define ONE_LINE "^[^\\u0000-\\u001F\\u007F-\\u009F]*$"
#define LINES    "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$"
#define WALL     "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"

static bool has_field(const struct field *f, enum schema_form form)
{
    if (form == SCHEMA_REPLY)
        return !(f->flags & (F_HIDDEN | F_SECRET));
    if (f->flags & (F_HIDDEN | F_READONLY) || f->kind == KIND_DIGEST)
        return false;
    return form == SCHEMA_CREATE || !(f->flags & F_KEY);
}

static bool must_be_there(const struct field *f, enum schema_form form)
{
    if (!has_field(f, form) || form == SCHEMA_PATCH)
        return false;
    return form == SCHEMA_REPLY || f->flags & F_REQUIRED;
}

/* Tables inside inputs are always read whole. */
static enum schema_form inner_form(enum schema_form form)
{
    return form == SCHEMA_REPLY ? SCHEMA_REPLY : SCHEMA_CREATE;
}

static void write_key(struct buf *b, const char *key)
{
    buf_addf(b, ",\"%s\":", key);
}

static void write_text_key(struct buf *b, const char *key, const char *value)
{
    write_key(b, key);
    json_write_text(b, str_of(value));
}

static void write_int_key(struct buf *b, const char *key, int64_t value)
{
    write_key(b, key);
    buf_add_int(b, value);
}

static void write_type(struct buf *b, const char *type, bool nullable)
{
    buf_addf(b, nullable ? "\"type\":[\"%s\",\"null\"]" : "\"type\":\"%s\"", type);
}

static void write_ref(struct buf *b, const struct table *t, enum schema_form form)
{
    char name[SCHEMA_NAME_MAX];
    schema_name(t, inner_form(form), name);
    buf_addf(b, "{\"$ref\":\"#/components/schemas/%s\"}", name);
}

static void write_text(struct buf *b, const struct field *f, bool nullable)
{
    write_type(b, "string", nullable);
    write_int_key(b, "minLength", f->min);
    write_int_key(b, "maxLength", f->max);
    write_text_key(b, "pattern", f->flags & F_LINES ? LINES : ONE_LINE);
    if (f->format)
        write_text_key(b, "format", f->format);
}

static void write_formatted(struct buf *b, const char *key, const char *value, bool nullable)
{
    write_type(b, "string", nullable);
    write_text_key(b, key, value);
}

/* min and max both 0 stand for "as large as the type", as in json_read. */
static void write_number(struct buf *b, const struct field *f, bool nullable)
{
    bool wide = f->kind == KIND_I64;
    int64_t most = wide ? INT64_MAX : INT32_MAX;
    write_type(b, "integer", nullable);
    write_text_key(b, "format", wide ? "int64" : "int32");
    write_int_key(b, "minimum", f->min);
    write_int_key(b, "maximum", f->min || f->max ? f->max : most);
}

static void write_choice(struct buf *b, const struct field *f, bool nullable)
{
    write_type(b, "string", nullable);
    write_key(b, "enum");
    for (size_t i = 0; f->choices[i]; i++) {
        buf_add_char(b, i ? ',' : '[');
        json_write_text(b, str_of(f->choices[i]));
    }
    buf_add_text(b, nullable ? ",null]" : "]");
}

static void write_ratio(struct buf *b, const struct field *f, bool nullable)
{
    write_type(b, "object", nullable);
    buf_addf(b,
             ",\"additionalProperties\":false,\"required\":[\"num\",\"den\"],\"properties\":{"
             "\"num\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":%lld},"
             "\"den\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":%d}}",
             (long long)f->max * RATIO_DEN_MAX, RATIO_DEN_MAX);
}

static void write_list(struct buf *b, const struct field *f, enum schema_form form, bool nullable)
{
    write_type(b, "array", nullable);
    write_int_key(b, "minItems", f->min);
    write_int_key(b, "maxItems", f->max);
    write_key(b, "items");
    if (f->of)
        write_ref(b, f->of, form);
    else
        buf_add_text(b, "{\"type\":\"string\",\"format\":\"uuid\"}");
}

static void write_object(struct buf *b, const struct field *f, enum schema_form form, bool nullable)
{
    buf_add_text(b, nullable ? "\"anyOf\":[" : "\"allOf\":[");
    write_ref(b, f->of, form);
    buf_add_text(b, nullable ? ",{\"type\":\"null\"}]" : "]");
}

static void write_kind(struct buf *b, const struct field *f, enum schema_form form, bool nullable)
{
    switch (f->kind) {
    case KIND_ID:
        write_formatted(b, "format", "uuid", nullable);
        break;
    case KIND_STR:
        write_text(b, f, nullable);
        break;
    case KIND_I32:
    case KIND_I64:
        write_number(b, f, nullable);
        break;
    case KIND_BOOL:
        write_type(b, "boolean", nullable);
        break;
    case KIND_CHOICE:
        write_choice(b, f, nullable);
        break;
    case KIND_INSTANT:
        write_formatted(b, "format", "date-time", nullable);
        break;
    case KIND_DATE:
        write_formatted(b, "format", "date", nullable);
        break;
    case KIND_WALL:
        write_formatted(b, "pattern", WALL, nullable);
        break;
    case KIND_RATIO:
        write_ratio(b, f, nullable);
        break;
    case KIND_LIST:
        write_list(b, f, form, nullable);
        break;
    case KIND_OBJECT:
        write_object(b, f, form, nullable);
        break;
    case KIND_DIGEST:
        write_type(b, "null", false);
        break;
    }
}

/* What stands there when the field is not given. A fallback outside the bounds is worked out by the
 * domain, and the description says how. */
static void write_default(struct buf *b, const struct field *f)
{
    bool number = f->kind == KIND_I32 || f->kind == KIND_I64;
    if (f->flags & (F_REQUIRED | F_NULLABLE))
        return;
    if (f->kind == KIND_CHOICE)
        write_text_key(b, "default", f->choices[f->fallback]);
    else if (f->kind == KIND_BOOL)
        buf_add_text(b, f->fallback ? ",\"default\":true" : ",\"default\":false");
    else if (number && f->fallback >= f->min && (f->fallback <= f->max || !(f->min || f->max)))
        write_int_key(b, "default", f->fallback);
}

static void write_field(struct buf *b, const struct field *f, enum schema_form form)
{
    json_write_text(b, str_of(f->name));
    buf_add_text(b, ":{");
    write_kind(b, f, form, f->flags & F_NULLABLE);
    if (f->doc)
        write_text_key(b, "description", f->doc);
    if (form == SCHEMA_CREATE || form == SCHEMA_REPLACE)
        write_default(b, f);
    if (f->flags & F_SECRET)
        buf_add_text(b, ",\"writeOnly\":true");
    buf_add_char(b, '}');
}

void schema_write(struct buf *b, const struct table *t, enum schema_form form)
{
    const char *between = "";
    buf_add_text(b, "{\"type\":\"object\"");
    if (t->doc)
        write_text_key(b, "description", t->doc);
    buf_add_text(b, ",\"additionalProperties\":false,\"properties\":{");
    for (int32_t i = 0; i < t->count; i++) {
        if (!has_field(&t->fields[i], form))
            continue;
        buf_add_text(b, between);
        write_field(b, &t->fields[i], form);
        between = ",";
    }
    buf_add_text(b, "},\"required\":[");
    between = "";
    for (int32_t i = 0; i < t->count; i++) {
        if (!must_be_there(&t->fields[i], form))
            continue;
        buf_add_text(b, between);
        json_write_text(b, str_of(t->fields[i].name));
        between = ",";
    }
    buf_add_text(b, "]}");
}

void schema_name(const struct table *t, enum schema_form form, char out[SCHEMA_NAME_MAX])
{
    static const char *const suffixes[] = {
        [SCHEMA_REPLY] = "",
        [SCHEMA_CREATE] = "Create",
        [SCHEMA_PATCH] = "Patch",
        [SCHEMA_REPLACE] = "Replace",
    };
    const size_t room = SCHEMA_NAME_MAX - sizeof "Replace";
    size_t len = 0;
    bool first = true;
    for (const char *p = t->name; *p && len < room; p++) {
        if (*p == '_') {
            first = true;
            continue;
        }
        out[len++] = first && *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        first = false;
    }
    snprintf(out + len, SCHEMA_NAME_MAX - len, "%s", suffixes[form]);
}

void schema_visit(const struct table *t, enum schema_form form,
                  void (*each)(void *data, const struct table *t, enum schema_form form),
                  void *data)
{
    each(data, t, form);
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (f->of && has_field(f, form))
            schema_visit(f->of, inner_form(form), each, data);
    }
}
