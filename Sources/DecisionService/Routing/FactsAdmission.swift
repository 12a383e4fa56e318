import Access
import FactStore
import Facts
import SQLite
import Values

/// Whose facts a token may deliver, and about whom.
///
/// A request that goes beyond is refused whole, before anything of it is stored: even a record in quarantine would have its
/// customer referred.
struct FactsAdmission {
  private let core: ServiceCore
  private let caller: Caller

  init(_ core: ServiceCore, _ caller: Caller) {
    self.core = core
    self.caller = caller
  }

  /// Refuses facts of sources, and about customers, that the token is not for.
  ///
  /// - Parameters:
  ///   - sources: in whose name facts are delivered.
  ///   - facts: the facts that could be read.
  ///   - customers: whom all records are about, also those that break a rule.
  /// - Throws: `.outOfScope`, and what the database reports.
  func admit(sources: Set<String>, facts: [Fact], customers: Set<CustomerReference>) throws(Problem) {
    do throws(AccessError) {
      for source in sources.sorted() { try caller.token.require(source: source) }
      guard caller.token.grant.jurisdictions != nil else { return }
      for fact in facts {
        if case .customer(let customer) = fact { try caller.token.require(customer.jurisdiction) }
      }
    } catch {
      throw Problem(error)
    }
    for jurisdiction in try jurisdictions(of: customers) { try TurnDesk.require(jurisdiction, caller) }
  }

  /// The countries of customers as the store knows them.
  ///
  /// Of who has not arrived nothing is known yet: what waits for them changes nothing until they have.
  private func jurisdictions(of customers: Set<CustomerReference>) throws(Problem) -> [Jurisdiction] {
    let now = core.clock.now()
    let asOf = AsOf(businessDate: core.businessDate(at: now), knownAt: now)
    do throws(StoreError) {
      return try core.store.read { reader throws(StoreError) in
        var found: Set<Jurisdiction> = []
        for customer in customers {
          let key = try StoreError.wrapping { () throws(SQLiteError) in try reader.key(of: customer) }
          guard let key else { continue }
          let known = try reader.facts(of: key, asOf: asOf, kinds: []).customer
          if let jurisdiction = known?.fact.jurisdiction { found.insert(jurisdiction) }
        }
        return found.sorted()
      }
    } catch {
      throw Problem(error)
    }
  }
}
