#include "api/limits.h"

#include <string.h>
#include <time.h>

#include "api/state.h"

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum status take(struct call *call, struct ratelimit *limit, uint64_t key)
{
    if (!call->api->config.rate_limits)
        return ST_OK;
    int wait_s = ratelimit_take(limit, key, 1, monotonic_ms());
    if (wait_s == 0)
        return ST_OK;
    call->c->retry_after_s = wait_s;
    return fail_as(call->c, ST_TOO_MANY, "", "rate", "too many requests: try again in %d s",
                   wait_s);
}

enum status limits_check(struct call *call)
{
    uint64_t key;
    if (!call->signed_in)
        return ST_OK;
    memcpy(&key, call->caller.user.bytes + 8, sizeof key);
    return take(call, call->api->by_user, key);
}

enum status limits_sign_in(struct call *call, struct str email)
{
    enum status st = take(call, call->api->by_address, address_key(call->request->remote));
    if (st != ST_OK)
        return st;
    struct str trimmed = str_trim(email);
    struct str lower = str_copy(call->c->arena, trimmed);
    if (!lower.data)
        return fail_memory(call->c);
    for (size_t i = 0; i < lower.len; i++) {
        char *ch = (char *)(uintptr_t)&lower.data[i];
        if (*ch >= 'A' && *ch <= 'Z')
            *ch = (char)(*ch - 'A' + 'a');
    }
    struct digest d = call->domain->digester.keyed(call->domain->digester.self, &lower, 1);
    uint64_t key;
    memcpy(&key, d.bytes, sizeof key);
    return take(call, call->api->by_login, key);
}

enum status limits_guest(struct call *call)
{
    return take(call, call->api->guests, address_key(call->request->remote));
}
