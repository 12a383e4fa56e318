import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import Foundation
import SQLite
import Values

/// Lets the days of a world pass: facts come, plans are made and applied, letters and requests leave, people decide.
struct DebtRunner {
  let house: DebtHouse
  let receiver: DebtReceiver
  let cuts: DebtCuts
  private var agenda: DebtAgenda
  private var approver: DebtApprover
  private var tomorrow: Set<String> = []
  private var lastSent = 0
  private(set) var tally = DebtTally()
  /// Every so many days all customers are looked at, to find whom the agenda has missed; 0 for never.
  private let sweepDays: Int

  /// Where plans are kept until they are done, so that who was killed can go on with one; nil for nowhere.
  private let planFolder: String?

  /// - Parameter goesOn: whether others have lived some of the days already: then everybody is looked at first.
  init(
    _ house: DebtHouse, _ receiver: DebtReceiver, _ cuts: DebtCuts, sweepDays: Int = 0,
    planFolder: String? = nil,
    goesOn: Bool = false
  ) throws {
    self.planFolder = planFolder
    self.house = house
    self.receiver = receiver
    self.cuts = cuts
    self.sweepDays = sweepDays
    agenda = DebtAgenda(house.world)
    approver = DebtApprover(house)
    try house.know(agenda.beginnings)
    try approver.find()
    try react()
    if goesOn { tomorrow = agenda.numbers }
  }

  /// All days from one on.
  ///
  /// - Parameter after: called after each day.
  mutating func run(from first: CivilDate? = nil, after: (CivilDate) throws -> Void = { _ in }) throws {
    let world = house.world
    var day = first ?? world.first
    while day < world.end {
      try run(day)
      try after(day)
      day = day.after(1)
    }
  }

  private mutating func run(_ day: CivilDate) throws {
    house.today.day = day
    var customers = agenda.customers(on: day).union(tomorrow)
    tomorrow = []
    var chance = house.world.chance("day \(day)")
    customers.formUnion(try learn(on: day, .morning))
    try follow(on: day)
    customers.formUnion(try approver.decide(on: day))
    if let begun = try kept(day) { try apply(begun, on: day) }
    let plan = try plan(on: day, customers)
    try keep(plan, day)
    tomorrow.formUnion(try learn(on: day, .afterPlan))
    // Most look at what has come in before they apply a plan; it has to be safe without, too.
    if chance.happens(700) { try follow(on: day) }
    try apply(plan, on: day)
    if chance.happens(100) { try apply(plan, on: day) }
    tomorrow.formUnion(try learn(on: day, .beforeSending))
    if chance.happens(500) { try follow(on: day) }
    try send(on: day)
    tomorrow.formUnion(try learn(on: day, .evening))
    try follow(on: day)
    try send(on: day)
    agenda.forget(day)
    if let planFolder { try? FileManager.default.removeItem(atPath: "\(planFolder)/plan-\(day).json") }
  }

  private func keep(_ plan: DebtPlan, _ day: CivilDate) throws {
    guard let planFolder else { return }
    try Data(plan.json.canonicalBytes).write(
      to: URL(fileURLWithPath: "\(planFolder)/plan-\(day).json"), options: .atomic)
  }

  /// The plan of a day that somebody has begun to apply.
  private func kept(_ day: CivilDate) throws -> DebtPlan? {
    guard let planFolder, let data = FileManager.default.contents(atPath: "\(planFolder)/plan-\(day).json")
    else {
      return nil
    }
    return try DebtPlan([UInt8](data))
  }

  /// Stores what becomes known, and says about whom something matters.
  private mutating func learn(on day: CivilDate, _ hour: DebtEvent.Hour) throws -> [String] {
    let events = agenda.facts(on: day, hour)
    house.clock.move(to: day, hour: hour.rawValue)
    try house.know(events.map { ($0.fact, agenda.isToldTwice($0.customer)) })
    tally.facts += events.count
    return events.filter(\.matters).map(\.customer)
  }

  private mutating func plan(on day: CivilDate, _ customers: Set<String>) throws -> DebtPlan {
    let known = house.clock.now
    var tally = tally
    var looks: [(String, CivilDate)] = []
    let plan = try DebtPlanner(house.desk).plan(
      on: day, knownAt: known, only: customers,
      each: { finding in
        if let next = finding.proposal.lookAgainOn { looks.append((finding.debt.customer, next)) }
        if case .barred(let report) = finding.verdict {
          tally.stop(report)
          looks.append((finding.debt.customer, day.after(1)))
        }
      })
    tally.looked += customers.count
    for (customer, next) in looks { agenda.look(at: customer, on: next) }
    // What is done today is looked at again tomorrow.
    tomorrow.formUnion(plan.actions.map(\.customer))
    if sweepDays > 0, (day.dayNumber - house.world.first.dayNumber) % sweepDays == sweepDays - 1 {
      let all = try DebtPlanner(house.desk).plan(on: day, knownAt: known)
      let seen = Set(plan.actions)
      for missed in all.actions where !seen.contains(missed) {
        tally.failures.append(
          "\(day): \(missed.step.rawValue) of \(missed.contract ?? "-") was due and nobody looked")
      }
    }
    self.tally = tally
    return plan
  }

  private mutating func apply(_ plan: DebtPlan, on day: CivilDate) throws {
    if plan.actions.isEmpty { return }
    let (house, cuts, cutsBefore) = (house, cuts, cuts.count)
    let report = try cuts.withoutEnd(house.clock) {
      try DebtApplication(house.desk, actor: DebtHouse.actor).apply(plan, on: day) { () throws(DebtError) in
        if cuts.happens() { throw .unknownRun("cut") }
        return house.clock.now
      }
    }
    for (place, decision) in report.proposals.sorted(by: { $0.key < $1.key }) {
      approver.propose(decision, on: day)
      tally.taken["proposal of \(plan.actions[place].step.rawValue)", default: 0] += 1
    }
    for place in report.effects.keys { tally.taken[plan.actions[place].step.rawValue, default: 0] += 1 }
    for code in report.refused.values { tally.refused[code, default: 0] += 1 }
    // Who was cut does not know what they have proposed.
    if cuts.count > cutsBefore { try approver.find() }
  }

  private mutating func follow(on day: CivilDate) throws {
    let (house, cuts) = (house, cuts)
    let report = try cuts.withoutEnd(house.clock) {
      try ReleaseFollower(house.desk, actor: DebtHouse.actor).run(on: day) { () throws(DebtError) in
        if cuts.happens() { throw .unknownRun("cut") }
        return house.clock.now
      }
    }
    tally.relief += report.relief.count
    tally.withdrawn += report.withdrawn.count
    tally.wrongful += report.wrongful.count
  }

  private mutating func send(on day: CivilDate) throws {
    let (house, cuts) = (house, cuts)
    let sender = OutboxSender(
      store: house.store, audit: DebtHouse.audit, destination: receiver.destination,
      guards: house.desk.guards(on: day), settings: .init(actor: DebtHouse.actor, day: day)
    ) { () throws(OutboxError) in
      if cuts.happens() { throw .unknown(id: "cut") }
      return house.clock.now
    }
    for _ in 0..<5 {
      let report = try cuts.withoutEnd(house.clock) { try sender.run() }
      let isDelayed = report.delayed.values.contains { $0 != "unseen-change" && $0 != "contact-hours" }
      if !isDelayed { break }
      // Nobody answered: tried again after a while.
      house.clock.pass(seconds: 120)
    }
    try react()
  }

  private mutating func react() throws {
    let (effects, last) = try house.sent(after: lastSent)
    lastSent = last
    for (stored, customer) in effects {
      let day = RigaTime.date(at: stored.sentAt ?? stored.at)
      agenda.react(to: stored.effect, sentOn: day, customer: customer)
      // An operator's answer is in the outbox too: who was withdrawn is looked at.
      tomorrow.insert(customer)
    }
  }
}
