/* A preloaded library that makes the disk slow or full for one process:
 *
 *     LD_PRELOAD=slow_sync.so BONITAS_SYNC_DELAY_MS=10 bonitas serve ...
 *
 * BONITAS_SYNC_DELAY_MS delays every fsync and fdatasync. BONITAS_DISK_SWITCH names a file; while its first word is
 * "full", every write to a file fails with ENOSPC, as on a full disk that never writes in place; while it is "failing",
 * syncs fail with EIO. The file is looked at with every call, so that the switch works while the process runs. Sockets and
 * pipes are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* The function that this library stands before, looked up once. */
#define NEXT(name) \
  ({ static __typeof__(&name) next; if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name); next; })

static long delay_ms;
static const char *switch_path;

__attribute__((constructor)) static void read_environment(void) {
  const char *delay = getenv("BONITAS_SYNC_DELAY_MS");
  delay_ms = delay ? strtol(delay, NULL, 10) : 0;
  switch_path = getenv("BONITAS_DISK_SWITCH");
}

static int switched_to(const char *word) {
  char text[16] = "";
  if (!switch_path) return 0;
  int kept = errno;
  int file = open(switch_path, O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ssize_t count = NEXT(read)(file, text, sizeof text - 1);
    text[count > 0 ? count : 0] = 0;
    text[strcspn(text, " \n")] = 0;
    close(file);
  }
  errno = kept;
  return strcmp(text, word) == 0;
}

/* Whether this write fails, with the reason in errno. */
static int refused(int file) {
  struct stat state;
  if (!switch_path || fstat(file, &state) != 0 || !S_ISREG(state.st_mode) || !switched_to("full")) return 0;
  errno = ENOSPC;
  return 1;
}

static int slow(int file, int (*sync)(int)) {
  if (delay_ms > 0) {
    struct timespec pause = {delay_ms / 1000, delay_ms % 1000 * 1000000L};
    while (nanosleep(&pause, &pause) != 0 && errno == EINTR) {}
  }
  if (switched_to("failing")) {
    errno = EIO;
    return -1;
  }
  return sync(file);
}

int fsync(int file) { return slow(file, NEXT(fsync)); }

int fdatasync(int file) { return slow(file, NEXT(fdatasync)); }

ssize_t write(int file, const void *bytes, size_t count) {
  return refused(file) ? -1 : NEXT(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
  return refused(file) ? -1 : NEXT(pwrite)(file, bytes, count, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
  return refused(file) ? -1 : NEXT(pwrite64)(file, bytes, count, place);
}
