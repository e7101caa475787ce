#include "cli/output.h"

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

static bool is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

static int failed(struct err *err, const char *path, int error)
{
    err_set(err, ERR_IO, "\"%.120s\" cannot be written", path);
    err_why(err, "%s", strerror(error));
    return ERR_IO;
}

static int exists(struct err *err, const char *path)
{
    err_set(err, ERR_USAGE, "\"%.120s\" is already there", path);
    err_next(err, "Add --force to replace it");
    return ERR_USAGE;
}

int output_check(const char *path, bool force, struct err *err)
{
    struct stat st;

    if (is_stdout(path))
        return 0;
    if (path[0] == '\0')
        return failed(err, path, ENOENT);
    if (stat(path, &st) < 0)
        return 0;
    if (S_ISDIR(st.st_mode))
        return failed(err, path, EISDIR);
    return S_ISREG(st.st_mode) && !force ? exists(err, path) : 0;
}

static int write_all(int fd, const char *data, size_t len)
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

static int write_stdout(const char *data, size_t len, struct err *err)
{
    int error = write_all(STDOUT_FILENO, data, len);

    return error == 0 || error == EPIPE ? 0 : failed(err, "stdout", error);
}

static int write_device(const char *path, const char *data, size_t len, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    int error = fd < 0 ? errno : write_all(fd, data, len);

    if (fd >= 0)
        close(fd);
    return error == 0 || error == EPIPE ? 0 : failed(err, path, error);
}

/* Puts TEMP in PATH's place. 0 or errno; EEXIST when a file is there and may not be replaced. */
static int put_in_place(const char *temp, const char *path, bool force)
{
    if (force)
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
    error = write_all(fd, data, len);
    if (error == 0 && (fchmod(fd, 0666 & ~mask) < 0 || fsync(fd) < 0))
        error = errno;
    if (close(fd) < 0 && error == 0)
        error = errno;
    if (error != 0)
        unlink(temp);
    return error;
}

static int write_file(const char *path, bool force, const char *data, size_t len, struct err *err)
{
    const char *slash = strrchr(path, '/');
    struct buf temp;
    int error;

    buf_init(&temp, PATH_MAX);
    buf_add(&temp, path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
    buf_addstr(&temp, ".luitop-XXXXXX");
    error = temp.failed != 0 ? ENAMETOOLONG : write_temp(temp.data, data, len);
    if (error == 0) {
        error = put_in_place(temp.data, path, force);
        if (error != 0)
            unlink(temp.data);
    }
    buf_release(&temp);
    if (error == EEXIST && !force)
        return exists(err, path);
    return error == 0 ? 0 : failed(err, path, error);
}

int output_write(const char *path, bool force, const char *data, size_t len, struct err *err)
{
    struct stat st;
    char *real;
    int rc;

    if (is_stdout(path))
        return write_stdout(data, len, err);
    rc = output_check(path, force, err);
    if (rc < 0)
        return rc;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return write_device(path, data, len, err);
    /* Behind a symbolic link, the file is replaced and the link stays. */
    real = realpath(path, NULL);
    rc = write_file(real != NULL ? real : path, force, data, len, err);
    free(real);
    return rc;
}
