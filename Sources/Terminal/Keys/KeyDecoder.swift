/// The bytes of a keyboard as keys: a pure state machine over UTF-8, control characters and the sequences of ECMA-48
/// and xterm.
///
/// Bytes may come in any pieces. What begins with Escape is ambiguous until more comes or `pause` is over: then `timeOut`
/// tells what it was. Unknown sequences are swallowed whole; no input, however long, keeps the keyboard locked, since
/// every state ends by time-out.
public struct KeyDecoder: Sendable {
  /// Pasted text beyond so many bytes is dropped.
  public static let longestPaste = 1 << 16

  private enum State: Equatable {
    case ground
    /// Of a character of so many bytes, some have come.
    case character(bytes: [UInt8], length: Int, isAlt: Bool)
    case escape
    /// ESC [ with its parameters so far.
    case sequence([UInt8])
    /// ESC [ [ of the Linux console's function keys.
    case console
    /// ESC O.
    case single
    /// A string to the terminal (OSC, DCS, APC, PM, SOS): swallowed until its end.
    case string(introducer: UInt8, isEmpty: Bool, sawEscape: Bool)
    case paste
  }

  private var state = State.ground
  private var pasted: [UInt8] = []
  /// The last bytes of a paste, to find its end also where the text itself is cut.
  private var tail: [UInt8] = []

  /// A decoder before the first byte.
  public init() {}

  /// How many milliseconds to wait for more before `timeOut`; nil where nothing has begun.
  public var pause: Int? {
    switch state {
    case .ground: nil
    case .paste: 500
    default: 50
    }
  }

  /// Takes bytes, gives the keys that are complete with them.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    for byte in bytes { take(byte, &keys) }
    return keys
  }

  /// Tells that nothing more came: what had begun is a key of its own, or is dropped.
  public mutating func timeOut() -> [Key] {
    defer { state = .ground }
    switch state {
    case .escape: return [.escape]
    case .sequence(let parameters): return parameters.isEmpty ? [.alt("[")] : []
    case .single: return [.alt("O")]
    case .string(let introducer, true, false): return [.alt(Character(Unicode.Scalar(introducer)))]
    case .paste: return endPaste()
    case .ground, .character, .console, .string: return []
    }
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [Key]) {
    switch state {
    case .ground: begin(byte, isAlt: false, &keys)
    case .character(var bytes, let length, let isAlt):
      guard byte & 0xC0 == 0x80 else {
        // A character that breaks off is dropped; what broke it counts.
        state = .ground
        return take(byte, &keys)
      }
      bytes.append(byte)
      if bytes.count < length {
        state = .character(bytes: bytes, length: length, isAlt: isAlt)
      } else {
        state = .ground
        if let character = Self.character(bytes) {
          keys.append(isAlt ? .alt(character) : .character(character))
        }
      }
    case .escape: afterEscape(byte, &keys)
    case .sequence(let parameters): inSequence(byte, parameters, &keys)
    case .console:
      state = .ground
      if (0x41...0x45).contains(byte) { keys.append(.function(Int(byte) - 0x40)) }
    case .single:
      state = .ground
      if let key = KeySequence.single(byte) {
        keys.append(key)
      } else if byte < 0x20 || byte >= 0x7F {
        keys.append(.alt("O"))
        take(byte, &keys)
      }
    case .string(let introducer, let isEmpty, let sawEscape):
      inString(byte, introducer, isEmpty, sawEscape, &keys)
    case .paste: inPaste(byte, &keys)
    }
  }

  private mutating func begin(_ byte: UInt8, isAlt: Bool, _ keys: inout [Key]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x20..<0x7F:
      let character = Character(Unicode.Scalar(byte))
      keys.append(isAlt ? .alt(character) : .character(character))
    case 0xC2...0xDF: state = .character(bytes: [byte], length: 2, isAlt: isAlt)
    case 0xE0...0xEF: state = .character(bytes: [byte], length: 3, isAlt: isAlt)
    case 0xF0...0xF4: state = .character(bytes: [byte], length: 4, isAlt: isAlt)
    case 0x7F, 0x08: keys.append(.backspace)
    case 0x09: keys.append(.tab)
    case 0x0D, 0x0A: keys.append(.enter)
    case 0x00: keys.append(.control(" "))
    case 0x01...0x1A: keys.append(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x1C...0x1F: keys.append(.control(Character(Unicode.Scalar(byte + 0x40))))
    default: break
    }
  }

  private mutating func afterEscape(_ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "["): state = .sequence([])
    case UInt8(ascii: "O"): state = .single
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .string(introducer: byte, isEmpty: true, sawEscape: false)
    case 0x1B: keys.append(.escape)  // and this one begins again
    case 0x00..<0x20, 0x7F:
      keys.append(.escape)
      begin(byte, isAlt: false, &keys)
    default: begin(byte, isAlt: true, &keys)
    }
  }

  /// Parameter bytes, then intermediate ones, then a final byte (ECMA-48, 5.4).
  private mutating func inSequence(_ byte: UInt8, _ parameters: [UInt8], _ keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "[") where parameters.isEmpty: state = .console
    case 0x20...0x3F:
      // Longer than any key's: its end is still waited for, its parameters no longer matter.
      state = .sequence(parameters.count < 32 ? parameters + [byte] : parameters)
    case 0x40...0x7E:
      state = .ground
      if byte == UInt8(ascii: "~"), parameters.elementsEqual("200".utf8) {
        state = .paste
        pasted.removeAll()
        tail.removeAll()
      } else if let key = KeySequence.key(final: byte, parameters) {
        keys.append(key)
      }
    default:
      state = .ground
      take(byte, &keys)
    }
  }

  private mutating func inString(
    _ byte: UInt8, _ introducer: UInt8, _ isEmpty: Bool, _ sawEscape: Bool, _ keys: inout [Key]
  ) {
    switch byte {
    case 0x07, 0x18, 0x1A: state = .ground
    case UInt8(ascii: "\\") where sawEscape: state = .ground
    case 0x1B: state = .string(introducer: introducer, isEmpty: isEmpty, sawEscape: true)
    default:
      if sawEscape {
        // No end of a string: what came after Escape is a new sequence.
        state = .escape
        take(byte, &keys)
      } else {
        state = .string(introducer: introducer, isEmpty: false, sawEscape: false)
      }
    }
  }

  private mutating func inPaste(_ byte: UInt8, _ keys: inout [Key]) {
    tail.append(byte)
    if tail.count > Self.pasteEnd.count { tail.removeFirst() }
    if pasted.count < Self.longestPaste + Self.pasteEnd.count { pasted.append(byte) }
    if tail == Self.pasteEnd {
      state = .ground
      keys += endPaste()
    }
  }

  private mutating func endPaste() -> [Key] {
    var bytes = pasted[...]
    if bytes.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
      bytes.removeLast(Self.pasteEnd.count)
    }
    bytes = bytes.prefix(Self.longestPaste)
    pasted = []
    tail = []
    var text = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      defer { wasReturn = scalar == "\r" }
      switch scalar.value {
      case 0x0A: if !wasReturn { text.append("\n") }
      case 0x0D: text.append("\n")
      case 0x09: text.append(" ")
      case 0..<0x20, 0x7F..<0xA0: continue
      default: text.append(scalar)
      }
    }
    return text.isEmpty ? [] : [.paste(String(text))]
  }

  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// The character of a complete sequence; nil for overlong forms, surrogates and controls.
  private static func character(_ bytes: [UInt8]) -> Character? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes), let scalar = text.unicodeScalars.first,
      text.unicodeScalars.count == 1,
      !(0x80..<0xA0).contains(scalar.value)
    else { return nil }
    return Character(scalar)
  }
}
