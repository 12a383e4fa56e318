import Facts
import Values

/// What a customer can do, and the first day on which the rules would then give a better decision.
///
/// "If invoices I-7 and I-8 are paid by 14 May, and bills on their due dates, the rating is B from 15 May." The
/// promise: with the facts of `applied(to:)`, the rules give `verdict` on the day `from`, not yet on the day before,
/// and something better than the decision explained at each of the monthly re-ratings that follow
/// (`CounterfactualLimits.lastingMonths`). Where a better decision would come and go again before, its first coming
/// is no promise and `from` is the day on which it comes to stay.
public struct Recourse: Hashable, Sendable {
  /// The kinds of action, each once, in the order pay, clear, end, time.
  ///
  /// Time is named where it alone does it; an action with a later date needs time as well.
  public var levers: [Lever]
  /// The last day for the payments; nil where only time has to pass.
  public var by: CivilDate?
  /// The first day of the better decision.
  public var from: CivilDate
  /// What the rules give on that day.
  public var verdict: Verdict
  /// The invoices to be paid, the oldest due first.
  public var payments: [ProposedPayment] = []
  /// The arrears entries to be cleared, by their record ids, in the order of reporting.
  public var clearings: [ProposedEnding] = []
  /// The public-register entries to be ended, in the order of their beginning.
  public var endings: [ProposedEnding] = []
  /// The bills that are here and not yet due, and those supposed to come until the last of the re-ratings.
  public var bills: [ExpectedBill] = []

  /// Whether bills fall due before the better decision, so that it also takes paying them in time.
  public var needsBillsPaid: Bool { bills.contains { $0.due <= from } }

  /// The sums of the payments, by currency.
  public var totals: [Money] {
    var sums: [Money] = []
    for payment in payments {
      if let place = sums.firstIndex(where: { $0.currency == payment.amount.currency }) {
        sums[place].amount += payment.amount.amount
      } else {
        sums.append(payment.amount)
      }
    }
    return sums.sorted { $0.currency < $1.currency }
  }
}

/// An invoice that is to be paid.
public struct ProposedPayment: Hashable, Sendable {
  /// The invoice number.
  public var invoice: String
  /// Its due date.
  public var due: CivilDate
  /// What is to be paid of it: all that is open and not disputed.
  public var amount: Money
}

/// A register entry that is to come to an end.
public struct ProposedEnding: Hashable, Sendable {
  /// The entry's record id.
  public var record: String
  /// The store's number of the fact.
  public var factID: Int
  /// The register's name, if known.
  public var register: String?
  /// From when the entry holds, or when the arrears were reported.
  public var since: CivilDate
  /// The amount that the register tells, if it does.
  public var amount: Money?
}

/// A bill that is supposed to come, or is here and not yet due, and is paid on its due date.
public struct ExpectedBill: Hashable, Sendable {
  /// The number of the invoice that is here already; nil for a supposed one.
  public var invoice: String?
  /// The day of issue.
  public var issued: CivilDate
  /// The day on which it is paid.
  public var due: CivilDate
  /// What is paid: as much as the last bill; nil where there has been no bill yet, so that the amount is not known.
  public var amount: Money?
}
