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
}
