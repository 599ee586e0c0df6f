#include "domain/statistics.h"

#include "api/api.h"
#include "domain/occurrences.h"

enum status get_statistics(struct call *call)
{
    struct date today;
    int64_t days = STATISTICS_DAYS;
    struct date until = DATE_NONE;
    struct statistics statistics;
    enum status st = occurrences_today(call->c, call->domain, call->desk, &today);
    if (st == ST_OK)
        st = query_date(call, "until", (struct date){today.days + 1}, &until);
    if (st == ST_OK)
        st = query_int(call, "days", 1, STATISTICS_DAYS_MAX, STATISTICS_DAYS, &days);
    if (st == ST_OK)
        st = statistics_read(call->c, call->domain, call->desk,
                             (struct date){until.days - (int32_t)days}, until, &statistics);
    if (st != ST_OK)
        return st;
    call->response->compress = true;
    return reply_entity(call, 200, &statistics_table, &statistics);
}
