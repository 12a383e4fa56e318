extension FactError {
  /// The error as a sentence for people: where, what, and how to mend it.
  public var sentence: String {
    "Field \(field.rawValue) of \(kind.layout): \(what). \(hint)"
  }

  private var shown: String {
    guard value.count > 80 else { return "\"\(value)\"" }
    return "\"\(value.prefix(80))…\""
  }

  private var what: String {
    switch rule {
    case .missingValue: "is empty"
    case .unknownField: "does not belong to this kind of fact"
    case .wrongType: "cannot take the value \(shown)"
    case .textTooLong: "is too long (\(value.count) characters)"
    case .controlCharacter: "holds a control character"
    case .notADate: "\(shown) is not a date"
    case .impossibleDate: "\(shown) is a day that does not exist"
    case .dateOutOfRange: "\(shown) lies outside the years 1900 to 2199"
    case .notANumber: "\(shown) is not a number"
    case .amountTooLarge: "\(shown) is 10 000 000 000 000 or more"
    case .amountTooPrecise: "\(shown) has more than five digits after the point"
    case .amountNotPositive: "\(shown) is not above zero"
    case .amountNegative: "\(shown) is below zero"
    case .amountZero: "is zero"
    case .partsWithoutAmount: "is \(shown), and there is no amount that it is a part of"
    case .partsNotSum: "\(shown) is not what principal, interest, penalty and costs add up to"
    case .notADigest: "\(shown) is not a SHA-256 digest"
    case .currencyMissing: "is empty although there is an amount"
    case .amountMissing: "is empty although there is a currency"
    case .notAMonthCount: "\(shown) is not a whole number of months from 0 to 1200"
    case .unknownCurrency: "\(shown) is not a currency"
    case .unknownCountry: "\(shown) is not a country code"
    case .unknownWord: "does not know the word \(shown)"
    case .dueBeforeIssued: "\(shown) lies before the day of issue"
    case .endBeforeStart: "\(shown) lies before the beginning"
    case .deadlineBeforeSent: "\(shown) lies before the day of sending"
    case .dueBeforeAgreed: "\(shown) lies before the day of the agreement"
    case .outcomeWhileOpen:
      "is \(shown) although the \(kind == .complaint ? "complaint" : "dispute") is not closed"
    case .endReasonWhileOpen: "is \(shown) although the plan has not ended"
    case .customerNotNamed: "is empty, and there is no identifier either"
    case .schemeMissing: "is empty although there is an identifier"
    case .identifierMissing: "is empty although there is an identifier scheme"
    case .identifierForm: "\(shown) does not have the form that its scheme asks for"
    case .identifierBirthDate: "\(shown) holds an impossible birth date"
    case .identifierCheckDigit: "\(shown) has a wrong check digit"
    }
  }

  private var hint: String {
    switch rule {
    case .missingValue: "Fill it in."
    case .unknownField:
      "It has the fields \(kind.fields.map(\.name.rawValue).joined(separator: ", "))."
    case .wrongType: "Convert it in the mapping."
    case .textTooLong: "Shorten it."
    case .controlCharacter: "Remove it."
    case .notADate, .impossibleDate, .dateOutOfRange: "Write it as year-month-day, for example 2026-05-14."
    case .notANumber, .amountTooLarge, .amountTooPrecise:
      "Write plain digits with a decimal point, for example 1234.50."
    case .amountNotPositive: "Only an invoice may be zero or negative."
    case .amountNegative: "Write zero or more."
    case .amountZero: "Write what was given, or a negative amount for what was given back."
    case .partsWithoutAmount: "Fill in amount and currency, or empty the parts."
    case .partsNotSum: "Correct the amount or its parts."
    case .notADigest: "Write 64 hexadecimal digits."
    case .currencyMissing, .unknownCurrency: "Write the ISO 4217 code in capital letters, for example EUR."
    case .amountMissing: "Fill in the amount or empty the currency."
    case .notAMonthCount: "Write the age in whole months."
    case .unknownCountry: "Write the ISO 3166-1 code in capital letters, for example LV or EE."
    case .unknownWord: "It knows \(words)."
    case .dueBeforeIssued, .endBeforeStart, .deadlineBeforeSent, .dueBeforeAgreed:
      "Correct one of the two dates."
    case .outcomeWhileOpen: "Fill in the closing date or empty the outcome."
    case .endReasonWhileOpen: "Fill in the day of the end or empty the reason."
    case .customerNotNamed: "Fill in the customer number, or identifier_scheme and identifier."
    case .schemeMissing: "It knows \(IdentifierScheme.allCases.map(\.rawValue).joined(separator: ", "))."
    case .identifierMissing: "Fill in the identifier or empty the scheme."
    case .identifierForm, .identifierBirthDate, .identifierCheckDigit:
      "Compare it with the register, or use the scheme other."
    }
  }

  private var words: String {
    for description in kind.fields where description.name == field {
      if let words = description.type.words { return words.joined(separator: ", ") }
    }
    return "other words"
  }
}

extension FactWarning {
  /// The warning as a sentence for people.
  public var sentence: String {
    switch rule {
    case .identifierCheckDigit:
      "Field \(field.rawValue): \"\(value)\" fails the customary check digit of Latvian personal codes. "
        + "It was taken as it is; compare it with the register."
    }
  }
}
