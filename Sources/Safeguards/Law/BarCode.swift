/// What forbids a restriction; the raw value is the stable code.
public enum BarCode: String, CaseIterable, Hashable, Sendable {
  /// A complaint to the supplier or a case of out-of-court settlement is open on the claim.
  case openComplaint
  /// An objection to the debt was not answered with reasons, or a court has the claim.
  case openObjection
  /// An invoice of the claim is disputed.
  case openDispute
  /// The customer is insolvent by a register.
  case insolvency
  /// The customer is a protected user.
  case protectedHousehold
  /// The household is in energy poverty.
  case energyPoor
  /// A payment plan holds and was kept to.
  case planKept
  /// The processing of the data about the debt is restricted.
  case dataRestricted
  /// A person is looking at the case.
  case pendingReview
  /// The debtor has died.
  case deceased
  /// The claim was sold or given to a collector.
  case sold
  /// Somebody placed a hold.
  case hold

  /// No provision allows this tool for such a claim, or none speaks of the day.
  case toolNotAllowed
  /// The contract is not known, so neither is whose law counts.
  case unknownContract
  /// An invoice is not known, or none was named.
  case unknownInvoice
  /// An invoice bills another contract.
  case otherContract
  /// An invoice is named twice.
  case invoiceTwice
  /// An invoice is not past due, or nothing of it is open.
  case notOverdue
  /// An invoice bills something else than supply or its network.
  case notSupply
  /// An invoice is not in the currency of the claim.
  case otherCurrency
  /// Money in another currency may have settled the claim; a person looks at it.
  case unconvertedMoney
  /// What is claimed is not above zero, or a part of it is below.
  case notPositive
  /// More is claimed than is open.
  case amountTooHigh
  /// Less is owed or claimed than the floor.
  case underFloor
  /// The claim ended with time.
  case timeBarred
  /// More interest is claimed than the law gives.
  case interestTooHigh
  /// More penalty is claimed than the law allows.
  case penaltyTooHigh
  /// More costs of recovery are claimed than the law allows.
  case costsTooHigh
  /// A day on which nobody is cut off.
  case noCutDay

  /// Those that provisions of the law data set up; all others are checked whatever the data say.
  static let ofLaw: Set<BarCode> = [
    .openComplaint, .openObjection, .openDispute, .insolvency, .protectedHousehold, .energyPoor, .planKept,
    .dataRestricted, .pendingReview, .deceased, .sold, .hold,
  ]
}
