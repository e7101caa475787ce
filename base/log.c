#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"

enum { LINE_MAX_BYTES = 1000 };

void log_init(struct log *l)
{
    l->fd = -1;
}

int log_open(struct log *l, const char *path, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0) {
        err_set(err, ERR_IO, "the log file \"%s\" cannot be opened", path);
        err_why(err, "%s", strerror(errno));
        err_next(err, "Name a file in a folder you can write to");
        return ERR_IO;
    }
    l->fd = fd;
    return 0;
}

void log_release(struct log *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}

void log_line(struct log *l, const char *fmt, ...)
{
    char raw[LINE_MAX_BYTES + 1], when[32];
    struct buf line;
    va_list ap;
    int n;

    if (l == NULL || l->fd < 0)
        return;
    va_start(ap, fmt);
    n = vsnprintf(raw, sizeof(raw), fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    /* An escape takes up to six bytes for one. */
    buf_init(&line, 8 * LINE_MAX_BYTES);
    buf_addf(&line, "%s ", time_iso((int64_t)time(NULL), when));
    utf8_clean(&line, raw, n < LINE_MAX_BYTES ? (size_t)n : utf8_cut(raw, LINE_MAX_BYTES));
    if (line.len > LINE_MAX_BYTES) {
        line.len = utf8_cut(line.data, LINE_MAX_BYTES);
        line.data[line.len] = '\0';
    }
    buf_addc(&line, '\n');
    /* A full disk must not stop the work that is being logged. */
    if (write(l->fd, line.data, line.len) < 0)
        log_release(l);
    buf_release(&line);
}
