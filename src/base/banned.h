/*
 * Names that no source of this program may use. The build puts this header in front of every file,
 * so nobody includes it. It brings in the headers that declare the names, then forbids the names:
 * a use is a compile error in gcc and clang.
 *
 * The reasons, and what to use instead:
 * - no bound on what is written (strcpy, sprintf, gets …) or a silent cut without a terminator
 *   (strncpy): struct buf of base/buf.h, snprintf, memcpy with a length;
 * - an answer that hides errors (atoi, atof …): the parsers of base/str.h, strtoll with its checks;
 * - hidden state shared by threads (strtok, localtime, rand …): base/instant.h, port/random.h;
 * - a race between name and use (tmpnam, mktemp): mkstemp.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Macros under clang's fortification. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy stpcpy strncpy strcat strncat sprintf vsprintf gets
#pragma GCC poison atoi atol atoll atof
#pragma GCC poison strtok localtime gmtime asctime ctime rand srand
#pragma GCC poison tmpnam mktemp

#endif
