import Facts
import Formats
import Values

@testable import Safeguards

/// Facts of one customer, told as the cases tell them.
struct CaseFacts {
  private(set) var facts = CustomerFacts()
  private static let customer = CustomerReference.number("C1")

  init() {}

  init(_ items: [JSONValue]) throws {
    for item in items {
      let object = DataObject(json: item, place: item.canonical)
      add(try Self.fact(object))
    }
  }

  mutating func add(_ fact: Fact) {
    let id = facts.count + 1
    facts.append(
      fact, factID: id,
      provenance: Provenance(
        source: "test", contentHash: fact.contentHash, knownFrom: Instant(microseconds: 0), sequence: id))
  }

  static func money(_ object: DataObject, _ member: String = "amount") throws(DataFault) -> Money {
    let currency = try object.optional("currency", object.text) ?? "EUR"
    return Money(try object.signedAmount(member), Currency(currency) ?? .eur)
  }

  private static func fact(_ object: DataObject) throws(DataFault) -> Fact {
    let kind = try object.text("fact")
    if kind == "customer" {
      try object.allow(["fact", "number", "kind", "jurisdiction"])
      return .customer(
        Customer(
          number: try object.text("number"), kind: try object.choice("kind"),
          jurisdiction: try jurisdiction(object) ?? .latvia, customerSince: CivilDate(dayNumber: 0)))
    }
    let id = try object.text("id")
    func text(_ member: String) throws(DataFault) -> String? { try object.optional(member, object.text) }
    func date(_ member: String) throws(DataFault) -> CivilDate? { try object.optional(member, object.date) }
    func number(_ member: String) throws(DataFault) -> Decimal? { try object.optional(member, object.amount) }
    switch kind {
    case "contract":
      try object.allow([
        "fact", "id", "commodity", "deliveryPoint", "start", "jurisdiction", "customerType", "claimant",
      ])
      return .contract(
        Contract(
          id: id, customer: customer, commodity: try object.choice("commodity"),
          deliveryPoint: try text("deliveryPoint"), start: try object.date("start"),
          jurisdiction: try jurisdiction(object),
          customerType: try object.optional("customerType", object.choice),
          claimant: try object.optional("claimant", object.choice)))
    case "invoice":
      try object.allow(["fact", "id", "contract", "issued", "due", "amount", "currency", "subject"])
      return .invoice(
        Invoice(
          id: id, customer: customer, contract: try text("contract"), issued: try object.date("issued"),
          due: try object.date("due"), amount: try money(object),
          subject: try object.optional("subject", object.choice)))
    case "payment":
      try object.allow(["fact", "id", "date", "amount", "currency", "invoice"])
      return .payment(
        Payment(
          id: id, customer: customer, date: try object.date("date"), amount: try money(object),
          invoice: try text("invoice")))
    case "reversal":
      try object.allow(["fact", "id", "payment", "date"])
      return .reversal(
        Reversal(
          id: id, customer: customer, payment: try object.text("payment"), date: try object.date("date")))
    case "debtNotice":
      try object.allow([
        "fact", "id", "type", "contract", "invoice", "sent", "channel", "addressKind", "contentHash",
        "deadline",
        "amount", "currency", "principal", "interest", "penalty", "costs",
      ])
      return .debtNotice(
        DebtNotice(
          id: id, customer: customer, invoice: try text("invoice"), sent: try object.date("sent"),
          channel: try object.choice("channel"), amount: object.has("amount") ? try money(object) : nil,
          type: try object.choice("type"), contract: try text("contract"), deadline: try date("deadline"),
          principal: try number("principal"), interest: try number("interest"),
          penalty: try number("penalty"),
          costs: try number("costs"), addressKind: try object.optional("addressKind", object.choice),
          contentHash: try object.optional("contentHash", object.digest)))
    case "noticeDelivery":
      try object.allow(["fact", "id", "notice", "event", "date", "evidence"])
      return .noticeDelivery(
        NoticeDelivery(
          id: id, customer: customer, notice: try object.text("notice"), event: try object.choice("event"),
          date: try object.date("date"), evidence: try text("evidence")))
    default: return try standing(kind, id, object)
    }
  }

  private static func standing(_ kind: String, _ id: String, _ object: DataObject) throws(DataFault) -> Fact {
    func text(_ member: String) throws(DataFault) -> String? { try object.optional(member, object.text) }
    func date(_ member: String) throws(DataFault) -> CivilDate? { try object.optional(member, object.date) }
    switch kind {
    case "complaint":
      try object.allow([
        "fact", "id", "kind", "contract", "invoice", "opened", "closed", "written", "repliedOn",
      ])
      return .complaint(
        Complaint(
          id: id, customer: customer, contract: try text("contract"), invoice: try text("invoice"),
          kind: try object.choice("kind"), opened: try object.date("opened"), closed: try date("closed"),
          isWritten: try object.bool("written"), repliedOn: try date("repliedOn")))
    case "dispute":
      try object.allow(["fact", "id", "invoice", "opened", "closed"])
      return .dispute(
        Dispute(
          id: id, customer: customer, invoice: try object.text("invoice"), opened: try object.date("opened"),
          closed: try date("closed")))
    case "registerEntry":
      try object.allow(["fact", "id", "type", "since", "until"])
      return .registerEntry(
        RegisterEntry(
          id: id, customer: customer, register: "R", type: try object.choice("type"),
          since: try object.date("since"), until: try date("until")))
    case "protection":
      try object.allow(["fact", "id", "kind", "from", "until", "withProof"])
      return .protection(
        Protection(
          id: id, customer: customer, kind: try object.choice("kind"), from: try object.date("from"),
          until: try date("until"), withProof: try object.optional("withProof", object.bool) ?? false))
    case "dwelling":
      try object.allow([
        "fact", "id", "deliveryPoint", "from", "until", "permanentHome", "needsElectricityToHeat",
      ])
      return .dwelling(
        Dwelling(
          id: id, customer: customer, deliveryPoint: try object.text("deliveryPoint"),
          from: try object.date("from"), until: try date("until"),
          isPermanentHome: try object.bool("permanentHome"),
          needsElectricityToHeat: try object.bool("needsElectricityToHeat")))
    case "paymentPlan":
      try object.allow(["fact", "id", "contract", "agreed", "ended"])
      return .paymentPlan(
        PaymentPlan(
          id: id, customer: customer, contract: try object.text("contract"),
          agreed: try object.date("agreed"),
          ended: try date("ended")))
    case "planInstalment":
      try object.allow(["fact", "id", "plan", "agreed", "due", "amount", "currency"])
      return .planInstalment(
        PlanInstalment(
          id: id, customer: customer, plan: try object.text("plan"), agreed: try object.date("agreed"),
          due: try object.date("due"), amount: try money(object)))
    case "deposit":
      try object.allow(["fact", "id", "contract", "date", "amount", "currency"])
      return .deposit(
        Deposit(
          id: id, customer: customer, contract: try object.text("contract"), date: try object.date("date"),
          amount: try money(object)))
    case "operatorConfirmation":
      try object.allow(["fact", "id", "contract", "request", "event", "date"])
      return .operatorConfirmation(
        OperatorConfirmation(
          id: id, customer: customer, contract: try object.text("contract"),
          request: try object.text("request"),
          event: try object.choice("event"), date: try object.date("date")))
    case "claimAssignment":
      try object.allow(["fact", "id", "contract", "date", "collector", "returned"])
      return .claimAssignment(
        ClaimAssignment(
          id: id, customer: customer, contract: try object.text("contract"), date: try object.date("date"),
          collector: try object.text("collector"), returned: try date("returned")))
    case "hold":
      try object.allow(["fact", "id", "contract", "invoice", "from", "until", "reason", "placedBy"])
      return .hold(
        Hold(
          id: id, customer: customer, contract: try text("contract"), invoice: try text("invoice"),
          from: try object.date("from"), until: try date("until"), reason: try object.text("reason"),
          placedBy: try object.text("placedBy")))
    default: throw object.fault("fact", "'\(kind)' is no kind of fact")
    }
  }

  private static func jurisdiction(_ object: DataObject) throws(DataFault) -> Jurisdiction? {
    guard let code = try object.optional("jurisdiction", object.text) else { return nil }
    guard let jurisdiction = Jurisdiction(code) else { throw object.fault("jurisdiction", "is none") }
    return jurisdiction
  }
}
