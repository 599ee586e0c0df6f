#include "domain/statistics.h"

#include "api/api.h"
#include "domain/occurrences.h"

enum status get_statistics(struct call *call)
{
    struct date today;
    struct date from = DATE_NONE;
    struct date until = DATE_NONE;
    struct statistics statistics;
    enum status st = occurrences_today(call->c, call->domain, call->desk, &today);
    if (st == ST_OK)
        st = query_date(call, "until", (struct date){today.days + 1}, &until);
    if (st == ST_OK)
        st = query_date(call, "from", (struct date){until.days - STATISTICS_DAYS}, &from);
    if (st == ST_OK)
        st = statistics_read(call->c, call->domain, call->desk, from, until, &statistics);
    if (st != ST_OK)
        return st;
    call->response->compress = true;
    return reply_entity(call, 200, &statistics_table, &statistics);
}
