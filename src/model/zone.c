#include "model/zone.h"

enum {
    OFFSET_MAX_S = 26 * 3600,
    TURNS_MAX = 1000000 /* no list of a zone is longer */
};

#define ENTITY struct zone_turn
static const struct field turn_rows[] = {
    F(at, .doc = "From then on."),
    F(offset_s, .min = -OFFSET_MAX_S, .max = OFFSET_MAX_S, .doc = "Local time less UTC, seconds."),
};
static const struct table turn_table =
    TABLE("zone_turn", turn_rows, .doc = "A change of the clocks.");
#undef ENTITY

#define ENTITY struct zone
static const struct field rows[] = {
    F(name, .min = 1, .max = 64, .doc = "By its IANA name."),
    F(first_s, .min = -OFFSET_MAX_S, .max = OFFSET_MAX_S,
      .doc = "Local time less UTC, in seconds, before the first of the turns."),
    F(turns, .max = TURNS_MAX, .of = &turn_table,
      .doc = "In order, from a year ago to behind the last day that is ever planned."),
};
const struct table zone_reply_table =
    TABLE("zone", rows, .doc = "When the clocks of a time zone change.");
