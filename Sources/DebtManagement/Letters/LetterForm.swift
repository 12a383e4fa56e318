import Explanation
import Facts
import Values

/// What the fields of one letter are filled with.
struct LetterForm {
  private let content: LetterContent
  private let texts: LetterTexts
  private let creditor: Creditor

  init(_ content: LetterContent, _ texts: LetterTexts, _ creditor: Creditor) {
    self.content = content
    self.texts = texts
    self.creditor = creditor
  }

  /// The value of a field that has to be known.
  func value(_ field: LetterField) throws(LetterError) -> String {
    guard let value = try known(field), !value.isEmpty else {
      throw .missing(content.type, field: field.rawValue)
    }
    return value
  }

  /// The value of a field; nil where it is not known.
  func known(_ field: LetterField) throws(LetterError) -> String? {
    switch field {
    case .creditorName, .creditorRegistrationNumber, .creditorAddress, .creditorPhone, .creditorEmail,
      .creditorAccount, .creditorBank, .creditorEnergyAdvice, .bureauName:
      return creditor.fields[field]
    case .letterDate: return date(content.date)
    case .letterReference: return Self.line(content.reference)
    case .letterSubject: return nil
    case .customerName: return content.customerName.map(Self.line)
    case .customerAddress: return content.customerAddress.map(Self.line)
    case .customerNumber: return Self.line(content.customerNumber)
    case .contractKind:
      return texts.contractKinds[content.circumstances.claimant]?[content.circumstances.commodity]
    case .contractNumber: return content.contract.map(Self.line)
    case .contractDate: return content.contractStart.map(date)
    case .deliveryPoint: return content.deliveryPoint.map(Self.line)
    case .supply: return texts.supplies[content.circumstances.commodity]
    case .invoices: return try invoices()
    case .principal: return try money(content.amount.principal, field)
    case .interest: return try money(content.amount.interest, field)
    case .penalty: return try money(content.amount.penalty, field)
    case .costs: return try money(content.amount.costs, field)
    case .total: return try money(content.amount.total, field)
    case .deadline: return content.deadline.map(date)
    case .delaySince: return content.delaySince.map(date)
    case .objectionDays: return content.objectionDays.map(days)
    case .restrictionDate: return content.restrictionDate.map(date)
    case .restorationCost: return try money(content.restorationCost, field)
    case .terminationDate: return content.terminationDate.map(date)
    case .reportingDate: return content.reportingDate.map(date)
    case .instalments: return try instalments()
    case .prepayment: return try money(content.prepayment, field)
    case .deposit: return try money(content.deposit, field)
    }
  }

  /// Refuses days that have passed and instalments that do not come to the debt.
  func check() throws(LetterError) {
    let days: [(LetterField, CivilDate?)] = [
      (.deadline, content.deadline), (.restrictionDate, content.restrictionDate),
      (.terminationDate, content.terminationDate), (.reportingDate, content.reportingDate),
      (.instalments, content.instalments.map(\.due).min()),
    ]
    for case (let field, let day?) in days where day < content.date {
      throw .dayPassed(field: field.rawValue, day)
    }
    guard !content.instalments.isEmpty else { return }
    let sum = content.instalments.reduce(Decimal.zero) { $0 + $1.amount.amount }
    guard sum == content.amount.total else { throw .instalments(sum: sum, total: content.amount.total) }
  }

  private func invoices() throws(LetterError) -> String? {
    if content.invoices.isEmpty { return nil }
    var lines: [String] = []
    for invoice in content.invoices {
      let unpaid = try money(invoice.open, .invoices) ?? ""
      lines.append(
        texts.invoice.filled { (field) throws(Never) in
          switch field {
          case .number: Self.line(invoice.number)
          case .issued: date(invoice.issued)
          case .due: date(invoice.due)
          case .unpaid, .amount: unpaid
          case .count: ""
          }
        })
    }
    return lines.joined(separator: "\n")
  }

  private func instalments() throws(LetterError) -> String? {
    if content.instalments.isEmpty { return nil }
    var lines: [String] = []
    for instalment in content.instalments {
      let amount = try money(instalment.amount, .instalments) ?? ""
      lines.append(
        texts.instalment.filled { (field) throws(Never) in
          switch field {
          case .due: date(instalment.due)
          case .unpaid, .amount: amount
          case .number, .issued, .count: ""
          }
        })
    }
    return lines.joined(separator: "\n")
  }

  private func days(_ count: Int) -> String {
    let number = Decimal(count)
    let form = texts.days[texts.language.pluralCategory(number)] ?? texts.days[.other]
    return form?.filled { (field) throws(Never) in field == .count ? texts.language.number(number) : "" }
      ?? ""
  }

  /// In Estonian in digits: a month that is written out would have to take the case of its place in the sentence.
  private func date(_ date: CivilDate) -> String {
    guard texts.language == .estonian else { return texts.language.date(date) }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(date.day)).\(two(date.month)).\(date.year)"
  }

  private func money(_ money: Money?, _ field: LetterField) throws(LetterError) -> String? {
    guard let money else { return nil }
    guard money.currency == content.amount.currency else { throw .amount(field: field.rawValue, money) }
    return try self.money(money.amount, field)
  }

  private func money(_ amount: Decimal, _ field: LetterField) throws(LetterError) -> String {
    let money = Money(amount, content.amount.currency)
    guard amount >= .zero, amount.rounded(scale: 2, .down) == amount else {
      throw .amount(field: field.rawValue, money)
    }
    // A space that does not break, so that amount and currency stay in one line.
    return texts.language.amount(amount) + "\u{A0}" + money.currency.code
  }

  /// A value in one line: what came from outside cannot add lines to a letter.
  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
  }
}
