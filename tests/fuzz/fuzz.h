/*
 * A small fuzzing driver, made to run in every `make test`: deterministic, no tools needed.
 *
 * A target is one file that includes this header and defines fuzz_one(), which feeds DATA to the
 * code and checks what must hold whatever the bytes are, with FUZZ_CHECK(). The program runs
 *
 *     NAME [-n COUNT] [-s SEED] [-c CASE] [FILE or FOLDER...]
 *
 * every file as it is (tests/fuzz/corpus/NAME), then COUNT (100 000) mutations of them. Case k
 * depends on the seed, the files and k only, so a failure is repeated with the -s and -c that it
 * prints. The cases run in a child process, so that a crash is reported too. With -DLIBFUZZER it is
 * a libFuzzer target.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* 0 when all held. */
int fuzz_one(const uint8_t *data, size_t size);

#define FUZZ_CHECK(what)                                                                           \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #what);              \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#ifdef LIBFUZZER

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_one(data, size);
}

#else

enum { FUZZ_FILES = 1024, FUZZ_SIZE = 1 << 16 };

struct fuzz_text {
    uint8_t *data;
    size_t size;
};

struct fuzz {
    struct fuzz_text files[FUZZ_FILES];
    size_t file_count;
    uint64_t seed, rng;
    long count, only;
    struct fuzz_text now;
};

/* splitmix64 */
static inline uint64_t fuzz_random(struct fuzz *f)
{
    uint64_t z = f->rng += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline size_t fuzz_below(struct fuzz *f, size_t n)
{
    return n > 0 ? (size_t)(fuzz_random(f) % n) : 0;
}

/* Replaces the CUT bytes at AT by N of BYTES. */
static inline void fuzz_replace(struct fuzz_text *t, size_t at, size_t cut, const void *bytes,
                                size_t n)
{
    if (t->size - cut + n > FUZZ_SIZE)
        return;
    memmove(t->data + at + n, t->data + at + cut, t->size - at - cut);
    if (n > 0)
        memcpy(t->data + at, bytes, n);
    t->size += n - cut;
}

static inline void fuzz_mutate_once(struct fuzz *f)
{
    static const char *const tokens[] = {"\0",
                                         "\xff",
                                         "\x80",
                                         "\xc0\xaf",
                                         "\xed\xa0\x80",
                                         "\xf4\x90\x80\x80",
                                         "\x1b[",
                                         "\xc2\x9b",
                                         "\xe2\x80\xae",
                                         "\r\n",
                                         "\"",
                                         "\\",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "0",
                                         "-1",
                                         "99999999999999999999",
                                         "1e999",
                                         "null",
                                         "true",
                                         "Z",
                                         "+23:59",
                                         ".0000000",
                                         "%s",
                                         "\xcc\x81",
                                         "\xef\xbb\xbf"};
    struct fuzz_text *t = &f->now, *other;
    size_t at = fuzz_below(f, t->size + 1), rest = t->size - at, n;
    uint8_t c = (uint8_t)fuzz_random(f);
    const char *token;

    switch (fuzz_below(f, 7)) {
    case 0:
        if (rest > 0)
            t->data[at] ^= (uint8_t)(1u << (c & 7));
        break;
    case 1:
        if (rest > 0)
            t->data[at] = c;
        break;
    case 2:
        fuzz_replace(t, at, 0, &c, 1);
        break;
    case 3:
        fuzz_replace(t, at, fuzz_below(f, rest + 1 < 16 ? rest + 1 : 16), NULL, 0);
        break;
    case 4:
        token = tokens[fuzz_below(f, sizeof(tokens) / sizeof(tokens[0]))];
        fuzz_replace(t, at, 0, token, token[0] == '\0' ? 1 : strlen(token));
        break;
    case 5:
        t->size = c < 64 ? at : t->size;
        break;
    default:
        if (f->file_count == 0)
            break;
        other = &f->files[fuzz_below(f, f->file_count)];
        n = fuzz_below(f, other->size + 1);
        fuzz_replace(t, at, fuzz_below(f, rest + 1),
                     other->data + fuzz_below(f, other->size - n + 1), n);
    }
}

static inline void fuzz_make_case(struct fuzz *f, long number)
{
    struct fuzz_text *from;

    f->now.size = 0;
    if (number < (long)f->file_count) {
        fuzz_replace(&f->now, 0, 0, f->files[number].data, f->files[number].size);
        return;
    }
    f->rng = f->seed ^ ((uint64_t)number << 20);
    if (f->file_count > 0) {
        from = &f->files[fuzz_below(f, f->file_count)];
        fuzz_replace(&f->now, 0, 0, from->data, from->size);
    }
    for (size_t i = 1 + fuzz_below(f, 8); i > 0; i--)
        fuzz_mutate_once(f);
}

/* The input in a block of its exact size, so that a sanitizer sees a read past its end. */
static inline int fuzz_run_case(struct fuzz *f, long number)
{
    uint8_t *exact;
    int rc;

    fuzz_make_case(f, number);
    exact = malloc(f->now.size > 0 ? f->now.size : 1);
    if (exact == NULL)
        return 1;
    memcpy(exact, f->now.data, f->now.size);
    rc = fuzz_one(exact, f->now.size);
    free(exact);
    return rc;
}

static inline void fuzz_show(struct fuzz *f, const char *name, long number)
{
    fuzz_make_case(f, number);
    fprintf(stderr, "%s: case %ld failed; repeat it with -s %llu -c %ld and the same files\n", name,
            number, (unsigned long long)f->seed, number);
    for (size_t i = 0; i < f->now.size && i < 4096; i++)
        fprintf(stderr, "%02x%s", f->now.data[i], i % 32 == 31 ? "\n" : " ");
    fprintf(stderr, "\n");
}

static inline void fuzz_add_file(struct fuzz *f, const char *path)
{
    FILE *in = fopen(path, "r");
    struct fuzz_text *t = &f->files[f->file_count];

    if (in == NULL || f->file_count == FUZZ_FILES) {
        perror(path);
        exit(64);
    }
    t->data = malloc(FUZZ_SIZE);
    t->size = t->data != NULL ? fread(t->data, 1, FUZZ_SIZE, in) : 0;
    fclose(in);
    f->file_count++;
}

/* A folder's files in the order of their names, so that a case is the same everywhere. */
static inline void fuzz_add(struct fuzz *f, const char *path)
{
    struct dirent **entries;
    char file[4096];
    int n = scandir(path, &entries, NULL, alphasort);

    if (n < 0) {
        fuzz_add_file(f, path);
        return;
    }
    for (int i = 0; i < n; i++) {
        snprintf(file, sizeof(file), "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            fuzz_add_file(f, file);
        free(entries[i]);
    }
    free(entries);
}

static inline int fuzz_run(struct fuzz *f, const char *name)
{
    long first = f->only >= 0 ? f->only : 0;
    long last = f->only >= 0 ? f->only + 1 : (long)f->file_count + f->count;
    long *at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int status = 1;
    pid_t pid;

    if (at == MAP_FAILED)
        return 1;
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        int rc = 0;

        for (*at = first; *at < last && rc == 0; *at += rc == 0)
            rc = fuzz_run_case(f, *at);
        exit(rc != 0);
    }
    if (pid > 0)
        waitpid(pid, &status, 0);
    if (status == 0)
        printf("%s: seed %llu, %zu files, %ld cases, all well\n", name, (unsigned long long)f->seed,
               f->file_count, last - first);
    else
        fuzz_show(f, name, *at);
    munmap(at, sizeof(*at));
    return status != 0;
}

int main(int argc, char **argv)
{
    struct fuzz *f = calloc(1, sizeof(*f));
    int opt, rc;

    if (f == NULL || (f->now.data = malloc(FUZZ_SIZE)) == NULL)
        return 1;
    f->seed = 1;
    f->count = 100000;
    f->only = -1;
    while ((opt = getopt(argc, argv, "n:s:c:")) != -1) {
        if (opt == 'n')
            f->count = strtol(optarg, NULL, 10);
        else if (opt == 's')
            f->seed = strtoull(optarg, NULL, 10);
        else if (opt == 'c')
            f->only = strtol(optarg, NULL, 10);
        else
            return 64;
    }
    for (; optind < argc; optind++)
        fuzz_add(f, argv[optind]);
    rc = fuzz_run(f, argv[0]);
    for (size_t i = 0; i < f->file_count; i++)
        free(f->files[i].data);
    free(f->now.data);
    free(f);
    return rc;
}

#endif
#endif
