import Facts
import SQLite
import Values

extension FactRow {
  /// The fact of this row of a kind that tells what is done about a debt, as it looked on the business date.
  ///
  /// Until when a protection or a hold lasts is known when it begins, so those days are given though they lie ahead.
  mutating func debtFact(
    id: String, customer: CustomerReference, trueFrom: CivilDate, businessDate: CivilDate
  ) throws(StoreError) -> Fact {
    switch table.kind {
    case .customer, .contract, .invoice, .creditNote, .payment, .reversal, .debtNotice, .dispute,
      .registerEntry, .arrearsEntry:
      throw damaged
    case .noticeDelivery:
      return .noticeDelivery(
        NoticeDelivery(
          id: id, customer: customer, notice: try text(), event: try word(), date: trueFrom,
          evidence: try optionalText()))
    case .complaint:
      var complaint = Complaint(
        id: id, customer: customer, contract: try optionalText(), invoice: try optionalText(),
        kind: try word(), opened: trueFrom, closed: try end(on: businessDate), isWritten: try yesNo(),
        repliedOn: try end(on: businessDate), outcome: try optionalWord())
      if complaint.closed == nil { complaint.outcome = nil }
      return .complaint(complaint)
    case .paymentPlan:
      var plan = PaymentPlan(
        id: id, customer: customer, contract: try text(), agreed: trueFrom, ended: try end(on: businessDate),
        endReason: try optionalWord())
      if plan.ended == nil { plan.endReason = nil }
      return .paymentPlan(plan)
    case .planInstalment:
      return .planInstalment(
        PlanInstalment(
          id: id, customer: customer, plan: try text(), agreed: trueFrom, due: try date(),
          amount: try money()))
    case .protection:
      return .protection(
        Protection(
          id: id, customer: customer, kind: try word(), from: trueFrom, until: try optionalDate(),
          withProof: try yesNo()))
    case .dwelling:
      return .dwelling(
        Dwelling(
          id: id, customer: customer, deliveryPoint: try text(), from: trueFrom,
          until: try end(on: businessDate), isPermanentHome: try yesNo(),
          needsElectricityToHeat: try yesNo()))
    case .deposit:
      return .deposit(
        Deposit(id: id, customer: customer, contract: try text(), date: trueFrom, amount: try money()))
    case .operatorConfirmation:
      return .operatorConfirmation(
        OperatorConfirmation(
          id: id, customer: customer, contract: try text(), request: try text(), event: try word(),
          date: trueFrom))
    case .claimAssignment:
      return .claimAssignment(
        ClaimAssignment(
          id: id, customer: customer, contract: try text(), date: trueFrom, collector: try text(),
          returned: try end(on: businessDate)))
    case .hold:
      return .hold(
        Hold(
          id: id, customer: customer, contract: try optionalText(), invoice: try optionalText(),
          from: trueFrom, until: try optionalDate(), reason: try text(), placedBy: try text()))
    }
  }
}
