import AuditLog
import Formats
import SQLite
import Values

extension DecisionStore {
  /// The tables of this room whose rows the audit log vouches for.
  public static let auditedTables: [AuditedTable] = [.decision, .ruleSet, .activation, .stopSwitch]

  /// Enters that decisions were made again and came out the same, all of one write in one entry.
  public static func confirm(
    _ decisions: [DecisionID], on businessDate: CivilDate, _ audit: AuditLog, in transaction: WriteTransaction
  ) throws(SQLiteError) {
    guard !decisions.isEmpty else { return }
    // Decisions of one pass have numbers that follow one another, so ranges are short.
    var ranges: [ClosedRange<Int>] = []
    for id in decisions.sorted() {
      if let last = ranges.last, last.upperBound + 1 == id.number {
        ranges[ranges.count - 1] = last.lowerBound...id.number
      } else {
        ranges.append(id.number...id.number)
      }
    }
    var about = JSONObject()
    about["businessDate"] = .string(businessDate.description)
    about["decisions"] = .array(
      ranges.map { [.number(Decimal($0.lowerBound)), .number(Decimal($0.upperBound))] })
    try audit.append(AuditNote(.confirmation, about: about), in: transaction)
  }
}

extension AuditedTable {
  /// Decisions with everything that stands beside their content.
  ///
  /// The content, which is hashed by itself anyway, is hashed with the row by its digest since the second layout.
  public static let decision = AuditedTable(
    "decision",
    layouts: [
      [Part("decision", key: "id", columns: decisionColumns)],
      [Part("decision", key: "id", columns: decisionColumns, digested: ["content"])],
    ])

  private static let decisionColumns = [
    "id", "customer", "sequence", "read_sequence", "known_at", "business_date", "rule_set", "outcome",
    "rating",
    "score", "content", "content_hash", "kind", "purpose", "legal_basis", "supersedes", "order_reference",
    "rating_since", "downgraded_on", "valid_until",
  ]

  /// Which rule set decides from when.
  public static let activation = AuditedTable(
    "rule_set_activation", key: "number",
    columns: ["number", "rule_set", "from_date", "kind", "withdraws", "sequence"])

  /// Rule sets with their files.
  public static let ruleSet = AuditedTable(
    "rule_set",
    layouts: [
      [
        Part("rule_set", key: "key", columns: ["key", "version", "sequence", "layout"]),
        Part("rule_set_file", key: "rule_set", columns: ["path", "content"], sequence: nil),
      ]
    ])
}
