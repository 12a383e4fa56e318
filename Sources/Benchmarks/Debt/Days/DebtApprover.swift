import AuditLog
import DebtManagement
import Decisioning
import FactStore
import SQLite
import Values

/// The people to whom restrictions are proposed: they take some days, approve most, lift some, and leave a few lying.
struct DebtApprover {
  private let house: DebtHouse
  private var waiting: [Int: [DecisionID]] = [:]
  private var known: Set<Int> = []

  init(_ house: DebtHouse) { self.house = house }

  /// Finds the proposals that nobody has decided about.
  mutating func find() throws {
    let rows = try house.store.read { reader throws(SQLiteError) in
      try reader.sql.all(
        """
        SELECT id, business_date FROM decision WHERE kind = 'proposed' AND purpose = 'restriction'
          AND id NOT IN (SELECT supersedes FROM decision WHERE supersedes IS NOT NULL)
        """
      ) { row throws(SQLiteError) in (id: try row.integer(0), day: try row.integer(1)) }
    }
    for row in rows { propose(DecisionID(row.id), on: CivilDate(dayNumber: row.day)) }
  }

  mutating func propose(_ id: DecisionID, on day: CivilDate) {
    guard known.insert(id.number).inserted else { return }
    var chance = house.world.chance("approval \(id)")
    if chance.happens(40) { return }
    waiting[day.after(1 + chance.number(0...4)).dayNumber, default: []].append(id)
  }

  /// Decides what is to be decided by a day, and says about whom.
  mutating func decide(on day: CivilDate) throws -> [String] {
    let days = waiting.keys.filter { $0 <= day.dayNumber }.sorted()
    let ids = days.flatMap { waiting[$0] ?? [] }.sorted()
    for day in days { waiting[day] = nil }
    if ids.isEmpty { return [] }
    let (house, instant) = (house, house.clock.now)
    return try house.store.write(actor: "reviewer", at: instant, purpose: "review decide") {
      write throws(DebtError) in
      var customers: [String] = []
      for id in ids {
        let basis: DecisionRecord?
        do throws(DecisionStoreError) { basis = try DecisionStore.decision(id, in: write.sql) } catch {
          throw .decisions(error)
        }
        guard let basis, let proposal = basis.content.proposal else { continue }
        let newest = try DebtError.wrapping { () throws(SQLiteError) in
          try DecisionStore.newest(inPlaceOf: basis, in: write.sql)
        }
        guard newest == id else { continue }
        var chance = house.world.chance("judgement \(proposal.reference)")
        let isApproved = chance.happens(900)
        let draft: DecisionDraft
        do throws(RatingError) {
          draft = try Rater.judge(
            Judgement(
              caseName: "C-\(id.number)", basis: id, resolution: isApproved ? .confirmed : .changed,
              scope: .customer, restriction: isApproved ? .approved : .lifted, on: day, until: day.after(365),
              reasons: ["J-EVIDENCE"], text: "The papers say so.", reviewer: "reviewer", approver: "second"),
            about: basis, by: house.desk.ruleSet, seeing: .asSeen, write.reader)
        } catch {
          throw .rating(error)
        }
        try DebtError.wrapping { () throws(SQLiteError) in
          let key = try RuleSetStore.keep(
            house.desk.ruleSet, sequence: write.sequence, audit: DebtHouse.audit, in: write.sql)
          _ = try DecisionStore.append(
            draft, house.desk.ruleSet, ruleSetKey: key, sequence: write.sequence, audit: DebtHouse.audit,
            in: write.sql)
        }
        customers.append(basis.content.customer)
      }
      return customers
    }
  }
}
