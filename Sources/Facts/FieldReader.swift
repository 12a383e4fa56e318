import Values

/// Reads the fields of one record by their place in the layout and names the field whenever a rule is broken.
struct FieldReader {
  private let kind: FactKind
  private let values: [FieldValue]
  private let fields: [FieldDescription]

  init(kind: FactKind, values: [FieldValue]) {
    self.kind = kind
    self.values = values
    fields = kind.fields
  }

  func error(_ place: Int, _ rule: FactError.Rule) -> FactError {
    FactError(kind: kind, field: fields[place].name, rule: rule, value: value(place).text)
  }

  func text(_ place: Int) throws(FactError) -> String {
    guard let text = try optionalText(place) else { throw error(place, .missingValue) }
    return text
  }

  func optionalText(_ place: Int) throws(FactError) -> String? {
    switch value(place) {
    case .missing: return nil
    case .date: throw error(place, .wrongType)
    case .number(let number):
      // A mapping reads a customer number "17" as a number; whole numbers have one spelling only.
      guard number.isInteger else { throw error(place, .wrongType) }
      return number.description
    case .text(let raw):
      let text = FieldReader.trimmed(raw)
      guard !text.isEmpty else { return nil }
      var count = 0
      for scalar in text.unicodeScalars {
        guard scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) else {
          throw error(place, .controlCharacter)
        }
        count += 1
      }
      if case .text(let limit) = fields[place].type, count > limit { throw error(place, .textTooLong) }
      return text
    }
  }

  func date(_ place: Int) throws(FactError) -> CivilDate {
    guard let date = try optionalDate(place) else { throw error(place, .missingValue) }
    return date
  }

  func end(_ place: Int, notBefore start: CivilDate) throws(FactError) -> CivilDate? {
    guard let end = try optionalDate(place) else { return nil }
    guard end >= start else { throw error(place, .endBeforeStart) }
    return end
  }

  func money(_ place: Int) throws(FactError) -> Money {
    guard let amount = try optionalAmount(place) else { throw error(place, .missingValue) }
    guard let currency = try optionalCurrency(place + 1) else { throw error(place + 1, .missingValue) }
    return Money(amount, currency)
  }

  func positiveMoney(_ place: Int) throws(FactError) -> Money {
    let money = try money(place)
    guard money.amount > 0 else { throw error(place, .amountNotPositive) }
    return money
  }

  func optionalMoney(_ place: Int) throws(FactError) -> Money? {
    let amount = try optionalAmount(place)
    let currency = try optionalCurrency(place + 1)
    switch (amount, currency) {
    case (nil, nil): return nil
    case (nil, .some): throw error(place, .amountMissing)
    case (.some, nil): throw error(place + 1, .currencyMissing)
    case (.some(let amount), .some(let currency)):
      guard amount > 0 else { throw error(place, .amountNotPositive) }
      return Money(amount, currency)
    }
  }

  func months(_ place: Int) throws(FactError) -> Int? {
    let months: Int?
    switch value(place) {
    case .missing: return nil
    case .date: throw error(place, .wrongType)
    case .number(let number): months = number.integer()
    case .text(let raw):
      let text = FieldReader.trimmed(raw)
      guard !text.isEmpty else { return nil }
      months = text.utf8.first == 0x2B ? nil : Int(text)
    }
    guard let months, months >= 0, months <= 1200 else { throw error(place, .notAMonthCount) }
    return months
  }

  func word<Word: RawRepresentable<String>>(_ place: Int) throws(FactError) -> Word {
    guard let word: Word = try optionalWord(place) else { throw error(place, .missingValue) }
    return word
  }

  func optionalWord<Word: RawRepresentable<String>>(_ place: Int) throws(FactError) -> Word? {
    guard let text = try optionalText(place) else { return nil }
    guard let word = Word(rawValue: text) else { throw error(place, .unknownWord) }
    return word
  }

  func country(_ place: Int) throws(FactError) -> Jurisdiction {
    guard let country = Jurisdiction(try text(place)) else { throw error(place, .unknownCountry) }
    return country
  }

  func customer(_ number: Int, _ scheme: Int, _ code: Int) throws(FactError) -> CustomerReference {
    let identifier = try identifier(scheme, code)
    if let number = try optionalText(number) { return .number(number) }
    guard let identifier else { throw error(number, .customerNotNamed) }
    return .identifier(identifier)
  }

  func identifier(_ schemePlace: Int, _ codePlace: Int) throws(FactError) -> Identifier? {
    let scheme: IdentifierScheme? = try optionalWord(schemePlace)
    let code = try optionalText(codePlace)
    switch (scheme, code) {
    case (nil, nil): return nil
    case (nil, .some): throw error(schemePlace, .schemeMissing)
    case (.some, nil): throw error(codePlace, .identifierMissing)
    case (.some(let scheme), .some(let code)):
      do throws(IdentifierProblem) {
        return try Identifier(scheme: scheme, code: code)
      } catch {
        switch error {
        case .form: throw self.error(codePlace, .identifierForm)
        case .birthDate: throw self.error(codePlace, .identifierBirthDate)
        case .checkDigit: throw self.error(codePlace, .identifierCheckDigit)
        }
      }
    }
  }

  func optionalCountry(_ place: Int) throws(FactError) -> Jurisdiction? {
    guard let code = try optionalText(place) else { return nil }
    guard let country = Jurisdiction(code) else { throw error(place, .unknownCountry) }
    return country
  }

  func yesNo(_ place: Int) throws(FactError) -> Bool {
    switch try text(place) {
    case "yes": return true
    case "no": return false
    default: throw error(place, .unknownWord)
    }
  }

  func optionalDigest(_ place: Int) throws(FactError) -> Digest? {
    guard let text = try optionalText(place) else { return nil }
    guard let digest = Digest(hexadecimal: text) else { throw error(place, .notADigest) }
    return digest
  }

  /// A part of an amount: zero or more.
  func part(_ place: Int) throws(FactError) -> Decimal? {
    guard let part = try optionalAmount(place) else { return nil }
    guard part >= 0 else { throw error(place, .amountNegative) }
    return part
  }

  private func value(_ place: Int) -> FieldValue {
    place < values.count ? values[place] : .missing
  }

  func optionalDate(_ place: Int) throws(FactError) -> CivilDate? {
    let date: CivilDate
    switch value(place) {
    case .missing: return nil
    case .number: throw error(place, .wrongType)
    case .date(let found): date = found
    case .text(let raw):
      let text = FieldReader.trimmed(raw)
      guard !text.isEmpty else { return nil }
      guard let found = CivilDate(text) else {
        throw error(place, FieldReader.looksLikeDate(text) ? .impossibleDate : .notADate)
      }
      date = found
    }
    guard date.year >= 1900, date.year <= 2199 else { throw error(place, .dateOutOfRange) }
    return date
  }

  private func optionalAmount(_ place: Int) throws(FactError) -> Decimal? {
    let amount: Decimal
    switch value(place) {
    case .missing: return nil
    case .date: throw error(place, .wrongType)
    case .number(let number): amount = number
    case .text(let raw):
      let text = FieldReader.trimmed(raw)
      guard !text.isEmpty else { return nil }
      // An exponent is a spreadsheet's way to lose digits: "1E+5" is no amount.
      guard text.utf8.allSatisfy({ $0 != 0x45 && $0 != 0x65 }), let number = Decimal(text) else {
        throw error(place, .notANumber)
      }
      amount = number
    }
    guard amount.magnitude < FieldReader.amountLimit else { throw error(place, .amountTooLarge) }
    guard amount.rounded(scale: 5, .down) == amount else { throw error(place, .amountTooPrecise) }
    return amount
  }

  private func optionalCurrency(_ place: Int) throws(FactError) -> Currency? {
    guard let code = try optionalText(place) else { return nil }
    guard let currency = Currency(code) else { throw error(place, .unknownCurrency) }
    return currency
  }

  private static let amountLimit: Decimal = 10_000_000_000_000

  private static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { return text }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard isBlank(first) || isBlank(last) else { return text }
    let trimmed = Substring(bytes.drop(while: isBlank))
    guard let end = trimmed.utf8.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(trimmed[...end])
  }

  private static func looksLikeDate(_ text: String) -> Bool {
    text.utf8.count == 10
      && text.utf8.enumerated().allSatisfy { place, byte in
        place == 4 || place == 7 ? byte == 0x2D : (0x30...0x39).contains(byte)
      }
  }
}
