/*
 * Serves the files built into the program (http/embedded.h): the web app.
 *
 * Content negotiation (brotli, gzip, as it is), ETag and 304, `immutable` for files whose name
 * carries a hash of their content. A GET for another path outside /api/ that accepts HTML is for
 * one of the app's own routes and gets its page, PATH.html, or index.html. No file of the machine
 * is ever opened. Handlers run inline.
 */
#ifndef HTTP_STATIC_H
#define HTTP_STATIC_H

#include "http/route.h"

struct embedded_file;

/* A set of files, sorted by path for look-up. */
struct static_site {
    const struct embedded_file *files;
    size_t count;
};

/* The route to give to server_config.fallback for a site, which must outlive it. */
struct route static_route(const struct static_site *site);

/* The site of the embedded files. */
struct static_site static_embedded(void);

/* The encoding to use for an Accept-Encoding header (RFC 9110, 12.5.3) when these are at hand. */
enum encoding { ENCODING_IDENTITY, ENCODING_GZIP, ENCODING_BROTLI };
enum encoding static_encoding(struct str accept_encoding, bool has_gzip, bool has_brotli);

#endif
