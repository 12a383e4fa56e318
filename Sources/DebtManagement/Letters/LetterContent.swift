public import Explanation
public import Facts
public import Values

/// What a letter is to say: everything that its texts are filled from, besides the creditor's own data.
///
/// Dates, days and sums come from the case and from the dated law; nothing is computed here.
public struct LetterContent: Sendable {
  /// Which letter.
  public var type: DebtNotice.NoticeType
  /// In which language.
  public var language: Language
  /// What decides which passages it has.
  public var circumstances: LetterCircumstances
  /// Its number: the id of the effect.
  public var reference: String
  /// The day on which it is written.
  public var date: CivilDate
  /// The customer's number.
  public var customerNumber: String
  /// The customer's name, if known.
  public var customerName: String?
  /// Where it is sent by post.
  public var customerAddress: String?
  /// The contract's number.
  public var contract: String?
  /// The first day of the contract.
  public var contractStart: CivilDate?
  /// Where is supplied.
  public var deliveryPoint: String?
  /// The unpaid invoices.
  public var invoices: [InvoiceLine]
  /// The debt by its parts.
  public var amount: ClaimAmount
  /// The last day to pay or to answer.
  public var deadline: CivilDate?
  /// The first day of delay.
  public var delaySince: CivilDate?
  /// How long the customer may object, in days.
  public var objectionDays: Int?
  /// The earliest day of a request or an interruption.
  public var restrictionDate: CivilDate?
  /// What interruption and restoration cost, where that has to be paid.
  public var restorationCost: Money?
  /// The day from which the contract is over.
  public var terminationDate: CivilDate?
  /// The first day on which the debt may be reported.
  public var reportingDate: CivilDate?
  /// The instalments that are offered.
  public var instalments: [Instalment]
  /// The prepayment that is offered.
  public var prepayment: Money?
  /// The deposit that is asked for.
  public var deposit: Money?

  /// An unpaid invoice.
  public struct InvoiceLine: Hashable, Sendable {
    /// Its number.
    public var number: String
    /// When it was issued.
    public var issued: CivilDate
    /// When it was to be paid.
    public var due: CivilDate
    /// What of it is unpaid.
    public var open: Money

    /// A line from its parts.
    public init(number: String, issued: CivilDate, due: CivilDate, open: Money) {
      self.number = number
      self.issued = issued
      self.due = due
      self.open = open
    }
  }

  /// An instalment that is offered.
  public struct Instalment: Hashable, Sendable {
    /// When it is to be paid.
    public var due: CivilDate
    /// How much.
    public var amount: Money

    /// An instalment from its parts.
    public init(due: CivilDate, amount: Money) {
      self.due = due
      self.amount = amount
    }
  }

  /// A letter with what every letter needs; the rest is set where the letter has it.
  public init(
    type: DebtNotice.NoticeType, language: Language, circumstances: LetterCircumstances, reference: String,
    date: CivilDate, customerNumber: String, amount: ClaimAmount, invoices: [InvoiceLine] = []
  ) {
    self.type = type
    self.language = language
    self.circumstances = circumstances
    self.reference = reference
    self.date = date
    self.customerNumber = customerNumber
    self.amount = amount
    self.invoices = invoices
    instalments = []
  }
}

/// A letter as it is sent.
public struct Letter: Hashable, Sendable {
  /// What it is about, in a line.
  public let subject: String
  /// All of it, with the subject.
  public let text: String
  /// Which template it was made from: `debtNotice-lv-1`.
  public let template: String

  /// SHA-256 over the UTF-8 of the text.
  public var contentHash: Digest { SHA256.hash(text) }
}
