import Decisioning
import SQLite

/// What customers contest and nobody has answered yet, by what it is about: such a decision has no effect against them.
public struct OpenContests: Sendable {
  private struct Matter: Hashable {
    let customerKey: Int
    let orderReference: String?
  }

  private var cases: [Matter: CaseID] = [:]

  /// The open contests of all customers, or those of one, in one query.
  public init(of customerKey: Int? = nil, in reader: Reader) throws(SQLiteError) {
    let rows = try reader.all(
      """
      SELECT c.number, d.customer, d.order_reference FROM review_case AS c JOIN decision AS d ON d.id = c.decision
      WHERE c.kind = ?1 AND c.state <> 'closed' AND (?2 IS NULL OR c.customer = ?2) ORDER BY c.number
      """, CaseKind.contest.letter, customerKey
    ) { row throws(SQLiteError) in
      (
        CaseID(.contest, try row.integer(0)),
        Matter(customerKey: try row.integer(1), orderReference: try row.optionalText(2))
      )
    }
    for (id, matter) in rows { cases[matter] = id }
  }

  /// The contracts of a customer about whose restriction a contest is open.
  public static func restrictedContracts(
    of customerKey: Int, in reader: Reader
  ) throws(DecisionStoreError) -> Set<String> {
    let contests = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try OpenContests(of: customerKey, in: reader)
    }
    var contracts: Set<String> = []
    for reference in contests.cases.keys.compactMap(\.orderReference) {
      let decision = try DecisionStore.newest(about: reference, customerKey: customerKey, in: reader)
      if let proposal = decision?.content.proposal { contracts.insert(proposal.contract) }
    }
    return contracts
  }

  /// The contest that holds what was decided about a customer, or about an order of theirs: that of the order, else that
  /// of the customer's rating, on which the order was decided.
  public subscript(customerKey: Int, order reference: String?) -> CaseID? {
    cases[Matter(customerKey: customerKey, orderReference: reference)]
      ?? cases[Matter(customerKey: customerKey, orderReference: nil)]
  }
}
