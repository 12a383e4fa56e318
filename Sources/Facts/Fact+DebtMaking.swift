import Values

// The kinds that tell what is done about a debt.
extension Fact {
  static func debtNotice(_ fields: FieldReader) throws(FactError) -> DebtNotice {
    let sent = try fields.date(3)
    var notice = DebtNotice(
      id: try fields.text(0), customer: .number(try fields.text(1)), invoice: try fields.optionalText(2),
      sent: sent, channel: try fields.word(4), amount: try fields.optionalMoney(5),
      type: try fields.optionalWord(7), contract: try fields.optionalText(8))
    if let deadline = try fields.optionalDate(9) {
      guard deadline >= sent else { throw fields.error(9, .deadlineBeforeSent) }
      notice.deadline = deadline
    }
    notice.principal = try fields.part(10)
    notice.interest = try fields.part(11)
    notice.penalty = try fields.part(12)
    notice.costs = try fields.part(13)
    let parts = [notice.principal, notice.interest, notice.penalty, notice.costs]
    if let given = parts.firstIndex(where: { $0 != nil }) {
      guard let amount = notice.amount?.amount else { throw fields.error(10 + given, .partsWithoutAmount) }
      guard parts.compactMap({ $0 }).reduce(0, +) == amount else { throw fields.error(5, .partsNotSum) }
    }
    notice.addressKind = try fields.optionalWord(14)
    notice.contentHash = try fields.optionalDigest(15)
    notice.template = try fields.optionalText(16)
    notice.language = try fields.optionalWord(17)
    return notice
  }

  static func noticeDelivery(_ fields: FieldReader) throws(FactError) -> NoticeDelivery {
    NoticeDelivery(
      id: try fields.text(0), customer: .number(try fields.text(1)), notice: try fields.text(2),
      event: try fields.word(3), date: try fields.date(4), evidence: try fields.optionalText(5))
  }

  static func complaint(_ fields: FieldReader) throws(FactError) -> Complaint {
    let opened = try fields.date(5)
    let complaint = Complaint(
      id: try fields.text(0), customer: .number(try fields.text(1)), contract: try fields.optionalText(2),
      invoice: try fields.optionalText(3), kind: try fields.word(4), opened: opened,
      closed: try fields.end(6, notBefore: opened), isWritten: try fields.yesNo(7),
      repliedOn: try fields.end(8, notBefore: opened), outcome: try fields.optionalWord(9))
    guard complaint.outcome == nil || complaint.closed != nil else {
      throw fields.error(9, .outcomeWhileOpen)
    }
    return complaint
  }

  static func paymentPlan(_ fields: FieldReader) throws(FactError) -> PaymentPlan {
    let agreed = try fields.date(3)
    let plan = PaymentPlan(
      id: try fields.text(0), customer: .number(try fields.text(1)), contract: try fields.text(2),
      agreed: agreed, ended: try fields.end(4, notBefore: agreed), endReason: try fields.optionalWord(5))
    guard plan.endReason == nil || plan.ended != nil else { throw fields.error(5, .endReasonWhileOpen) }
    return plan
  }

  static func planInstalment(_ fields: FieldReader) throws(FactError) -> PlanInstalment {
    let instalment = PlanInstalment(
      id: try fields.text(0), customer: .number(try fields.text(1)), plan: try fields.text(2),
      agreed: try fields.date(3), due: try fields.date(4), amount: try fields.positiveMoney(5))
    guard instalment.due >= instalment.agreed else { throw fields.error(4, .dueBeforeAgreed) }
    return instalment
  }

  static func protection(_ fields: FieldReader) throws(FactError) -> Protection {
    let from = try fields.date(3)
    return Protection(
      id: try fields.text(0), customer: .number(try fields.text(1)), kind: try fields.word(2), from: from,
      until: try fields.end(4, notBefore: from), withProof: try fields.yesNo(5))
  }

  static func dwelling(_ fields: FieldReader) throws(FactError) -> Dwelling {
    let from = try fields.date(3)
    return Dwelling(
      id: try fields.text(0), customer: .number(try fields.text(1)), deliveryPoint: try fields.text(2),
      from: from, until: try fields.end(4, notBefore: from), isPermanentHome: try fields.yesNo(5),
      needsElectricityToHeat: try fields.yesNo(6))
  }

  static func deposit(_ fields: FieldReader) throws(FactError) -> Deposit {
    let deposit = Deposit(
      id: try fields.text(0), customer: .number(try fields.text(1)), contract: try fields.text(2),
      date: try fields.date(3), amount: try fields.money(4))
    guard deposit.amount.amount != 0 else { throw fields.error(4, .amountZero) }
    return deposit
  }

  static func operatorConfirmation(_ fields: FieldReader) throws(FactError) -> OperatorConfirmation {
    OperatorConfirmation(
      id: try fields.text(0), customer: .number(try fields.text(1)), contract: try fields.text(2),
      request: try fields.text(3), event: try fields.word(4), date: try fields.date(5))
  }

  static func claimAssignment(_ fields: FieldReader) throws(FactError) -> ClaimAssignment {
    let date = try fields.date(3)
    return ClaimAssignment(
      id: try fields.text(0), customer: .number(try fields.text(1)), contract: try fields.text(2), date: date,
      collector: try fields.text(4), returned: try fields.end(5, notBefore: date))
  }

  static func hold(_ fields: FieldReader) throws(FactError) -> Hold {
    let from = try fields.date(4)
    return Hold(
      id: try fields.text(0), customer: .number(try fields.text(1)), contract: try fields.optionalText(2),
      invoice: try fields.optionalText(3), from: from, until: try fields.end(5, notBefore: from),
      reason: try fields.text(6), placedBy: try fields.text(7))
  }
}
