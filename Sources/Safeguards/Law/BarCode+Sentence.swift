extension BarCode {
  /// What forbids, in words for the operator.
  public var words: String {
    switch self {
    case .openComplaint: "a complaint or out-of-court case about the claim is open"
    case .openObjection: "an objection to the debt was not answered, or a court has the claim"
    case .openDispute: "an invoice of the claim is disputed"
    case .insolvency: "the customer is insolvent, so the claim goes to the administrator"
    case .protectedHousehold: "the household is a protected user"
    case .energyPoor: "the household is in energy poverty"
    case .planKept: "a payment plan holds and was kept to"
    case .dataRestricted: "the processing of the data about the debt is restricted"
    case .pendingReview: "a person is looking at the case"
    case .deceased: "the debtor has died"
    case .sold: "the claim was sold or given to a collector"
    case .hold: "somebody placed a hold"
    case .toolNotAllowed: "no provision allows this for such a claim on this day"
    case .unknownContract: "the contract, or whose law counts for it, is not known"
    case .unknownInvoice: "an invoice is not known, or none was named"
    case .otherContract: "an invoice does not bill this contract"
    case .invoiceTwice: "an invoice is named twice"
    case .notOverdue: "an invoice is not past due, or nothing of it is open"
    case .notSupply: "an invoice bills something else than supply or its network"
    case .otherCurrency: "an invoice is not in the currency of the claim"
    case .unconvertedMoney: "money in another currency came that may have settled the claim"
    case .notPositive: "an amount claimed is not above zero"
    case .amountTooHigh: "more is claimed than is open"
    case .underFloor: "the debt is under the least amount"
    case .timeBarred: "the claim ended with time"
    case .interestTooHigh: "more interest is claimed than the law gives"
    case .penaltyTooHigh: "more penalty is claimed than the law allows"
    case .costsTooHigh: "more costs of recovery are claimed than the law allows"
    case .noCutDay: "nobody is cut off on this day"
    }
  }
}

extension BarFinding {
  /// The rule, whether it stands, what it says and the records that it rests on.
  public var sentence: String {
    let source = rule == BarFinding.always ? "" : "\(rule): "
    guard stands else { return "\(source)not found that \(code.words)." }
    return "\(source)\(code.words) (\(evidence.joined(separator: ", ")))."
  }
}
