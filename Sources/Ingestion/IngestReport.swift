import Facts
import Formats

/// What became of the files of one run.
public struct IngestReport: Sendable {
  /// The files in the order in which they were read.
  public var files: [FileReport] = []
  /// Customers that stored facts still wait for, over the whole store; nil after a dry run.
  public var waitingCustomers: Int?

  /// An empty report.
  public init() {}

  /// Records that were put into quarantine, or lay there already, in all files.
  public var quarantined: Int { files.reduce(0) { $0 + $1.quarantinedTotal } }
}

/// What became of one file.
public struct FileReport: Sendable, Hashable {
  /// The file as it was named.
  public var file: String
  /// The layout or mapping that read it.
  public var layout: String
  /// The source that its facts belong to.
  public var source: String
  /// Whether nothing was kept.
  public var isDryRun: Bool
  /// Rows after the header.
  public var rows = 0
  /// New facts by kind.
  public var stored: [FactKind: Int] = [:]
  /// Facts that supersede an earlier version, by kind.
  public var corrections: [FactKind: Int] = [:]
  /// Facts that were known already.
  public var alreadyKnown = 0
  /// Rows in quarantine by the code of the rule that they break.
  public var quarantined: [String: Int] = [:]
  /// Of the rows in quarantine, those that lay there from an earlier reading.
  public var quarantinedBefore = 0
  /// Rows that were stored although something is odd about them, by code.
  public var warnings: [String: Int] = [:]
  /// Encoding, delimiter and other choices worth telling.
  public var encoding: TextEncoding

  /// New facts of all kinds.
  public var storedTotal: Int { stored.values.reduce(0, +) }
  /// Corrections of all kinds.
  public var correctionsTotal: Int { corrections.values.reduce(0, +) }
  /// Rows in quarantine, from this reading or an earlier one.
  public var quarantinedTotal: Int { quarantined.values.reduce(0, +) }
}
