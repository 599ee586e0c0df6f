#include "domain/feed_zone.h"

#include <stdio.h>

#include "domain/zones.h"
#include "plan/calendar.h"

/* What Outlook and Exchange call zones, by the table that CLDR keeps; the frequent ones first. */
static const struct {
    const char *windows;
    const char *iana;
} windows_zones[] = {
    {"W. Europe Standard Time", "Europe/Berlin"},
    {"GMT Standard Time", "Europe/London"},
    {"Eastern Standard Time", "America/New_York"},
    {"Central Standard Time", "America/Chicago"},
    {"Mountain Standard Time", "America/Denver"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"Romance Standard Time", "Europe/Paris"},
    {"Central Europe Standard Time", "Europe/Budapest"},
    {"Central European Standard Time", "Europe/Warsaw"},
    {"E. Europe Standard Time", "Europe/Chisinau"},
    {"FLE Standard Time", "Europe/Kyiv"},
    {"GTB Standard Time", "Europe/Bucharest"},
    {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"Russian Standard Time", "Europe/Moscow"},
    {"Turkey Standard Time", "Europe/Istanbul"},
    {"Israel Standard Time", "Asia/Jerusalem"},
    {"Egypt Standard Time", "Africa/Cairo"},
    {"South Africa Standard Time", "Africa/Johannesburg"},
    {"W. Central Africa Standard Time", "Africa/Lagos"},
    {"E. Africa Standard Time", "Africa/Nairobi"},
    {"Morocco Standard Time", "Africa/Casablanca"},
    {"Arabian Standard Time", "Asia/Dubai"},
    {"Arab Standard Time", "Asia/Riyadh"},
    {"Iran Standard Time", "Asia/Tehran"},
    {"Pakistan Standard Time", "Asia/Karachi"},
    {"India Standard Time", "Asia/Kolkata"},
    {"Nepal Standard Time", "Asia/Kathmandu"},
    {"Bangladesh Standard Time", "Asia/Dhaka"},
    {"SE Asia Standard Time", "Asia/Bangkok"},
    {"Singapore Standard Time", "Asia/Singapore"},
    {"China Standard Time", "Asia/Shanghai"},
    {"Taipei Standard Time", "Asia/Taipei"},
    {"Tokyo Standard Time", "Asia/Tokyo"},
    {"Korea Standard Time", "Asia/Seoul"},
    {"AUS Eastern Standard Time", "Australia/Sydney"},
    {"E. Australia Standard Time", "Australia/Brisbane"},
    {"Cen. Australia Standard Time", "Australia/Adelaide"},
    {"AUS Central Standard Time", "Australia/Darwin"},
    {"W. Australia Standard Time", "Australia/Perth"},
    {"Tasmania Standard Time", "Australia/Hobart"},
    {"New Zealand Standard Time", "Pacific/Auckland"},
    {"Hawaiian Standard Time", "Pacific/Honolulu"},
    {"Alaskan Standard Time", "America/Anchorage"},
    {"US Mountain Standard Time", "America/Phoenix"},
    {"US Eastern Standard Time", "America/Indianapolis"},
    {"Atlantic Standard Time", "America/Halifax"},
    {"Newfoundland Standard Time", "America/St_Johns"},
    {"Central Standard Time (Mexico)", "America/Mexico_City"},
    {"SA Pacific Standard Time", "America/Bogota"},
    {"SA Eastern Standard Time", "America/Cayenne"},
    {"Venezuela Standard Time", "America/Caracas"},
    {"Pacific SA Standard Time", "America/Santiago"},
    {"Argentina Standard Time", "America/Buenos_Aires"},
    {"E. South America Standard Time", "America/Sao_Paulo"},
    {"Canada Central Standard Time", "America/Regina"},
};
enum { WINDOWS_ZONES = sizeof windows_zones / sizeof windows_zones[0], HOUR_S = 3600 };

static const struct zone_table *known(struct ctx *c, const struct domain *d, struct str name)
{
    const struct zone_table *table = NULL;
    if (name.len == 0 || name.len > ZONE_NAME_MAX)
        return NULL;
    if (zones_get(c, d->zones, name, &table) == ST_OK)
        return table;
    ctx_forgive(c);
    return NULL;
}

/* "/example.org/Tzfile/Europe/Berlin" names Europe/Berlin with a path before it. */
static const struct zone_table *behind_path(struct ctx *c, const struct domain *d, struct str name)
{
    const struct zone_table *table = NULL;
    size_t slashes = 0;
    for (size_t i = name.len; !table && i > 0 && slashes < 3; i--) {
        if (name.data[i - 1] != '/')
            continue;
        if (++slashes > 1)
            table = known(c, d, (struct str){name.data + i, name.len - i});
    }
    return table;
}

static const struct zone_table *of_windows(struct ctx *c, const struct domain *d, struct str name)
{
    for (int i = 0; i < WINDOWS_ZONES; i++)
        if (str_eq_nocase(name, str_of(windows_zones[i].windows)))
            return known(c, d, str_of(windows_zones[i].iana));
    return NULL;
}

static bool has_offsets(const struct zone_table *z, const struct ics_zone *wanted,
                        struct instant now)
{
    int year, month, day;
    date_split(instant_date(now), &year, &month, &day);
    int32_t january = zone_offset_s(z, instant_at(date_make(year, 1, 15), 0).ms / 1000);
    int32_t july = zone_offset_s(z, instant_at(date_make(year, 7, 15), 0).ms / 1000);
    return (january == wanted->standard_s && july == wanted->daylight_s) ||
           (july == wanted->standard_s && january == wanted->daylight_s);
}

/* A zone that never changes its clocks: the sign in its name is the other way round. */
static const struct zone_table *fixed(struct ctx *c, const struct domain *d, int32_t offset_s)
{
    char name[24];
    int32_t hours = offset_s / HOUR_S;
    if (hours == 0 || offset_s % HOUR_S != 0)
        return offset_s == 0 ? known(c, d, STR_LIT("UTC")) : NULL;
    snprintf(name, sizeof name, "Etc/GMT%c%d", hours > 0 ? '-' : '+', hours > 0 ? hours : -hours);
    return known(c, d, str_of(name));
}

static const struct zone_table *by_offsets(struct ctx *c, const struct domain *d,
                                           const struct ics_zone *wanted,
                                           const struct zone_table *home, struct instant now)
{
    if (has_offsets(home, wanted, now))
        return home;
    for (int i = 0; wanted->standard_s != wanted->daylight_s && i < WINDOWS_ZONES; i++) {
        const struct zone_table *z = known(c, d, str_of(windows_zones[i].iana));
        if (z && has_offsets(z, wanted, now))
            return z;
    }
    return fixed(c, d, wanted->standard_s);
}

const struct zone_table *feed_zone(struct ctx *c, const struct domain *d,
                                   const struct ics_calendar *calendar, struct str name,
                                   const struct zone_table *home, struct instant now)
{
    const struct zone_table *table = known(c, d, name);
    const struct ics_zone *zones = calendar->zones.items;
    if (!table)
        table = behind_path(c, d, name);
    if (!table)
        table = of_windows(c, d, name);
    for (int32_t i = 0; !table && i < calendar->zones.count; i++) {
        if (!str_eq(zones[i].id, name))
            continue;
        table = known(c, d, zones[i].location);
        if (!table)
            table = by_offsets(c, d, &zones[i], home, now);
    }
    return table ? table : home;
}
