extension NoticeReport.Bar {
  /// What forbids a notice, in words for the operator.
  public var words: String {
    switch self {
    case .unknownContract: "the contract, or whose law counts for it, is not known"
    case .notOverdue: "an invoice is not past due, or nothing of it is open"
    case .notPermitted: "no provision lets such a customer be asked for it"
    case .wrongChannel: "the law does not accept the channel"
    case .wrongAddress: "the law does not accept the kind of address"
    case .shortDeadline: "the last day to pay is missing or comes too soon"
    case .dataRestricted: "the processing of the data about the debt is restricted"
    case .deceased: "the debtor has died"
    case .insolvency: "the customer is insolvent"
    case .sold: "the claim was sold or given to a collector"
    case .hold: "somebody placed a hold"
    }
  }
}

extension ReportingReport.Bar {
  /// What forbids a report, in words for the operator.
  public var words: String {
    switch self {
    case .noProvision: "no provision lets such a debt be reported"
    case .notOverdue: "nothing of it is open and past due in one currency"
    case .tooEarly: "it has not been late for long enough"
    case .warning: "no warning is proven to have gone out long enough ago"
    case .objection: "a written objection was not answered with reasons"
    case .tooSmall: "it is not above the least amount of the register"
    case .disputed: "an invoice is disputed, or a complaint is open"
    case .dataRestricted: "the processing of the data about the debt is restricted"
    case .deceased: "the debtor has died"
    case .sold: "the claim was sold or given to a collector"
    case .hold: "somebody placed a hold"
    }
  }
}
