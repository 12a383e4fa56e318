public import Facts

/// What decides which passages a letter has.
public struct LetterCircumstances: Hashable, Sendable {
  /// The country of the delivery point, whose law applies.
  public var jurisdiction: Jurisdiction
  /// Whose claim it is.
  public var claimant: Contract.Claimant
  /// What is supplied.
  public var commodity: Contract.Commodity
  /// Whether the contract is a household's.
  public var customer: Contract.CustomerType
  /// How the letter is sent.
  public var channel: DebtNotice.Channel

  /// Circumstances from their parts.
  public init(
    jurisdiction: Jurisdiction, claimant: Contract.Claimant, commodity: Contract.Commodity,
    customer: Contract.CustomerType, channel: DebtNotice.Channel
  ) {
    self.jurisdiction = jurisdiction
    self.claimant = claimant
    self.commodity = commodity
    self.customer = customer
    self.channel = channel
  }

  /// All that letters can be written in: every combination for the countries whose law is known.
  static let all: [LetterCircumstances] = {
    var all: [LetterCircumstances] = []
    for jurisdiction in [Jurisdiction.latvia, .estonia] {
      for claimant in Contract.Claimant.allCases {
        for commodity in Contract.Commodity.allCases {
          for customer in Contract.CustomerType.allCases {
            for channel in DebtNotice.Channel.allCases {
              all.append(
                LetterCircumstances(
                  jurisdiction: jurisdiction, claimant: claimant, commodity: commodity, customer: customer,
                  channel: channel))
            }
          }
        }
      }
    }
    return all
  }()

  /// In words for a finding: `LV, supplier, electricity, household, letter`.
  var words: String {
    [jurisdiction.code, claimant.rawValue, commodity.rawValue, customer.rawValue, channel.rawValue]
      .joined(separator: ", ")
  }
}

/// The circumstances in which a passage stands, or an element is asked for; what names none holds in all.
struct LetterScope: Hashable, Sendable {
  var jurisdictions: [Jurisdiction]?
  var claimants: [Contract.Claimant]?
  var commodities: [Contract.Commodity]?
  var customers: [Contract.CustomerType]?
  var channels: [DebtNotice.Channel]?

  func holds(in circumstances: LetterCircumstances) -> Bool {
    (jurisdictions?.contains(circumstances.jurisdiction) ?? true)
      && (claimants?.contains(circumstances.claimant) ?? true)
      && (commodities?.contains(circumstances.commodity) ?? true)
      && (customers?.contains(circumstances.customer) ?? true)
      && (channels?.contains(circumstances.channel) ?? true)
  }
}
