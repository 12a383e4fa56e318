import Facts

/// What to fill in for a canonical layout: the header line and an explanation of each column.
public struct LayoutTemplate: Sendable {
  /// The layout.
  public let name: String
  /// The header line; with it alone a file is a valid empty one.
  public let header: String
  /// A line for each column: its name, what it takes, and whether it must be filled.
  public let explanation: [String]

  /// The template of a layout, or nil when there is no such layout.
  public init?(layout: String) {
    guard let kind = FactKind.allCases.first(where: { $0.layout == layout }) else { return nil }
    name = layout
    header = CanonicalLayouts.header(kind)
    explanation = kind.fields.map { Self.line($0, of: kind) }
  }

  /// The names of all layouts.
  public static var names: [String] { FactKind.allCases.map(\.layout) }

  private static func line(_ field: FieldDescription, of kind: FactKind) -> String {
    let what =
      switch field.type {
      case .text(let limit): "text of at most \(limit) characters"
      case .date: "date, as in 2026-05-14"
      case .amount: "amount with a decimal point, as in 1234.50"
      case .months: "whole number of months"
      case .currency: "currency of ISO 4217, as in EUR"
      case .country: "country of ISO 3166-1, as in LV or EE"
      case .enumeration(let words): "one of " + words.joined(separator: ", ")
      case .yesNo: "yes or no"
      case .digest: "SHA-256 digest of 64 hexadecimal digits"
      }
    return "\(field.name.rawValue): \(what)\(field.isRequired ? "" : "; may be empty")\(note(field, kind))"
  }

  private static func note(_ field: FieldDescription, _ kind: FactKind) -> String {
    switch (kind, field.name) {
    case (.invoice, .amount): "; negative is a credit note"
    case (.dispute, .amount): ", then the whole invoice is disputed"
    case (.dispute, .closed), (.arrearsEntry, .cleared), (.registerEntry, .until), (.contract, .end),
      (.complaint, .closed), (.paymentPlan, .ended), (.protection, .until), (.dwelling, .until),
      (.hold, .until), (.claimAssignment, .returned):
      ", then it is open"
    case (.registerEntry, .customer), (.arrearsEntry, .customer):
      ", then identifier_scheme and identifier name the customer"
    case (.payment, .invoice), (.creditNote, .invoice): ", then the oldest open invoice is settled"
    case (.contract, .jurisdiction): ", then it is the customer's"
    case (.contract, .claimant): ", then it is the supplier"
    case (.contract, .customerType): ", then the kind of customer says it"
    case (.invoice, .subject): ", then it is supply"
    case (.debtNotice, .type): ", then the notice proves nothing"
    case (.debtNotice, .principal), (.debtNotice, .interest), (.debtNotice, .penalty), (.debtNotice, .costs):
      "; the parts add up to the amount"
    case (.deposit, .amount): "; negative is what was given back"
    default: ""
    }
  }
}
