import DebtManagement
import Facts
import Values

/// What others do about an effect that has left: the post, the customer, the network operator.
///
/// It hangs on the seed and the effect alone, so that it is the same after a kill.
struct DebtReaction {
  private let world: DebtWorld
  private let customer: DebtCustomer
  private let effect: Effect
  private let sent: CivilDate
  private let bills: [String: Money]
  private var chance: DebtChance
  private(set) var events: [DebtEvent] = []

  init(
    to effect: Effect, on sent: CivilDate, _ customer: DebtCustomer, _ world: DebtWorld,
    bills: [String: Money]
  ) {
    self.world = world
    self.customer = customer
    self.effect = effect
    self.sent = sent
    self.bills = bills
    chance = world.chance("reaction \(effect.id)")
    if case .letter(let notice) = effect.kind { deliver(notice) }
    if effect.step.isRestriction || effect.isRelief { answer() }
    if case .after(effect.step) = customer.temper { pay(sent.after(chance.number(3...14))) }
    if effect.step.isNotice, effect.step != .reminder { object() }
    if effect.step == .planOffer { agree() }
  }

  private mutating func add(
    _ day: CivilDate, _ fact: Fact, answers: (request: String, on: CivilDate)? = nil
  ) {
    let hour = chance.pick(
      [(6, DebtEvent.Hour.morning), (1, .afterPlan), (1, .beforeSending), (2, .evening)], or: .morning)
    events.append(DebtEvent(day: day, hour: hour, fact: fact, customer: customer.number, answers: answers))
  }

  // MARK: the post

  private mutating func deliver(_ notice: Effect.Notice) {
    func event(_ event: NoticeDelivery.Event, _ day: Int, evidence: String? = nil) -> Fact {
      .noticeDelivery(
        NoticeDelivery(
          id: "\(effect.id)-\(event.rawValue)-\(day)", customer: customer.reference, notice: effect.id,
          event: event,
          date: sent.after(day), evidence: evidence))
    }
    enum Way { case posted, delivered, late, never, returned, undone }
    switch chance.pick(
      [(50, Way.posted), (24, .delivered), (8, .late), (4, .never), (9, .returned), (5, .undone)], or: .posted
    )
    {
    case .posted: add(sent.after(1), event(.sent, 1, evidence: "RR\(effect.id.suffix(8))LV"))
    case .delivered:
      let days = chance.number(2...5)
      add(sent.after(days), event(.delivered, days))
    case .late:
      // It came soon, and is told late.
      let days = chance.number(3...8)
      add(sent.after(days + chance.number(8...20)), event(.received, days))
    case .never: break
    case .returned:
      let days = chance.number(4...12)
      add(sent.after(days), event(.returned, days))
    case .undone:
      // First it is proven, then it comes back.
      add(sent.after(1), event(.sent, 1, evidence: "RR\(effect.id.suffix(8))LV"))
      let days = chance.number(8...30)
      add(sent.after(days), event(.returned, days))
    }
  }

  // MARK: the operator

  private mutating func answer() {
    guard let contract = effect.contract else { return }
    let days = chance.happens(850) ? chance.number(1...6) : chance.number(7...25)
    let date = sent.after(days)
    // Sometimes the answer comes some days after what it tells.
    let known = date.after(chance.happens(150) ? chance.number(1...4) : 0)
    func confirm(_ event: OperatorConfirmation.Event, _ request: String) -> Fact {
      .operatorConfirmation(
        OperatorConfirmation(
          id: "C-\(effect.id)", customer: customer.reference, contract: contract, request: request,
          event: event,
          date: date))
    }
    switch effect.step {
    case .disconnectionRequest, .powerLimit:
      if chance.happens(70) { return add(known, confirm(.refused, effect.id), answers: (effect.id, date)) }
      add(
        known, confirm(effect.step == .powerLimit ? .limited : .disconnected, effect.id),
        answers: (effect.id, date))
      if effect.commodity == .gas {
        // What it costs to restore supply, which is to be paid too (LV-G-3).
        add(
          known,
          .invoice(
            Invoice(
              id: "RC-\(effect.id)", customer: customer.reference, contract: contract, issued: date,
              due: date.after(14), amount: .cents(2_500), subject: .restorationCost)),
          answers: (effect.id, date))
      }
    case .contractTermination: add(known, confirm(.terminated, effect.id), answers: (effect.id, date))
    case .release: add(known, confirm(.restored, concerned(effect.id)))
    case .withdrawal: add(known, confirm(.withdrawn, concerned(effect.id)))
    default: break
    }
  }

  /// Operators name what was asked first, or what was asked last.
  private mutating func concerned(_ id: String) -> String {
    guard case .operatorRequest(let request) = effect.kind, let first = request.concerning,
      chance.happens(500)
    else { return id }
    return first
  }

  // MARK: the customer

  private mutating func pay(_ day: CivilDate) {
    // Now and then the payment is told late, after the step that follows.
    let known = chance.happens(120) ? day.after(chance.number(5...40)) : day
    for (place, invoice) in effect.invoices.enumerated() {
      guard let amount = bills[invoice] else { continue }
      let payment = Payment(
        id: "M-\(effect.id)-\(place)", customer: customer.reference, date: day, amount: amount,
        invoice: chance.happens(850) ? invoice : nil)
      add(known, .payment(payment))
      if chance.happens(80) {
        // The bank takes it back; the customer pays again.
        let back = known.after(chance.number(2...12))
        add(
          back,
          .reversal(
            Reversal(id: "B-\(payment.id)", customer: customer.reference, payment: payment.id, date: back)))
        guard chance.happens(700) else { continue }
        let again = back.after(chance.number(5...40))
        add(
          again,
          .payment(
            Payment(
              id: "\(payment.id)-again", customer: customer.reference, date: again, amount: amount,
              invoice: invoice)))
      } else if chance.happens(40) {
        // It turns out that it had come earlier.
        var corrected = payment
        corrected.date = sent.after(-chance.number(1...10))
        add(known.after(chance.number(3...20)), .payment(corrected))
      }
    }
    if effect.commodity == .gas, effect.step == .disconnectionRequest {
      let later = known.after(chance.number(8...30))
      add(
        later,
        .payment(
          Payment(
            id: "M-RC-\(effect.id)", customer: customer.reference, date: later, amount: .cents(2_500),
            invoice: "RC-\(effect.id)")))
    }
  }

  private mutating func object() {
    let rate = world.rate(25, trouble: 50)
    if chance.happens(rate), let invoice = effect.invoices.first {
      let opened = sent.after(chance.number(2...25))
      var dispute = Dispute(
        id: "Q-\(effect.id)", customer: customer.reference, invoice: invoice, opened: opened,
        amount: chance.happens(300) ? .cents(1_500) : nil)
      add(opened, .dispute(dispute))
      if chance.happens(800) {
        dispute.closed = opened.after(chance.number(10...60))
        dispute.outcome = .rejected
        add(dispute.closed ?? opened, .dispute(dispute))
      }
    }
    if chance.happens(rate), let contract = effect.contract {
      let opened = sent.after(chance.number(1...30))
      var complaint = Complaint(
        id: "K-\(effect.id)", customer: customer.reference, contract: contract,
        kind: chance.pick([(4, .complaint), (3, .objection), (2, .outOfCourt), (1, .court)], or: .complaint),
        opened: opened, isWritten: true)
      // Told some days late.
      add(opened.after(chance.number(0...2)), .complaint(complaint))
      if chance.happens(800) {
        let answered = opened.after(chance.number(5...45))
        if complaint.kind == .objection, chance.happens(500) {
          complaint.repliedOn = answered
        } else {
          complaint.closed = answered
        }
        add(answered, .complaint(complaint))
      }
    }
  }

  /// A plan of three instalments, kept or broken.
  private mutating func agree() {
    guard let contract = effect.contract, chance.happens(world.rate(150, trouble: 220)) else { return }
    let agreed = sent.after(chance.number(3...20))
    let (id, who) = ("A-\(effect.id)", customer.reference)
    let third = Money(
      effect.amount.principal.divided(by: 3)?.rounded(scale: 2, .up) ?? 0, effect.amount.currency)
    add(agreed, .paymentPlan(PaymentPlan(id: id, customer: who, contract: contract, agreed: agreed)))
    let paid = chance.pick([(5, 3), (2, 2), (2, 1), (1, 0)], or: 3)
    for place in 1...3 {
      let due = agreed.after(30 * place)
      add(
        agreed,
        .planInstalment(
          PlanInstalment(
            id: "\(id)-\(place)", customer: who, plan: id, agreed: agreed, due: due, amount: third)))
      guard place <= paid else { continue }
      let day = due.after(-chance.number(0...4))
      add(day, .payment(Payment(id: "M-\(id)-\(place)", customer: who, date: day, amount: third)))
    }
    guard chance.happens(700) else { return }
    let ended = agreed.after(paid == 3 ? 95 : 30 * (paid + 1) + chance.number(1...10))
    add(
      ended,
      .paymentPlan(
        PaymentPlan(
          id: id, customer: who, contract: contract, agreed: agreed, ended: ended,
          endReason: paid == 3 ? .fulfilled : .broken)))
  }
}
