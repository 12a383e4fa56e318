import AuditLog
import Formats
import Values

/// That a company was told something about a customer: who, what for, by which token, which decision.
public struct Disclosure: Hashable, Sendable {
  /// What was told; the raw values stand in the audit log.
  public enum Content: String, Sendable, CaseIterable, Comparable {
    /// The outcome of a decision.
    case decision
    /// Why it came out so.
    case explanation
    /// The rating of a customer.
    case rating

    /// Contents stand in the order of their names.
    public static func < (one: Content, other: Content) -> Bool { one.rawValue < other.rawValue }
  }

  let content: Content
  let decision: String
  let customer: Int
  let token: Int
  let company: String
  let purpose: String

  /// Notes a disclosure.
  ///
  /// - Parameters:
  ///   - decision: its id, like `D-17`.
  ///   - customer: the key of the customer, who stands in the entry's customers.
  public init(_ content: Content, decision: String, customer: Int, to token: ServiceToken) {
    self.content = content
    self.decision = decision
    self.customer = customer
    self.token = token.id
    company = token.grant.company
    purpose = token.grant.purpose
  }

  /// At most so many disclosures stand in one entry, so that one can still be read and erased.
  public static let mostInEntry = 500

  /// The audit entries for disclosures of one batch: one for each token and content, in the order of these.
  ///
  /// A decision that was told twice in a batch stands there once.
  public static func notes(_ disclosures: [Disclosure]) -> [AuditNote] {
    let byRecipient = Dictionary(grouping: disclosures) { Recipient(token: $0.token, content: $0.content) }
    let recipients = byRecipient.keys.sorted { ($0.token, $0.content) < ($1.token, $1.content) }
    return recipients.flatMap { recipient -> [AuditNote] in
      var seen: Set<Disclosure> = []
      let told = (byRecipient[recipient] ?? []).filter { seen.insert($0).inserted }
      return stride(from: 0, to: told.count, by: mostInEntry).compactMap { start in
        note(told[start..<min(start + mostInEntry, told.count)])
      }
    }
  }

  private struct Recipient: Hashable {
    let token: Int
    let content: Content
  }

  private static func note(_ told: ArraySlice<Disclosure>) -> AuditNote? {
    guard let first = told.first else { return nil }
    var about = JSONObject()
    about["act"] = "disclosed"
    about["content"] = .string(first.content.rawValue)
    about["company"] = .string(first.company)
    about["purpose"] = .string(first.purpose)
    about["token"] = .number(Decimal(first.token))
    about["decisions"] = .array(told.map { .string($0.decision) })
    return AuditNote(.read, customers: Set(told.map(\.customer)).sorted(), about: about)
  }
}
