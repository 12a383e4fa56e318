import Facts
import Formats
import Values

/// A debt that the bureau knows of, as it was told last.
struct ToldDebt: Hashable, Sendable {
  /// Which debt it is: one of a contract in a currency.
  struct Claim: Hashable, Comparable, Sendable {
    var contract: String
    var currency: Currency

    static func < (left: Claim, right: Claim) -> Bool {
      (left.contract, left.currency) < (right.contract, right.currency)
    }
  }

  var claim: Claim
  /// What it was told last.
  var last: LastReport
  /// The invoices that were told.
  var invoices: [String]
  /// Whether that was marked or taken back since (LV-B-9): until it is told anew there is nothing to refresh.
  var isCorrected: Bool
  /// Whether the bureau was told that it has ended.
  var hasEnded: Bool

  /// Reads a decision that was kept, after what was told before of the same debt; nil for what this program did not write.
  init?(_ content: String, after earlier: [Claim: ToldDebt]) {
    guard let json = try? JSONReader.parse(content), let contract = json["contract"]?.stringValue,
      let currency = json["currency"]?.stringValue.flatMap({ Currency($0) }),
      let duty = json["duty"]?.stringValue.flatMap(ReportingDecision.Duty.init),
      let day = json["businessDate"]?.stringValue.flatMap({ CivilDate($0) }),
      let amount = json["amount"]?.numberValue,
      let invoices = json["invoices"]?.arrayValue?.compactMap(\.stringValue)
    else { return nil }
    claim = Claim(contract: contract, currency: currency)
    self.invoices = invoices
    isCorrected = duty == .correct
    hasEnded = duty == .end
    // A correction and an end name no debt to compare with: the bureau has what it was told before.
    let told = duty == .report || duty == .refresh ? nil : earlier[claim]
    last = told?.last ?? LastReport(on: day, amount: amount)
    if let told { self.invoices = told.invoices }
  }
}
