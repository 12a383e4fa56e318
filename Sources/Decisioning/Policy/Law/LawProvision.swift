import Facts
import Values

/// One dated provision of the law, as `law/*.json` has it: data, with its source and how well that is known.
public struct LawProvision: Hashable, Sendable {
  /// What the provision does.
  public enum Effect: Hashable, Sendable {
    /// Some outcomes are not allowed; the order is held for an employee instead.
    case orderBar(outcomes: Set<Outcome>, unless: Set<Circumstance>)
    /// Some outcomes are allowed that a household may not be given without a permission.
    case permission(outcomes: Set<Outcome>)
    /// What allows an automated decision for these purposes.
    case legalBasis(purposes: Set<DecisionPurpose>)
    /// Within how many days a contested decision is answered.
    case contest(answerWithinDays: Int)
  }

  /// A circumstance of the customer that a bar makes an exception for.
  public enum Circumstance: String, CaseIterable, Hashable, Sendable {
    /// An invoice was paid late or is overdue.
    case lateWithPayment
    /// A liquidation is open in a public register.
    case inLiquidation
  }

  /// How well a provision is known.
  public enum Confidence: String, CaseIterable, Hashable, Sendable {
    /// The text was read.
    case read
    /// A secondary source was read.
    case secondary
    /// From memory; a lawyer confirms it before it is relied on.
    case memory
  }

  /// Stands for the rule that a household is asked for a deposit or prepayment only where a provision allows it.
  public static let noPermission = "no-permission"

  /// Its id: that of the requirement, as in `LV-E-10`.
  public var id: String
  /// The country, or `EU`.
  public var jurisdiction: String
  /// What it does.
  public var effect: Effect
  /// The commodities it is about; nil for all.
  public var commodities: Set<Contract.Commodity>?
  /// The kinds of customers it is about; nil for all.
  public var customers: Set<Customer.Kind>?
  /// The first day on which it holds.
  public var from: CivilDate
  /// The last day on which it holds; nil while it is in force.
  public var until: CivilDate?
  /// The act and the place in it.
  public var source: String
  /// How well it is known.
  public var confidence: Confidence
  /// What it says, in few words, for the people who keep the file.
  public var note: String

  /// Whether it is in force on a day and about such a customer and commodity.
  ///
  /// Without a commodity every provision that may be about the order counts where it bars, and none where it allows.
  func applies(on day: CivilDate, jurisdiction: String, customer: Customer.Kind) -> Bool {
    self.jurisdiction == jurisdiction && from <= day && day <= (until ?? day)
      // What a prospect will be is not known yet, so the law that protects households protects them.
      && (customers.map { $0.contains(customer) || customer == .prospect && $0.contains(.household) } ?? true)
  }
}
