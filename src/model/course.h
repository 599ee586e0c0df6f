/* A course: what tasks are grouped and coloured by. */
#ifndef MODEL_COURSE_H
#define MODEL_COURSE_H

#include "model/field.h"

struct course {
    struct id id;
    struct str name;
    struct str code;
    int32_t color;
    int64_t version;
};

enum {
    COURSES_MAX = 100 /* of a desk */
};

extern const struct table course_table;

#endif
