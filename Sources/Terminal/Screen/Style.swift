/// How a cell stands out.
public struct Style: Hashable, Sendable {
  /// What a terminal can do without colour.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// A set of the given bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bright or heavy letters.
    public static let bold = Attributes(rawValue: 1)
    /// Faint letters.
    public static let dim = Attributes(rawValue: 2)
    /// Underlined letters.
    public static let underline = Attributes(rawValue: 4)
    /// Letters and ground exchanged.
    public static let reverse = Attributes(rawValue: 8)
  }

  /// The colours that every colour terminal has, in the shades that its owner chose.
  public enum Colour: UInt8, Hashable, Sendable {
    case standard, red, green, yellow, blue, magenta, cyan
  }

  /// What is seen without colour too.
  public var attributes: Attributes
  /// The colour of the letters.
  public var colour: Colour

  /// A style of attributes and a colour.
  public init(_ attributes: Attributes = [], _ colour: Colour = .standard) {
    self.attributes = attributes
    self.colour = colour
  }

  /// Letters as the terminal shows them.
  public static let plain = Style()

  /// The same with more attributes.
  public func with(_ more: Attributes) -> Style { Style(attributes.union(more), colour) }

  /// The sequence "select graphic rendition" that sets this and nothing else (ECMA-48, 8.3.117).
  func sequence(withColour: Bool) -> String {
    var text = "\u{1B}[0"
    if attributes.contains(.bold) { text += ";1" }
    if attributes.contains(.dim) { text += ";2" }
    if attributes.contains(.underline) { text += ";4" }
    if attributes.contains(.reverse) { text += ";7" }
    if withColour, colour != .standard { text += ";3\(Self.code(colour))" }
    return text + "m"
  }

  private static func code(_ colour: Colour) -> Int {
    switch colour {
    case .standard: 9
    case .red: 1
    case .green: 2
    case .yellow: 3
    case .blue: 4
    case .magenta: 5
    case .cyan: 6
    }
  }
}
