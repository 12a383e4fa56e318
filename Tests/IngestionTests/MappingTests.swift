import FEEL
import FactStore
import Facts
import Formats
import Foundation
import Ingestion
import TestSupport
import Testing
import Values

@Suite struct MappingTests {
  private func findings(_ json: String) -> [MappingFinding] {
    do throws(MappingError) {
      _ = try Mapping(json: Array(json.utf8), file: "m.json")
      return []
    } catch {
      #expect(error.sentence.contains("m.json"))
      return error.findings
    }
  }

  private func mapping(_ json: String) throws -> Mapping {
    try Mapping(json: Array(json.utf8), file: "m.json")
  }

  /// The blocks of a language in the description of mappings.
  private func blocks(_ opening: String) throws -> [String] {
    let page = try String(contentsOf: Repository.root.appending(path: "docs/mappings.md"), encoding: .utf8)
    return page.components(separatedBy: "\n```" + opening + "\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test func theExampleOfTheDescriptionWorks() throws {
    let bench = try Workbench()
    let json = try #require(try blocks("json").first)
    let text = try #require(try blocks("").first { $0.hasPrefix("Rēķins") })
    let letters = Dictionary(
      uniqueKeysWithValues: (0x80...0xFF).compactMap { byte -> (Character, UInt8)? in
        guard let text = try? TextEncoding.windows1257.decode([UInt8(byte)]), let letter = text.first else {
          return nil
        }
        return (letter, UInt8(byte))
      })
    let bytes = text.map { $0.asciiValue ?? letters[$0] ?? 0x3F }
    let report = try bench.ingestor.ingest(
      file: try bench.write("export.csv", bytes), mapping: try mapping(json), options: bench.options())
    #expect(report.stored == [.invoice: 2, .payment: 1] && report.quarantined.isEmpty)
    #expect(report.source == "billing" && report.layout == "billing-export")
    #expect(try bench.facts(of: "1017").invoices.first?.fact.amount.amount == Decimal("1234.50"))
    #expect(try bench.facts(of: "1017").payments.first?.fact.invoice == "R-1")
    #expect(try bench.facts(of: "1018").invoices.first?.fact.due.description == "2026-05-21")
  }

  @Test func everyMistakeIsToldAtOnceWithItsPlace() {
    let found = findings(
      """
      {"name": "m", "colour": 1, "file": {"delimiter": "x", "encoding": "ebcdic", "otherColumns": "maybe"},
       "columns": {"A": {"type": "money"}, "B": {"type": "date", "pattern": "DD.MM"}, "C/D": {"pattern": "x"},
                   "E": {"type": "number", "decimalMark": ",", "thousandsSeparator": ","}},
       "let": {"x": "A +"},
       "facts": [{"kind": "bill", "fields": {}},
                 {"kind": "invoice", "fields": {"invoice": "A", "amont": "E", "customer": "Q", "issued": "B",
                  "due": "B", "amount": "E", "currency": 7}},
                 {"kind": "customer", "as": "k",
                  "fields": {"customer": "A", "kind": "\\"firm\\"", "jurisdiction": "\\"LV\\"", "customer_since": "true"}}]}
      """)
    let pointers = Set(found.map(\.pointer))
    for pointer in [
      "/colour", "/file/delimiter", "/file/encoding", "/file/otherColumns", "/columns/A/type",
      "/columns/B/pattern",
      "/columns/C~1D/pattern", "/columns/E/thousandsSeparator", "/let/x", "/facts/0/kind",
      "/facts/1/fields/amont",
      "/facts/1/fields/customer", "/facts/1/fields/currency", "/facts/2/as", "/facts/2/fields/kind",
      "/facts/2/fields/customer_since",
    ] {
      #expect(pointers.contains(pointer), "\(pointer)")
    }
    let unknown = found.first { $0.pointer == "/facts/1/fields/customer" }
    #expect(unknown?.position?.column == 1)
    #expect(unknown?.sentence.contains("Q") == true)
  }

  @Test func whatIsNoMappingAtAll() {
    #expect(findings("{").first?.message.contains("line 1") == true)
    #expect(findings("[]").first?.message.contains("object") == true)
    #expect(!findings("{}").isEmpty)
    #expect(!findings(String(repeating: "[", count: 100_000)).isEmpty)
    #expect(throws: MappingError.self) { try Mapping(path: "/nowhere.json") }
  }

  private static let small = """
    {"name": "small", "columns": {"id": {}, "n": {"type": "number"}, "d": {"type": "date", "pattern": "D.M.YYYY*"},
     "b": {"type": "boolean", "true": ["ir"], "false": ["nav"]}, "t": {"empty": ["?"]}},
     "let": {"half": "n / 2"},
     "facts": [{"kind": "payment", "when": "b",
      "fields": {"payment": "id", "customer": "t", "date": "d", "amount": "half", "currency": "\\"EUR\\""}}]}
    """

  @Test func cellsAreReadAsTheirColumnsSay() throws {
    let bench = try Workbench()
    let report = try bench.ingest(
      "s.csv", "t,extra,b,d,n,id\nC1,,ir,1.5.2026 12:00,3,P1\nC1,,nav,31.12.2025,3,P2\n",
      mapping: try mapping(Self.small))
    #expect(report.stored == [.payment: 1] && report.rows == 2 && report.quarantined.isEmpty)
    #expect(try bench.facts(of: "C1").payments.first?.fact.amount.amount == Decimal("1.5"))
    #expect(try bench.facts(of: "C1").payments.first?.fact.date.description == "2026-05-01")
  }

  @Test(arguments: [
    ("C1,,ir,31.4.2026,3,P1", "impossible-date", "d"), ("C1,,ir,2026-04-01,3,P1", "not-a-date", "d"),
    ("C1,,ir,1.4.2026,3x,P1", "not-a-number", "n"), ("C1,,jā,1.4.2026,3,P1", "unknown-word", "b"),
    ("?,,ir,1.4.2026,3,P1", "missing-value", "t"), ("C1,,ir,1.4.2026,,P1", "expression", nil),
    ("C1,,,1.4.2026,3,P1", "expression", nil),
  ])
  func whatGoesWrongIsNamed(row: String, rule: String, column: String?) throws {
    let bench = try Workbench()
    let report = try bench.ingest(
      "s.csv", "t,extra,b,d,n,id\n" + row + "\n", mapping: try mapping(Self.small))
    #expect(report.quarantined == [rule: 1])
    let record = try #require(try bench.quarantine().first)
    #expect(record.rejection.column == column)
    #expect(record.rejection.customer == (column == "t" ? nil : .number("C1")))
  }

  @Test func aRowOfSeveralFactsIsStoredWholeOrNotAtAll() throws {
    let bench = try Workbench()
    let several = try mapping(
      """
      {"name": "several", "columns": {"c": {}, "a": {"type": "number"}, "b": {"type": "number"}},
       "facts": [{"kind": "payment", "each": "[a, b]", "as": "sum",
        "fields": {"payment": "c + string(sum)", "customer": "c", "date": "\\"2026-01-01\\"", "amount": "sum",
         "currency": "\\"EUR\\""}}]}
      """)
    let report = try bench.ingest("s.csv", "c,a,b\nC1,1,-2\nC2,3,4\nC3,5,5\n", mapping: several)
    #expect(report.stored == [.payment: 3] && report.quarantined == ["amount-not-positive": 1])
    #expect(try bench.facts(of: "C1").payments.isEmpty)
    #expect(try bench.quarantine().first?.rejection.customer == .number("C1"))
  }

  @Test func aMendedMappingCorrectsWhatItReadBefore() throws {
    let bench = try Workbench()
    let text = "t,b,d,n,id\nC1,ir,1.5.2026,3,P1\n"
    _ = try bench.ingest("s.csv", text, mapping: try mapping(Self.small))
    let mended = try mapping(Self.small.replacing("n / 2", with: "n / 3"))
    #expect(try bench.ingest("s.csv", text, mapping: mended).corrections == [.payment: 1])
    #expect(try bench.facts(of: "C1").payments.map(\.fact.amount.amount) == [1])
  }

  @Test(arguments: [
    ("1 234,50", "1234.5"), ("1\u{A0}234", "1234"), ("-12,5", "-12.5"), ("+7", "7"),
    ("1234567,1", "1234567.1"),
    ("12 34", nil), ("1 234 56", nil), ("1,", nil), (",5", nil), ("1.5", nil), ("1,2,3", nil), ("", nil),
    ("-", nil),
    ("1 ,5", nil), ("١", nil), ("1e3", nil), ("1234 567", nil), ("1,5 000", nil),
  ])
  func numbersAreReadStrictly(text: String, expected: String?) throws {
    let bench = try Workbench()
    let mapping = try mapping(
      """
      {"name": "n", "file": {"delimiter": ";"},
       "columns": {"n": {"type": "number", "decimalMark": ",", "thousandsSeparator": " ", "required": true}},
       "facts": [{"kind": "invoice", "fields": {"invoice": "\\"I\\"", "customer": "\\"C\\"", "issued": "\\"2026-01-01\\"",
        "due": "\\"2026-01-01\\"", "amount": "n", "currency": "\\"EUR\\""}}]}
      """)
    _ = try bench.ingest("n.csv", "n;x\n\(text);\n", mapping: mapping)
    #expect(try bench.facts(of: "C").invoices.first?.fact.amount.amount == expected.flatMap { Decimal($0) })
  }
}
