#ifndef BONITAS_CSQLITE_H
#define BONITAS_CSQLITE_H

#include <sqlite3.h>

// sqlite3_config takes any number of arguments, which Swift does not call. Only before the first connection is opened: no
// count of all memory, which every allocation of every thread would have to lock, and room for so many pages of 4 KiB in
// the cache of each connection, which is then not asked of malloc for each page.
static inline int bonitas_sqlite_configure(int pages) {
  int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return code != SQLITE_OK ? code : sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, pages);
}

#endif
