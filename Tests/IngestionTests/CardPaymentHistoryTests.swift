import FactStore
import Facts
import Formats
import Foundation
import Ingestion
import TestSupport
import Testing
import Values

@Suite struct CardPaymentHistoryTests {
  private static let path = Repository.root.appending(path: "sample-data/mappings/card-payment-history.json")
    .path
  private static let header =
    "ID,LIMIT_BAL,SEX,EDUCATION,MARRIAGE,AGE,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6,BILL_AMT1,BILL_AMT2,BILL_AMT3,"
    + "BILL_AMT4,BILL_AMT5,BILL_AMT6,PAY_AMT1,PAY_AMT2,PAY_AMT3,PAY_AMT4,PAY_AMT5,PAY_AMT6,DEFAULT_NEXT_MONTH\n"

  @Test func neverReadsWhatMustNotBeRated() throws {
    let columns = try Mapping(path: Self.path).columns
    for column in ["SEX", "EDUCATION", "MARRIAGE", "AGE", "LIMIT_BAL", "DEFAULT_NEXT_MONTH"] {
      #expect(!columns.contains(column))
    }
  }

  /// A made-up row, worked out by hand from the description of the data.
  @Test func readsARowAsTheDescriptionSays() throws {
    let bench = try Workbench()
    let report = try bench.ingest(
      "clients.csv",
      Self.header + "17,50000,1,2,2,40,0,2,1,-1,0,1,900,800,700,-5,300,400,100,50,200,30,150,99,1\n",
      mapping: try Mapping(path: Self.path))
    #expect(report.stored == [.customer: 1, .invoice: 4, .payment: 4, .arrearsEntry: 3])
    let facts = try bench.facts(of: "17")
    #expect(facts.customer?.fact.jurisdiction.code == "TW")
    let invoices = facts.invoices.map(\.fact).sorted { $0.issued < $1.issued }
    // April's bill 400: May was no arrears, 150 was paid. May's 300: nothing in arrears in June, 30 paid. June's bill
    // is a credit. July's 700: August in arrears, the whole bill. August's 800: September 0, 100 paid.
    #expect(invoices.map(\.id) == ["I-17-2005-04", "I-17-2005-05", "I-17-2005-07", "I-17-2005-08"])
    #expect(invoices.map(\.amount.amount) == [150, 30, 700, 100])
    #expect(invoices.map(\.due.description) == ["2005-05-31", "2005-06-30", "2005-08-31", "2005-09-30"])
    let payments = facts.payments.map(\.fact).sorted { $0.date < $1.date }
    #expect(payments.map(\.amount.amount) == [150, 30, 50, 100])
    #expect(payments.map(\.invoice) == invoices.map(\.id))
    let arrears = facts.arrearsEntries.map(\.fact).sorted { $0.reported < $1.reported }
    #expect(arrears.map(\.reported.description) == ["2005-04-30", "2005-07-31", "2005-08-31"])
    #expect(arrears.map(\.ageMonths) == [1, 1, 2])
    #expect(arrears.map { $0.cleared?.description } == ["2005-05-31", "2005-09-30", "2005-09-30"])
  }

  /// The first thousand customers: unoptimised, the whole file takes too long for a test.
  @Test func readsTheRealData() throws {
    guard let shared = Repository.shared else {
      #expect(!Repository.requiresShared)
      print("left out: the shared real data is absent")
      return
    }
    let bench = try Workbench()
    let path = shared.appending(path: "real-data/card-payment-history-tw/clients.csv.gz").path
    let lines = try ByteSource(path: path).readAll().split(separator: 0x0A).prefix(1_001)
    let report = try bench.ingestor.ingest(
      file: try bench.write("clients.csv", Array(lines.joined(separator: [0x0A]))),
      mapping: try Mapping(path: Self.path), options: bench.options())
    #expect(report.rows == 1_000)
    #expect(report.quarantinedTotal == 0)
    // Counted from the file with a Python script of a few lines, independent of this program; the whole file gives
    // 18,077 customers, 75,679 invoices, 71,855 payments and 15,204 entries.
    #expect(report.stored == [.customer: 1_000, .invoice: 4_053, .payment: 3_868, .arrearsEntry: 824])
  }
}
