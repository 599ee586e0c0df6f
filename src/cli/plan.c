#include "cli/commands.h"
#include "cli/plan_json.h"
#include "plan/revise.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 64 << 20, OUT_MAX_BYTES = 128 << 20 };

static const size_t MEMORY_MAX = (size_t)2 << 30;

struct session {
    struct arena arena; /* one line's */
    int64_t line;       /* over all files */
    bool failed;
};

static void print(struct session *s, struct buf *b)
{
    buf_add_char(b, '\n');
    struct str text = buf_str(b);
    if (b->overflowed || fwrite(text.data, 1, text.len, stdout) != text.len) {
        fputs("studybunny plan: a result could not be written\n", stderr);
        s->failed = true;
    }
}

static void answer(struct session *s, struct str line, bool whole)
{
    struct ctx c = {.arena = &s->arena};
    struct plan_instance instance;
    struct plan_result result;
    struct plan_check check;
    struct plan_elsewhere elsewhere;
    struct buf b;
    enum status status;
    if (whole)
        status = plan_instance_read(&c, line, &instance);
    else
        status = fail(&c, ST_TOO_LARGE, "", "a line may have %d bytes", LINE_MAX_BYTES);
    if (!status && instance.accepted)
        status = plan_revise(&c, &s->arena, &instance.input, instance.accepted,
                             instance.accepted_count, PLAN_KEEP_ALL, &check, &result);
    else if (!status)
        status = plan_solve(&c, &s->arena, &instance.input, &result);
    if (!status && instance.move.task >= 0) {
        status = plan_elsewhere(&c, &s->arena, &instance.input, &result, instance.move, &elsewhere);
        result = elsewhere.plan;
    }
    buf_init(&b, &s->arena, 4096, OUT_MAX_BYTES);
    if (status) {
        s->failed = true;
        plan_error_write(&b, &c, s->line);
    } else {
        plan_result_write(&b, &instance, &result, &check, &elsewhere);
    }
    print(s, &b);
}

/* One line into `b`, without its end; false at the end of the file. */
static bool read_line(FILE *file, struct buf *b)
{
    int ch = getc_unlocked(file);
    if (ch == EOF)
        return false;
    for (; ch != EOF && ch != '\n'; ch = getc_unlocked(file))
        buf_add_char(b, (char)ch);
    return true;
}

static void answer_file(struct session *s, const char *name)
{
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
    if (!file) {
        fprintf(stderr, "studybunny plan: %s: %s\n", name, strerror(errno));
        s->failed = true;
        return;
    }
    for (;;) {
        struct buf line;
        arena_reset(&s->arena);
        buf_init(&line, &s->arena, 4096, LINE_MAX_BYTES);
        if (!read_line(file, &line))
            break;
        s->line++;
        struct str text = buf_str(&line);
        answer(s, text, !line.overflowed);
    }
    if (ferror(file)) {
        fprintf(stderr, "studybunny plan: %s: %s\n", name, strerror(errno));
        s->failed = true;
    }
    if (file != stdin)
        fclose(file);
}

static void usage(FILE *to)
{
    fputs("usage: studybunny plan [FILE…]\n"
          "Reads instances, one JSON object a line, from the files or standard input, and writes\n"
          "one result a line, in order. The format stands in docs/planner.md. A line that cannot\n"
          "be read or solved gives {\"error\",\"line\"} and, at the end, exit status 1.\n",
          to);
}

int cli_plan(int argc, char **argv)
{
    int first = 1;
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    if (argc > 1 && strcmp(argv[1], "--") == 0) {
        first = 2;
    } else if (argc > 1 && argv[1][0] == '-' && argv[1][1] != '\0') {
        usage(stderr);
        return 2;
    }
    struct session s = {0};
    arena_init(&s.arena, MEMORY_MAX);
    if (first == argc)
        answer_file(&s, "-");
    for (int i = first; i < argc; i++)
        answer_file(&s, argv[i]);
    arena_release(&s.arena);
    if (fflush(stdout) != 0)
        s.failed = true;
    return s.failed ? 1 : 0;
}
