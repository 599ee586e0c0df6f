#include "model/calendar_link.h"

#define ENTITY struct calendar_link
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7."),
    F(hash, .flags = F_HIDDEN | F_SECRET, .doc = "Of the token."),
    F(created, .flags = F_READONLY, .doc = "When it was made."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this link; its ETag."),
};
const struct table calendar_link_table =
    TABLE("calendar_link", rows, .doc = "A secret link to the plan as a calendar.");
