/* A student's settings: one per desk. */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include "model/field.h"

struct settings {
    struct str zone;
    struct ratio pace;
    struct ratio limit;
    int64_t version;
};

extern const struct table settings_table;

/* The settings of a new desk: UTC, pace 60/100, limit 1/1. */
void settings_init(struct settings *s);

#endif
