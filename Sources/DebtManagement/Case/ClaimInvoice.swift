public import Facts
public import Values

/// An open invoice of a case that is past its due date.
public struct ClaimInvoice: Hashable, Sendable {
  /// The invoice number.
  public var id: String
  /// The last day on which payment was in time.
  public var due: CivilDate
  /// What it bills.
  public var subject: Invoice.Subject
  /// What is open, the disputed part included.
  public var outstanding: Decimal
  /// The part set aside because it is disputed.
  public var disputed: Decimal
  /// What is past due: the rest.
  public var overdue: Decimal
  /// Statutory interest on it in whole cents, up to what is past due (LV-C-1, LV-C-3); only supply and network bear it.
  public var interest: Decimal

  /// Whether it bills supply or its network: only such a claim restricts supply.
  public var isPrincipal: Bool { subject == .supply || subject == .network }
}
