/*
 * Field tables: one definition per entity, used for everything.
 *
 * An entity is a plain struct and a table that names each of its members once. JSON in and out,
 * validation, OpenAPI, SQLite columns, BSON and the packed form of the journal are loops over that
 * table, so a field is added in one place. The kind of a row is taken from the member's C type, so
 * a row cannot disagree with the struct; a member without a row fails model/tables_test.c.
 *
 *     #define ENTITY struct task
 *     static const struct field rows[] = {
 *         F(id, .flags = F_KEY, .doc = "UUIDv7, chosen by the client or the server."),
 *         F(title, .flags = F_REQUIRED, .min = 1, .max = 200, .doc = "What must be done."),
 *     };
 *     const struct table task_table = TABLE("task", rows, .doc = "Something to be done.");
 *
 * Rows are only ever added at the end: the packed form and its readers count on their order.
 */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "base/instant.h"
#include "base/str.h"

/* An exact fraction: pace and limit. den ≥ 1; {0, 0} is "none". */
struct ratio {
    int32_t num;
    int32_t den;
};

#define I32_NONE INT32_MIN

/* A SHA-256 or BLAKE2b-256 digest; never shown. */
struct digest {
    uint8_t bytes[32];
};

/* A list of structs laid out one behind the other, or of ids. */
struct list {
    void *items;
    int32_t count;
};

/* A nested struct; NULL is null. */
struct object {
    void *at;
};

enum kind {
    KIND_ID,      /* struct id; none is null */
    KIND_STR,     /* struct str; no text is null; min and max count characters */
    KIND_I32,     /* int32_t, min … max; I32_NONE is null where F_NULLABLE */
    KIND_I64,     /* int64_t, min … max; of both, min and max 0: from 0 to what the type holds */
    KIND_BOOL,    /* bool */
    KIND_CHOICE,  /* unsigned: index into `choices` */
    KIND_INSTANT, /* struct instant; none is null */
    KIND_DATE,    /* struct date; none is null */
    KIND_WALL,    /* struct wall, "HH:MM" */
    KIND_RATIO,   /* struct ratio {num, den}; min ≤ num/den ≤ max, den ≤ 1000; den 0 is null */
    KIND_DIGEST,  /* struct digest; never in JSON */
    KIND_LIST,    /* struct list of `of`, or of ids when `of` is NULL; min … max items */
    KIND_OBJECT   /* struct object of `of` */
};

enum field_flag {
    F_KEY = 1 << 0,      /* identifies the entity; may be given when creating, never changed */
    F_REQUIRED = 1 << 1, /* must be given when creating */
    F_NULLABLE = 1 << 2, /* null is a value */
    F_READONLY = 1 << 3, /* set by the server: shown, never accepted */
    F_SECRET = 1 << 4,   /* accepted where it is not read-only; never shown, never logged */
    F_HIDDEN = 1 << 5,   /* stored, neither shown nor accepted */
    F_LINES = 1 << 6     /* a text that may contain line breaks; others refuse control characters */
};

struct table;

enum {
    FIELD_KEY_SIZE = 32, /* so that a name has at most 27 characters */
    FIELDS_MAX = 64,     /* so that a set of fields is a 64-bit mask */
    RATIO_DEN_MAX = 1000
};

struct field {
    const char *name;
    char key[FIELD_KEY_SIZE]; /* ,"name": as JSON writes it */
    uint8_t key_len;
    size_t offset;
    enum kind kind;
    unsigned flags;
    int64_t min;
    int64_t max;
    int64_t fallback;           /* value of a number or choice that is not given when creating */
    const char *const *choices; /* KIND_CHOICE: names, ended by NULL */
    const struct table *of;     /* KIND_LIST, KIND_OBJECT */
    const char *format;         /* OpenAPI format of a text, e.g. "email"; NULL: none */
    const char *doc;
};

struct table {
    const char *name; /* lower_snake; also the SQL table and the OpenAPI schema (in CamelCase) */
    size_t size;      /* of the struct */
    const struct field *fields;
    int32_t count; /* at most FIELDS_MAX */
    const char *doc;
};

#define KIND_OF(member)                                                                            \
    _Generic((member),                                                                             \
        struct id: KIND_ID,                                                                        \
        struct str: KIND_STR,                                                                      \
        int32_t: KIND_I32,                                                                         \
        int64_t: KIND_I64,                                                                         \
        bool: KIND_BOOL,                                                                           \
        unsigned: KIND_CHOICE,                                                                     \
        struct instant: KIND_INSTANT,                                                              \
        struct date: KIND_DATE,                                                                    \
        struct wall: KIND_WALL,                                                                    \
        struct ratio: KIND_RATIO,                                                                  \
        struct digest: KIND_DIGEST,                                                                \
        struct list: KIND_LIST,                                                                    \
        struct object: KIND_OBJECT)

#define F(member, ...)                                                                             \
    {.name = #member,                                                                              \
     .key = ",\"" #member "\":",                                                                   \
     .key_len = sizeof(#member) + 3,                                                               \
     .offset = offsetof(ENTITY, member),                                                           \
     .kind = KIND_OF(((ENTITY *)0)->member),                                                       \
     __VA_ARGS__}

#define TABLE(table_name, rows, ...)                                                               \
    {.name = (table_name),                                                                         \
     .size = sizeof(ENTITY),                                                                       \
     .fields = (rows),                                                                             \
     .count = (int32_t)(sizeof(rows) / sizeof((rows)[0])),                                         \
     __VA_ARGS__}

/* Which fields of a table were given: bit i is field i. */
typedef uint64_t field_set;

/* The row of that name, or -1. */
int32_t table_find(const struct table *t, struct str name);

/* Where a field lies in an entity. */
void *field_at(const struct field *f, void *entity);
const void *field_in(const struct field *f, const void *entity);

/* Bytes that a value of this kind takes in the struct. */
size_t kind_size(enum kind kind);

/* Whether the value is null (no id, no text, no instant, no date, den 0, no object). */
bool field_is_null(const struct field *f, const void *entity);

/* Sets one field to its fallback, or to null where it may be null. */
void field_init(const struct field *f, void *entity);

/* Sets every field to its fallback, or to null where null has a form of its own. */
void entity_init(const struct table *t, void *entity);

/* Whether two entities of the table are equal in all fields but those in `ignored`. */
bool entity_eq(const struct table *t, const void *a, const void *b, field_set ignored);

struct arena;

/* Copies an entity with everything it points to into the arena; false when memory is out. */
bool entity_copy(const struct table *t, struct arena *a, void *to, const void *from);

/* Bytes an entity's copy takes outside the struct itself: texts, lists, objects. */
size_t entity_extent(const struct table *t, const void *entity);

#endif
