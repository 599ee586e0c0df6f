#include "model/course.h"

#define ENTITY struct course
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7, chosen by the client or the server."),
    F(name, .flags = F_REQUIRED, .min = 1, .max = 80, .doc = "\"Operating Systems\"."),
    F(code, .max = 8, .doc = "A short label, such as \"OS\"."),
    F(color, .min = 1, .max = 10, .fallback = 1, .doc = "Colour and pattern, 1 to 10."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this course; its ETag."),
};

const struct table course_table = TABLE("course", rows, .doc = "What tasks are grouped by.");
