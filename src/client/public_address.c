#include "client/public_address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* From the registries of special-purpose addresses of RFC 6890, and multicast. */
static const struct {
    uint32_t net;
    int bits;
} reserved4[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
    {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC01FC400, 24}, {0xC034C100, 24},
    {0xC0586300, 24}, {0xC0A80000, 16}, {0xC0AF3000, 24}, {0xC6120000, 15}, {0xC6336400, 24},
    {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
};

/* Inside 2000::/3, outside of which nothing is public. */
static const struct {
    uint8_t net[4];
    int bits;
} reserved6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23}, /* IETF protocols, Teredo */
    {{0x20, 0x01, 0x0D, 0xB8}, 32}, /* documentation */
    {{0x20, 0x02, 0x00, 0x00}, 16}, /* 6to4: IPv4 inside */
    {{0x3F, 0xFF, 0x00, 0x00}, 20}, /* documentation */
};

static bool is_public4(uint32_t address)
{
    for (size_t i = 0; i < sizeof reserved4 / sizeof reserved4[0]; i++)
        if ((address ^ reserved4[i].net) >> (32 - reserved4[i].bits) == 0)
            return false;
    return true;
}

static bool begins_with(const uint8_t *address, const uint8_t *net, int bits)
{
    for (int i = 0; i < bits; i++)
        if ((address[i / 8] ^ net[i / 8]) >> (7 - i % 8) & 1)
            return false;
    return true;
}

static bool is_public6(const uint8_t *address)
{
    if ((address[0] & 0xE0) != 0x20)
        return false;
    for (size_t i = 0; i < sizeof reserved6 / sizeof reserved6[0]; i++)
        if (begins_with(address, reserved6[i].net, reserved6[i].bits))
            return false;
    return true;
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return is_public6(in.sin6_addr.s6_addr);
    }
    return false;
}
