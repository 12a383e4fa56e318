import Facts
import Foundation
import Testing
import Values

@testable import SyntheticPortfolio

struct PortfolioGeneratorTests {
  private func portfolio(_ customers: Int, seed: UInt64) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    try PortfolioGenerator(customers: customers, seed: seed).write(to: folder.url.path)
    return folder
  }

  @Test func `the sample data are what the generator writes, byte by byte`() throws {
    let folder = try portfolio(300, seed: 2026)
    for kind in FactKind.allCases {
      let committed = try Data(contentsOf: Table.sampleData.appending(path: "\(kind.layout).csv"))
      #expect(try folder.bytes(kind) == committed, "\(kind.layout)")
    }
  }

  @Test func `a smaller portfolio is a prefix, another seed another portfolio`() throws {
    let (large, small, other) = (
      try portfolio(90, seed: 5), try portfolio(30, seed: 5), try portfolio(90, seed: 6)
    )
    for kind in FactKind.allCases {
      let bytes = try large.bytes(kind)
      #expect(bytes.starts(with: try small.bytes(kind)))
      if kind == .payment { #expect(try bytes != other.bytes(kind)) }
    }
  }

  @Test func `every row is a fact, every id occurs once, and what a record names exists`() throws {
    let folder = try portfolio(300, seed: 2026)
    var ids: [FactKind: Set<String>] = [:]
    var identifiers: Set<Identifier> = []
    var facts: [Fact] = []
    for kind in FactKind.allCases {
      let table = try #require(try Table(kind, in: folder.url))
      #expect(table.broken == 0)
      for row in table.rows {
        let fact = try Fact.make(kind, values: row)
        // An expectation for each of many thousand rows would take longer than all the rest.
        if !fact.warnings.isEmpty || fact.trueFrom > PortfolioGenerator.defaultBusinessDate
          || !ids[kind, default: []].insert(fact.id).inserted
        {
          Issue.record("\(fact)")
        }
        if case .customer(let customer) = fact, let identifier = customer.identifier {
          #expect(identifiers.insert(identifier).inserted, "\(identifier) occurs twice")
        }
        facts.append(fact)
      }
      #expect(!table.rows.isEmpty, "no \(kind.layout)")
    }
    for fact in facts {
      let isKnown =
        switch fact.customer {
        case .number(let number): ids[.customer]?.contains(number) == true
        case .identifier(let identifier): identifiers.contains(identifier)
        }
      if !isKnown { Issue.record("\(fact)") }
      let names: String? =
        switch fact {
        case .payment(let payment): payment.invoice
        case .creditNote(let note): note.invoice
        case .dispute(let dispute): dispute.invoice
        case .debtNotice(let notice): notice.invoice
        case .complaint(let complaint): complaint.invoice
        case .hold(let hold): hold.invoice
        default: nil
        }
      if let names, ids[.invoice]?.contains(names) != true { Issue.record("\(fact)") }
      let contract: String? =
        switch fact {
        case .complaint(let complaint): complaint.contract
        case .paymentPlan(let plan): plan.contract
        case .deposit(let deposit): deposit.contract
        case .operatorConfirmation(let confirmation): confirmation.contract
        case .claimAssignment(let assignment): assignment.contract
        case .hold(let hold): hold.contract
        default: nil
        }
      if let contract, ids[.contract]?.contains(contract) != true { Issue.record("\(fact)") }
      if case .planInstalment(let part) = fact { #expect(ids[.paymentPlan]?.contains(part.plan) == true) }
      if case .noticeDelivery(let proof) = fact, ids[.debtNotice]?.contains(proof.notice) != true {
        Issue.record("\(fact)")
      }
      if case .reversal(let reversal) = fact { #expect(ids[.payment]?.contains(reversal.payment) == true) }
    }
  }

  @Test func `customers differ as an ordinary portfolio does`() throws {
    let folder = try portfolio(250, seed: 3)
    let customers = try Table.customers(in: folder.url)
    let date = PortfolioGenerator.defaultBusinessDate
    let ledgers = customers.values.map { Ledger($0, businessDate: date, currency: .eur) }
    let share = { (count: Int) in Double(count) / Double(ledgers.count) }
    #expect((0.05...0.25).contains(share(ledgers.count { $0.daysPastDue > 30 })))
    #expect((0.55...0.95).contains(share(ledgers.count { $0.daysPastDue == 0 })))
    #expect((0.005...0.4).contains(share(ledgers.count { $0.credit > 0 })))
    #expect(ledgers.contains { $0.disputed > 0 })
    #expect(ledgers.contains { $0.receipts.contains { $0.reversedOn != nil } })
    #expect(ledgers.allSatisfy { $0.observations.isEmpty && $0.otherCurrencies.isEmpty })
  }

  @Test func `another business date ends the history there`() throws {
    let folder = TemporaryFolder()
    let date = try #require(CivilDate("2020-02-29"))
    try PortfolioGenerator(customers: 60, seed: 1, businessDate: date).write(to: folder.url.path)
    let last = try #require(try Table(.payment, in: folder.url)).rows.compactMap { row in
      CivilDate(row[2].text)
    }.max()
    #expect(last.map { $0 <= date && $0.year == 2020 } == true)
  }

  @Test func `progress is told and nothing is a portfolio too`() throws {
    let folder = TemporaryFolder()
    var told: [Int] = []
    try PortfolioGenerator(customers: 1200, seed: 1).write(to: folder.url.path) { told.append($0) }
    #expect(told == [1000, 1200])
    try PortfolioGenerator(customers: 0, seed: 1).write(to: folder.url.path)
    #expect(try Table(.customer, in: folder.url)?.rows.isEmpty == true)
  }

  @Test func `what cannot be made is refused with a sentence`() {
    func failure(_ customers: Int, _ year: Int, _ folder: String) -> GeneratorError? {
      do throws(GeneratorError) {
        let date = CivilDate(year: year, month: 1, day: 1) ?? PortfolioGenerator.defaultBusinessDate
        try PortfolioGenerator(customers: customers, seed: 1, businessDate: date).write(to: folder)
        return nil
      } catch {
        return error
      }
    }
    let folder = TemporaryFolder().url.path
    #expect(failure(-1, 2026, folder) == .customerCount(-1))
    #expect(failure(Int.max, 2026, folder) == .customerCount(Int.max))
    #expect(failure(1, 1999, folder) == .businessDate("1999-01-01"))
    let error = failure(1, 2026, "/dev/null/nowhere")
    guard case .cannotWrite(let path, _)? = error else {
      Issue.record("a folder that cannot be made was taken")
      return
    }
    #expect(path == "/dev/null/nowhere/customers.csv")
    #expect(error?.sentence.contains(path) == true)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `a full device is told, not passed over`() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
    for kind in FactKind.allCases {
      try FileManager.default.createSymbolicLink(
        atPath: folder.url.appending(path: "\(kind.layout).csv").path, withDestinationPath: "/dev/full")
    }
    #expect(throws: GeneratorError.self) {
      try PortfolioGenerator(customers: 3, seed: 1).write(to: folder.url.path)
    }
  }

  @Test func `invented codes are valid and do not repeat, up to the greatest portfolio`() throws {
    var seen: Set<String> = []
    for start in [1, 36_000, 999_900, 9_999_000] {
      for index in start...(start + 150) {
        for (scheme, code) in [
          (IdentifierScheme.latvianPersonal, FictitiousCodes.latvianPersonal(index)),
          (.estonianPersonal, FictitiousCodes.estonianPersonal(index, isFemale: index % 3 == 0)),
          (.latvianRegistration, FictitiousCodes.latvianRegistration(index)),
          (.estonianRegistry, FictitiousCodes.estonianRegistry(index / 25)),
        ] {
          let identifier = try Identifier(scheme: scheme, code: code)
          #expect(!identifier.hasUnusualCheckDigit)
          guard scheme != .estonianRegistry || index % 25 == 0 else { continue }
          #expect(seen.insert(identifier.description).inserted, "\(identifier) at \(index)")
        }
      }
    }
  }

  @Test func `the pseudo-random numbers are those of the published generator`() {
    // First outputs of SplitMix64 with seed 1234567, as in the Rosetta Code task.
    var random = SplitMix64(seed: 1_234_567)
    let numbers = (0..<5).map { _ in random.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
    for _ in 0..<1000 { #expect((-3...4).contains(random.number(-3...4))) }
    #expect(random.number(7...7) == 7)
  }
}
