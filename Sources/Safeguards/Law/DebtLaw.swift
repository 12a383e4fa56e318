import Facts
import Formats
public import Values

/// The dated law of debts and restrictions, `debt` of `rules/law/*.json`.
///
/// What no entry allows on a day is not lawful on it.
public struct DebtLaw: Hashable, Sendable {
  /// The entries, country by country, each in the order of its file.
  public let entries: [DebtLawEntry]
  /// The hash of all entries as canonical JSON: white space and the names of files do not matter.
  public let version: Digest

  init(entries: [DebtLawEntry]) {
    self.entries = entries
    version = SHA256.hash(
      JSONValue.array(
        entries.map { .members(["jurisdiction": .string($0.jurisdiction.code), "entry": $0.json]) }
      ).canonicalBytes)
  }

  /// The entries about a claim that are in force on a day, in their order.
  public func entries(_ claim: ClaimSubject, on day: CivilDate) -> [DebtLawEntry] {
    entries.filter { $0.isInForce(on: day) && $0.concerns(claim) }
  }

  /// The law that a restriction is measured by: of the day of the request what is about the tool and the amounts, and
  /// of the days on which notices went out what makes a notice one.
  func measuring(
    _ claim: ClaimSubject, _ tool: Tool, on day: CivilDate, noticesSent: Set<CivilDate>
  ) -> [DebtLawEntry] {
    entries.filter { entry in
      guard entry.concerns(claim) else { return false }
      switch entry.rule {
      case .noticeClock, .deemedReceipt, .proof, .form:
        return noticesSent.contains { entry.isInForce(on: $0) }
      case .interest, .cap:
        return entry.isInForce(on: day)
      case .reporting, .contactHours, .release, .demand:
        return false
      default:
        return entry.isInForce(on: day) && entry.rule.tools?.contains(tool) ?? false
      }
    }
  }
}
