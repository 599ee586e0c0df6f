/* The program's version, given by the build. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#ifndef STUDYBUNNY_VERSION
#error "the build must define STUDYBUNNY_VERSION"
#endif

#endif
