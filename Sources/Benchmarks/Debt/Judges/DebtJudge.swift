import AuditLog
import DebtManagement
import Decisioning
import FactStore
import Facts
import SQLite
import Safeguards
import Values

/// Judges what left a house, by the facts as they were known and the law alone: no code of the case or the ladder is used.
struct DebtJudge {
  let house: DebtHouse
  private(set) var verdict = DebtVerdict()

  private let isLawAlone: Bool

  /// - Parameter isLawAlone: whether the times that the policy adds are left out: where it was tampered with.
  init(_ house: DebtHouse, isLawAlone: Bool = false) {
    self.house = house
    self.isLawAlone = isLawAlone
  }

  /// All judges over all that is stored.
  mutating func judge(_ receiver: DebtReceiver) throws {
    let effects = try all()
    judgeOutbox(effects, try receiver.all(), hasOrder: !receiver.keepsNoOrder)
    for (key, own) in Dictionary(grouping: effects, by: \.effect.customerKey).sorted(by: { $0.key < $1.key })
    {
      try house.store.read { [house, isLawAlone] reader throws(DebtError) in
        var judge = CustomerJudge(house, reader, key, own, isLawAlone: isLawAlone)
        try judge.run()
        return judge.verdict
      }.fold(into: &verdict)
    }
    try judgeAudit()
  }

  private func all() throws -> [StoredEffect] {
    var (all, last): ([StoredEffect], Int) = ([], 0)
    while true {
      let page = try house.store.read { reader throws(OutboxError) in
        try OutboxStore.list(after: last, limit: 5000, in: reader.sql)
      }
      guard let end = page.last else { return all }
      all += page
      last = end.number
    }
  }

  private mutating func judgeOutbox(
    _ effects: [StoredEffect], _ arrived: [String: DebtReceiver.Arrival], hasOrder: Bool
  ) {
    let judge = "effects not exactly once"
    var rest = Set(arrived.keys)
    var said: [String: StoredEffect] = [:]
    var last: [String: (number: Int, place: Int)] = [:]
    for stored in effects {
      let effect = stored.effect
      verdict.count("\(effect.step.rawValue) \(stored.state.rawValue)")
      rest.remove(effect.id)
      let arrival = arrived[effect.id]
      if stored.sentAt != nil || stored.state == .sent || stored.state == .confirmed {
        verdict.count("effects sent")
        if arrival == nil { verdict.fail(judge, "\(effect.id) is noted as sent and never arrived") }
      } else if arrival != nil, !stored.mayHaveLeft {
        verdict.fail(judge, "\(effect.id) arrived and is \(stored.state.rawValue)")
      }
      if let arrival, !arrival.isSteady { verdict.fail(judge, "\(effect.id) arrived with other bytes") }
      // The same thing on one day is one effect, whatever it is called; what was withdrawn before any try is none.
      let name =
        "\(effect.customerKey) \(effect.contract ?? "") \(effect.step.rawValue) \(concerned(stored)) \(RigaTime.date(at: stored.at))"
      if stored.state.isOpen || stored.mayHaveLeft, let first = said.updateValue(stored, forKey: name) {
        let both = [first, stored].map { "\($0.effect.id) (\($0.state.rawValue), \($0.attempts) tries)" }
        verdict.fail(
          judge, "\(effect.step.rawValue) of \(effect.contract ?? "") is there twice on one day: \(both)")
      }
      guard hasOrder, let arrival, !effect.isRelief else { continue }
      let line = "\(effect.customerKey) \(effect.contract ?? "")"
      if let before = last[line], before.place > arrival.place {
        verdict.fail("order broken", "\(effect.id) came before number \(before.number)")
      }
      last[line] = (stored.number, arrival.place)
    }
    for id in rest { verdict.fail(judge, "\(id) arrived and is not in the outbox") }
  }

  private func concerned(_ stored: StoredEffect) -> String {
    if case .operatorRequest(let request) = stored.effect.kind { request.concerning ?? "" } else { "" }
  }

  private mutating func judgeAudit() throws {
    let report = try house.store.read { reader throws(SQLiteError) in
      try AuditVerifier([.batch] + DecisionStore.auditedTables + OutboxStore.auditedTables).verify(
        in: reader.sql)
    }
    verdict.count("audited rows", report.rows)
    if let finding = report.finding { verdict.fail("audit log", "\(finding)") }
    if report.unaudited > 0 { verdict.fail("audit log", "\(report.unaudited) rows that nothing vouches for") }
  }
}

extension DebtVerdict {
  fileprivate func fold(into other: inout DebtVerdict) { other.merge(self) }
}
