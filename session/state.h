/* What a session is made of. Private to session/. */
#ifndef SESSION_STATE_H
#define SESSION_STATE_H

#include "model/notice_marks.h"
#include "session/session.h"
#include "store/store.h"

/* The model list of a resource, and how it is asked for and read: one row a resource, so that the
 * session itself treats all alike. TERM is the slot's term; for the cloud history the last one. */
struct slot;
struct resource_ops {
    size_t size;
    bool by_term;  /* has data for each term */
    bool is_usage; /* by_term: its terms are those of the history */
    int term_back; /* by_term: how far before the session's term */
    bool keyed;    /* has data for each key */
    int operation; /* 1 + enum operation that it needs; 0: none */
    bool optional; /* an account may lack it: 404 and 501 are no failures */
    void (*init)(void *data, int term);
    void (*release)(void *data);
    int (*get)(struct slot *slot, const struct api_want *w, void *into, struct api_call **out,
               struct err *err);
    int (*read)(const char *body, size_t len, int term, void *into, struct err *err);
    /* Derives what depends on the time, when DATA has been read; NULL: nothing does. */
    void (*took)(const struct session *s, void *data);
};
extern const struct resource_ops resource_ops[RESOURCE_COUNT];
/* A name of the store has 200 bytes. */
enum { SLOT_KEY_MAX = 160 };

struct slot {
    struct resource r;
    const struct resource_ops *ops;
    struct session *session;
    void *data;     /* what is shown; its address stays */
    void *incoming; /* while loading: filled by the call */
    struct api_call *call;
    char etag[SNAPSHOT_ETAG_MAX];
    char key[SLOT_KEY_MAX]; /* keyed: what it is about */
    bool stored;            /* the store holds just what `data` holds */
    int failures;           /* in a row */
    int64_t started_ms;     /* the last call; monotonic */
    int64_t due_ms;         /* next automatic try, whether or not automatic is on; 0: none */
};

/* A term of the history: wanted, or loaded by a resource. */
struct month {
    struct session *session;
    int term;
    bool wanted;
    bool look;      /* the store has not been looked into yet */
    bool due;       /* to be asked for, or its resource is asking */
    bool force;     /* … without If-None-Match */
    bool no_ask;    /* cancelled, or stopped: not before the next refresh */
    bool known;     /* data and facts are there; no features: no data */
    bool confirmed; /* … by the service in this run */
    bool failed;    /* the last time */
    bool settled;   /* never to be asked for again */
    bool stored;    /* the store holds just what is known */
    struct snapshot_facts facts;
    struct api_call *call;
    struct usage_list *incoming; /* while `call` runs */
    struct usage_list *fresh;    /* recalled, not in the history yet */
};

struct past {
    struct history history;
    uint64_t version;
    struct month *months[HISTORY_MONTHS_MAX]; /* by term from TERM_FIRST on; NULL: none */
    int count;                                /* no month at this place or behind */
    bool stopped;
    bool told;    /* `err` is of the time since the last refresh */
    int failures; /* in a row */
    struct err err;
    bool unmarked;            /* months were added since the last mark */
    uint64_t servers_version; /* of the last mark */
    int marked_term;
    int64_t published_ms;
};

struct session {
    const struct profile *profile;
    struct store *store; /* NULL: none */
    const struct clock *clock;
    struct log *log;
    struct api *api;
    int refresh_minutes;
    bool read_only, offline, paused;
    int term, current;    /* shown; the one that runs */
    int64_t current_ends; /* wall clock */
    unsigned changed;     /* since the last step */
    struct err store_err;
    struct slot slots[RESOURCE_COUNT];
    struct past past;
    struct notice_marks read;
    struct limits limits;
    struct deployment_rules rules; /* of the limits */
};

static inline void slot_changed(struct slot *slot)
{
    slot->session->changed |= RESOURCE_BIT(slot->r.kind);
}
int slot_term(const struct slot *slot);
/* An empty list on the heap; NULL without memory. */
void *slot_new_data(const struct slot *slot);
void slot_free_data(const struct slot *slot, void *data); /* NULL is allowed */
/* Puts FRESH (which is freed) in place of the slot's data. */
void slot_replace(struct slot *slot, void *fresh);

int64_t session_now_us(void); /* monotonic */
/* Whether refreshes happen by themselves. */
bool session_automatic(const struct session *s);
/* Asks, unless it is being asked for or cannot be. */
void slot_start(struct slot *slot, bool force);
/* Takes over due_ms, progress, and what follows from them. */
void slot_publish_next(struct slot *slot);
void slot_publish_progress(struct slot *slot);

void slot_recall(struct slot *slot);
void slot_remember(struct slot *slot, const struct api_reply *reply);
void slot_touch(struct slot *slot);
enum { SNAPSHOT_NAME_SIZE = 200 };
/* The name of TERM's usage in the store. */
const char *usage_snapshot_name(int term, char out[SNAPSHOT_NAME_SIZE]);
/* The store's part for all; a failure is noted (session_store_err()) and false. */
bool session_load(struct session *s, const char *name, struct snapshot *out);
bool session_save(struct session *s, const char *name, const struct snapshot_facts *facts,
                  const struct api_reply *reply, const struct usage_list *usage);
void session_touch(struct session *s, const char *name, int64_t as_of);
void session_store_failed(struct session *s, const struct err *err);
/* session_refresh() and session_cancel() without the history. */
void slots_refresh(struct session *s, unsigned mask, bool force);
size_t slots_cancel(struct session *s, unsigned mask);

/* local.c: the slot has other data than before, or (ANSWERED) the service said that it is still so.
 */
void slot_took(struct slot *slot, bool answered);

/* Forgets the slot's data, as it was at first. */
void slot_drop(struct slot *slot);
/* Shows TERM, which is in range. ASK: asks the service for it too. */
void session_show_term(struct session *s, int term, bool ask);
/* Follows the month. */
void session_check_month(struct session *s);

/* history.c */

/* The month of TERM; NULL: none. */
struct month *month_find(const struct session *s, int term);
/* … made when there is none; NULL out of range or without memory. */
struct month *month_get(struct session *s, int term);
/* Whether it is to be asked for, after what is known of it has changed. */
void month_decide(struct month *m);
/* Not before the next refresh. */
void month_rest(struct month *m);
/* The last call failed with ERR, or what it brought could not be kept. */
void month_failed(struct month *m, const struct err *err);
void history_open(struct session *s);
void history_close(struct session *s);
/* A refresh of the usage began. */
void history_refresh(struct session *s, bool force);
/* The current term was WAS until now. */
void history_month_begins(struct session *s, int was);

/* history_load.c */

void month_drop_fresh(struct month *m);
/* The slot that shows TERM, which asks for it; NULL: none does. */
struct slot *history_slot(struct session *s, int term);
/* Something was recalled into SLOT, or the service answered (DATA: with other data than was
 * there). Slots that are not by term are ignored. */
void history_slot_took(struct slot *slot, bool data);
void history_slot_failed(const struct slot *slot, const struct err *err);
/* The slots show other terms than before: the calls that these have of their own end. */
void history_yield(struct session *s);
/* Looks into the store, asks and marks, until about UNTIL_US of session_now_us(). */
void history_step(struct session *s, int64_t until_us);
/* Whether history_step() has something to do that needs no waiting. */
bool history_busy(struct session *s);
/* Puts what was recalled into the history and marks gaps anew where needed. */
void history_publish(struct session *s);

static inline void history_changed(struct session *s)
{
    s->changed |= SESSION_CHANGED_HISTORY;
}

#endif
