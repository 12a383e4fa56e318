extension AuditedTable {
  /// Files and requests that facts came in, once they were read to their end; one that was broken off still changes.
  ///
  /// It is described here and not by the room of the facts, which knows of no audit log.
  public static let batch = AuditedTable(
    "batch", key: "key",
    columns: ["key", "source", "file", "digest", "layout", "known_from", "sequence", "complete", "rows"],
    where: "complete = 1")
}
