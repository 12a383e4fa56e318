import Explanation
import Facts
import Safeguards
import Values

extension DebtDesk {
  /// The letter of a notice step, as it is written on a day.
  ///
  /// Dates come from the law that the certificate is measured by; what is merely custom stands here.
  func notice(
    _ step: LadderStep, reference: String, _ debt: DebtCase, _ proposal: LadderProposal,
    _ facts: CustomerFacts
  ) throws(DebtError) -> Effect.Notice? {
    let facts = facts.countedOnce
    guard let type = step.noticeType, let customer = facts.customer?.fact else { return nil }
    let channel = Self.channel(of: step, debt)
    let language = Self.language(debt)
    let day = proposal.day
    let claim = ClaimSubject(
      jurisdiction: debt.jurisdiction, claimant: debt.claimant, commodity: debt.commodity,
      customerType: debt.customerType)
    let terms = safeguards.terms(of: type, claim, by: channel, sent: day)
    var content = LetterContent(
      type: type, language: language,
      circumstances: LetterCircumstances(
        jurisdiction: debt.jurisdiction, claimant: debt.claimant, commodity: debt.commodity,
        customer: debt.customerType, channel: channel),
      reference: reference, date: day, customerNumber: debt.customer, amount: proposal.amount,
      invoices: proposal.invoices.map { Self.line($0, facts, proposal.amount.currency) })
    content.customerName = customer.name ?? customer.number
    content.customerAddress = customer.address ?? customer.number
    content.contract = debt.contract
    content.contractStart = facts.contracts.first { $0.fact.id == debt.contract }?.fact.start
    content.deliveryPoint = debt.deliveryPoint
    content.delaySince = debt.openedOn
    content.objectionDays = terms.objectionDays
    content.restrictionDate = terms.earliest[.disconnectionRequest] ?? terms.earliest[.powerLimit]
    content.terminationDate = terms.earliest[.contractTermination]
    // Where the law names no time, it is the one that the notice states (LV-E-2, LV-E-5).
    if type == .restrictionWarning, content.restrictionDate == nil {
      content.restrictionDate = day.adding(days: Self.customaryDays + 1)
    }
    if type == .terminationNotice, content.terminationDate == nil {
      content.terminationDate = day.adding(days: Self.customaryTerminationDays + 1)
    }
    content.reportingDate = terms.reporting
    content.deadline = Self.deadline(terms, content, on: day)
    let month = Self.averageMonth(debt, facts, proposal.amount.currency)
    content.prepayment = month
    content.deposit = month
    if type == .planOffer { content.instalments = Self.instalments(proposal.amount, from: day) }
    do throws(LetterError) {
      return Effect.Notice(
        type: type, channel: channel, addressKind: .contract, language: Self.stored(language),
        deadline: content.deadline, letter: try letters.letter(content))
    } catch {
      throw .letter(error)
    }
  }

  /// How long a notice leaves to pay where the law is silent.
  private static let customaryDays = 14
  /// The same for the end of a contract.
  private static let customaryTerminationDays = 30

  /// By post; where the last notice of the step came back, by registered post (LV-D-10: another way is taken next).
  private static func channel(of step: LadderStep, _ debt: DebtCase) -> DebtNotice.Channel {
    let last = debt.notices.last { $0.step == step }
    return last?.hasFailed ?? false ? .registeredLetter : .letter
  }

  private static func language(_ debt: DebtCase) -> Language {
    if let chosen = debt.language, let language = Language(rawValue: chosen.rawValue) { return language }
    return debt.jurisdiction == .estonia ? .estonian : .latvian
  }

  private static func stored(_ language: Language) -> Customer.Language {
    Customer.Language(rawValue: language.rawValue) ?? .english
  }

  private static func line(
    _ invoice: ClaimInvoice, _ facts: CustomerFacts, _ currency: Currency
  ) -> LetterContent.InvoiceLine {
    let issued = facts.invoices.first { $0.fact.id == invoice.id }?.fact.issued
    return LetterContent.InvoiceLine(
      number: invoice.id, issued: issued ?? invoice.due, due: invoice.due,
      open: Money(invoice.overdue, currency))
  }

  /// The last day to pay: what the law asks for at least, the day before anything follows, or two weeks.
  private static func deadline(_ terms: NoticeTerms, _ content: LetterContent, on day: CivilDate)
    -> CivilDate?
  {
    let following = [content.restrictionDate, content.terminationDate].compactMap(\.self).min()?.adding(
      days: -1)
    let custom = day.adding(days: customaryDays)
    return [terms.leastDeadline, following ?? terms.objectionUntil ?? custom].compactMap(\.self).max()
  }

  /// What the contract was billed a month on average, over the last twelve bills (LV-E-11).
  private static func averageMonth(_ debt: DebtCase, _ facts: CustomerFacts, _ currency: Currency) -> Money? {
    let bills = facts.invoices.map(\.fact).filter {
      $0.contract == debt.contract && $0.amount.currency == currency && $0.amount.amount > 0
        && [nil, .supply, .network].contains($0.subject)
    }
    .suffix(12)
    guard
      let mean = bills.reduce(Decimal.zero, { $0 + $1.amount.amount }).divided(
        by: Decimal(max(1, bills.count)))
    else { return nil }
    return bills.isEmpty ? nil : mean.rounded(scale: 2, .halfUp).map { Money($0, currency) }
  }

  /// Three instalments a month apart; the last takes what the cents leave.
  private static func instalments(_ amount: ClaimAmount, from day: CivilDate) -> [LetterContent.Instalment] {
    guard let third = amount.total.divided(by: 3)?.rounded(scale: 2, .down) else { return [] }
    return (1...3).compactMap { place in
      day.adding(months: place).map { due in
        LetterContent.Instalment(
          due: due, amount: Money(place < 3 ? third : amount.total - third - third, amount.currency))
      }
    }
  }
}
