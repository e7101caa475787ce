#include "session/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

static int failed(struct err *err, const char *path, int error)
{
    err_set(err, ERR_IO, "\"%.120s\" cannot be written", path);
    err_why(err, "%s", strerror(error));
    return ERR_IO;
}

static int there(struct err *err, const char *path)
{
    return err_set(err, ERR_USAGE, "\"%.120s\" is already there", path);
}

int file_check(const char *path, bool replace, struct err *err)
{
    struct stat st;

    if (path[0] == '\0')
        return failed(err, path, ENOENT);
    if (stat(path, &st) < 0)
        return 0;
    if (S_ISDIR(st.st_mode))
        return failed(err, path, EISDIR);
    if (!S_ISREG(st.st_mode)) {
        err_set(err, ERR_IO, "\"%.120s\" cannot be written", path);
        err_why(err, "it is no regular file");
        return ERR_IO;
    }
    return replace ? 0 : there(err, path);
}

int file_write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

/* Puts TEMP in PATH's place. 0 or errno; EEXIST when a file is there and may not be replaced. */
static int put_in_place(const char *temp, const char *path, bool replace)
{
    if (replace)
        return rename(temp, path) < 0 ? errno : 0;
    if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* A file system without that: a hard link does not replace anything either. */
    if (link(temp, path) < 0)
        return errno;
    unlink(temp);
    return 0;
}

/* TEMP is a template in the folder of the file; its name is made here. */
static int write_temp(char *temp, const char *data, size_t len)
{
    mode_t mask = umask(077);
    int fd, error;

    umask(mask);
    fd = mkostemp(temp, O_CLOEXEC);
    if (fd < 0)
        return errno;
    error = file_write_all(fd, data, len);
    if (error == 0 && (fchmod(fd, 0666 & ~mask) < 0 || fsync(fd) < 0))
        error = errno;
    if (close(fd) < 0 && error == 0)
        error = errno;
    if (error != 0)
        unlink(temp);
    return error;
}

static int write_new(const char *path, bool replace, const char *data, size_t len, struct err *err)
{
    const char *slash = strrchr(path, '/');
    struct buf temp;
    int error;

    buf_init(&temp, PATH_MAX);
    buf_add(&temp, path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
    buf_addstr(&temp, ".luitop-XXXXXX");
    error = temp.failed != 0 ? ENAMETOOLONG : write_temp(temp.data, data, len);
    if (error == 0) {
        error = put_in_place(temp.data, path, replace);
        if (error != 0)
            unlink(temp.data);
    }
    buf_release(&temp);
    if (error == EEXIST && !replace)
        return there(err, path);
    return error == 0 ? 0 : failed(err, path, error);
}

int file_write(const char *path, bool replace, const char *data, size_t len, struct err *err)
{
    int rc = file_check(path, replace, err);
    char *real;

    if (rc < 0)
        return rc;
    real = realpath(path, NULL);
    rc = write_new(real != NULL ? real : path, replace, data, len, err);
    free(real);
    return rc;
}
