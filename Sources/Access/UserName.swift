/// The name of a user, as it stands in writes and in the audit log for as long as they are kept.
///
/// Letters, digits and `. _ - @` of ASCII, beginning with a letter: no two names look alike and differ. Names that
/// differ in case alone are the same.
public struct UserName: Sendable, CustomStringConvertible {
  /// The name as it was written first.
  public let description: String

  /// The longest name, in characters.
  public static let longest = 64

  /// Who acts where nobody is signed in.
  public static let system = "system"

  /// Takes a name.
  ///
  /// - Throws: `.badName`, also for the name under which the program itself acts.
  public init(_ text: String) throws(AccessError) {
    let isPlain = text.utf8.allSatisfy { byte in
      Self.isLetter(byte) || (0x30...0x39).contains(byte) || "._-@".utf8.contains(byte)
    }
    guard let first = text.utf8.first, Self.isLetter(first), text.utf8.count <= Self.longest, isPlain else {
      throw .badName(text)
    }
    guard text.lowercased() != Self.system else { throw .reservedName(text) }
    description = text
  }

  /// Whether two texts name the same user.
  public static func areSame(_ one: String, _ other: String) -> Bool {
    one.lowercased() == other.lowercased()
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
