import Facts
import SQLite

/// The table of one kind of fact: common columns for time and provenance, then the columns of the kind.
///
/// WITHOUT ROWID and clustered by customer, because everything reads a customer's facts together: key order reads
/// ten times faster than a rowid table with an index.
final class FactTable: Sendable {
  /// The type of a column as STRICT tables know it.
  enum ColumnType: String {
    case integer = "INTEGER"
    case text = "TEXT"
  }

  /// A column of the kind.
  struct Column: Sendable {
    let name: String
    let type: ColumnType
    let isOptional: Bool
    /// Whether a later migration added it.
    let isAddition: Bool

    init(_ name: String, _ type: ColumnType, optional: Bool = false) {
      self.name = name
      self.type = type
      isOptional = optional
      isAddition = false
    }

    /// A column that a later migration added, hence an optional one.
    init(added name: String, _ type: ColumnType) {
      self.name = name
      self.type = type
      isOptional = true
      isAddition = true
    }
  }

  let kind: FactKind
  let name: String
  let columns: [Column]
  /// The kind in `version` and `departure`: never renumber, files hold it.
  let number: Int
  let insertion: String
  let selection: String

  /// How many columns stand before those of the kind.
  static let commonCount = 10

  private static let common = [
    Column("customer", .integer), Column("fact", .integer), Column("id", .text), Column("revision", .integer),
    Column("batch", .integer), Column("line", .integer, optional: true), Column("hash", .text),
    Column("true_from", .integer), Column("known_from", .integer), Column("sequence", .integer),
  ]

  private init(_ kind: FactKind, _ number: Int, _ name: String, _ columns: [Column]) {
    self.kind = kind
    self.number = number
    self.name = name
    self.columns = columns
    let names = (Self.common + columns).map(\.name)
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    insertion = "INSERT INTO \(name) (\(names.joined(separator: ", "))) VALUES (\(marks))"
    let fields =
      names.map { "f.\($0)" } + (kind == .customer ? ["i.scheme", "i.code", "n.name", "a.address"] : [])
    let joins =
      kind == .customer
      ? """
       LEFT JOIN identifier i ON i.customer = f.identifier
       LEFT JOIN customer_name n ON n.customer = f.customer AND n.fact = f.fact
       LEFT JOIN customer_address a ON a.customer = f.customer AND a.fact = f.fact
      """ : ""
    selection =
      "SELECT \(fields.joined(separator: ", ")) FROM \(name) f\(joins)"
      + " WHERE f.customer BETWEEN ? AND ? AND f.known_from <= ? AND f.sequence <= ?"
      + " ORDER BY f.customer, f.fact"
  }

  /// The statements that add the columns that the table did not have from the beginning.
  var additions: [String] {
    columns.filter(\.isAddition).map { "ALTER TABLE \(name) ADD COLUMN \(Self.line($0))" }
  }

  /// The statement that makes the table as it was in the beginning.
  var definition: String {
    let lines = Self.common.map { column in
      switch column.name {
      case "customer": "customer INTEGER NOT NULL REFERENCES customer (key)"
      case "batch": "batch INTEGER NOT NULL REFERENCES batch (key)"
      case "hash": "hash BLOB NOT NULL"
      default: Self.line(column)
      }
    }
    let founding = columns.filter { !$0.isAddition }.map { Self.line($0) }
    let body = lines + founding + ["PRIMARY KEY (customer, fact)"]
    return "CREATE TABLE \(name) (\(body.joined(separator: ", "))) STRICT, WITHOUT ROWID"
  }

  private static func line(_ column: Column) -> String {
    "\(column.name) \(column.type.rawValue)\(column.isOptional ? "" : " NOT NULL")"
  }

  /// The table of a kind.
  static func of(_ kind: FactKind) -> FactTable {
    switch kind {
    case .customer: customer
    case .contract: contract
    case .invoice: invoice
    case .creditNote: creditNote
    case .payment: payment
    case .reversal: reversal
    case .debtNotice: debtNotice
    case .dispute: dispute
    case .registerEntry: registerEntry
    case .arrearsEntry: arrearsEntry
    case .noticeDelivery: noticeDelivery
    case .complaint: complaint
    case .paymentPlan: paymentPlan
    case .planInstalment: planInstalment
    case .protection: protection
    case .dwelling: dwelling
    case .deposit: deposit
    case .operatorConfirmation: operatorConfirmation
    case .claimAssignment: claimAssignment
    case .hold: hold
    }
  }

  static let all: [FactTable] = FactKind.allCases.map { of($0) }
  /// Those that the first migration made: the kinds that a rating reads.
  static let founding: [FactTable] = FactKind.rating.map { of($0) }

  /// The kinds whose records may name the customer by a code instead of the number.
  static func isNamedByCode(_ table: FactTable) -> Bool {
    table.kind == .registerEntry || table.kind == .arrearsEntry
  }

  // The customer fact's code is a key of `identifier`; name and address stand in tables of their own.
  static let customer = FactTable(
    .customer, 1, "customer_fact",
    [
      Column("kind", .text), Column("jurisdiction", .text), Column("language", .text, optional: true),
      Column("identifier", .integer, optional: true),
    ])
  static let contract = FactTable(
    .contract, 2, "contract",
    [
      Column("commodity", .text), Column("delivery_point", .text, optional: true),
      Column("end_date", .integer, optional: true), Column(added: "jurisdiction", .text),
      Column(added: "customer_type", .text), Column(added: "claimant", .text),
    ])
  static let invoice = FactTable(
    .invoice, 3, "invoice",
    [
      Column("contract", .text, optional: true), Column("due", .integer), Column("amount", .integer),
      Column("currency", .text), Column(added: "subject", .text),
    ])
  static let creditNote = FactTable(
    .creditNote, 4, "credit_note",
    [Column("invoice", .text, optional: true), Column("amount", .integer), Column("currency", .text)])
  static let payment = FactTable(
    .payment, 5, "payment",
    [Column("amount", .integer), Column("currency", .text), Column("invoice", .text, optional: true)])
  static let reversal = FactTable(
    .reversal, 6, "reversal", [Column("payment", .text), Column("reason", .text, optional: true)])
  static let debtNotice = FactTable(
    .debtNotice, 7, "debt_notice",
    [
      Column("invoice", .text, optional: true), Column("channel", .text),
      Column("amount", .integer, optional: true), Column("currency", .text, optional: true),
      Column(added: "type", .text), Column(added: "contract", .text), Column(added: "deadline", .integer),
      Column(added: "principal", .integer), Column(added: "interest", .integer),
      Column(added: "penalty", .integer), Column(added: "costs", .integer),
      Column(added: "address_kind", .text), Column(added: "content_hash", .text),
      Column(added: "template", .text), Column(added: "language", .text),
    ])
  static let dispute = FactTable(
    .dispute, 8, "dispute",
    [
      Column("invoice", .text), Column("amount", .integer, optional: true),
      Column("currency", .text, optional: true), Column("closed", .integer, optional: true),
      Column("outcome", .text, optional: true),
    ])
  static let registerEntry = FactTable(
    .registerEntry, 9, "register_entry",
    [Column("register", .text), Column("type", .text), Column("until", .integer, optional: true)])
  static let arrearsEntry = FactTable(
    .arrearsEntry, 10, "arrears_entry",
    [
      Column("register", .text, optional: true), Column("age_months", .integer, optional: true),
      Column("cleared", .integer, optional: true), Column("amount", .integer, optional: true),
      Column("currency", .text, optional: true),
    ])
  static let noticeDelivery = FactTable(
    .noticeDelivery, 11, "notice_delivery",
    [Column("notice", .text), Column("event", .text), Column("evidence", .text, optional: true)])
  static let complaint = FactTable(
    .complaint, 12, "complaint",
    [
      Column("contract", .text, optional: true), Column("invoice", .text, optional: true),
      Column("kind", .text), Column("closed", .integer, optional: true), Column("written", .integer),
      Column("replied_on", .integer, optional: true), Column("outcome", .text, optional: true),
    ])
  static let paymentPlan = FactTable(
    .paymentPlan, 13, "payment_plan",
    [
      Column("contract", .text), Column("ended", .integer, optional: true),
      Column("end_reason", .text, optional: true),
    ])
  static let planInstalment = FactTable(
    .planInstalment, 14, "plan_instalment",
    [Column("plan", .text), Column("due", .integer), Column("amount", .integer), Column("currency", .text)])
  static let protection = FactTable(
    .protection, 15, "protection",
    [Column("kind", .text), Column("until", .integer, optional: true), Column("with_proof", .integer)])
  static let dwelling = FactTable(
    .dwelling, 16, "dwelling",
    [
      Column("delivery_point", .text), Column("until", .integer, optional: true),
      Column("permanent_home", .integer), Column("needs_electricity_to_heat", .integer),
    ])
  static let deposit = FactTable(
    .deposit, 17, "deposit",
    [Column("contract", .text), Column("amount", .integer), Column("currency", .text)])
  static let operatorConfirmation = FactTable(
    .operatorConfirmation, 18, "operator_confirmation",
    [Column("contract", .text), Column("request", .text), Column("event", .text)])
  static let claimAssignment = FactTable(
    .claimAssignment, 19, "claim_assignment",
    [Column("contract", .text), Column("collector", .text), Column("returned", .integer, optional: true)])
  static let hold = FactTable(
    .hold, 20, "debt_hold",
    [
      Column("contract", .text, optional: true), Column("invoice", .text, optional: true),
      Column("until", .integer, optional: true), Column("reason", .text), Column("placed_by", .text),
    ])
}
