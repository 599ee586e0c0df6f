#include "http/embedded.h"
#include "http/static.h"

struct static_site static_embedded(void)
{
    return (struct static_site){embedded_files, embedded_file_count};
}
