/// A field that texts of letters are filled from, as it is written in braces.
enum LetterField: String, CaseIterable, Hashable, Sendable {
  case creditorName = "creditor.name"
  case creditorRegistrationNumber = "creditor.registrationNumber"
  case creditorAddress = "creditor.address"
  case creditorPhone = "creditor.phone"
  case creditorEmail = "creditor.email"
  case creditorAccount = "creditor.account"
  case creditorBank = "creditor.bank"
  case creditorEnergyAdvice = "creditor.energyAdvice"
  case bureauName = "bureau.name"
  case letterDate = "letter.date"
  case letterReference = "letter.reference"
  case letterSubject = "letter.subject"
  case customerName = "customer.name"
  case customerAddress = "customer.address"
  case customerNumber = "customer.number"
  case contractKind = "contract.kind"
  case contractNumber = "contract.number"
  case contractDate = "contract.date"
  case deliveryPoint = "delivery.point"
  case supply
  case invoices
  case principal = "amount.principal"
  case interest = "amount.interest"
  case penalty = "amount.penalty"
  case costs = "amount.costs"
  case total = "amount.total"
  case deadline
  case delaySince = "delay.since"
  case objectionDays = "objection.days"
  case restrictionDate = "restriction.date"
  case restorationCost = "restoration.cost"
  case terminationDate = "termination.date"
  case reportingDate = "reporting.date"
  case instalments = "plan.instalments"
  case prepayment = "prepayment.amount"
  case deposit = "deposit.amount"

  /// Those that a subject may have: a subject stands in a letter, so it cannot name itself.
  var isForSubjects: Bool { self != .letterSubject }
}

/// A field of one line in a list, or of a number with its unit.
enum LetterLineField: String, Hashable, Sendable {
  case number
  case issued
  case due
  case unpaid = "open"
  case amount
  case count = "n"
}
