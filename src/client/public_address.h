/*
 * Which addresses are public: those that the world can reach. All others (this machine, the local
 * network, link-local, carriers' private ones, documentation, multicast, and IPv4 inside IPv6) are
 * not fetched from, whoever asks: behind them is what only this machine may see.
 *
 * Judged by the address that a connection is about to be made to, so it does not matter how it was
 * spelled or which name leads to it.
 */
#ifndef CLIENT_PUBLIC_ADDRESS_H
#define CLIENT_PUBLIC_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* False also for other families than the two of IP. */
bool address_is_public(const struct sockaddr *address);

#endif
