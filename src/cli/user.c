#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/wire.h"
#include "domain/accounts.h"

enum { LIST_PAGE = 500, PASSWORD_BYTES = 1024, LOCK_WAIT_MS = 2000 };

static const size_t MEMORY_MAX = (size_t)16 << 20;

struct request {
    const char *data;
    const char *password_file; /* NULL: standard input */
    const char *email;
    struct str password;
};

static int report(const struct ctx *c, enum status st)
{
    const char *detail = c->fault_count > 0 ? c->faults[0].detail : status_name(st);
    const char *field = c->fault_count > 0 ? c->faults[0].pointer : "";
    while (*field == '/' || *field == '?')
        field++;
    fprintf(stderr, "studybunny user: %s%s%s\n", field, *field ? ": " : "", detail);
    return 1;
}

static FILE *open_password(const char *name)
{
    if (!name)
        return stdin;
    FILE *file = fopen(name, "r");
    if (!file)
        fprintf(stderr, "studybunny user: %s: %s\n", name, strerror(errno));
    return file;
}

/* Asks on a terminal, without showing what is typed. */
static bool read_line(FILE *file, char *line, size_t size)
{
    struct termios shown, hidden;
    bool asks = isatty(fileno(file)) && tcgetattr(fileno(file), &shown) == 0;
    if (asks) {
        fputs("Password: ", stderr);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(fileno(file), TCSAFLUSH, &hidden);
    }
    bool got = fgets(line, (int)size, file) != NULL;
    if (asks) {
        tcsetattr(fileno(file), TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    return got;
}

/* The first line of the file or standard input, without its end. */
static enum status read_password(struct ctx *c, struct request *r)
{
    char *line = arena_alloc(c->arena, PASSWORD_BYTES);
    if (!line)
        return fail_memory(c);
    FILE *file = open_password(r->password_file);
    if (!file)
        return fail(c, ST_INVALID, "password", "the file cannot be read");
    bool got = read_line(file, line, PASSWORD_BYTES);
    if (file != stdin)
        fclose(file);
    if (!got)
        return fail(c, ST_INVALID, "password", "a line with the password is expected");
    r->password = (struct str){line, strcspn(line, "\r\n")};
    if (!utf8_valid(r->password))
        return fail(c, ST_INVALID, "password", "it must be UTF-8");
    return ST_OK;
}

static enum status create(struct ctx *c, const struct domain *d, const struct request *r)
{
    static const struct caller nobody;
    struct sign_in_result made;
    enum status st = account_sign_up(c, d, &nobody, NULL, str_of(r->email), r->password, &made);
    if (st == ST_OK)
        st = account_sign_out(c, d, account_token_hash(d, made.token), false, made.account.id);
    if (st != ST_OK)
        return st;
    char id[ID_TEXT_LEN];
    id_format(made.account.id, id);
    printf("%.*s\t%.*s\n", ID_TEXT_LEN, id, STR_ARG(made.account.email));
    return ST_OK;
}

static void print_account(const struct account *a)
{
    char id[ID_TEXT_LEN], created[INSTANT_TEXT_MAX];
    id_format(a->id, id);
    size_t len = instant_format(a->created, created);
    printf("%.*s\t%s\t%.*s\t%.*s\n", ID_TEXT_LEN, id, a->kind == ACCOUNT_GUEST ? "guest" : "user",
           (int)len, created, STR_ARG(a->email));
}

static enum status list(struct ctx *c, const struct domain *d, const struct request *r)
{
    struct id after = ID_NONE;
    int32_t count;
    (void)r;
    do {
        struct account *page;
        arena_reset(c->arena);
        enum status st = store_list_accounts(c, d->store, after, LIST_PAGE, &page, &count);
        if (st != ST_OK)
            return st;
        for (int32_t i = 0; i < count; i++)
            print_account(&page[i]);
        if (count > 0)
            after = page[count - 1].id;
    } while (count == LIST_PAGE);
    return ST_OK;
}

static enum status token(struct ctx *c, const struct domain *d, const struct request *r)
{
    struct sign_in_result made;
    enum status st = account_make_token(c, d, str_of(r->email), &made);
    if (st == ST_OK)
        printf("%.*s\n", STR_ARG(made.token));
    return st;
}

static enum status reset_password(struct ctx *c, const struct domain *d, const struct request *r)
{
    return account_reset_password(c, d, str_of(r->email), r->password);
}

static const struct action {
    const char *name;
    enum status (*run)(struct ctx *c, const struct domain *d, const struct request *r);
    bool names_user;
    bool makes_data; /* a folder without a database is made */
    bool needs_password;
} actions[] = {
    {"create", create, true, true, true},
    {"list", list, false, false, false},
    {"token", token, true, false, false},
    {"reset-password", reset_password, true, false, true},
};

static void usage(FILE *to)
{
    fputs(
        "usage: studybunny user create EMAIL [--password-file FILE] [--data DIR]\n"
        "       studybunny user list [--data DIR]\n"
        "       studybunny user token EMAIL [--data DIR]\n"
        "       studybunny user reset-password EMAIL [--password-file FILE] [--data DIR]\n"
        "The password is the first line of the file or of standard input. `token` prints a token\n"
        "for programs, to be sent as Authorization: Bearer. No server may be using the folder,\n"
        "which is DIR, else $STUDYBUNNY_DATA, else \"" WIRE_DATA_DEFAULT "\".\n",
        to);
}

static const struct action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(name, actions[i].name) == 0)
            return &actions[i];
    return NULL;
}

/* False: wrong usage. */
static bool read_arguments(int argc, char **argv, const struct action *a, struct request *r)
{
    for (int i = 2; i < argc; i++) {
        bool last = i + 1 == argc;
        if (strcmp(argv[i], "--data") == 0 && !last)
            r->data = argv[++i];
        else if (strcmp(argv[i], "--password-file") == 0 && a->needs_password && !last)
            r->password_file = argv[++i];
        else if (argv[i][0] != '-' && a->names_user && !r->email)
            r->email = argv[i];
        else
            return false;
    }
    return !a->names_user || (r->email && utf8_valid(str_of(r->email)));
}

static int carry_out(const struct action *a, struct request *r)
{
    struct arena arena;
    struct wire *wire = NULL;
    struct wire_options options = {
        .data = r->data, .must_exist = !a->makes_data, .lock_wait_ms = LOCK_WAIT_MS};
    arena_init(&arena, MEMORY_MAX);
    struct ctx c = {.arena = &arena};
    /* Before the folder is taken: a person may type for long. */
    enum status st = a->needs_password ? read_password(&c, r) : ST_OK;
    if (st == ST_OK)
        st = wire_open(&c, &options, &wire);
    if (st == ST_OK)
        st = a->run(&c, wire_domain(wire), r);
    int outcome = st == ST_OK ? 0 : report(&c, st);
    wire_close(wire);
    arena_release(&arena);
    if (fflush(stdout) != 0) {
        fprintf(stderr, "studybunny user: the output could not be written: %s\n", strerror(errno));
        outcome = 1;
    }
    return outcome;
}

int cli_user(int argc, char **argv)
{
    struct request r = {0};
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    const struct action *a = argc > 1 ? find_action(argv[1]) : NULL;
    if (!a || !read_arguments(argc, argv, a, &r)) {
        usage(stderr);
        return 2;
    }
    return carry_out(a, &r);
}
