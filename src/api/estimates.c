#include "domain/estimates.h"

#include "api/api.h"

enum status get_estimates(struct call *call)
{
    struct estimates estimates;
    enum status st = estimates_read(call->c, call->desk, &estimates);
    if (st != ST_OK)
        return st;
    reply_tag(call, call->desk->rev);
    return reply_entity(call, 200, &estimates_table, &estimates);
}

enum status get_chances(struct call *call)
{
    struct chances chances;
    enum status st = estimates_chances(call->c, call->domain, call->desk, &chances);
    return st == ST_OK ? reply_entity(call, 200, &chances_table, &chances) : st;
}
