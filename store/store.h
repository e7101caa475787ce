/*
 * What luitop remembers: one SQLite file a user, $XDG_STATE_HOME/luitop/luitop.db (mode 0600, its
 * folder 0700).
 *
 * A snapshot is the last answer of one resource of one profile as the service sent it, so that
 * the next start shows something at once, marked with its age. It never holds a secret or a token.
 * Writes are one transaction each; a power cut leaves the one before. A store that cannot be
 * opened or is damaged is an error the caller shows and goes on without.
 *
 * A store that may be read but not written (a read-only disk) opens all the same: reads work, and
 * every write is an ERR_IO that says so. Two programs may use one file: a write that has to wait
 * for the other one longer than STORE_WAIT_MS is an ERR_BUSY, and what was there stays.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct err;
struct report_seen;
struct store;

enum {
    STORE_BODY_MAX = 16 * 1024 * 1024,
    STORE_VALUE_MAX = 64 * 1024,
    STORE_NAME_MAX = 200, /* of accounts, snapshot names and keys; longer is ERR_TOOBIG */
    STORE_WAIT_MS = 60,
    STORE_READ_MAX = 100000,   /* notifications marked as read, of an account */
    STORE_SERVERS_MAX = 10000, /* whose reports are kept, of an account */
    STORE_REPORTS_MAX = 4096,  /* that store_get_reports() gives */
    STORE_REPORTS_DAYS = 62,   /* how long a report is kept that was followed by another */
    SNAPSHOT_ETAG_MAX = 160,   /* with the NUL; a longer one is not kept */
};

/* PATH: the database file, made with its folders when missing; ":memory:" for none. The file may
 * not be a symbolic link nor somebody else's. ERR_IO when it cannot be used (damaged, not a
 * database, no permission), ERR_DATA when it is of a newer luitop or of another program (it is
 * left alone). */
int store_open(struct store **out, const char *path, struct err *err);
void store_close(struct store *s); /* NULL is allowed */
/* $XDG_STATE_HOME/luitop/luitop.db, or under ~/.local/state; ERR_IO when neither is known. */
int store_default_path(struct buf *out, struct err *err);

/* What is known of an answer besides its bytes. */
struct snapshot_facts {
    int64_t as_of; /* wall clock when the service said it was so (a 304 counts) */
    char etag[SNAPSHOT_ETAG_MAX];
    size_t unreadable, first_unreadable; /* as in struct api_reply: the gaps stay known */
};
struct snapshot {
    struct snapshot_facts facts;
    struct buf body; /* init by snapshot_init */
};
void snapshot_init(struct snapshot *s);
void snapshot_release(struct snapshot *s);

/* ACCOUNT: the customer id, so that two profiles of one account share; NAME: resource and, where it
 * has one, term ("usage/2026-11"). Replaces what was there. 0, ERR_IO, ERR_BUSY, ERR_TOOBIG.
 * O(body). */
int store_put_snapshot(struct store *s, const char *account, const char *name,
                       const struct snapshot_facts *facts, const char *body, size_t len,
                       struct err *err);
/* A 304: the snapshot is still true at AS_OF. Nothing happens where there is none. */
int store_touch_snapshot(struct store *s, const char *account, const char *name, int64_t as_of,
                         struct err *err);
/* 1 and *OUT filled, 0 when there is none, or negative. */
int store_get_snapshot(struct store *s, const char *account, const char *name, struct snapshot *out,
                       struct err *err);

/* Small values of the user interface (last pane, sort, filter), by account and key; a NULL value
 * removes the key. Get: 1 and *OUT replaced, 0 or negative. */
int store_put_value(struct store *s, const char *account, const char *key, const char *value,
                    struct err *err);
int store_get_value(struct store *s, const char *account, const char *key, struct buf *out,
                    struct err *err);

/* Which notifications were read (model/notice_marks.h), by account and id of the notice. Every mark
 * is a row of its own, so that two programs never lose each other's. Past STORE_READ_MAX those that
 * were made first go. NOW: wall clock. One transaction. */
int store_put_read(struct store *s, const char *account, const uint64_t *ids, size_t count,
                   bool read, int64_t now, struct err *err);
/* *IDS gets the ids (free() them; NULL without any), *COUNT how many. 0 or negative. */
int store_get_read(struct store *s, const char *account, uint64_t **ids, size_t *count,
                   struct err *err);

/* The last report of a license server as the service told it; SERVER: the row's id
 * (model/server.h), REPORTED: TIME_NONE for never. */
struct store_report {
    uint64_t server;
    int64_t reported;
};
/* What the service said of all servers of the account at SEEN (wall clock). One row a server and
 * last report, in one transaction; when nothing is new since the last look, that writes one small
 * row whatever the number of servers. Of more than STORE_SERVERS_MAX servers the first are kept. */
int store_put_reports(struct store *s, const char *account, const struct store_report *reports,
                      size_t count, int64_t seen, struct err *err);
/* What is known of SERVER's reports, for timeline_make(), the newest first: into OUT (room for
 * STORE_REPORTS_MAX), *COUNT gets how many. 0 or negative. */
int store_get_reports(struct store *s, const char *account, uint64_t server,
                      struct report_seen *out, size_t *count, struct err *err);

#endif
