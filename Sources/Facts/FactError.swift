/// Why a record cannot become a fact: the field, the rule that it breaks and the value that was found.
public struct FactError: Error, Hashable, Sendable {
  /// The rules that a record must keep; the raw value is the stable code.
  public enum Rule: String, CaseIterable, Hashable, Sendable {
    /// A required field is empty.
    case missingValue = "missing-value"
    /// The kind of fact has no such field.
    case unknownField = "unknown-field"
    /// A number or date stands where text belongs, or the like.
    case wrongType = "wrong-type"
    /// Text is longer than the field takes.
    case textTooLong = "text-too-long"
    /// Text holds a control character.
    case controlCharacter = "control-character"
    /// Not a date of the form 2026-05-14.
    case notADate = "not-a-date"
    /// A date that the calendar does not have, such as 30 February.
    case impossibleDate = "impossible-date"
    /// A date before 1900 or after 2199.
    case dateOutOfRange = "date-out-of-range"
    /// Not a plain decimal number.
    case notANumber = "not-a-number"
    /// An amount of 10^13 or more in magnitude.
    case amountTooLarge = "amount-too-large"
    /// An amount with more than five fraction digits.
    case amountTooPrecise = "amount-too-precise"
    /// An amount that must be above zero is not.
    case amountNotPositive = "amount-not-positive"
    /// A part of an amount is below zero.
    case amountNegative = "amount-negative"
    /// An amount that must say something is zero.
    case amountZero = "amount-zero"
    /// Parts of an amount that is not given.
    case partsWithoutAmount = "parts-without-amount"
    /// The parts do not add up to the amount.
    case partsNotSum = "parts-not-sum"
    /// No digest of 64 hexadecimal digits.
    case notADigest = "not-a-digest"
    /// An amount without its currency.
    case currencyMissing = "currency-missing"
    /// A currency without an amount.
    case amountMissing = "amount-missing"
    /// No whole number of months from 0 to 1200.
    case notAMonthCount = "not-a-month-count"
    /// No currency of ISO 4217.
    case unknownCurrency = "unknown-currency"
    /// No country code of two capital letters.
    case unknownCountry = "unknown-country"
    /// A word that the field does not know.
    case unknownWord = "unknown-word"
    /// Due before issued.
    case dueBeforeIssued = "due-before-issued"
    /// The end lies before the start.
    case endBeforeStart = "end-before-start"
    /// A day to pay that lies before the notice was sent.
    case deadlineBeforeSent = "deadline-before-sent"
    /// An instalment that was due before it was agreed.
    case dueBeforeAgreed = "due-before-agreed"
    /// An outcome of a dispute or complaint that is not closed.
    case outcomeWhileOpen = "outcome-while-open"
    /// The reason why a plan ended that has not.
    case endReasonWhileOpen = "end-reason-while-open"
    /// Neither a customer number nor an identifier.
    case customerNotNamed = "customer-not-named"
    /// An identifier without its scheme.
    case schemeMissing = "scheme-missing"
    /// A scheme without an identifier.
    case identifierMissing = "identifier-missing"
    /// The identifier has the wrong length or characters for its scheme.
    case identifierForm = "identifier-form"
    /// The birth date inside the identifier is impossible.
    case identifierBirthDate = "identifier-birth-date"
    /// The identifier's check digit is wrong.
    case identifierCheckDigit = "identifier-check-digit"
  }

  /// The kind of fact that was to be made.
  public var kind: FactKind
  /// The field at fault.
  public var field: FieldName
  /// The rule that it breaks.
  public var rule: Rule
  /// The value found, as text.
  public var value: String

  /// A broken rule.
  public init(kind: FactKind, field: FieldName, rule: Rule, value: String) {
    self.kind = kind
    self.field = field
    self.rule = rule
    self.value = value
  }
}

/// Something odd about a fact that is no reason to refuse it.
public struct FactWarning: Hashable, Sendable {
  /// What is odd; the raw value is the stable code.
  public enum Rule: String, CaseIterable, Hashable, Sendable {
    /// An old Latvian personal code fails the customary check digit.
    case identifierCheckDigit = "identifier-check-digit-unusual"
  }

  /// The field.
  public var field: FieldName
  /// What is odd.
  public var rule: Rule
  /// The value, as text.
  public var value: String
}
