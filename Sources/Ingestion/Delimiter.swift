/// What stands between the fields of a CSV file.
public enum Delimiter: UInt8, CaseIterable, Sendable {
  case comma = 0x2C
  case semicolon = 0x3B
  case tab = 0x09
  case bar = 0x7C

  /// The delimiter that people write so: the character itself, or "tab".
  public init?(_ text: String) {
    switch text {
    case ",": self = .comma
    case ";": self = .semicolon
    case "\t", "\\t", "tab": self = .tab
    case "|": self = .bar
    default: return nil
    }
  }

  /// The byte.
  public var byte: UInt8 { rawValue }

  /// How people write it.
  public var label: String {
    switch self {
    case .comma: ","
    case .semicolon: ";"
    case .tab: "tab"
    case .bar: "|"
    }
  }
}
