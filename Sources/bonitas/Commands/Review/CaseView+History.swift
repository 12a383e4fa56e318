import Decisioning
import Facts
import Formats
import HumanReview
import Terminal
import Values

extension CaseView {
  func timeline() {
    if let ledger = file.ledger {
      let parts = [
        ("open", ledger.outstanding), ("overdue", ledger.overdue), ("disputed", ledger.disputed),
        ("credit", ledger.credit),
      ]
      let amounts = parts.map { "\($0) \($1.text(fractionDigits: 2))" }.joined(separator: ", ")
      let others = ledger.otherCurrencies.map { "; open \($0.amount.text(fractionDigits: 2)) \($0.currency)" }
      output.wrapped("On \(file.today): \(amounts) \(ledger.currency)\(others.joined())")
    }
    var table = Table([
      .init("date"), .init("what"), .init("amount", .right), .init("detail", .left, .wraps),
      .init("record", .left, .leaves),
    ])
    for entry in limited(file.timeline) {
      let style: TextStyle =
        switch entry.weight {
        case .plain, .good: .plain
        case .warning: .warning
        case .bad: .bad
        }
      table.add([
        .init((entry.isNews ? "+" : "") + entry.date.description), .init(entry.what, style),
        .init(entry.amount.map { amount(money: $0) } ?? ""), .init(entry.detail), .init(entry.record),
      ])
    }
    table.write(to: output)
    more(file.timeline.count, .timeline)
  }

  private func amount(money: Money) -> String {
    let isUsual = money.currency == file.ledger?.currency
    return money.amount.text(fractionDigits: 2) + (isUsual ? "" : " \(money.currency.code)")
  }

  func history() {
    for dispute in file.openDisputes {
      row(
        "dispute",
        "\(dispute.record) since \(dispute.opened): \(dispute.amount ?? "the whole") of \(dispute.invoice)")
    }
    for other in limited(file.otherCases) {
      let found = other.reviewCase
      var words = "\(Reviewing.words(found.id.kind)), "
      if let judgement = other.judgement, let closing = found.closing {
        words += "\(RigaTime.date(at: closing.at)) \(judgement.words) by \(judgement.reviewer)"
        words += other.result.map { " (\($0))" } ?? ""
        words += ": \(judgement.text) [\(judgement.reasons.joined(separator: ", "))]"
      } else {
        words +=
          found.state == .closed
          ? found.closing?.kind.rawValue ?? "closed" : "\(found.state.rawValue), due \(found.due)"
      }
      row(found.id.description, words)
    }
    more(file.otherCases.count, .history)
    var table = Table([.init("when"), .init("who"), .init("what"), .init("", .left, .wraps)])
    // Looking is recorded too, and would fill the screen.
    let told = isWhole ? file.events : file.events.filter { $0.kind != .viewed }
    for event in isWhole ? told[...] : told.suffix(Self.shortList) {
      table.add([
        .init(RigaTime.minute(at: event.at)), .init(event.actor), .init(event.kind.rawValue),
        .init(words(event)),
      ])
    }
    table.write(to: output)
    more(told.count, .history)
    let views = file.events.count { $0.kind == .viewed }
    if !isWhole, views > 0 {
      output.line("\(counted(views, "time")) something was looked at: --section history.")
    }
  }

  private func words(_ event: ReviewEvent) -> String {
    var parts: [String] = []
    if let decision = event.decision { parts.append(decision.description) }
    for key in [ReviewEvent.Key.what, ReviewEvent.Key.reason, ReviewEvent.Key.channel] {
      if let word = event.about[key]?.stringValue { parts.append(word) }
    }
    if event.kind == .snoozed, let until = event.about[ReviewEvent.Key.until]?.stringValue {
      parts.append("until \(until)")
    }
    if let text = event.text, !text.isEmpty { parts.append(text) }
    if event.kind == .proposed, let proposal = ReviewCase.Proposal(event) {
      parts.append(proposal.judgement.words)
    }
    if let resolution = event.about[ReviewEvent.Key.resolution]?.stringValue { parts.append(resolution) }
    for file in event.about["files"]?.arrayValue ?? [] { parts.append(file["file"]?.stringValue ?? "") }
    return parts.joined(separator: ", ")
  }

  func attachments() {
    var table = Table([
      .init("number"), .init("kind"), .init("date"), .init("what", .left, .wraps), .init("by"),
    ])
    for evidence in file.attachments {
      let parts = [evidence.file?.name, evidence.address, evidence.note].compactMap(\.self)
      table.add([
        .init(evidence.id.description), .init(evidence.kind), .init(evidence.date?.description ?? ""),
        .init(parts.joined(separator: ", ")), .init(evidence.actor),
      ])
    }
    table.write(to: output)
    if let first = file.attachments.first {
      output.line("'bonitas review show \(file.reviewCase.id) --attachment \(first.id)' opens one.")
    }
  }

  func quarantine() {
    Quarantine.table(Array(limited(file.quarantine))).write(to: output)
    more(file.quarantine.count, .quarantine)
    output.line("'bonitas quarantine show NUMBER' shows a row with its text.")
  }

  /// A raw record with every field and its origin.
  static func write(_ record: CaseRecord, isOutdated: Bool, to output: TextStream) {
    let origin = record.provenance
    output.line(
      output.style(.heading, visible(record.name))
        + (isOutdated ? "  as the decision saw it, corrected since" : ""))
    let width = max(12, record.fields.map { DisplayWidth.of($0.name) }.max() ?? 0)
    func row(_ head: String, _ body: String) {
      output.hanging(indent: 0, head: head, headWidth: width, body: visible(body))
    }
    for field in record.fields { row(field.name, field.value) }
    output.line()
    let place = [origin.file, origin.line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
    row("source", origin.source)
    if !place.isEmpty { row("from", place) }
    row("known from", origin.knownFrom.description)
    row("write", "\(origin.sequence)")
    row("content hash", origin.contentHash.hexadecimal)
  }

  /// An attachment with its hash.
  static func write(_ evidence: Evidence, to output: TextStream) {
    output.line(output.style(.heading, "\(evidence.id)  \(evidence.kind)"))
    func row(_ head: String, _ body: String?) {
      if let body { output.hanging(indent: 0, head: head, headWidth: 9, body: visible(body)) }
    }
    row("date", evidence.date?.description)
    row("address", evidence.address)
    row("note", evidence.note)
    row("file", evidence.file.map { "\($0.name), \(counted($0.size, "byte"))" })
    row("SHA-256", evidence.file?.digest.hexadecimal)
    row("attached", "\(RigaTime.minute(at: evidence.at)) by \(evidence.actor)")
  }
}
