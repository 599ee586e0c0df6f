/*
 * A process that writes is killed with SIGKILL at a random moment, again and again, on one data
 * folder. After each round, what it had acknowledged must be there, nothing twice, nothing half.
 *
 *     killed [ROUNDS [SEED]]
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "workload.h"

enum { STUDENTS = 4, MEMORY = 16 * 1024 * 1024, LIFE_MS = 100 };

/* What the writing process tells: this student's step is acknowledged. */
struct note {
    int64_t student;
    int64_t step;
};

struct student {
    unsigned number;
    struct store *store;
    int64_t next;
    int notes; /* the pipe */
};

static void *write_steps(void *arg)
{
    struct student *student = arg;
    struct arena arena;
    struct ctx c = {.arena = &arena};
    arena_init(&arena, MEMORY);
    while (workload_step(&c, student->store, student->number, student->next) == ST_OK) {
        const struct note note = {student->number, student->next++};
        if (write(student->notes, &note, sizeof note) != (ssize_t)sizeof note)
            break;
        arena_reset(&arena);
    }
    fprintf(stderr, "student %u: %s\n", student->number, c.faults[0].detail);
    _exit(3);
}

/* The process that is killed. */
static void live(const char *folder, const int64_t acknowledged[STUDENTS], int notes)
{
    struct opened o;
    struct student students[STUDENTS];
    pthread_t threads[STUDENTS];
    if (!workload_open(folder, NULL, false, SQLITE_CACHE_BYTES, &o))
        _exit(3);
    for (unsigned i = 0; i < STUDENTS; i++) {
        students[i] = (struct student){
            .number = i, .store = o.store, .next = acknowledged[i] + 1, .notes = notes};
        if (pthread_create(&threads[i], NULL, write_steps, &students[i]) != 0)
            _exit(3);
    }
    for (;;)
        pause();
}

static void sleep_ms(unsigned ms)
{
    struct timespec t = {.tv_nsec = (long)ms * 1000000};
    nanosleep(&t, NULL);
}

/* Lets a process write for a while and kills it. False when it ended by itself. */
static bool run_and_kill(int64_t acknowledged[STUDENTS], unsigned life_ms)
{
    int ends[2];
    int status;
    struct note note;
    if (pipe(ends) != 0)
        abort();
    pid_t pid = fork();
    if (pid < 0)
        abort();
    if (pid == 0) {
        close(ends[0]);
        live(folder_path(), acknowledged, ends[1]);
    }
    close(ends[1]);
    sleep_ms(life_ms);
    kill(pid, SIGKILL);
    while (read(ends[0], &note, sizeof note) == (ssize_t)sizeof note)
        acknowledged[note.student] = note.step;
    close(ends[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* Compares, and goes on from what is there: a step under way may have been done. */
static bool check_all(int64_t acknowledged[STUDENTS])
{
    struct opened o;
    struct arena arena;
    struct ctx c = {.arena = &arena};
    bool good = true;
    if (!workload_open(folder_path(), NULL, false, 0, &o))
        return false;
    arena_init(&arena, MEMORY);
    for (unsigned i = 0; i < STUDENTS; i++) {
        arena_reset(&arena);
        ctx_forgive(&c);
        good = workload_check(&c, o.store, i, acknowledged[i]) && good;
        int64_t steps = workload_steps(&c, o.store, i);
        if (steps > acknowledged[i] && acknowledged[i] >= 0)
            acknowledged[i] = steps;
        else if (acknowledged[i] < 0 && c.status == ST_OK)
            acknowledged[i] = steps;
    }
    arena_release(&arena);
    workload_close(&o);
    return good;
}

int main(int argc, char **argv)
{
    unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 200;
    unsigned seed = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1;
    int64_t acknowledged[STUDENTS] = {-1, -1, -1, -1};
    unsigned wrong = 0;
    int64_t sum = 0;
    folder_fresh();
    for (unsigned i = 0; i < rounds; i++) {
        seed = seed * 1664525 + 1013904223;
        if (!run_and_kill(acknowledged, 10 + (seed >> 16) % LIFE_MS) || !check_all(acknowledged)) {
            fprintf(stderr, "round %u: a commit was lost or doubled\n", i);
            wrong++;
        }
    }
    for (int i = 0; i < STUDENTS; i++)
        sum += acknowledged[i];
    folder_remove();
    printf("killed %u times: %lld commits acknowledged, %u rounds wrong\n", rounds, (long long)sum,
           wrong);
    return wrong == 0 && sum > rounds ? 0 : 1;
}
