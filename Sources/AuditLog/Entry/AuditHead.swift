import Values

/// The newest entry in one line, to be stored elsewhere: what it stands for can no longer be cut off or rewritten unseen.
public struct AuditHead: Hashable, Sendable, CustomStringConvertible {
  /// The number of the entry.
  public let number: Int
  /// Its hash, which depends on every entry before.
  public let hash: Digest
  /// When it was made.
  public let at: Instant

  /// A head.
  public init(number: Int, hash: Digest, at: Instant) {
    self.number = number
    self.hash = hash
    self.at = at
  }

  /// The word that the line begins with, and the version of its form.
  private static let mark = ["bonitas-audit-head", "1"]

  /// `bonitas-audit-head 1 <number> <hash> <at>`.
  public var description: String {
    (Self.mark + ["\(number)", hash.hexadecimal, at.description]).joined(separator: " ")
  }

  /// Reads the line; blanks around it do not matter.
  public init(line: some StringProtocol) throws(AuditError) {
    let parts = String(line).split { $0.isWhitespace }.map(String.init)
    guard parts.first == Self.mark[0] else { throw .malformedHead(.mark) }
    guard parts.count > 1, parts[1] == Self.mark[1] else { throw .malformedHead(.version) }
    guard parts.count == 5 else { throw .malformedHead(.parts(parts.count)) }
    guard let number = Int(parts[2]), number > 0, String(number) == parts[2] else {
      throw .malformedHead(.number)
    }
    guard let hash = Digest(hexadecimal: parts[3]) else { throw .malformedHead(.hash) }
    guard let at = Instant(parts[4]) else { throw .malformedHead(.at) }
    self.init(number: number, hash: hash, at: at)
  }
}
