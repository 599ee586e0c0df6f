#include <stdlib.h>

#include "http/exchange.h"

static void report_start(struct server *server, bool ok)
{
    pthread_mutex_lock(&server->start_lock);
    server->started_count++;
    server->start_failed = server->start_failed || !ok;
    pthread_cond_signal(&server->started);
    pthread_mutex_unlock(&server->start_lock);
}

static void work(struct server *server, void *state)
{
    struct exchange *e;
    while ((e = queue_pop(&server->queue))) {
        struct MHD_Connection *link = e->link;
        e->request.worker = state;
        exchange_run(e);
        MHD_resume_connection(link); /* from here on `e` is the loop's again */
        atomic_fetch_sub(&server->at_work, 1);
    }
}

static void *worker_main(void *arg)
{
    struct worker *worker = arg;
    struct server *server = worker->server;
    const struct server_hooks *hooks = &server->config.hooks;
    void *state = hooks->worker_open ? hooks->worker_open(hooks->data, worker->index) : NULL;
    bool ok = state || !hooks->worker_open;
    report_start(server, ok);
    if (!ok)
        return NULL;
    work(server, state);
    if (hooks->worker_close)
        hooks->worker_close(hooks->data, state);
    return NULL;
}

bool workers_start(struct server *server)
{
    int count = server->config.workers;
    server->workers = calloc((size_t)count, sizeof *server->workers);
    if (!server->workers)
        return false;
    for (int i = 0; i < count; i++) {
        struct worker *w = &server->workers[i];
        *w = (struct worker){.server = server, .index = i};
        if (pthread_create(&w->thread, NULL, worker_main, w) != 0)
            break;
        server->worker_count++;
    }
    pthread_mutex_lock(&server->start_lock);
    while (server->started_count < server->worker_count)
        pthread_cond_wait(&server->started, &server->start_lock);
    bool ok = !server->start_failed && server->worker_count == count;
    pthread_mutex_unlock(&server->start_lock);
    return ok;
}

void workers_stop(struct server *server)
{
    if (!server->queue.ring)
        return;
    queue_end(&server->queue);
    for (int i = 0; i < server->worker_count; i++)
        pthread_join(server->workers[i].thread, NULL);
    server->worker_count = 0;
    free(server->workers);
    server->workers = NULL;
}
