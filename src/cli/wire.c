#include "cli/wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "cli/files.h"
#include "cli/version.h"
#include "client/clock.h"
#include "client/fetcher.h"
#include "client/ical.h"
#include "client/keys.h"
#include "client/password.h"
#include "client/secrets.h"
#include "client/zip.h"
#include "client/zone.h"
#include "domain/turns.h"
#include "domain/zones.h"
#include "store_sqlite/sqlite.h"

struct wire {
    struct keys *keys;
    struct secrets *secrets;
    struct passwords *passwords;
    struct snapshots *snapshots;
    char snapshot_folder[4096];
    struct files *files;
    struct curl_fetcher *fetcher;
    const struct wire_options *options; /* while it is opened */
    struct domain domain;
};

static enum status open_snapshots(struct ctx *c, const struct wire_options *o, const char *folder,
                                  struct wire *w)
{
    const char *set = config_text(o->config, SET_SNAPSHOTS);
    size_t room = sizeof w->snapshot_folder;
    int len = *set ? snprintf(w->snapshot_folder, room, "%s", set)
                   : snprintf(w->snapshot_folder, room, "%s/snapshots", folder);
    const struct snapshots_config config = {.data = folder,
                                            .folder = w->snapshot_folder,
                                            .tools = {.cipher = keys_cipher(w->keys),
                                                      .digester = secrets_digester(NULL),
                                                      .clock = w->domain.clock,
                                                      .media = &w->domain.media,
                                                      .program = STUDYBUNNY_VERSION,
                                                      .stopping = o->stopping}};
    return len < (int)room ? snapshots_open(c, &config, &w->snapshots)
                           : fail(c, ST_INVALID, "", "the path of the snapshots is too long");
}

/* The secret and the media, once; the data folder is this process's by now. */
static enum status ready_files(struct ctx *c, struct wire *w)
{
    const struct config *config = w->options->config;
    const struct files_options files = {.media = config_text(config, SET_MEDIA),
                                        .data = config_text(config, SET_DATA),
                                        .spool_bytes = config_number(config, SET_SPOOL_BYTES)};
    if (w->files)
        return ST_OK;
    enum status st = w->secrets ? ST_OK : secrets_open(c, files.data, &w->secrets);
    if (st != ST_OK)
        return st;
    w->domain.digester = secrets_digester(w->secrets);
    return files_open(c, &files, &w->domain, &w->files);
}

static enum status back_up_before_migration(void *self, struct ctx *c, int64_t from, int64_t to)
{
    struct wire *w = self;
    struct snapshot_entry entry;
    struct snapshot_content content;
    char label[20];
    (void)to;
    snprintf(label, sizeof label, "schema-%d", (int)from);
    enum status st = ready_files(c, w);
    return st != ST_OK ? st : snapshots_take(c, w->snapshots, label, &entry, &content);
}

static enum status open_store(struct ctx *c, const struct wire_options *o, const char *folder,
                              struct wire *w)
{
    struct sqlite_config config = {.folder = folder,
                                   .must_exist = o->must_exist,
                                   .lock_wait_ms = o->lock_wait_ms,
                                   .clock = w->domain.clock,
                                   .before_migration = {back_up_before_migration, w}};
    config.cache_bytes = (size_t)config_number(o->config, SET_DESK_CACHE_BYTES);
    enum status st = keys_open(c, folder, &w->keys);
    if (st == ST_OK)
        st = open_snapshots(c, o, folder, w);
    if (st != ST_OK)
        return st;
    config.cipher = keys_cipher(w->keys);
    return store_sqlite_open(c, &config, &w->domain.store);
}

enum status wire_open(struct ctx *c, const struct wire_options *options, struct wire **out)
{
    const char *folder = config_text(options->config, SET_DATA);
    struct wire *w = process_alloc(sizeof *w);
    if (!w)
        return fail_memory(c);
    w->domain.clock = system_clock();
    w->domain.random = secrets_random();
    w->domain.policy.registration =
        (enum registration)config_choice(options->config, SET_REGISTRATION);
    w->domain.policy.no_guests = !config_switch(options->config, SET_GUESTS);
    w->options = options;
    enum status st = open_store(c, options, folder, w);
    if (st == ST_OK)
        st = ready_files(c, w);
    w->options = NULL;
    if (st == ST_OK)
        st = passwords_open(c, &w->passwords);
    if (st == ST_OK) {
        struct zone_port zones = zone_files(zone_files_folder());
        w->domain.passwords = passwords_hasher(w->passwords);
        w->domain.archives = zip_archives(folder);
        w->domain.calendars = ical_reader();
        const struct fetcher_config fetcher = {.allowed =
                                                   config_text(options->config, SET_FEED_PRIVATE),
                                               .stopping = options->stopping};
        st = curl_fetcher_open(c, &fetcher, &w->fetcher);
        w->domain.fetcher = curl_fetcher_port(w->fetcher);
        w->domain.zones = zones_open(&zones);
        w->domain.turns = turns_open();
        if (!w->domain.zones || !w->domain.turns)
            st = fail_memory(c);
    }
    if (st != ST_OK) {
        wire_close(w);
        return st;
    }
    *out = w;
    return ST_OK;
}

const struct domain *wire_domain(const struct wire *w)
{
    return &w->domain;
}

struct snapshots *wire_snapshots(const struct wire *w)
{
    return w->snapshots;
}

void wire_close(struct wire *w)
{
    if (!w)
        return;
    if (w->domain.store)
        store_close(w->domain.store);
    files_close(w->files);
    curl_fetcher_close(w->fetcher);
    zones_close(w->domain.zones);
    turns_close(w->domain.turns);
    passwords_close(w->passwords);
    secrets_close(w->secrets);
    snapshots_close(w->snapshots);
    keys_close(w->keys);
    process_free(w);
}
