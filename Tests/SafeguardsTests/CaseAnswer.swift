import Facts
import Formats
import Testing
import Values

@testable import Safeguards

extension LawCase {
  /// The request of a case that asks for a restriction; nil where it asks something else.
  func restriction() throws -> RestrictionRequest? {
    guard request["ask"] == nil else { return nil }
    let object = DataObject(json: request, place: description)
    try object.allow([
      "tool", "contract", "invoices", "on", "principal", "interest", "penalty", "costs", "currency",
    ])
    func part(_ member: String) throws(DataFault) -> Decimal {
      try object.optional(member, object.signedAmount) ?? 0
    }
    return RestrictionRequest(
      id: "E1", tool: try object.choice("tool"), customer: "C1", contract: try object.text("contract"),
      invoices: try object.texts("invoices"), on: try object.date("on"),
      amount: try CaseFacts.money(object, "principal"), interest: try part("interest"),
      penalty: try part("penalty"), costs: try part("costs"))
  }

  func report(_ safeguards: Safeguards) throws -> SafeguardReport {
    let request = try #require(try restriction())
    return safeguards.examine(request, facts: try #require(known), pendingReview: pendingReview)
  }

  /// What the safeguards answer, in the words of the cases.
  func answer(_ safeguards: Safeguards) throws -> JSONValue {
    let facts = try #require(known)
    if try restriction() != nil {
      let report = try report(safeguards)
      return [
        "earliest": Self.day(report.earliest), "lawful": .bool(report.isLawful),
        "bars": .array(Set(report.standing.map(\.code.rawValue)).sorted().map { .string($0) }),
        "rules": .array(Set(report.clocks.map(\.rule)).sorted().map { .string($0) }),
        "refused": .array(
          report.refused.map { [$0.notice, $0.reason.rawValue] }.reduce(into: [[String]]()) {
            if !$0.contains($1) { $0.append($1) }
          }.sorted { $0.joined() < $1.joined() }.map { .array($0.map { .string($0) }) }),
        "source": .string(
          report.law.first { if case .tool = $0.rule { true } else { false } }?.source ?? "no tool is allowed"
        ),
      ]
    }
    let object = DataObject(json: request, place: description)
    let contract = try object.text("contract")
    switch try object.text("ask") {
    case "reporting":
      let report = safeguards.reporting(
        contract: contract, invoices: try object.texts("invoices"), on: try object.date("on"), facts: facts)
      return [
        "earliest": Self.day(report.earliest), "lawful": .bool(report.isLawful),
        "bars": .array(report.bars.map(\.rawValue).sorted().map { .string($0) }),
        "refreshMonths": Self.number(report.refreshMonths),
        "correctMonths": Self.number(report.correctMonths),
        "until": Self.day(report.until),
      ]
    case "notice":
      let channel: DebtNotice.Channel? = try object.optional("channel", object.choice)
      let form = try channel.map {
        NoticeForm(channel: $0, address: .contract, deadline: try object.optional("deadline", object.date))
      }
      let report = safeguards.examineNotice(
        try object.choice("type"), contract: contract, invoices: try object.texts("invoices"),
        on: try object.date("on"), facts: facts, form: form)
      return [
        "earliest": Self.day(report.earliest), "lawful": .bool(report.isLawful),
        "bars": .array(report.bars.map(\.bar.rawValue).sorted().map { .string($0) }),
        "leastDeadline": Self.day(report.leastDeadline),
      ]
    case "release":
      let duty = safeguards.release(contract: contract, paidOn: try object.date("on"), facts: facts)
      return ["by": Self.day(duty?.by), "costPaid": duty.map { .bool($0.costPaid) } ?? .null]
    case "contact":
      let claim = try #require(ClaimSubject(contract: contract, facts))
      let instant = try #require(Instant(try object.text("at")))
      let channel: DebtNotice.Channel = try object.choice("channel")
      let next = safeguards.nextContact(from: instant, claim, by: channel)
      return [
        "may": .bool(safeguards.mayContact(at: instant, claim, by: channel)),
        "next": next.flatMap { $0 == instant ? nil : .string($0.description.replacing(".000000", with: "")) }
          ?? .null,
      ]
    case "caps":
      let caps = safeguards.amountCaps(
        contract: contract, invoices: try object.texts("invoices"), currency: .eur, on: try object.date("on"),
        facts: facts)
      return [
        "outstanding": Self.number(caps?.outstanding), "interest": Self.number(caps?.interest),
        "penalty": Self.number(caps?.penalty), "costs": Self.number(caps?.costs),
      ]
    case let ask: throw Unreadable(why: "\(description): \(ask)")
    }
  }

  private static func day(_ day: CivilDate?) -> JSONValue { day.map { .string($0.description) } ?? .null }
  private static func number(_ value: Decimal?) -> JSONValue { value.map { .number($0) } ?? .null }
  private static func number(_ value: Int?) -> JSONValue { value.map { .number(Decimal($0)) } ?? .null }

  /// What is expected and does not come out; empty where the answer is right.
  func differences(_ safeguards: Safeguards) throws -> [String] {
    guard let expected = expect.objectValue, !expected.isEmpty else { return ["nothing is expected"] }
    let answer = try answer(safeguards)
    return expected.members.compactMap { member in
      let got = answer[member.key] ?? "no such answer"
      if member.key == "source", let part = member.value.stringValue, let whole = got.stringValue {
        return whole.contains(part) ? nil : "the source is \(whole)"
      }
      return got == member.value ? nil : "\(member.key): \(got.canonical), not \(member.value.canonical)"
    }
  }
}
