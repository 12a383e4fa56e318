import DebtManagement
import Decisioning
import Facts
import TestSupport
import Testing
import Values

/// Facts of one customer, written down line by line, and the cases that come of them.
struct DebtBook {
  static let calendars = Result { try Calendars(try RestrictionModelTests.files.get()) }
  static let ladder = Result { Ladder(try RestrictionModel(try RestrictionModelTests.files.get())) }

  private(set) var facts: CustomerFacts
  var effects: [EffectStanding] = []
  var rating: String?
  var contractsUnderReview: Set<String> = []
  private var count = 0

  static let customer = CustomerReference.number("C1")

  init(_ kind: Customer.Kind = .household, _ jurisdiction: Jurisdiction = .latvia) {
    facts = CustomerFacts()
    add(
      .customer(
        Customer(number: "C1", kind: kind, jurisdiction: jurisdiction, customerSince: date("2020-01-01"))))
  }

  mutating func add(_ fact: Fact) {
    count += 1
    let provenance = Provenance(
      source: "test", contentHash: SHA256.hash("\(count)"), knownFrom: Instant(microseconds: 0),
      sequence: count)
    facts.append(fact, factID: count, provenance: provenance)
  }

  mutating func contract(
    _ id: String = "K1", _ commodity: Contract.Commodity = .electricity, deliveryPoint: String = "D1",
    jurisdiction: Jurisdiction? = nil, type: Contract.CustomerType? = nil, claimant: Contract.Claimant? = nil,
    end: String? = nil
  ) {
    add(
      .contract(
        Contract(
          id: id, customer: Self.customer, commodity: commodity, deliveryPoint: deliveryPoint,
          start: date("2020-01-01"), end: end.map(date), jurisdiction: jurisdiction, customerType: type,
          claimant: claimant)))
  }

  mutating func invoice(
    _ id: String, due: String, _ amount: Decimal = 100, contract: String? = "K1",
    subject: Invoice.Subject? = nil,
    currency: Currency = .eur
  ) {
    let due = date(due)
    add(
      .invoice(
        Invoice(
          id: id, customer: Self.customer, contract: contract, issued: due.adding(days: -14) ?? due, due: due,
          amount: Money(amount, currency), subject: subject)))
  }

  mutating func payment(_ id: String, _ day: String, _ amount: Decimal = 100, invoice: String? = nil) {
    add(
      .payment(
        Payment(
          id: id, customer: Self.customer, date: date(day), amount: Money(amount, .eur), invoice: invoice)))
  }

  /// A notice with its text, proven by delivery on a day.
  mutating func notice(
    _ id: String, _ type: DebtNotice.NoticeType, sent: CivilDate, delivered: CivilDate?,
    channel: DebtNotice.Channel = .email, deadline: CivilDate? = nil, contract: String? = "K1",
    amount: ClaimAmount? = nil
  ) {
    let amount = amount ?? ClaimAmount(principal: 100, currency: .eur)
    add(
      .debtNotice(
        DebtNotice(
          id: id, customer: Self.customer, sent: sent, channel: channel, amount: amount.money, type: type,
          contract: contract, deadline: deadline, principal: amount.principal, interest: amount.interest,
          penalty: amount.penalty, costs: amount.costs,
          addressKind: channel == .email ? .contactEmail : .contract, contentHash: SHA256.hash(id),
          language: .latvian)))
    if let delivered { delivery(id, .delivered, delivered) }
  }

  mutating func delivery(
    _ notice: String, _ event: NoticeDelivery.Event, _ day: CivilDate, evidence: String? = nil
  ) {
    add(
      .noticeDelivery(
        NoticeDelivery(
          id: "\(notice)-\(event.rawValue)-\(day)", customer: Self.customer, notice: notice, event: event,
          date: day, evidence: evidence)))
  }

  mutating func confirmation(
    _ event: OperatorConfirmation.Event, _ day: String, request: String = "E-1", contract: String = "K1"
  ) {
    add(
      .operatorConfirmation(
        OperatorConfirmation(
          id: "O\(count)", customer: Self.customer, contract: contract, request: request, event: event,
          date: date(day))))
  }

  func cases(on day: CivilDate) throws -> [DebtCase] {
    DebtCase.cases(
      facts: facts, on: day,
      DebtCase.Surroundings(
        effects: effects, rating: rating, contractsUnderReview: contractsUnderReview,
        calendars: try Self.calendars.get(), interest: InterestRates(try RestrictionModelTests.files.get())))
  }

  func debt(on day: String) throws -> DebtCase {
    let cases = try cases(on: date(day))
    return try #require(cases.first)
  }

  func next(on day: String) throws -> LadderProposal { try Self.ladder.get().next(try debt(on: day)) }

  /// Takes notices that the ladder proposes, day by day, each delivered on its day, until another step comes or the end.
  ///
  /// - Returns: the notices with their days, and what came then.
  mutating func climb(from start: String, until end: String) throws -> (
    taken: [String], last: LadderProposal?
  ) {
    var taken: [String] = []
    var day = date(start)
    while day <= date(end) {
      guard let debt = try cases(on: day).first else { return (taken, nil) }
      let proposal = try Self.ladder.get().next(debt)
      if let step = proposal.step {
        guard let type = step.noticeType else { return (taken, proposal) }
        taken.append("\(step.rawValue) \(day)")
        notice(
          "N\(taken.count)", type, sent: day, delivered: day, deadline: day.adding(days: 10),
          amount: proposal.amount)
        // What was just sent is proven; the same day brings nothing more.
        let again = try Self.ladder.get().next(try #require(try cases(on: day).first))
        #expect(again.step == nil)
      }
      // Only days on which the answer can change are looked at.
      let debtNow = try #require(try cases(on: day).first)
      guard let later = try Self.ladder.get().next(debtNow).lookAgainOn else { return (taken, proposal) }
      day = later
    }
    return (taken, nil)
  }
}

func date(_ text: String) -> CivilDate { CivilDate(text) ?? .earliest }
