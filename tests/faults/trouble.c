/* Trouble that a machine can have, put between a process and its kernel (LD_PRELOAD): a disk that is full, a disk that is slow, a
 * clock that jumps. The program itself runs as it is. What is wrong now stands in the file that TROUBLE names, as three numbers that
 * the test changes while the process runs (trouble.py). Only regular files are troubled: sockets and pipes are no disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct trouble {
    int64_t is_full;       /* writes that would take room fail with ENOSPC */
    int64_t slow_us;       /* each write of a database and each sync takes so much longer, in microseconds */
    int64_t clock_ahead_s; /* how wrong the wall clock is, in seconds; the monotonic clock stays right, as it does in a machine */
    int64_t refused, delayed; /* how often it happened */
};

static struct trouble nothing;
static struct trouble *now = &nothing;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("TROUBLE");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof(struct trouble), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared != MAP_FAILED) now = shared;
    close(file);
}

static int is_on_disk(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
}

static int is_refused(int fd) {
    if (!now->is_full || !is_on_disk(fd)) return 0;
    __sync_fetch_and_add(&now->refused, 1);
    errno = ENOSPC;
    return 1;
}

static void wait_for_disk(int fd) {
    if (now->slow_us <= 0 || !is_on_disk(fd)) return;
    __sync_fetch_and_add(&now->delayed, 1);
    usleep((useconds_t)now->slow_us);
}

#define OWN(name) \
    static __typeof__(&name) own; \
    if (!own) own = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *bytes, size_t count) {
    OWN(write);
    return is_refused(fd) ? -1 : own(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    OWN(writev);
    return is_refused(fd) ? -1 : own(fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    OWN(pwrite);
    if (is_refused(fd)) return -1;
    wait_for_disk(fd);
    return own(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    OWN(pwrite64);
    if (is_refused(fd)) return -1;
    wait_for_disk(fd);
    return own(fd, bytes, count, at);
}

int fallocate(int fd, int mode, off_t from, off_t length) {
    OWN(fallocate);
    return is_refused(fd) ? -1 : own(fd, mode, from, length);
}

int posix_fallocate(int fd, off_t from, off_t length) { /* tells by its result, not by errno */
    OWN(posix_fallocate);
    return is_refused(fd) ? ENOSPC : own(fd, from, length);
}

int fsync(int fd) {
    OWN(fsync);
    wait_for_disk(fd);
    return own(fd);
}

int fdatasync(int fd) {
    OWN(fdatasync);
    wait_for_disk(fd);
    return own(fd);
}

int clock_gettime(clockid_t which, struct timespec *at) {
    OWN(clock_gettime);
    int result = own(which, at);
    if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) at->tv_sec += now->clock_ahead_s;
    return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    OWN(gettimeofday);
    int result = own(at, zone);
    if (result == 0) at->tv_sec += now->clock_ahead_s;
    return result;
}

time_t time(time_t *kept) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (kept) *kept = at.tv_sec;
    return at.tv_sec;
}
