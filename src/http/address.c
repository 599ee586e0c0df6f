#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const uint8_t mapped_prefix[12] = {[10] = 0xff, [11] = 0xff};

static bool is_mapped(struct address a)
{
    return memcmp(a.bytes, mapped_prefix, sizeof mapped_prefix) == 0;
}

static struct address map_v4(const void *four)
{
    struct address a;
    memcpy(a.bytes, mapped_prefix, sizeof mapped_prefix);
    memcpy(a.bytes + sizeof mapped_prefix, four, 4);
    return a;
}

struct address address_of_socket(const struct sockaddr *sa)
{
    struct address a = {{0}};
    if (sa && sa->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, sa, sizeof in);
        return map_v4(&in.sin_addr);
    }
    if (sa && sa->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, sa, sizeof in6);
        memcpy(a.bytes, &in6.sin6_addr, sizeof a.bytes);
    }
    return a;
}

/* Takes brackets and a port off. */
static bool bare_host(struct str s, struct str *host)
{
    struct str rest = s;
    uint64_t port;
    if (s.len && s.data[0] == '[') {
        rest = (struct str){s.data + 1, s.len - 1};
        *host = str_cut(&rest, ']');
        if (!rest.data)
            return false;
        if (rest.len == 0)
            return true;
        return rest.data[0] == ':' &&
               str_to_uint((struct str){rest.data + 1, rest.len - 1}, 65535, &port);
    }
    *host = str_cut(&rest, ':');
    if (!rest.data)
        return true;
    if (rest.len && memchr(rest.data, ':', rest.len)) {
        *host = s; /* several colons: IPv6 without a port */
        return true;
    }
    if (rest.len && !memchr(s.data, '.', s.len)) {
        *host = s; /* "1::" is cut above, "1:2" is nothing; let the parser judge */
        return true;
    }
    return str_to_uint(rest, 65535, &port);
}

bool address_parse(struct str s, struct address *out)
{
    struct str host;
    char text[ADDRESS_TEXT_MAX];
    if (s.len == 0 || !bare_host(s, &host) || host.len == 0 || host.len >= sizeof text)
        return false;
    memcpy(text, host.data, host.len);
    text[host.len] = '\0';
    if (strlen(text) != host.len)
        return false;
    uint8_t four[4];
    if (inet_pton(AF_INET, text, four) == 1) {
        *out = map_v4(four);
        return true;
    }
    return inet_pton(AF_INET6, text, out->bytes) == 1;
}

size_t address_format(struct address a, char out[ADDRESS_TEXT_MAX])
{
    const void *from = is_mapped(a) ? a.bytes + sizeof mapped_prefix : a.bytes;
    if (!inet_ntop(is_mapped(a) ? AF_INET : AF_INET6, from, out, ADDRESS_TEXT_MAX))
        out[0] = '\0';
    return strlen(out);
}

/* The finaliser of splitmix64: every bit of the key depends on every bit of the input. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

uint64_t address_key(struct address a)
{
    uint64_t high;
    uint64_t low;
    memcpy(&high, a.bytes, 8);
    memcpy(&low, a.bytes + 8, 8);
    return is_mapped(a) ? mix(low + 1) : mix(high ^ 0x9e3779b97f4a7c15u);
}
