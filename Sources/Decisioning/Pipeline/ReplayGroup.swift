import Dispatch
import FactStore
import Facts
import SQLite
import Synchronization
import Values

/// Decisions next to each other that were made by one rule set for one day, of one state of the facts.
///
/// They are taken for automated decisions, not stopped, about customers alone in the currency of most of their invoices, as a pass over the
/// portfolio makes them: then nothing has to be read back from their contents. Those that were something else come out
/// different and are looked at one by one.
struct ReplayGroup {
  let decisions: ArraySlice<StoredDecision>

  /// Takes the group that the decisions begin with.
  init(_ decisions: ArraySlice<StoredDecision>) {
    var count = 1
    if let first = decisions.first, first.orderReference == nil {
      var key = first.customerKey
      for next in decisions.dropFirst() {
        guard next.orderReference == nil, next.customerKey > key, next.ruleSetKey == first.ruleSetKey,
          next.businessDate == first.businessDate, next.knownAt == first.knownAt,
          next.readSequence == first.readSequence
        else { break }
        key = next.customerKey
        count += 1
      }
    }
    self.decisions = decisions.prefix(count)
  }

  /// Tells for each decision whether it comes out with the very bytes that were stored.
  func isSame(_ store: FactStore, _ ruleSet: RuleSet, jobs: Int) throws(RatingError) -> [Bool] {
    guard let first = decisions.first else { return [] }
    if first.orderReference != nil { return [false] }
    let (customers, sources, ratings, judgements) = try read(store, first)
    let share = (decisions.count + jobs - 1) / jobs
    let parts = Mutex<[[Bool]]>(Array(repeating: [], count: jobs))
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
      let part = decisions.dropFirst(job * share).prefix(share)
      var verdicts: [Bool] = []
      verdicts.reserveCapacity(part.count)
      // Both are in the order of the keys.
      var place = customers.firstIndex { $0.key >= part.first?.customerKey ?? 0 } ?? customers.endIndex
      for decision in part {
        while place < customers.endIndex, customers[place].key < decision.customerKey { place += 1 }
        guard place < customers.endIndex, customers[place].key == decision.customerKey else {
          verdicts.append(false)
          continue
        }
        let situation = Situation(
          businessDate: first.businessDate, sources: sources,
          quarantinedRecords: customers[place].openQuarantine, previous: ratings[decision.customerKey],
          judgement: judgements[decision.customerKey])
        let content = ruleSet.decide(customers[place].facts, situation)
        verdicts.append(content?.bytes(ruleSet.layout) == decision.bytes && decision.isIntact)
      }
      parts.withLock { $0[job] = verdicts }
    }
    return parts.withLock { $0.flatMap { $0 } }
  }

  private func read(
    _ store: FactStore, _ first: StoredDecision
  ) throws(RatingError) -> (
    customers: [PortfolioCustomer], sources: LoadedSources, ratings: [Int: PreviousRating],
    judgements: [Int: GivenJudgement]
  ) {
    let keys = decisions.map(\.customerKey)
    let asOf = AsOf(businessDate: first.businessDate, knownAt: first.knownAt, sequence: first.readSequence)
    return try store.read { reader throws(RatingError) in
      let customers: [PortfolioCustomer]
      do throws(StoreError) {
        customers = try reader.customers(keys, asOf: asOf)
      } catch {
        throw .facts(error)
      }
      let (sources, memory) = try RatingError.wrapping { () throws(SQLiteError) in
        (
          try LoadedSources(reader, asOf: asOf),
          try DecisionStore.previous(
            customerKeys: keys, before: asOf.businessDate, knownAt: asOf.knownAt,
            sequence: first.readSequence, in: reader.sql)
        )
      }
      do throws(DecisionStoreError) {
        return (
          customers, sources, memory,
          try DecisionStore.judgements(
            customerKeys: keys, on: asOf.businessDate, knownAt: asOf.knownAt, sequence: first.readSequence,
            in: reader.sql)
        )
      } catch {
        throw .decisions(error)
      }
    }
  }
}
