import AuditLog
import Formats
import SQLite
import Values

/// The rule sets that decisions name, kept whole so that a decision can be replayed years later.
public enum RuleSetStore {
  /// Keeps a rule set and enters that in the audit log, if it is not kept already, and gives its key.
  public static func keep(
    _ ruleSet: RuleSet, sequence: Int, audit: AuditLog, in transaction: WriteTransaction
  ) throws(SQLiteError) -> Int {
    let files = ruleSet.files
    if let key = try key(files.version, in: transaction) { return key }
    try transaction.run(
      "INSERT INTO rule_set (version, sequence, layout) VALUES (?, ?, ?)", files.version.bytes, sequence,
      ruleSet.layout.bytes)
    let key = transaction.lastRowID
    for path in files.paths {
      try transaction.run(
        "INSERT INTO rule_set_file (rule_set, path, content) VALUES (?, ?, ?)", key, path, files[path] ?? [])
    }
    var about = JSONObject()
    about["version"] = .string(files.version.hexadecimal)
    try audit.append(
      AuditNote(.publication, rows: [AuditedRow(.ruleSet, key)], about: about), in: transaction)
    return key
  }

  /// The key under which a version is kept, or nil.
  public static func key(_ version: Digest, in reader: Reader) throws(SQLiteError) -> Int? {
    try reader.integer("SELECT key FROM rule_set WHERE version = ?", version.bytes)
  }

  /// What the places of the decisions of a rule set stand for.
  ///
  /// - Throws: `.layout` where the rule set was kept by an earlier version of bonitas, or its layout was changed.
  static func layout(_ key: Int, in reader: Reader) throws(DecisionStoreError) -> RecordLayout {
    let stored = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try reader.first("SELECT layout, version FROM rule_set WHERE key = ?", key) {
        row throws(SQLiteError) in (try row.optionalBlob(0), try row.blob(1))
      }
    }
    guard let stored, let version = Digest(bytes: stored.1), let bytes = stored.0,
      let layout = RecordLayout(bytes: bytes), layout.ruleSet == version
    else { throw .layout(stored.flatMap { Digest(bytes: $0.1) } ?? .zero) }
    return layout
  }

  /// The files of a version, checked against the version's hash.
  ///
  /// - Throws: `.ruleSet` where the version is not kept or its files were changed.
  public static func files(_ version: Digest, in reader: Reader) throws(DecisionStoreError) -> RuleSetFiles {
    let contents = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT path, content FROM rule_set_file
        WHERE rule_set = (SELECT key FROM rule_set WHERE version = ?)
        """, version.bytes
      ) { row throws(SQLiteError) in (try row.text(0), try row.blob(1)) }
    }
    let files = RuleSetFiles(Dictionary(contents) { first, _ in first })
    guard files.version == version, !contents.isEmpty else { throw .ruleSet(version) }
    return files
  }
}
