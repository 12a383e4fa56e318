extension Unicode.Scalar {
  /// Whether a name may begin with it (DMN 1.5, grammar rules 27 and 28).
  var isNameStart: Bool {
    switch value {
    case 0x3F, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
      0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF,
      0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      // U+1680, U+180E and U+2000 to U+200B are white space and stand in the ranges of the grammar by accident.
      return value != 0x1680 && value != 0x180E && value != 0x3000
    default: return false
    }
  }

  /// Whether a name may go on with it (rule 29).
  var isNamePart: Bool {
    switch value {
    case 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: return true
    default: return isNameStart
    }
  }

  /// Symbols that a name may hold between its parts (rule 30): `. / - ' + *`.
  var isNameSymbol: Bool {
    switch self {
    case ".", "/", "-", "'", "+", "*": return true
    default: return false
    }
  }

  /// White space of FEEL (rules 61 and 62).
  var isFEELSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000, 0xFEFF:
      return true
    default: return false
    }
  }
}
