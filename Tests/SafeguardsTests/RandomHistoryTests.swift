import Facts
import TestSupport
import Testing
import Values

@testable import Safeguards

/// Random histories, held against a naive restatement of the law that shares nothing with the safeguards: it asks of
/// each day by itself whether it is lawful, with the numbers of the law written out.
@Suite struct RandomHistoryTests {
  @Test(arguments: [1, 2, 3]) func `the safeguards agree with the naive restatement`(_ seed: UInt64) throws {
    let safeguards = try ShippedLaw.safeguards()
    var random = SeededGenerator(seed: seed)
    var lawful = 0
    let rounds = Effort.times(50)
    for round in 0..<rounds {
      let history = RandomHistory(&random)
      let report = safeguards.examine(
        history.request, facts: history.facts.facts, pendingReview: history.isReviewed)
      let naive = NaiveLaw(history)
      let place: Comment = "seed \(seed) round \(round): \(report.sentence)"
      #expect(report.earliest == naive.earliest, place)
      #expect(Set(report.standing.map(\.code)) == naive.bars, place)
      #expect(report.isLawful == (naive.bars.isEmpty && naive.allows(history.request.on)), place)
      if let certificate = safeguards.certificate(report) {
        lawful += 1
        #expect(
          (try? CertificateChecker.verify(
            certificate.bytes, law: safeguards.law, calendars: safeguards.calendars))
            != nil, place)
      }
    }
    // Enough of them are lawful that the agreement says something.
    #expect(lawful > 0)
  }

  @Test func `what is open is what the ledger says`() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<400 {
      var facts = CaseFacts()
      RandomHistory.addMoney(&facts, &random, invoices: 1 + random.number(below: 5))
      for _ in 0..<random.number(below: 3) {
        let opened = random.number(below: 80)
        facts.add(
          .dispute(
            Dispute(
              id: "Q\(facts.facts.count)", customer: .number("C1"), invoice: "I\(random.number(below: 5))",
              opened: RandomHistory.day(opened), amount: random.number(below: 2) == 0 ? nil : Money(15, .eur),
              closed: random.number(below: 2) == 0
                ? nil : RandomHistory.day(opened + random.number(below: 40)))))
      }
      for day in [10, 30, 50, 70, 100, 150] {
        let date = RandomHistory.day(day)
        let replay = ClaimReplay(facts.facts, until: date, currency: .eur)
        let ledger = Ledger(facts.facts, businessDate: date, currency: .eur)
        #expect(replay.bills.map(\.id) == ledger.invoices.map(\.id))
        #expect(
          replay.bills.map(\.outstanding) == ledger.invoices.map(\.outstanding), "round \(round) day \(day)")
      }
    }
  }
}
