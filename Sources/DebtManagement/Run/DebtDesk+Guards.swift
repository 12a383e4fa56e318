import FactStore
import Facts
import SQLite
import Safeguards
public import Values

extension DebtDesk {
  /// What the outbox asks before an effect leaves: the law, the change feed, and whether its ground is still there.
  ///
  /// - Parameter day: the day that the law is asked for; nil for that of the clock.
  public func guards(on day: CivilDate? = nil) -> OutboxGuards {
    OutboxGuards(
      refusal: { bytes, effect in self.refusal(bytes, effect) },
      hasSeenAll: { customer, reader throws(OutboxError) in
        try OutboxError.wrapping { () throws(SQLiteError) in try DebtCursor.hasSeen(customer, in: reader) }
      },
      obstacle: { effect, reader, now throws(OutboxError) in
        do throws(DebtError) {
          let day = day ?? RigaTime.date(at: now)
          let facts = try self.facts(of: effect.customerKey, on: day, knownAt: now, reader)
          if let found = try self.obstacle(effect, facts, reader, on: day, now) { return found }
          return try self.endedApproval(of: effect, facts, reader, on: day)
        } catch {
          switch error {
          case .storage(let error): throw .storage(error)
          case .facts(let error): throw .facts(error)
          // What cannot be asked is not answered with yes.
          default: return error.code
          }
        }
      },
      mayContact: { effect, now in self.mayContact(effect, now) })
  }

  /// Why a certificate does not allow an effect: it is refused itself, or it is about something else.
  private func refusal(_ bytes: [UInt8], _ effect: Effect) -> String? {
    do throws(CertificateRejection) {
      let request = try CertificateChecker.verify(
        bytes, law: safeguards.law, calendars: safeguards.calendars
      ).report.request
      guard request.id == effect.id, request.tool == effect.step.tool, request.contract == effect.contract,
        Set(request.invoices) == Set(effect.invoices),
        request.amount == Money(effect.amount.principal, effect.amount.currency)
      else { return "other-matter" }
      return nil
    } catch {
      return error.code
    }
  }

  /// Why an effect is not to leave any more; nil where it still is.
  ///
  /// A restriction and a notice are examined by the law once more, with the facts of this very moment; a letter about a debt
  /// that was paid is not sent.
  func obstacle(
    _ effect: Effect, _ facts: CustomerFacts, _ reader: FactReader, on day: CivilDate, _ now: Instant
  ) throws(DebtError) -> String? {
    guard
      let debt = try cases(of: effect.customerKey, facts, on: day, knownAt: now, reader)
        .first(where: { $0.contract == effect.contract && $0.currency == effect.amount.currency })
    else { return "paid" }
    if debt.isPaid { return "paid" }
    // Other invoices may be owed: what counts are those that it names, and a letter states no more than is owed of them.
    let named = ClaimAmount(
      debt.invoices.filter { effect.invoices.contains($0.id) }, currency: effect.amount.currency)
    if !effect.invoices.isEmpty, named.total <= 0, effect.step.isNotice || effect.step == .noNewOrders {
      return "paid"
    }
    if effect.step.isNotice, named.principal < effect.amount.principal { return "amount-changed" }
    if case .letter(let notice) = effect.kind, let contract = effect.contract {
      let invoices = effect.invoices.isEmpty ? debt.invoices.map(\.id) : effect.invoices
      return bar(to: notice, contract, invoices, facts, on: day).map { "barred:\($0)" }
    }
    guard let tool = effect.step.tool, let contract = effect.contract else { return nil }
    let report = safeguards.examine(
      RestrictionRequest(
        id: effect.id, tool: tool, customer: debt.customer, contract: contract, invoices: effect.invoices,
        on: day, amount: Money(effect.amount.principal, effect.amount.currency),
        interest: effect.amount.interest, penalty: effect.amount.penalty, costs: effect.amount.costs),
      facts: facts, pendingReview: debt.isUnderReview)
    if report.isLawful { return nil }
    return report.standing.first.map { "barred:\($0.code.rawValue)" } ?? "clock-runs"
  }

  /// What of the law keeps a notice from going out on a day, by its code; nil where nothing does.
  func bar(
    to notice: Effect.Notice, _ contract: String, _ invoices: [String], _ facts: CustomerFacts,
    on day: CivilDate
  ) -> String? {
    let report = safeguards.examineNotice(
      notice.type, contract: contract, invoices: invoices, on: day, facts: facts,
      form: NoticeForm(channel: notice.channel, address: notice.addressKind, deadline: notice.deadline))
    if report.isLawful { return nil }
    return report.bars.first?.bar.rawValue ?? "tooSoon"
  }

  /// Whether a letter may go out now in its way, by the law of the contract's country; no, where that is not known.
  private func mayContact(_ effect: Effect, _ now: Instant) -> Bool {
    guard case .letter(let notice) = effect.kind else { return true }
    let claim = try? store.read { reader throws(DebtError) in
      let facts = try facts(of: effect.customerKey, on: RigaTime.date(at: now), knownAt: now, reader)
      return effect.contract.flatMap { ClaimSubject(contract: $0, facts) }
    }
    guard let claim else { return false }
    return safeguards.mayContact(at: now, claim, by: notice.channel)
  }
}
