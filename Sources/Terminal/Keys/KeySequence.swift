/// What the sequences of xterm, the Linux console and those like them mean.
enum KeySequence {
  /// ESC O and one byte: keys in application mode.
  static func single(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "D"), UInt8(ascii: "F"), UInt8(ascii: "H"): letter(byte)
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
    case UInt8(ascii: "M"): .enter
    // The keypad's * + , - . / and 0 to 9 are sent as j to y.
    case UInt8(ascii: "j")...UInt8(ascii: "y"): .character(Character(Unicode.Scalar(byte - 0x40)))
    default: nil
    }
  }

  /// ESC [ with parameters and a final byte; nil for what is no key known here.
  static func key(final byte: UInt8, _ parameters: [UInt8]) -> Key? {
    guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 1
    }
    // F1 to F4 with modifiers; the same letters end reports, as of the cursor's place.
    if (UInt8(ascii: "P")...UInt8(ascii: "S")).contains(byte), numbers.count != 2 || numbers[0] != 1 {
      return nil
    }
    // The second parameter is 1 + a sum of Shift 1, Alt 2, Control 4.
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    let jumpsWords = modifiers & 6 != 0
    let key = byte == UInt8(ascii: "~") ? numbered(numbers.first ?? 0) : letter(byte)
    switch key {
    case .left where jumpsWords: return .wordLeft
    case .right where jumpsWords: return .wordRight
    default: return key
    }
  }

  private static func letter(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "Z"): .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
    default: nil
    }
  }

  private static func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}
