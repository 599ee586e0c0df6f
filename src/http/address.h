/*
 * Addresses of clients: IPv6, with IPv4 inside it as ::ffff:a.b.c.d, so that one type and one key
 * serve both. Pure functions; no name is ever looked up here.
 */
#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct sockaddr;

struct address {
    uint8_t bytes[16]; /* all zero: unknown */
};

enum {
    ADDRESS_TEXT_MAX = 46 /* with the NUL */
};

/* Of an accepted socket; unknown for other families than the two of IP. */
struct address address_of_socket(const struct sockaddr *sa);

/* "192.0.2.1", "2001:db8::1", "[2001:db8::1]", each with an optional ":port"; false for anything
 * else, names included. */
bool address_parse(struct str s, struct address *out);

/* Writes the text form and a NUL: dotted for IPv4. Returns its length. */
size_t address_format(struct address a, char out[ADDRESS_TEXT_MAX]);

/* One number per subscriber, for rate limits: the whole IPv4 address, the /64 of an IPv6 one (a
 * subscriber has at least that many addresses to choose from). */
uint64_t address_key(struct address a);

#endif
