#include "cli/files.h"

#include <stdio.h>
#include <string.h>

#include "base/pool.h"
#include "client/media_disk.h"
#include "client/sniffer.h"
#include "client/spool.h"

enum { PATH_BYTES = 4096 };

struct files {
    struct media_disk *media;
    struct spool_disk *spool;
    struct magic_sniffer *sniffer;
};

enum status files_folder(struct ctx *c, const struct files_options *o, char *out, size_t size)
{
    static const char file_url[] = "file://";
    const char *url = o->media ? o->media : "";
    const char *scheme = strstr(url, "://");
    int len;
    if (!url[0])
        len = snprintf(out, size, "%s/media", o->data);
    else if (strncmp(url, file_url, sizeof file_url - 1) == 0)
        len = snprintf(out, size, "%s", url + sizeof file_url - 1);
    else if (scheme)
        return fail(c, ST_INVALID, "",
                    "files cannot be kept at %s yet: --media takes a folder, as a path or as "
                    "file:///path",
                    url);
    else
        len = snprintf(out, size, "%s", url);
    if (len >= (int)size || (scheme && out[0] != '/'))
        return fail(c, ST_INVALID, "", "%s is not a folder's path", url);
    return ST_OK;
}

static enum status open_all(struct ctx *c, const struct files_options *o, struct domain *d,
                            struct files *f)
{
    char folder[PATH_BYTES];
    char spool[PATH_BYTES + 8];
    const struct str purpose = STR_LIT("owner of the media folder");
    struct digest owner = d->digester.keyed(d->digester.self, &purpose, 1);
    enum status st = files_folder(c, o, folder, sizeof folder);
    if (st == ST_OK)
        st = media_disk_open(c, folder, owner, &f->media);
    if (st != ST_OK)
        return st;
    snprintf(spool, sizeof spool, "%s/spool", folder);
    st = spool_disk_open(c, spool, o->spool_bytes, &f->spool);
    if (st == ST_OK)
        st = magic_sniffer_open(c, &f->sniffer);
    if (st != ST_OK)
        return st;
    d->media = media_disk_port(f->media);
    d->spool = spool_disk_port(f->spool);
    d->sniffer = magic_sniffer_port(f->sniffer);
    return ST_OK;
}

enum status files_open(struct ctx *c, const struct files_options *options, struct domain *domain,
                       struct files **out)
{
    struct files *f = process_alloc(sizeof *f);
    if (!f)
        return fail_memory(c);
    enum status st = open_all(c, options, domain, f);
    if (st == ST_OK)
        *out = f;
    else
        files_close(f);
    return st;
}

void files_close(struct files *files)
{
    if (!files)
        return;
    magic_sniffer_close(files->sniffer);
    spool_disk_close(files->spool);
    media_disk_close(files->media);
    process_free(files);
}
