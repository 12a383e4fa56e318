import Facts
import Values

/// Looks for the first day from which an action of the customer would give a better decision.
///
/// Every answer is one of the live rules: the customer's facts are changed and the whole pipeline is run on a later
/// business date. The rules are run on the first possible day and then at ever wider steps until the decision is
/// better, and the day is found by halving between two steps, so that a date costs some 20 runs and not 700. It is
/// exact where the answer changes at most once between two steps: compared day by day (`Benchmarks
/// counterfactuals`), 999 of 1,000 dates are the first. What is told of the day itself, of its eve and of the
/// re-ratings after it has always been run.
struct RecourseSearch {
  let ruleSet: RuleSet
  let facts: CustomerFacts
  let situation: Situation
  let explained: DecisionContent
  let limits: CounterfactualLimits
  private let proposals: Proposals
  private let bills: [ExpectedBill]
  private let today: CivilDate
  private let payday: CivilDate
  private let horizon: CivilDate
  /// How often the rules may be run: less often for a customer of very many facts.
  private let budget: Int
  /// How often the rules have been run.
  private(set) var runs = 0

  /// Nil where the business date is so near the end of the calendar that nothing lies ahead.
  init?(
    _ ruleSet: RuleSet, _ facts: CustomerFacts, _ situation: Situation, explained: DecisionContent,
    limits: CounterfactualLimits
  ) {
    today = situation.businessDate
    guard let payday = today.adding(days: max(0, limits.daysToPay)),
      let horizon = today.adding(months: limits.months),
      let furthest = horizon.adding(months: limits.lastingMonths)
    else { return nil }
    self.payday = payday
    self.horizon = horizon
    self.ruleSet = ruleSet
    self.facts = facts
    self.situation = situation
    self.explained = explained
    self.limits = limits
    budget = min(limits.runs, max(1, limits.facts / max(1, facts.count)))
    let ledger = explained.currency.map { Ledger(facts, businessDate: situation.businessDate, currency: $0) }
    proposals = Proposals(facts, ledger: ledger, on: today)
    bills = BillForecast.bills(
      facts, ledger: ledger, from: today, until: furthest,
      startsNow: explained.outcome.supplies, firstDueIn: limits.daysOfFirstBill)
  }

  /// Whether the limit of runs was reached.
  var isCutShort: Bool { runs >= budget }

  /// The recourses, fewest kinds of action first; a further one only where it leads to the goal earlier.
  ///
  /// Everything together is tried first: what it does not reach, part of it is not tried for, and nothing less is
  /// looked for before its date. That an action does harm by being added is left out of account.
  mutating func recourses(_ levers: Set<Lever>) -> [Recourse] {
    let actions = self.actions(levers)
    var everything: Candidate?
    if !actions.isEmpty {
      everything = candidate(actions, levers: levers, from: today, until: horizon)
      guard everything != nil else { return [] }
    }
    let firstDay = payday.adding(days: 1) ?? payday
    let earliest = everything.flatMap { $0.from > firstDay ? $0.from : nil } ?? today
    var found: [Recourse] = []
    for count in 1...max(1, actions.count) {
      // Time alone is one lever as much as one action alone.
      let choices = actions.choices(of: count) + (count == 1 ? [[]] : [])
      // No action works before the day after its payment.
      if count > 1, let last = found.last, last.from <= max(firstDay, earliest) { break }
      let latest = found.last.flatMap { $0.from.adding(days: -1) } ?? horizon
      var best: Recourse?
      for chosen in choices where !isCutShort {
        let candidate =
          chosen.count == actions.count && count == actions.count
          ? everything.flatMap { $0.from <= latest ? $0 : nil }
          : candidate(chosen, levers: levers, from: earliest, until: best?.from ?? latest)
        guard let recourse = candidate.flatMap({ self.recourse($0) }) else { continue }
        if best.map({ recourse.isPreferred(to: $0) }) ?? true { best = recourse }
      }
      if let best { found.append(best) }
    }
    return found
  }

  /// An action with everything that it applies to.
  private struct Action {
    let lever: Lever
    var payments: [ProposedPayment] = []
    var clearings: [ProposedEnding] = []
    var endings: [ProposedEnding] = []
  }

  private func actions(_ levers: Set<Lever>) -> [Action] {
    var actions: [Action] = []
    let payments = proposals.otherCurrencies + proposals.overdue
    if levers.contains(.pay), !payments.isEmpty { actions.append(Action(lever: .pay, payments: payments)) }
    if levers.contains(.clear), !proposals.arrears.isEmpty {
      actions.append(Action(lever: .clear, clearings: proposals.arrears))
    }
    for type in RegisterEntry.EntryType.allCases where levers.contains(.end(type)) {
      let endings = proposals.registers.filter { $0.type == type }.map(\.ending)
      if !endings.isEmpty { actions.append(Action(lever: .end(type), endings: endings)) }
    }
    return actions
  }

  /// Actions and the first day on which they lead to the goal.
  private struct Candidate {
    let actions: [Action]
    let from: CivilDate
    var probe: Probe
  }

  /// The facts if actions are taken, so many of the payments among them.
  private func future(_ actions: [Action], payments: Int = .max) -> CustomerFacts {
    var future = facts
    future.expect(bills)
    if !actions.isEmpty {
      future.change(
        actions.flatMap(\.payments).prefix(payments), clearings: actions.flatMap(\.clearings),
        endings: actions.flatMap(\.endings), on: payday)
    }
    return future
  }

  private mutating func candidate(
    _ actions: [Action], levers: Set<Lever>, from earliest: CivilDate, until latest: CivilDate
  ) -> Candidate? {
    // Waiting is only proposed to somebody who pays: debts left open for months would not stay without consequence.
    let pays = actions.contains { $0.lever == .pay }
    let waits = levers.contains(.time) && (proposals.overdue.isEmpty || pays)
    if actions.isEmpty && !waits { return nil }
    guard let start = (actions.isEmpty ? today : payday).adding(days: 1) else { return nil }
    var probe = Probe(facts: future(actions))
    return firstDay(from: max(start, earliest), until: waits ? latest : start, &probe)
      .map { Candidate(actions: actions, from: $0, probe: probe) }
  }

  /// What is told of a candidate, with the fewest of the oldest invoices that do it on the same day.
  private mutating func recourse(_ candidate: Candidate) -> Recourse? {
    var probe = candidate.probe
    let payments = candidate.actions.flatMap(\.payments)
    // Enough with `high` of them, not with `low`.
    var low = max(0, proposals.otherCurrencies.count - 1)
    var high = payments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      var fewer = Probe(facts: future(candidate.actions, payments: middle))
      if holds(candidate.from, &fewer) {
        high = middle
        probe = fewer
      } else {
        low = middle
      }
    }
    guard let decision = decision(candidate.from, &probe) else { return nil }
    let last = candidate.from.adding(months: limits.lastingMonths) ?? candidate.from
    let waitsOnly = candidate.actions.isEmpty
    return Recourse(
      levers: waitsOnly ? [.time] : candidate.actions.map(\.lever), by: waitsOnly ? nil : payday,
      from: candidate.from, verdict: Verdict(decision), payments: Array(payments.prefix(high)),
      clearings: candidate.actions.flatMap(\.clearings), endings: candidate.actions.flatMap(\.endings),
      bills: bills.filter { $0.issued <= last })
  }

  // MARK: Dates

  /// Changed facts, and what the rules decided on them day by day.
  private struct Probe {
    let facts: CustomerFacts
    var decisions: [Int: DecisionContent] = [:]
  }

  /// The first day on which the better decision has come to stay.
  private mutating func firstDay(
    from start: CivilDate, until latest: CivilDate, _ probe: inout Probe
  ) -> CivilDate? {
    guard start <= latest else { return nil }
    if holds(start, &probe) { return start }
    // Ever wider steps: what comes soon matters most, and a date two years ahead is found with few runs as well.
    var days = [start]
    for month in Self.months where month <= limits.months {
      if let day = start.adding(months: month), day < latest { days.append(day) }
    }
    if start < latest { days.append(latest) }
    guard let high = days.indices.dropFirst().first(where: { isBetter(days[$0], &probe) }) else { return nil }
    let day = firstDay(after: days[high - 1], to: days[high], &probe) { $0.isBetter($1, &$2) }
    if holds(day, &probe) { return day }
    // It comes and goes: only what stays is promised.
    for place in high..<days.count where !isCutShort && holds(days[place], &probe) {
      return firstDay(after: max(day, days[place - 1]), to: days[place], &probe) { $0.holds($1, &$2) }
    }
    return nil
  }

  /// The months after the first possible day on which the rules are run to see whether the better decision has come.
  private static let months = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24]

  /// By halving, a day on which something is so and on whose eve it is not; it is so on the last day.
  private mutating func firstDay(
    after first: CivilDate, to last: CivilDate, _ probe: inout Probe,
    _ isSo: (inout RecourseSearch, CivilDate, inout Probe) -> Bool
  ) -> CivilDate {
    var low = first.dayNumber
    var high = last.dayNumber
    while high - low > 1 {
      let middle = (low + high) / 2
      if isSo(&self, CivilDate(dayNumber: middle), &probe) { high = middle } else { low = middle }
    }
    return CivilDate(dayNumber: high)
  }

  /// Whether a day gives a better decision, and the monthly re-ratings after it as well, each the past of the next.
  private mutating func holds(_ day: CivilDate, _ probe: inout Probe) -> Bool {
    guard var past = decision(day, &probe), past.isBetter(than: explained) else { return false }
    for month in 0..<max(0, limits.lastingMonths) {
      guard let later = day.adding(months: month + 1), let next = decide(probe.facts, on: later, after: past),
        next.isBetter(than: explained)
      else { return false }
      past = next
    }
    return true
  }

  private mutating func isBetter(_ day: CivilDate, _ probe: inout Probe) -> Bool {
    decision(day, &probe)?.isBetter(than: explained) == true
  }

  /// The decision of a day whose past is the explained one.
  private mutating func decision(_ day: CivilDate, _ probe: inout Probe) -> DecisionContent? {
    if let known = probe.decisions[day.dayNumber] { return known }
    let decision = decide(probe.facts, on: day, after: explained)
    probe.decisions[day.dayNumber] = decision
    return decision
  }

  private mutating func decide(
    _ facts: CustomerFacts, on day: CivilDate, after past: DecisionContent
  ) -> DecisionContent? {
    guard !isCutShort else { return nil }
    runs += 1
    return ruleSet.decide(facts, situation.later(on: day, after: past))
  }
}

extension Situation {
  /// The situation of a later decision about the same question, for which `decision` is the past.
  public func later(on day: CivilDate, after decision: DecisionContent) -> Situation {
    var later = self
    later.businessDate = day
    later.previous = decision.standing
    return later
  }
}

extension Outcome {
  /// Whether the order goes ahead, so that there will be bills.
  fileprivate var supplies: Bool {
    switch self {
    case .accept, .acceptWithDeposit, .prepayment: true
    case .refer, .decline: false
    }
  }
}

extension Recourse {
  /// The earlier date, then the smaller payment where both are of one currency.
  fileprivate func isPreferred(to other: Recourse) -> Bool {
    if from != other.from { return from < other.from }
    let (own, others) = (totals, other.totals)
    if own.count <= 1, others.count <= 1 {
      return own.first?.amount ?? .zero < others.first?.amount ?? .zero
    }
    return own.count < others.count
  }
}

extension Array {
  /// Every choice of so many elements, in the order of the elements.
  fileprivate func choices(of count: Int) -> [[Element]] {
    guard count > 0 else { return [[]] }
    var choices: [[Element]] = []
    for place in indices {
      choices += Array(self[(place + 1)...]).choices(of: count - 1).map { [self[place]] + $0 }
    }
    return choices
  }
}
