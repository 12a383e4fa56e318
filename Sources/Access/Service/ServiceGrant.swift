import Facts

/// What a service token may do, for which company and for what purpose.
///
/// Company and purpose stand in the audit entry of every disclosure (GDPR article 30(1)(d): the recipients), so a token
/// without them cannot be made.
public struct ServiceGrant: Hashable, Sendable {
  /// What may be asked for; at least one thing.
  public let scopes: Set<Scope>
  /// The company that receives the answers.
  public let company: String
  /// What they are used for, as one word like `order-intake`.
  public let purpose: String
  /// The countries whose customers it is limited to; nil where it is not limited.
  public let jurisdictions: Set<Jurisdiction>?
  /// The sources in whose name it may deliver facts: who speaks for a register could put anybody into insolvency.
  public let sources: Set<String>
  /// How many requests a second it may make in the long run.
  public let requestsPerSecond: Int
  /// How many requests it may make at once after a pause.
  public let burst: Int
  /// Whose decisions it may read.
  public let sees: Visibility

  /// The sources where nothing else is asked for: the supplier's own records.
  public static let defaultSources: Set<String> = ["supplier"]
  /// The long-run rate where nothing else is asked for, in requests a second.
  public static let defaultRequestsPerSecond = 100
  /// The rates that can be given, in requests a second.
  public static let rates = 1...100_000
  /// The bursts that can be given, in requests.
  public static let bursts = 1...1_000_000
  /// The longest company name, in bytes of UTF-8.
  public static let longestCompany = 200
  /// The longest name of a source, in bytes of UTF-8.
  public static let longestSource = 100
  /// The longest purpose, in characters.
  public static let longestPurpose = 64

  /// Describes a grant; what cannot be one is refused.
  ///
  /// - Parameter burst: nil for twice the rate.
  public init(
    scopes: Set<Scope>, company: String, purpose: String, jurisdictions: Set<Jurisdiction>? = nil,
    sources: Set<String> = defaultSources, requestsPerSecond: Int = defaultRequestsPerSecond,
    burst: Int? = nil, sees: Visibility = .own
  ) throws(AccessError) {
    guard !scopes.isEmpty else { throw .noScope }
    guard Self.isCompany(company) else { throw .badCompany(company) }
    guard Self.isPurpose(purpose) else { throw .badPurpose(purpose) }
    // No country at all would be a token for nothing; read as "any" it would be one for everything.
    guard jurisdictions?.isEmpty != true else { throw .noJurisdiction }
    for source in sources.sorted() where !Self.isSource(source) { throw .badSource(source) }
    guard Self.rates.contains(requestsPerSecond) else { throw .badRate(requestsPerSecond) }
    let burst = burst ?? 2 * requestsPerSecond
    guard Self.bursts.contains(burst) else { throw .badBurst(burst) }
    self.scopes = scopes
    self.company = company
    self.purpose = purpose
    self.jurisdictions = jurisdictions
    self.sources = sources.isEmpty ? Self.defaultSources : sources
    self.requestsPerSecond = requestsPerSecond
    self.burst = burst
    self.sees = sees
  }

  /// One line that looks like what it is: no character that is unseen or turns the direction of writing.
  private static func isCompany(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return text.utf8.count <= longestCompany && words.joined(separator: " ") == text
      && text.contains(where: \.isLetter)
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
          false
        case .spaceSeparator: scalar == " "
        default: true
        }
      }
  }

  /// A word, since a list of them is stored with blanks between.
  private static func isSource(_ text: String) -> Bool {
    (1...longestSource).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
  }

  private static func isPurpose(_ text: String) -> Bool {
    let isWord = { (byte: UInt8) in (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return text.utf8.count <= longestPurpose && (0x61...0x7A).contains(first) && isWord(last)
      && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
  }
}
