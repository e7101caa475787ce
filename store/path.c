#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

int store_default_path(struct buf *out, struct err *err)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

    /* A relative path there is to be ignored (XDG Base Directory Specification). */
    if (state != NULL && state[0] == '/')
        return buf_addf(out, "%s/luitop/luitop.db", state);
    if (home != NULL && home[0] == '/')
        return buf_addf(out, "%s/.local/state/luitop/luitop.db", home);
    err_set(err, ERR_IO, "luitop does not know where to remember things");
    err_why(err, "neither XDG_STATE_HOME nor HOME is set");
    err_next(err, "Set HOME to your home folder");
    return ERR_IO;
}

static int path_fault(struct err *err, const char *path, const char *why)
{
    err_set(err, ERR_IO, "the store \"%s\" cannot be used", path);
    err_why(err, "%s", why);
    err_next(err, "luitop goes on without remembering anything");
    return ERR_IO;
}

/* Makes FOLDER and what is missing above it. The folders above may be links or shared; only the
 * one that holds the file must be the user's own. */
static int folder_make(const char *folder, const char *path, struct err *err)
{
    char work[PATH_MAX];
    size_t n = strlen(folder);

    if (n >= sizeof(work))
        return path_fault(err, path, strerror(ENAMETOOLONG));
    memcpy(work, folder, n + 1);
    for (size_t i = 1; i <= n; i++) {
        char c = work[i];

        if (c != '/' && c != '\0')
            continue;
        work[i] = '\0';
        if (mkdir(work, 0700) < 0 && errno != EEXIST && errno != EISDIR) {
            int cause = errno;
            struct stat st;

            /* A folder that is there on a read-only disk answers EROFS. */
            if (stat(work, &st) < 0 || !S_ISDIR(st.st_mode))
                return path_fault(err, path, strerror(cause));
        }
        work[i] = c;
    }
    return 0;
}

static int folder_check(const char *folder, const char *path, struct err *err)
{
    struct stat st;

    if (stat(folder, &st) < 0)
        return path_fault(err, path, strerror(errno));
    if (!S_ISDIR(st.st_mode))
        return path_fault(err, path, "its folder is not a folder");
    if (st.st_uid != geteuid() && st.st_uid != 0)
        return path_fault(err, path, "its folder belongs to somebody else");
    /* Where others may write (and the sticky bit does not stop them) they could swap the file. */
    if ((st.st_mode & 022) != 0 && (st.st_mode & S_ISVTX) == 0)
        return path_fault(err, path, "others may write to its folder");
    return 0;
}

static int file_check(int fd, const char *path, bool read_only, struct err *err)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return path_fault(err, path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return path_fault(err, path, "it is not a regular file");
    if (st.st_uid != geteuid())
        return path_fault(err, path, "it belongs to somebody else");
    if ((st.st_mode & 077) != 0 && !read_only && fchmod(fd, 0600) < 0)
        return path_fault(err, path, strerror(errno));
    return 0;
}

static int file_open(const char *real, const char *path, bool *read_only, struct err *err)
{
    const int flags = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    int fd = open(real, O_RDWR | O_CREAT | flags, 0600), rc;

    *read_only = false;
    if (fd < 0 && (errno == EACCES || errno == EPERM || errno == EROFS)) {
        int cause = errno;

        *read_only = true;
        fd = open(real, O_RDONLY | flags);
        if (fd < 0)
            return path_fault(err, path, strerror(cause));
    }
    if (fd < 0)
        return path_fault(err, path, errno == ELOOP ? "it is a symbolic link" : strerror(errno));
    rc = file_check(fd, path, *read_only, err);
    close(fd);
    return rc;
}

int store_path_prepare(const char *path, char **real, bool *read_only, struct err *err)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    char *folder, *resolved = NULL;
    struct buf whole;
    int rc;

    buf_init(&whole, PATH_MAX);
    folder = slash == NULL ? strdup(".") : strndup(path, slash > path ? (size_t)(slash - path) : 1);
    if (folder == NULL) {
        rc = err_set(err, ERR_NOMEM, "the store cannot be opened");
        goto out;
    }
    rc = folder_make(folder, path, err);
    if (rc == 0)
        rc = folder_check(folder, path, err);
    if (rc < 0)
        goto out;
    /* SQLite is told to follow no link at all, so the folder's own links are resolved here. */
    resolved = realpath(folder, NULL);
    if (resolved == NULL) {
        rc = path_fault(err, path, strerror(errno));
        goto out;
    }
    if (buf_addf(&whole, "%s/%s", strcmp(resolved, "/") == 0 ? "" : resolved, name) < 0) {
        rc = path_fault(err, path, strerror(ENAMETOOLONG));
        goto out;
    }
    rc = file_open(whole.data, path, read_only, err);
    if (rc < 0)
        goto out;
    /* Journals live beside the file. */
    if (faccessat(AT_FDCWD, resolved, W_OK, AT_EACCESS) < 0)
        *read_only = true;
    *real = strdup(whole.data);
    if (*real == NULL)
        rc = err_set(err, ERR_NOMEM, "the store cannot be opened");
out:
    free(folder);
    free(resolved);
    buf_release(&whole);
    return rc;
}
