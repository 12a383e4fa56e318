import Values

/// Something in free text that calls for care; a warning and no refusal, since a customer's own words are kept as they are.
public enum TextWarning: Hashable, Sendable {
  /// A word that tells of a special category of data.
  case sensitive(SensitiveWords.Finding)
  /// The address of a page that is no source, such as a social network.
  case host(String)

  /// What stands in the text.
  public var word: String {
    switch self {
    case .sensitive(let finding): finding.word
    case .host(let host): host
    }
  }

  /// The category of data, or `blocked-host`.
  public var category: String {
    switch self {
    case .sensitive(let finding): finding.category
    case .host: "blocked-host"
    }
  }

  /// The warning for the writer.
  public var sentence: String {
    switch self {
    case .sensitive(let finding): finding.sentence
    case .host(let host):
      "'\(host)' is no source: social networks, and addresses that hide where they lead, may not count in a decision "
        + "(Directive (EU) 2023/2225, article 18(3)); leave the address out, and what was found there."
    }
  }
}

extension EvidenceRules {
  /// What calls for care in a text, each once, in the order of the text: words first, then addresses.
  public func warnings(in text: String) -> [TextWarning] {
    words.findings(in: text).map(TextWarning.sensitive) + hosts(in: text).map(TextWarning.host)
  }

  /// The hosts in a text that are refused as the address of evidence.
  private func hosts(in text: String) -> [String] {
    var found: [String] = []
    for piece in text.split(whereSeparator: { $0.isWhitespace || "<>()[]{}\"'„“”«»,;|".contains($0) }) {
      // Somebody's mailbox is no page, whoever keeps it.
      guard piece.contains("."), !piece.contains("@") || piece.contains("//") else { continue }
      var typed = piece
      while let last = typed.last, ".:!?".contains(last) { typed.removeLast() }
      do throws(EvidenceError) { _ = try address(String(typed)) } catch {
        switch error {
        case .blockedHost(let host), .hiddenTarget(let host):
          if !found.contains(host) { found.append(host) }
        default: continue
        }
      }
    }
    return found
  }
}
