import Access
import Decisioning
import Explanation
import Facts
import Formats
import HumanReview
import Values

/// A case file as lines of text, section by section.
struct CaseView {
  let file: CaseFile
  let actor: Actor
  let output: TextStream
  /// Whether sections are written to their end.
  var isWhole = false
  /// Why the reader may not decide the case; nil where they may.
  var refusal: ReviewError?

  /// What a list shows unless the section was asked for: as much as fits a screen.
  static let shortList = 12
  private static let headWidth = 10

  init(_ file: CaseFile, actor: Actor, output: TextStream) {
    self.file = file
    self.actor = actor
    self.output = output
  }

  /// Writes whom the case concerns, how it stands, and the sections that are wanted.
  func write(_ sections: Set<CaseSection>, _ whatIf: ExplanationSection?) {
    heading()
    for section in CaseSection.allCases where sections.contains(section) && file.has(section) {
      output.line()
      output.line(output.style(.heading, Self.title(section)))
      switch section {
      case .decision: decision()
      case .features: features()
      case .changes: changes()
      case .counterfactuals: counterfactuals(whatIf)
      case .timeline: timeline()
      case .history: history()
      case .attachments: attachments()
      case .quarantine: quarantine()
      }
    }
    hint()
  }

  private static func title(_ section: CaseSection) -> String {
    switch section {
    case .decision: "Decision"
    case .features: "Features and their evidence"
    case .changes: "What changed"
    case .counterfactuals: "What would have given a better decision"
    case .timeline: "Time line"
    case .history: "Disputes, other cases, what happened in this one"
    case .attachments: "Attachments"
    case .quarantine: "Records in quarantine"
    }
  }

  /// A head with its text beside it.
  func row(_ head: String, _ body: String, indent: Int = 0) {
    output.hanging(indent: indent, head: head, headWidth: Self.headWidth - indent, body: visible(body))
  }

  private func heading() {
    let found = file.reviewCase
    let mark = found.isEscalated && found.state != .closed ? ", for a senior" : ""
    output.line(output.style(.heading, "\(found.id)  \(Reviewing.words(found.id.kind))\(mark)"))
    if let customer = file.customer {
      var parts = ["\(customer.number)\(customer.name.map { " \($0)" } ?? "")", customer.kind.rawValue]
      parts.append(customer.jurisdiction.code)
      parts.append("customer since \(customer.customerSince)")
      if let language = customer.language { parts.append("writes \(language.rawValue)") }
      row("customer", parts.joined(separator: ", "))
    } else if let number = found.customer {
      row(
        "customer",
        number + (file.erasedAt.map { ", whose facts were erased on \(RigaTime.date(at: $0))" } ?? ""))
    }
    // A contest has no other reason than that the customer contests.
    if found.id.kind != .contest { row("reason", reason(found.reason)) }
    let left = file.today.days(until: found.due)
    row("due", "\(found.due)" + (found.state == .closed ? "" : " (\(Reviewing.left(left)))"))
    row("state", state(found))
    if let decision = file.decision {
      row("decision", "\(decision.id) of \(decision.content.businessDate), \(decision.involvement)")
    }
    if let contest = file.suspendedBy {
      row("effect", "suspended until \(contest) is answered")
    }
    for event in file.events where event.kind == .opened || event.kind == .joined {
      guard let channel = event.about[ReviewEvent.Key.channel]?.stringValue else { continue }
      let words = event.text.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      row("contest", "\(RigaTime.date(at: event.at)) by \(channel)\(words)")
    }
    if let proposal = found.proposal {
      row("proposal", "\(proposal.judgement.words), by \(proposal.judgement.reviewer)")
      row("because", "\(proposal.judgement.text) [\(proposal.judgement.reasons.joined(separator: ", "))]")
      row("second", "a second person is needed: \(Reviewing.words(needs: proposal.needs))")
    }
    if let closing = found.closing { row("closed", words(closing)) }
  }

  private func words(_ closing: ReviewCase.Closing) -> String {
    let day = RigaTime.date(at: closing.at)
    let decision = closing.decision.map { " (\($0))" } ?? ""
    switch closing.kind {
    case .overtaken: return "\(day), overtaken by a newer decision\(decision)"
    case .settled: return "\(day), all its records are settled"
    default:
      return "\(day), decided by \(closing.by)"
        + (closing.approver.map { ", approved by \($0)" } ?? "") + decision
    }
  }

  /// Reasons that come from no text of the rules.
  private static let known = [
    "rating": "The rating asks for a person.", "quarantine": "Records of a file lie in quarantine.",
    "identity": "Records of a file name somebody whose identity is not clear.",
  ]

  private func reason(_ code: String) -> String {
    file.sentence(code).map { "\($0) [\(code)]" } ?? Self.known[code] ?? code
  }

  private func state(_ found: ReviewCase) -> String {
    let version = "; version \(found.version)"
    switch found.state {
    case .open: return "open, claimed by nobody" + version
    case .claimed:
      let holder = found.holder == actor.name ? "you" : found.holder ?? "?"
      return "claimed by \(holder)" + (found.leaseUntil.map { " until \(RigaTime.minute(at: $0))" } ?? "")
        + version
    case .snoozed: return "put off until \(found.snoozedUntil.map(\.description) ?? "?")" + version
    case .secondPerson: return "waits for a second person" + version
    case .closed: return "closed" + version
    }
  }

  /// What one does next.
  private func hint() {
    let found = file.reviewCase
    output.line()
    if let refusal, found.state != .claimed || found.holder == actor.name {
      output.wrapped(visible(refusal.sentence))
      return
    }
    switch found.state {
    case .secondPerson where found.proposal?.judgement.reviewer == actor.name:
      output.line("'bonitas review return \(found.id) --reason TEXT' takes it back.")
    case .open, .snoozed: output.line("'bonitas review claim \(found.id)' takes it.")
    case .claimed where found.holder == actor.name && found.id.kind.isDecided:
      output.line("'bonitas review decide \(found.id) --help' tells how to decide.")
    case .secondPerson:
      output.line(
        "'bonitas review approve \(found.id)', or 'bonitas review return \(found.id) --reason TEXT'.")
    case .closed:
      if let decision = found.closing?.decision {
        output.line(
          "'bonitas explain \(decision) --audience customer --language \(file.customer?.language?.rawValue ?? "lv")' is "
            + "the customer's answer.")
      }
    case .claimed: break
    }
  }
}

extension CaseFile {
  /// Whether there is anything in a section.
  func has(_ section: CaseSection) -> Bool {
    switch section {
    case .decision, .features, .counterfactuals: decision != nil
    case .changes: decision != nil
    case .timeline: !timeline.isEmpty
    case .history: true
    case .attachments: !attachments.isEmpty
    case .quarantine: !quarantine.isEmpty
    }
  }
}
