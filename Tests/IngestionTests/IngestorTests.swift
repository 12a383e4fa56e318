import FactStore
import Facts
import Formats
import Glibc
import Ingestion
import Testing
import Values

@Suite struct IngestorTests {
  private static let customers =
    "customer,kind,jurisdiction,language,customer_since,name,identifier_scheme,identifier,address\n"
  private static let invoices = "invoice,customer,contract,issued,due,amount,currency\n"

  @Test func storesFactsAndWaitsForCustomers() throws {
    let bench = try Workbench()
    let path = try bench.write("invoices.csv", Self.invoices + "I1,C1,,2026-01-01,2026-01-21,10.50,EUR\n")
    let first = try bench.ingestor.ingest(files: [path], options: bench.options())
    #expect(first.files[0].stored == [.invoice: 1])
    #expect(first.waitingCustomers == 1)
    let second = try bench.ingest(
      "customers.csv", Self.customers + "C1,household,LV,lv,2020-01-01,Jānis Ābols,,,\"Rīga, Brīvības 1\"\n")
    #expect(second.stored == [.customer: 1] && second.layout == "customers")
    #expect(try bench.ingestor.waitingCustomers() == 0)
    let facts = try bench.facts(of: "C1")
    #expect(facts.customer?.fact.name == "Jānis Ābols")
    #expect(facts.invoices.first?.fact.amount.amount == Decimal("10.5"))
    #expect(facts.invoices.first?.provenance.line == 2)
  }

  @Test func theOrderOfColumnsAndABOMMakeNoDifference() throws {
    let bench = try Workbench()
    let report = try bench.ingest(
      "i.csv",
      "\u{FEFF}currency,amount,due,issued,contract,customer,invoice\r\nEUR,10,2026-01-21,2026-01-01,,C1,I1\r\n"
    )
    #expect(report.stored == [.invoice: 1])
  }

  @Test(arguments: [
    ("I1,C1,,2026-01-01,2026-01-21,\"1,234.5x\",EUR", "not-a-number", "amount"),
    ("I1,C1,,2026-02-30,2026-03-21,1,EUR", "impossible-date", "issued"),
    ("I1,C1,,30.01.2026,2026-03-21,1,EUR", "not-a-date", "issued"),
    ("I1,C1,,2026-03-01,2026-02-21,1,EUR", "due-before-issued", "due"),
    ("I1,C1,,2026-01-01,2026-02-21,1,EURO", "unknown-currency", "currency"),
    ("I1,,,2026-01-01,2026-02-21,1,EUR", "missing-value", "customer"),
    ("I1,C1,,2026-01-01,2026-02-21,1e5,EUR", "not-a-number", "amount"),
    ("I1,C1,,2026-01-01,2026-02-21,99999999999999,EUR", "amount-too-large", "amount"),
  ])
  func badRowsGoToQuarantine(row: String, rule: String, column: String) throws {
    let bench = try Workbench()
    let report = try bench.ingest("i.csv", Self.invoices + row + "\nI2,C1,,2026-01-01,2026-01-21,5,EUR\n")
    #expect(report.quarantined == [rule: 1])
    #expect(report.stored == [.invoice: 1])
    let record = try #require(try bench.quarantine().first)
    #expect(record.rejection.line == 2 && record.rejection.column == column && record.rejection.raw == row)
    #expect(record.rejection.hint.contains(column))
    #expect(record.rejection.customer == (column == "customer" ? nil : .number("C1")))
  }

  @Test func identifiersAreChecked() throws {
    let bench = try Workbench()
    let report = try bench.ingest(
      "c.csv",
      Self.customers
        + """
        C1,household,LV,lv,2020-01-01,,LV-PERSONAL,161175-19997,
        C2,household,LV,lv,2020-01-01,,LV-PERSONAL,161175-19990,
        C3,household,LV,lv,2020-01-01,,LV-PERSONAL,321175-19990,
        C4,household,LV,lv,2020-01-01,,LV-PERSONAL,311375-19990,
        C5,business,LV,lv,2020-01-01,,LV-REGISTRATION,40003521601,
        C6,business,EE,et,2020-01-01,,EE-REGISTRY,10421629,
        C7,household,EE,et,2020-01-01,,EE-PERSONAL,36805280108,
        C8,firm,EE,et,2020-01-01,,,,

        """)
    #expect(report.storedTotal == 5 || report.storedTotal == 4)
    #expect(report.warnings == ["identifier-check-digit-unusual": 1])
    let rules = try bench.quarantine().map { ($0.rejection.line, $0.rejection.rule) }
    #expect(rules.contains { $0 == (6, "identifier-check-digit") })
    #expect(rules.contains { $0 == (8, "identifier-check-digit") })
    #expect(rules.contains { $0 == (9, "unknown-word") })
  }

  @Test func rowsThatAreNoCSVGoToQuarantineWithTheCustomer() throws {
    let bench = try Workbench()
    let report = try bench.ingest(
      "i.csv",
      Self.invoices
        + """
        I1,C1,,2026-01-01,2026-01-21,1,EUR,extra
        I2,C2,,2026-01-01
        I3,C3,,2026-01-01,2026-01-21,"1,EUR
        I4,C4,,2026-01-01,2026-01-21,4,EUR

        """)
    #expect(report.rows == 4 && report.stored == [.invoice: 1])
    let records = try bench.quarantine()
    #expect(
      records.map(\.rejection.rule) == ["csv-field-count", "csv-field-count", "csv-unterminated-quote"])
    #expect(records.map(\.rejection.customer) == [.number("C1"), .number("C2"), nil])
    #expect(records[0].rejection.raw == "I1,C1,,2026-01-01,2026-01-21,1,EUR,extra")
  }

  @Test func twoRecordsUnderOneIdInOneFile() throws {
    let bench = try Workbench()
    let rows =
      "I1,C1,,2026-01-01,2026-01-21,1,EUR\nI1,C1,,2026-01-01,2026-01-21,1,EUR\nI1,C1,,2026-01-01,2026-01-21,2,EUR\n"
    let report = try bench.ingest("i.csv", Self.invoices + rows)
    #expect(report.storedTotal == 1 && report.alreadyKnown == 1)
    #expect(report.quarantined == ["duplicate-record": 1])
    let record = try #require(try bench.quarantine().first)
    #expect(record.rejection.line == 4 && record.rejection.hint.contains("line 2"))
    #expect(record.rejection.customer == .number("C1"))
  }

  @Test func aLaterFileCorrectsAndReadingAgainAddsNothing() throws {
    let bench = try Workbench()
    let one = Self.invoices + "I1,C1,,2026-01-01,2026-01-21,1,EUR\nbad\n"
    let two = Self.invoices + "I1,C1,,2026-01-01,2026-01-21,2,EUR\n"
    _ = try bench.ingest("one.csv", one)
    let correction = try bench.ingest("two.csv", two)
    #expect(correction.corrections == [.invoice: 1] && correction.storedTotal == 0)
    let hash = try bench.hash()
    let again = try bench.ingest("one.csv", one)
    #expect(again.alreadyKnown == 1 && again.storedTotal == 0 && again.correctionsTotal == 0)
    #expect(again.quarantined == ["csv-field-count": 1] && again.quarantinedBefore == 1)
    #expect(try bench.ingest("renamed.csv", two).alreadyKnown == 1)
    #expect(try bench.hash() == hash)
    #expect(try bench.quarantine().count == 1)
    #expect(try bench.facts(of: "C1").invoices.map(\.fact.amount.amount) == [2])
  }

  @Test func aReadingBrokenOffIsTakenUpAgain() throws {
    // Blanks that are trimmed away make the rows so long that the file does not fit into one block.
    let blanks = String(repeating: " ", count: 30_000)
    let rows = (1...50).map {
      "I\($0),C\($0 % 7),\(blanks),2026-01-01,2026-01-21,\($0 % 10 == 3 ? "x" : "\($0)"),EUR"
    }
    let text = Self.invoices + rows.joined(separator: "\n") + "\n"
    let whole = try Workbench()
    _ = try whole.ingest("i.csv", text)

    let broken = try Workbench()
    let path = try broken.write("i.csv", text)
    let first = try broken.ingestor.ingest(
      file: path,
      options: broken.options {
        $0.chunkRows = 10
        $0.progress = { _, rows in if rows == 20 { truncate(path, 10) } }
      })
    #expect(first.rows >= 20 && first.rows < 50)
    let second = try broken.ingest("i.csv", text) { $0.chunkRows = 10 }
    #expect(second.rows == 50 && second.alreadyKnown > 15)
    #expect(try broken.hash() == whole.hash())
    #expect(try broken.quarantine().map(\.rejection.line) == whole.quarantine().map(\.rejection.line))
    let third = try broken.ingest("i.csv", text)
    #expect(third.storedTotal == 0 && third.alreadyKnown == 45 && third.quarantinedBefore == 5)
  }

  @Test func aDryRunTellsAndKeepsNothing() throws {
    let bench = try Workbench()
    let text = Self.invoices + "I1,C1,,2026-01-01,2026-01-21,1,EUR\nbad\nI2,C1,,2026-01-01,2026-01-21,1,EUR\n"
    let before = try bench.hash()
    let dry = try bench.ingest("i.csv", text) {
      $0.isDryRun = true
      $0.chunkRows = 1
    }
    #expect(dry.stored == [.invoice: 2] && dry.quarantined == ["csv-field-count": 1] && dry.rows == 3)
    #expect(try bench.hash() == before)
    #expect(try bench.quarantine().isEmpty)
    #expect(try bench.lastSequence() == 0)
    #expect(try bench.ingest("i.csv", text).stored == [.invoice: 2])
  }

  @Test func wholeFileErrorsSayWhatToDo() throws {
    let bench = try Workbench()
    func failure(_ name: String, _ bytes: [UInt8], _ change: (inout IngestOptions) -> Void = { _ in })
      -> IngestError?
    {
      ingestError {
        _ = try bench.ingestor.ingest(file: try bench.write(name, bytes), options: bench.options(change))
      }
    }
    func failure(_ text: String) -> IngestError? { failure("f.csv", Array(text.utf8)) }
    let missing = ingestError {
      _ = try bench.ingestor.ingest(file: "/nowhere.csv", options: bench.options())
    }
    #expect(missing?.code == "file-not-found")
    #expect(missing?.sentence == "/nowhere.csv: there is no such file; check the path.")
    #expect(failure("")?.code == "empty-file")
    let semicolons = failure(Self.invoices.replacing(",", with: ";") + "I1;C1;;2026-01-01;2026-01-21;1;EUR\n")
    #expect(semicolons?.code == "wrong-delimiter")
    #expect(semicolons?.sentence.contains("--delimiter \";\"") == true)
    #expect(failure(Self.invoices.replacing(",", with: "\t"))?.sentence.contains("tab") == true)
    #expect(
      failure(Self.invoices.replacing("due,", with: ""))?.sentence.contains("column due is missing") == true)
    let more = failure(Self.invoices.replacing("due,", with: "due,colour,"))
    #expect(more?.code == "unexpected-columns" && more?.sentence.contains("colour") == true)
    let unknown = failure("a,b,c\n1,2,3\n")
    #expect(unknown?.code == "unknown-layout")
    #expect(unknown?.sentence.contains("invoices") == true && unknown?.sentence.contains("--mapping") == true)
    let baltic = failure(
      "b.csv",
      Array((Self.customers + "C1,household,LV,lv,2020-01-01,J").utf8) + [0xE2] + Array("nis,,,\n".utf8))
    #expect(baltic?.code == "wrong-encoding")
    #expect(baltic?.sentence.contains("line 2, column 32") == true)
    #expect(baltic?.sentence.contains("--encoding windows-1257") == true)
    #expect(failure("w.csv", [0xFF, 0xFE, 0x69, 0])?.sentence.contains("UTF-16") == true)
    #expect(failure("z.csv", [0x1F, 0x8B, 8, 0])?.code == "gzip-truncated")
    #expect(failure("\"a,b\n")?.code == "bad-header")
    #expect(try bench.quarantine().isEmpty)
  }

  @Test func readsBalticEncodingsAndDamagedRowsOfUTF8() throws {
    let bench = try Workbench()
    let baltic =
      Array((Self.customers + "C1,household,LV,lv,2020-01-01,J").utf8) + [0xE2] + Array("nis,,,\n".utf8)
    let report = try bench.ingestor.ingest(
      file: try bench.write("b.csv", baltic), options: bench.options { $0.encoding = .windows1257 })
    #expect(report.stored == [.customer: 1])
    #expect(try bench.facts(of: "C1").customer?.fact.name == "Jānis")
    let damaged =
      Array(
        (Self.customers + "C2,household,LV,lv,2020-01-01,Ķēniņš Āris,,,\nC3,household,LV,lv,2020-01-01,").utf8
      )
      + [0xE2] + Array(",,,\n".utf8)
    let second = try bench.ingestor.ingest(file: try bench.write("d.csv", damaged), options: bench.options())
    #expect(second.stored == [.customer: 1] && second.quarantined == ["invalid-encoding": 1])
  }

  @Test func templatesAreFilesWithoutRows() throws {
    let bench = try Workbench()
    for name in LayoutTemplate.names {
      let template = try #require(LayoutTemplate(layout: name))
      let report = try bench.ingest("\(name).csv", template.header + "\n")
      #expect(report.layout == name && report.rows == 0 && report.storedTotal == 0)
      #expect(template.explanation.count == template.header.split(separator: ",").count)
    }
    #expect(LayoutTemplate(layout: "nonsense") == nil)
  }
}
