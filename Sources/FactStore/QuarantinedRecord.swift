import Facts
import Values

/// A record that was not stored, with the reason.
public struct QuarantinedRecord: Sendable, Hashable {
  /// What has become of it.
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// It waits.
    case open
    /// It was read again with success.
    case retried
    /// Somebody decided that it is not needed.
    case discarded
  }

  /// The store's number of the record.
  public let key: Int
  /// The name of the source.
  public let source: String
  /// The file's name.
  public let file: String?
  /// The layout or mapping that read it.
  public let layout: String
  /// The content.
  public let rejection: Rejection
  /// When it was put aside.
  public let at: Instant
  /// What has become of it.
  public let state: State
}

/// What a reader of files says about a record that it cannot accept.
public struct Rejection: Sendable, Hashable {
  /// The line of the file, counted from 1.
  public var line: Int
  /// The column at fault, if one is.
  public var column: String?
  /// The rule that was broken, a stable code.
  public var rule: String
  /// The customer that the record names, as far as that can be read.
  public var customer: CustomerReference?
  /// The record as it stands in the file.
  public var raw: String
  /// How to mend it.
  public var hint: String

  /// Describes a rejected record.
  public init(
    line: Int, column: String?, rule: String, customer: CustomerReference?, raw: String, hint: String
  ) {
    self.line = line
    self.column = column
    self.rule = rule
    self.customer = customer
    self.raw = raw
    self.hint = hint
  }
}
