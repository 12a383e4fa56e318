/// General categories as bits of a mask, for `\p{L}` and `\p{Lu}`.
enum UnicodeCategory {
  /// Every category.
  static let all: UInt32 = (1 << 30) - 1

  /// The mask of a category (`Lu`) or of a group of categories (`L`), if Unicode has it.
  static func mask(named name: some StringProtocol) -> UInt32? {
    // Surrogates are no characters: XML Schema leaves `Cs` out.
    if name.unicodeScalars.count == 2 {
      return names.firstIndex { $0 == name }.map { 1 << UInt32($0) }
    }
    guard name.unicodeScalars.count == 1, let initial = name.unicodeScalars.first else { return nil }
    var mask: UInt32 = 0
    for (index, category) in names.enumerated() where category.unicodeScalars.first == initial {
      mask |= 1 << UInt32(index)
    }
    return mask == 0 ? nil : mask
  }

  /// The bit of the category that a scalar belongs to.
  static func bit(of value: UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(value) else { return 0 }
    return 1 << index(of: scalar.properties.generalCategory)
  }

  private static let names = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
    "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn",
  ]

  private static func index(of category: Unicode.GeneralCategory) -> UInt32 {
    switch category {
    case .uppercaseLetter: 0
    case .lowercaseLetter: 1
    case .titlecaseLetter: 2
    case .modifierLetter: 3
    case .otherLetter: 4
    case .nonspacingMark: 5
    case .spacingMark: 6
    case .enclosingMark: 7
    case .decimalNumber: 8
    case .letterNumber: 9
    case .otherNumber: 10
    case .connectorPunctuation: 11
    case .dashPunctuation: 12
    case .openPunctuation: 13
    case .closePunctuation: 14
    case .initialPunctuation: 15
    case .finalPunctuation: 16
    case .otherPunctuation: 17
    case .mathSymbol: 18
    case .currencySymbol: 19
    case .modifierSymbol: 20
    case .otherSymbol: 21
    case .spaceSeparator: 22
    case .lineSeparator: 23
    case .paragraphSeparator: 24
    case .control: 25
    case .format: 26
    case .privateUse: 27
    case .unassigned: 28
    case .surrogate: 29
    @unknown default: 28
    }
  }
}
