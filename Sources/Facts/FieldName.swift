/// The fields of all kinds of fact, named as the columns of the canonical CSV layouts.
public enum FieldName: String, CaseIterable, Hashable, Sendable {
  case customer, kind, jurisdiction, language, name, identifier, address, contract, commodity, start, end
  case invoice, issued, due, amount, currency, payment, date, reversal, reason, notice, sent, channel, dispute
  case opened, closed, outcome, entry, register, type, since, until, reported, cleared
  case customerSince = "customer_since"
  case identifierScheme = "identifier_scheme"
  case deliveryPoint = "delivery_point"
  case creditNote = "credit_note"
  case ageMonths = "age_months"
  case claimant, subject, deadline, principal, interest, penalty, costs, template, delivery, event, evidence
  case complaint, written, plan, agreed, ended, instalment, protection, from, dwelling, deposit, confirmation
  case request, assignment, collector, returned, hold
  case customerType = "customer_type"
  case addressKind = "address_kind"
  case contentHash = "content_hash"
  case repliedOn = "replied_on"
  case endReason = "end_reason"
  case withProof = "with_proof"
  case permanentHome = "permanent_home"
  case needsElectricityToHeat = "needs_electricity_to_heat"
  case placedBy = "placed_by"
}
