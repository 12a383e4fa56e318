import AuditLog
import FactStore
import Formats
import SQLite
import Testing

@testable import Access

/// What the audit log says about what a company was told.
@Suite struct DisclosureTests {
  @Test func whatWasToldIsEnteredForEachRecipient() throws {
    let (office, text) = try Office.serving(try Office.grant())
    let first = try office.ask(text)
    let other = try Office.grant([.read], company: "Collector", purpose: "debt-collection", sees: .all)
    let second = try office.ask(try office.issue("order-intake", grant: other, by: "anna").text)
    let notes = Disclosure.notes([
      Disclosure(.decision, decision: "D-2", customer: 8, to: second),
      Disclosure(.decision, decision: "D-1", customer: 7, to: first),
      Disclosure(.explanation, decision: "D-1", customer: 7, to: first),
      Disclosure(.decision, decision: "D-3", customer: 7, to: first),
      Disclosure(.decision, decision: "D-1", customer: 7, to: first),
    ])
    #expect(notes.map(\.kind) == [.read, .read, .read])
    #expect(notes.map(\.customers) == [[7], [7], [8]])
    #expect(
      notes.map { JSONValue.object($0.about).canonical } == [
        #"{"act":"disclosed","company":"Elektrum order intake","content":"decision","decisions":["D-1","D-3"],"#
          + #""purpose":"order-intake","token":2}"#,
        #"{"act":"disclosed","company":"Elektrum order intake","content":"explanation","decisions":["D-1"],"#
          + #""purpose":"order-intake","token":2}"#,
        #"{"act":"disclosed","company":"Collector","content":"decision","decisions":["D-2"],"#
          + #""purpose":"debt-collection","token":3}"#,
      ])
    let audit = office.audit
    try office.write(actor: "order-intake") { write throws(AccessError) in
      for note in notes {
        try AccessError.wrapping { () throws(SQLiteError) in _ = try audit.append(note, in: write.sql) }
      }
    }
    // Who was told something about a customer is found by the customer.
    let about = try office.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(customer: 8, kind: .read, limit: 10), in: reader.sql)
    }
    #expect(about.compactMap { $0.payload?.about["company"]?.stringValue } == ["Collector"])
    #expect(try office.verify().finding == nil)
  }

  @Test func aLargeBatchBecomesSeveralEntries() throws {
    let (office, text) = try Office.serving(try Office.grant())
    let token = try office.ask(text)
    let told = (1...1201).map { Disclosure(.decision, decision: "D-\($0)", customer: $0, to: token) }
    let notes = Disclosure.notes(told)
    #expect(notes.map(\.customers.count) == [500, 500, 201])
    #expect(notes.flatMap(\.customers) == Array(1...1201))
    #expect(Disclosure.notes([]).isEmpty)
  }
}
