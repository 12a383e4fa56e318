/* What it costs a plain C program to commit the rows that the service has committed:
 *
 *     cc -O2 -o commit_rows commit_rows.c -lsqlite3
 *     commit_rows STORE append|scattered SECONDS [DECISIONS-PER-COMMIT]
 *
 * STORE is a copy of a store that the service has written into, and is written to. The newest writes with decisions are
 * read into memory with all their rows, and then committed again and again, write by write as the service grouped them,
 * with new numbers, other customers and new idempotency keys: the same tables, columns, sizes, foreign keys and settings.
 * The service's indexes and triggers on these tables are dropped; with "scattered" there is an index on the customers of
 * decisions and one on the idempotency keys, with "append" there is none. Where a number of decisions is given, writes are
 * committed together until there are so many. Prints one line of JSON. */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLE = 20000 };

/* The tables of one write in the order they are written in. `place` gives the rows of the writes from ?1 to ?2, the number
 * of the write first. */
static struct table {
  const char *name, *rows;
  sqlite3_stmt *insert;
  int columns;
  /* What stands in each column: a number that moves on, a customer, a key, or anything that is written as it was. */
  char *roles;
  sqlite3_int64 *sequences;
  sqlite3_value **values;
  int count, next;
} tables[] = {
  {.name = "write", .rows = "SELECT sequence, t.* FROM write t WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence"},
  {.name = "decision",
   .rows = "SELECT sequence, t.* FROM decision t WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence, id"},
  {.name = "intake",
   .rows = "SELECT d.sequence, t.* FROM intake t JOIN decision d ON d.id = t.decision"
           " WHERE d.sequence BETWEEN ?1 AND ?2 ORDER BY d.sequence, d.id"},
  {.name = "audit_entry",
   .rows = "SELECT sequence, t.* FROM audit_entry t WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence, number"},
  {.name = "audit_payload",
   .rows = "SELECT e.sequence, t.* FROM audit_payload t JOIN audit_entry e USING (number)"
           " WHERE e.sequence BETWEEN ?1 AND ?2 ORDER BY e.sequence, number"},
  {.name = "audit_customer",
   .rows = "SELECT e.sequence, t.* FROM audit_customer t JOIN audit_entry e USING (number)"
           " WHERE e.sequence BETWEEN ?1 AND ?2 ORDER BY e.sequence, number, t.customer"},
};
enum { TABLES = sizeof tables / sizeof *tables };

static sqlite3 *database;

static void fail(const char *what) {
  fprintf(stderr, "commit_rows: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
  exit(1);
}

static void run(const char *sql) {
  if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(sql);
  return statement;
}

static sqlite3_int64 number(const char *sql) {
  sqlite3_stmt *statement = prepare(sql);
  if (sqlite3_step(statement) != SQLITE_ROW) fail(sql);
  sqlite3_int64 value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

static void *room(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  if (!memory) fail("no memory");
  return memory;
}

static char role(const char *table, const char *column) {
  if (!strcmp(column, "sequence")) return 's';
  if (!strcmp(column, "customer")) return 'c';
  if (!strcmp(table, "decision") && !strcmp(column, "id")) return 'd';
  if (!strcmp(table, "intake") && !strcmp(column, "decision")) return 'd';
  if (!strcmp(table, "intake") && !strcmp(column, "key")) return 'k';
  if (!strncmp(table, "audit_", 6) && !strcmp(column, "number")) return 'n';
  return ' ';
}

static void load(struct table *table, sqlite3_int64 first, sqlite3_int64 last) {
  sqlite3_stmt *rows = prepare(table->rows);
  int room_for = 1024;
  char sql[512];
  table->columns = sqlite3_column_count(rows) - 1;
  table->roles = room(table->columns, 1);
  int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (", table->name);
  for (int column = 0; column < table->columns; column++) {
    table->roles[column] = role(table->name, sqlite3_column_name(rows, column + 1));
    length += snprintf(sql + length, sizeof sql - length, "%s", column ? ",?" : "?");
  }
  snprintf(sql + length, sizeof sql - length, ")");
  table->insert = prepare(sql);
  table->sequences = room(room_for, sizeof *table->sequences);
  table->values = room((size_t)room_for * table->columns, sizeof *table->values);
  sqlite3_bind_int64(rows, 1, first);
  sqlite3_bind_int64(rows, 2, last);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    if (table->count == room_for) {
      room_for *= 2;
      table->sequences = realloc(table->sequences, room_for * sizeof *table->sequences);
      table->values = realloc(table->values, (size_t)room_for * table->columns * sizeof *table->values);
      if (!table->sequences || !table->values) fail("no memory");
    }
    table->sequences[table->count] = sqlite3_column_int64(rows, 0);
    for (int column = 0; column < table->columns; column++)
      table->values[(size_t)table->count * table->columns + column] =
        sqlite3_value_dup(sqlite3_column_value(rows, column + 1));
    table->count++;
  }
  sqlite3_finalize(rows);
}

static int ascending(const void *left, const void *right) {
  sqlite3_int64 a = *(const sqlite3_int64 *)left, b = *(const sqlite3_int64 *)right;
  return (a > b) - (a < b);
}

static sqlite3_int64 *customers;
static int customer_count, turn;

/* Another customer for each, the same one within a pass, so that no two of an entry become one. */
static sqlite3_int64 another(sqlite3_int64 customer) {
  sqlite3_int64 *found = bsearch(&customer, customers, customer_count, sizeof customer, ascending);
  if (!found) return customer;
  return customers[((found - customers) + (sqlite3_int64)turn * 7919) % customer_count];
}

static uint64_t random_state = 0x9E3779B97F4A7C15;

static uint64_t random_word(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}

static sqlite3_int64 sequences, decisions, entries;

static void insert(struct table *table) {
  sqlite3_value **row = table->values + (size_t)table->next * table->columns;
  for (int column = 0; column < table->columns; column++) {
    sqlite3_value *value = row[column];
    int place = column + 1, code;
    sqlite3_int64 integer = sqlite3_value_int64(value);
    uint64_t key[2];
    switch (table->roles[column]) {
    case 's': code = sqlite3_bind_int64(table->insert, place, integer + sequences); break;
    case 'd': code = sqlite3_bind_int64(table->insert, place, integer + decisions); break;
    case 'n': code = sqlite3_bind_int64(table->insert, place, integer + entries); break;
    case 'c': code = sqlite3_bind_int64(table->insert, place, another(integer)); break;
    case 'k':
      key[0] = random_word();
      key[1] = random_word();
      code = sqlite3_bind_blob(table->insert, place, key, sizeof key, SQLITE_TRANSIENT);
      break;
    default: code = sqlite3_bind_value(table->insert, place, value);
    }
    if (code != SQLITE_OK) fail(table->name);
  }
  if (sqlite3_step(table->insert) != SQLITE_DONE) fail(table->name);
  sqlite3_reset(table->insert);
}

static double seconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void drop(const char *kind) {
  sqlite3_stmt *found = prepare(
    "SELECT name FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL AND tbl_name IN"
    " ('write', 'decision', 'intake', 'audit_entry', 'audit_payload', 'audit_customer')");
  char *sql = sqlite3_mprintf("%s", "");
  sqlite3_bind_text(found, 1, kind, -1, SQLITE_STATIC);
  while (sqlite3_step(found) == SQLITE_ROW) {
    char *longer = sqlite3_mprintf("%sDROP %s \"%w\";", sql, kind, sqlite3_column_text(found, 0));
    sqlite3_free(sql);
    sql = longer;
  }
  sqlite3_finalize(found);
  run(sql);
  sqlite3_free(sql);
}

int main(int count, char **words) {
  if (count < 4 || (strcmp(words[2], "append") && strcmp(words[2], "scattered"))) {
    fprintf(stderr, "usage: commit_rows STORE append|scattered SECONDS [DECISIONS-PER-COMMIT]\n");
    return 2;
  }
  double limit = atof(words[3]);
  int together = count > 4 ? atoi(words[4]) : 1;
  if (sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    fail(words[1]);
  /* As DatabaseOpening.settings has them. */
  run("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
      "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
      "PRAGMA cache_size = -32768;");
  drop("trigger");
  drop("index");
  if (!strcmp(words[2], "scattered"))
    run("CREATE INDEX peer_customer ON decision (customer); CREATE INDEX peer_key ON intake (key);");

  char sql[256];
  snprintf(sql, sizeof sql,
    "SELECT min(sequence) FROM (SELECT d.sequence FROM intake JOIN decision d ON d.id = decision"
    " ORDER BY decision DESC LIMIT %d)", SAMPLE);
  sqlite3_int64 first = number(sql), last = number("SELECT max(sequence) FROM write");
  for (int place = 0; place < TABLES; place++) load(&tables[place], first, last);
  struct table *writes = &tables[0], *decided = &tables[1];
  if (!decided->count) fail("the service has recorded no decision in this store");
  customer_count = (int)number("SELECT count(*) FROM customer");
  customers = room(customer_count, sizeof *customers);
  sqlite3_stmt *keys = prepare("SELECT key FROM customer ORDER BY key");
  for (int place = 0; place < customer_count && sqlite3_step(keys) == SQLITE_ROW; place++)
    customers[place] = sqlite3_column_int64(keys, 0);
  sqlite3_finalize(keys);

  /* How far the numbers move with each pass over the sample. */
  sqlite3_int64 sequence_span = last - first + 1;
  snprintf(sql, sizeof sql, "SELECT max(id) - min(id) + 1 FROM decision WHERE sequence >= %lld", first);
  sqlite3_int64 decision_span = number(sql);
  snprintf(sql, sizeof sql, "SELECT max(number) - min(number) + 1 FROM audit_entry WHERE sequence >= %lld", first);
  sqlite3_int64 entry_span = number(sql);
  run("PRAGMA wal_checkpoint(TRUNCATE)");

  long written = 0, commits = 0, rows = 0;
  double begun = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), now = begun;
  while (now - begun < limit) {
    if (writes->next == 0) {
      turn++;
      sequences += sequence_span;
      decisions += decision_span;
      entries += entry_span;
    }
    run("BEGIN IMMEDIATE");
    long target = written + together;
    do {
      sqlite3_int64 sequence = writes->sequences[writes->next];
      for (int place = 0; place < TABLES; place++) {
        struct table *table = &tables[place];
        for (; table->next < table->count && table->sequences[table->next] == sequence; table->next++) {
          insert(table);
          rows++;
          if (table == decided) written++;
        }
      }
    } while (written < target && writes->next < writes->count);
    run("COMMIT");
    commits++;
    if (writes->next == writes->count)
      for (int place = 0; place < TABLES; place++) tables[place].next = 0;
    now = seconds(CLOCK_MONOTONIC);
  }
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("{\"decisionsPerSecond\":%.0f,\"peerCPUMicroseconds\":%.2f,\"rowsPerDecision\":%.2f,"
         "\"decisionsPerCommit\":%.1f,\"decisions\":%ld}\n",
    written / (now - begun), cpu * 1e6 / written, (double)rows / written, (double)written / commits, written);
  return 0;
}
