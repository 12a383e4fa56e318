import DebtManagement
import Facts
import Values

/// What happens on which day, and whom to look at.
struct DebtAgenda {
  let world: DebtWorld
  private var events: [Int: [DebtEvent]] = [:]
  private var looks: [Int: Set<String>] = [:]
  private var bills: [String: Money] = [:]
  /// The days on which bills are due, by customer.
  private var dues: [String: [CivilDate]] = [:]
  private var customers: [String: DebtCustomer] = [:]
  /// The days on which withdrawals left, by the restriction that they are about.
  private var withdrawn: [String: CivilDate] = [:]
  private var known: Set<String> = []

  init(_ world: DebtWorld) {
    self.world = world
    for place in 0..<world.size {
      let customer = world.customer(place)
      customers[customer.number] = customer
      let life = DebtLife(customer, world)
      dues[customer.number] = life.dues
      for event in life.events { add(event) }
      for day in life.looks { look(at: customer.number, on: day) }
      bills.merge(life.bills) { first, _ in first }
    }
  }

  /// The facts that all begins with.
  var beginnings: [(fact: Fact, isToldTwice: Bool)] {
    customers.values.sorted { $0.number < $1.number }.flatMap { customer in
      customer.facts(world).map { ($0, customer.isToldTwice) }
    }
  }

  /// Whether two sources tell of a customer.
  func isToldTwice(_ customer: String) -> Bool { customers[customer]?.isToldTwice ?? false }

  /// All customers.
  var numbers: Set<String> { Set(customers.keys) }

  private mutating func add(_ event: DebtEvent) {
    if event.day < world.end { events[event.day.dayNumber, default: []].append(event) }
    // That a status ends is an event too: until its day nobody is told when it will be.
    if let end = event.fact.end { look(at: event.customer, on: max(end, event.day)) }
    // Nobody looks at a bill that is paid before it is due; what was paid elsewhere and comes back leaves it open.
    if case .reversal = event.fact {
      for due in dues[event.customer] ?? [] where due >= event.day {
        for days in [1, 3] { look(at: event.customer, on: due.after(days)) }
      }
    }
  }

  mutating func look(at customer: String, on day: CivilDate) {
    if day < world.end { looks[day.dayNumber, default: []].insert(customer) }
  }

  /// Takes in what has left, once: others react to it from the next day on.
  mutating func react(to effect: Effect, sentOn day: CivilDate, customer: String) {
    guard known.insert(effect.id).inserted, let who = customers[customer] else { return }
    if effect.step == .withdrawal, case .operatorRequest(let request) = effect.kind,
      let first = request.concerning
    {
      withdrawn[first] = min(withdrawn[first] ?? day, day)
    }
    for event in DebtReaction(to: effect, on: day, who, world, bills: bills).events { add(event) }
    look(at: customer, on: day.after(1))
  }

  /// What becomes known at an hour, in an order that is always the same.
  func facts(on day: CivilDate, _ hour: DebtEvent.Hour) -> [DebtEvent] {
    (events[day.dayNumber] ?? []).filter { event in
      guard event.hour == hour else { return false }
      guard let answers = event.answers, let gone = withdrawn[answers.request] else { return true }
      return answers.on < gone
    }
    .sorted { $0.fact.id < $1.fact.id }
  }

  /// Whom to look at in the morning.
  func customers(on day: CivilDate) -> Set<String> { looks[day.dayNumber] ?? [] }

  /// Lets go what is over.
  mutating func forget(_ day: CivilDate) {
    events[day.dayNumber] = nil
    looks[day.dayNumber] = nil
  }
}

extension Fact {
  /// The day from which what it tells holds no longer.
  fileprivate var end: CivilDate? {
    switch self {
    case .protection(let fact): fact.until
    case .hold(let fact): fact.until
    case .registerEntry(let fact): fact.until
    case .claimAssignment(let fact): fact.returned
    case .paymentPlan(let fact): fact.ended
    default: nil
    }
  }
}
