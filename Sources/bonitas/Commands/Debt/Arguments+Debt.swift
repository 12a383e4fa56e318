import Access
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import HumanReview
import SQLite
import Safeguards
import Values

/// What the commands of debt management share.
enum DebtOptions {
  static let customer = Positional("CUSTOMER", .name("CUSTOMER"), "The customer number.")
  static let contract = Option("contract", .name("CONTRACT"), "Only this contract.")
  static let customers = Option("customer", .name("CUSTOMER"), "Only this customer.", repeats: true)
  /// The most bytes of a plan or a certificate that are read.
  static let fileLimit = 256 << 20

  static func amount(_ money: Money) -> String { "\(money.amount.text(fractionDigits: 2)) \(money.currency)" }
}

extension Arguments {
  /// The desk of debt management with the rule set that decides for a day.
  func debtDesk(_ edge: Edge, on day: CivilDate) throws(Failure) -> DebtDesk {
    let store = try store(edge)
    let (ruleSet, audit) = (try ruleSet(edge, on: day, in: store), try edge.auditLog())
    return try failing {
      try DebtDesk(store: store, audit: audit, ruleSet: ruleSet) { key, reader throws(DebtError) in
        do throws(DecisionStoreError) {
          return try OpenContests.restrictedContracts(of: key, in: reader.sql)
        } catch {
          throw .decisions(error)
        }
      }
    }
  }

  /// The key of the customer that a command about debts is given.
  func debtor(_ number: String, _ edge: Edge) throws(Failure) -> Int {
    guard let key = try keys(of: [number], edge).first else {
      throw Failure(
        "unknown-customer",
        "There is no customer \(visible(number)). 'bonitas customers find TEXT' looks for one.")
    }
    return key
  }
}

extension Failure {
  /// That a customer does not have a contract on a day.
  static func unknownContract(_ contract: String, of number: String, on day: CivilDate) -> Failure {
    Failure(
      "unknown-contract",
      "\(visible(number)) has no contract \(visible(contract)) on \(day). 'bonitas debt show' tells them.")
  }
}
