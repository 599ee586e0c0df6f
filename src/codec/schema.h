/*
 * JSON Schema by field tables: what json_read accepts and json_write writes, said to others.
 *
 * The dialect is that of OpenAPI 3.1 (JSON Schema 2020-12). Called by api/ to write openapi.json.
 * A schema is closed (no further properties) and bounded: every text, list and number has limits.
 * It promises what the codec does and no more; rules between fields ("the end is after the start")
 * are the domain's and stand in the descriptions.
 *
 * Each table has one schema per form. Tables inside tables are referred to by name, never written
 * in place: "#/components/schemas/NAME". A ratio has no table of its own and is written in place.
 */
#ifndef CODEC_SCHEMA_H
#define CODEC_SCHEMA_H

#include "base/buf.h"
#include "model/field.h"

enum schema_form {
    SCHEMA_REPLY,  /* what json_write writes: all fields that are shown, all of them required */
    SCHEMA_CREATE, /* what json_read accepts with JSON_CREATE */
    SCHEMA_PATCH,  /* with JSON_PATCH */
    SCHEMA_REPLACE /* with JSON_REPLACE */
};

enum { SCHEMA_NAME_MAX = 80 };

/* Appends the schema of a table in that form. An overflow shows in the buffer. */
void schema_write(struct buf *b, const struct table *t, enum schema_form form);

/* The name among the components, with a NUL: "task" is Task, TaskCreate, TaskPatch, TaskReplace. */
void schema_name(const struct table *t, enum schema_form form, char out[SCHEMA_NAME_MAX]);

/* Calls `each` for the table and for every table its schema refers to, at any depth, inner ones
 * after outer ones. A table that is referred to twice is visited twice. */
void schema_visit(const struct table *t, enum schema_form form,
                  void (*each)(void *data, const struct table *t, enum schema_form form),
                  void *data);

#endif
