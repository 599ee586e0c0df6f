#include "support/every_kind.h"

static const char *const colors[] = {"red", "green", "blue", NULL};

#define ENTITY struct every_inner
static const struct field inner_rows[] = {
    F(id, .flags = F_REQUIRED, .doc = "Which."),
    F(number, .flags = F_REQUIRED, .min = 1, .max = 9, .doc = "How many."),
};
const struct table every_inner_table = TABLE("every_inner", inner_rows, .doc = "An inner thing.");
#undef ENTITY

#define ENTITY struct every_kind
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "Key."),
    F(text, .flags = F_REQUIRED, .min = 1, .max = 20, .doc = "A line."),
    F(notes, .flags = F_LINES, .max = 60, .doc = "Lines."),
    F(alias, .flags = F_NULLABLE, .min = 2, .max = 8, .doc = "A line or null."),
    F(email, .flags = F_NULLABLE, .min = 3, .max = 90, .format = "email", .doc = "Address."),
    F(password, .flags = F_SECRET, .max = 30, .doc = "Taken, never shown."),
    F(hidden, .flags = F_HIDDEN, .max = 30, .doc = "Neither taken nor shown."),
    F(small, .min = -5, .max = 1000, .fallback = 7, .doc = "A number."),
    F(maybe, .flags = F_NULLABLE, .max = INT32_MAX, .doc = "A number or null."),
    F(large, .min = INT64_MIN, .max = INT64_MAX, .doc = "Any number."),
    F(flag, .fallback = true, .doc = "Yes or no."),
    F(color, .choices = colors, .fallback = 2, .doc = "One of three."),
    F(at, .flags = F_REQUIRED, .doc = "An instant."),
    F(ended, .flags = F_NULLABLE, .doc = "An instant or null."),
    F(day, .flags = F_REQUIRED, .doc = "A date."),
    F(last_day, .flags = F_NULLABLE, .doc = "A date or null."),
    F(wall, .flags = F_REQUIRED, .doc = "A time of day."),
    F(ratio, .flags = F_REQUIRED, .min = 0, .max = 2, .doc = "A share."),
    F(share, .flags = F_NULLABLE, .min = 0, .max = 1, .doc = "A share or null."),
    F(digest, .flags = F_HIDDEN, .doc = "A digest."),
    F(inner, .flags = F_REQUIRED, .min = 1, .max = 4, .of = &every_inner_table, .doc = "Things."),
    F(ids, .max = 3, .doc = "Ids."),
    F(one, .flags = F_REQUIRED, .of = &every_inner_table, .doc = "A thing."),
    F(other, .flags = F_NULLABLE, .of = &every_inner_table, .doc = "A thing or null."),
    F(owner, .flags = F_NULLABLE, .doc = "An id or null."),
    F(version, .flags = F_READONLY, .max = INT64_MAX, .doc = "Set by the server."),
};
const struct table every_kind_table = TABLE("every_kind", rows, .doc = "A field of every kind.");
