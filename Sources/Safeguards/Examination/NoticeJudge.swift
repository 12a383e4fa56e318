import Facts
import Values

/// Judges whether a notice is one by the law of the day on which it was sent, and whether it is proven.
struct NoticeJudge {
  let facts: CustomerFacts
  let claim: ClaimSubject
  let law: DebtLaw
  let currency: Currency
  /// What was known at the end of this day counts.
  let day: CivilDate
  /// Nil where no calendar of the country is known.
  let calendar: DebtCalendar?
  /// The deadlines that the tool waits for.
  let deadlines: [LawDeadline]

  /// The notices of a type about a contract that may be about an invoice, sent by the day.
  func notices(_ type: DebtNotice.NoticeType, contract: String, invoice: String) -> [DebtNotice] {
    facts.debtNotices.map(\.fact).filter { notice in
      notice.type == type && notice.contract == contract && notice.sent <= day
        && (notice.invoice ?? invoice) == invoice
    }
  }

  /// The notice as evidence, and why it counts for nothing for a bill, if it does.
  func judge(_ notice: DebtNotice, _ type: DebtNotice.NoticeType, _ bill: ClaimBill) -> (
    NoticeEvidence, NoticeRefusal?
  ) {
    let then = law.entries(claim, on: notice.sent)
    let (proof, unproven) = delivery(notice, then)
    var received = proof.flatMap { $0.event == .sent ? nil : $0.date }
    for entry in then {
      if case .deemedReceipt(let channels, let days) = entry.rule, channels.contains(notice.channel),
        proof != nil
      {
        received = notice.sent.adding(days: days)
      }
    }
    let split = self.split(notice)
    var evidence = NoticeEvidence(
      record: notice.id, type: type, invoice: notice.invoice, contentHash: notice.contentHash,
      template: notice.template, channel: notice.channel, address: notice.addressKind, sent: notice.sent,
      received: received, deadline: notice.deadline, split: split, proof: proof)
    // That it came back is told first: what came back told the customer nothing.
    guard let refused = unproven == .cameBack ? unproven : refusal(evidence, notice, bill, then) ?? unproven
    else {
      return (evidence, nil)
    }
    evidence.received = nil
    evidence.proof = nil
    return (evidence, refused)
  }

  /// Why a notice counts for nothing, leaving its proof aside.
  private func refusal(
    _ evidence: NoticeEvidence, _ notice: DebtNotice, _ bill: ClaimBill, _ then: [DebtLawEntry]
  ) -> NoticeRefusal? {
    guard evidence.contentHash != nil else { return .noContent }
    guard let address = evidence.address else { return .noAddress }
    if let amount = notice.amount, amount.currency != currency { return .otherCurrency }
    guard evidence.sent > bill.due else { return .tooSoon }
    for entry in then {
      switch entry.rule {
      case .form(let form) where form.notice == evidence.type:
        if !form.channels.contains(evidence.channel) { return .wrongChannel }
        if !form.addresses.contains(address) { return .wrongAddress }
        if form.needsSplit, evidence.split == nil { return .noSplit }
        if form.needsDeadline, evidence.deadline == nil { return .noDeadline }
      case .noticeClock(let type, let count) where type == evidence.type:
        guard let first = earliest(count, after: bill.due), first <= evidence.sent else { return .tooSoon }
      default: break
      }
    }
    for deadline in deadlines where deadline.notice == evidence.type {
      if deadline.isRequired, evidence.deadline == nil { return .noDeadline }
      if let stated = evidence.deadline, let minimum = deadline.minimum {
        guard let least = earliest(minimum, after: evidence.sent), least <= stated else {
          return .shortDeadline
        }
      }
    }
    return nil
  }

  /// The parts of the amount; nil where they are not there or do not make the whole.
  private func split(_ notice: DebtNotice) -> NoticeEvidence.Split? {
    guard let total = notice.amount?.amount, let principal = notice.principal else { return nil }
    let parts = NoticeEvidence.Split(
      principal: principal, interest: notice.interest ?? 0, penalty: notice.penalty ?? 0,
      costs: notice.costs ?? 0,
      total: total)
    return parts.isWhole ? parts : nil
  }

  /// What proves the delivery by the day, or why nothing does.
  private func delivery(
    _ notice: DebtNotice, _ then: [DebtLawEntry]
  ) -> (NoticeEvidence.Proof?, NoticeRefusal?) {
    var events: Set<ProofEvent> = []
    for entry in then {
      if case .proof(let channels, let proving) = entry.rule, channels.contains(notice.channel) {
        events.formUnion(proving)
      }
    }
    let deliveries = facts.noticeDeliveries.map(\.fact).filter { $0.notice == notice.id && $0.date <= day }
    let back = deliveries.filter { $0.event == .returned || $0.event == .failed }.map(\.date).max()
    let proofs = deliveries.map {
      NoticeEvidence.Proof(record: $0.id, event: $0.event, date: $0.date, reference: $0.evidence)
    }.filter { $0.isAmong(events) }.sorted { ($0.date, $0.record) < ($1.date, $1.record) }
    if let proof = proofs.first(where: { proof in
      proof.date >= notice.sent && back.map { proof.date > $0 } ?? true
    }) {
      return (proof, nil)
    }
    if back != nil { return (nil, .cameBack) }
    return (nil, proofs.isEmpty ? .notProven : .provenBeforeSent)
  }

  /// The first day after a count; nil where working days cannot be counted.
  func earliest(_ count: DayCount, after start: CivilDate) -> CivilDate? {
    if count.unit == .working, calendar == nil { return nil }
    return count.earliest(after: start) { calendar?.holidays(of: $0.year).contains($0) ?? false }
  }
}

extension NoticeEvidence.Split {
  /// Whether no part is below zero and the parts make the whole.
  var isWhole: Bool {
    [principal, interest, penalty, costs].allSatisfy { $0 >= 0 }
      && principal + interest + penalty + costs == total
  }
}
