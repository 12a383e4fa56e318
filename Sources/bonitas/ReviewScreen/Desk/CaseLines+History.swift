import Decisioning
import Explanation
import Facts
import Formats
import HumanReview
import Values

extension CaseLines {
  var changes: [SheetLine] {
    guard file.decision != nil else { return [] }
    var lines: [SheetLine] = []
    if let changes = file.changes {
      lines.append(SheetLine("Against \(changes.before) of \(changes.date)", .heading))
      if changes.isEmpty { lines.append(SheetLine("The same on the same grounds.")) }
      lines += changes.summary.map { row($0.name, "\($0.before) becomes \($0.after)", .emphasis) }
      lines += changes.newKnockOuts.map { row("new", sentence($0), .warning) }
      lines += changes.goneKnockOuts.map { row("gone", sentence($0), .good) }
      let rows = changes.features.map { change in
        let gain = change.gain
        let points = gain.sign == 0 ? "" : "\(gain.sign > 0 ? "+" : "")\(gain)"
        return [change.title, change.before, change.after, points]
      }
      if !rows.isEmpty {
        lines += columns([["feature", "before", "now", "points"]] + rows, right: [1, 2, 3]) { index, line in
          let gain = changes.features[safe: index - 1]?.gain.sign ?? 0
          line.style = index == 0 ? .dim : gain < 0 ? .warning : gain > 0 ? .good : .plain
        }
      }
    } else {
      lines.append(SheetLine("There is no decision before this one."))
    }
    lines += [SheetLine(""), SheetLine("Known since the decision", .heading)]
    if file.news.isEmpty { lines.append(SheetLine("Nothing.")) }
    let rows = file.news.map { news in
      [news.change.rawValue, news.record.trueFrom.description, news.record.name]
    }
    return lines + columns(rows) { index, line in line.record = file.news[safe: index]?.record.name }
  }

  func whatIf(_ section: ExplanationSection?) -> [SheetLine] {
    guard let section else {
      return file.decision == nil ? [] : [SheetLine("It cannot be told: the facts are erased.")]
    }
    return [SheetLine(section.heading, .heading)] + section.sentences.map { SheetLine($0.text) }
  }

  var timeLine: [SheetLine] {
    var lines: [SheetLine] = []
    if let ledger = file.ledger {
      let parts = [
        ("open", ledger.outstanding), ("overdue", ledger.overdue), ("disputed", ledger.disputed),
        ("credit", ledger.credit),
      ]
      let amounts = parts.map { "\($0) \($1.text(fractionDigits: 2))" }.joined(separator: ", ")
      lines.append(SheetLine("On \(file.today): \(amounts) \(ledger.currency)", .heading))
    }
    let rows = file.timeline.map { entry in
      let isUsual = entry.amount?.currency == file.ledger?.currency
      let amount = entry.amount.map {
        $0.amount.text(fractionDigits: 2) + (isUsual ? "" : " \($0.currency.code)")
      }
      return [(entry.isNews ? "+" : " ") + entry.date.description, entry.what, amount ?? "", entry.detail]
    }
    return lines
      + columns(rows, right: [2]) { index, line in
        guard let entry = file.timeline[safe: index] else { return }
        if entry.record.contains(":") { line.record = entry.record }
        line.style =
          switch entry.weight {
          case .plain, .good: .plain
          case .warning: .warning
          case .bad: .bad
          }
      }
  }

  var history: [SheetLine] {
    var lines: [SheetLine] = []
    for dispute in file.openDisputes {
      var line = row(
        "dispute", "since \(dispute.opened): \(dispute.amount ?? "the whole") of \(dispute.invoice)", .warning
      )
      line.record = dispute.record
      lines.append(line)
    }
    for other in file.otherCases {
      let found = other.reviewCase
      var words = "\(found.id.kind.rawValue), "
      if let judgement = other.judgement, let closing = found.closing {
        words += "\(RigaTime.date(at: closing.at)) \(judgement.words) by \(judgement.reviewer)"
        words += other.result.map { " (\($0))" } ?? ""
        words += ": \(judgement.text)"
      } else {
        words +=
          found.state == .closed
          ? found.closing?.kind.rawValue ?? "closed" : "\(found.state.rawValue), due \(found.due)"
      }
      lines.append(row(found.id.description, words))
    }
    if !lines.isEmpty { lines.append(SheetLine("")) }
    lines.append(SheetLine("What happened in this case", .heading))
    let told = file.events.filter { $0.kind != .viewed }.reversed()
    lines += columns(
      told.map { [RigaTime.date(at: $0.at).description, $0.actor, $0.kind.rawValue, words($0)] })
    // Looking is recorded too, and would fill the screen.
    let views = Dictionary(grouping: file.events.filter { $0.kind == .viewed }, by: \.actor)
    for (actor, seen) in views.sorted(by: { $0.key < $1.key }) {
      let what = Set(seen.compactMap { $0.about[ReviewEvent.Key.what]?.stringValue }).sorted()
      lines.append(row("looked at", "\(actor): \(what.joined(separator: ", "))", .dim))
    }
    return lines
  }

  private func words(_ event: ReviewEvent) -> String {
    var parts: [String] = []
    if let decision = event.decision { parts.append(decision.description) }
    for key in [ReviewEvent.Key.what, ReviewEvent.Key.channel] {
      if let word = event.about[key]?.stringValue { parts.append(word) }
    }
    if let reason = event.about[ReviewEvent.Key.reason]?.stringValue { parts.append(sentence(reason)) }
    if event.kind == .snoozed, let until = event.about[ReviewEvent.Key.until]?.stringValue {
      parts.append("until \(until)")
    }
    if let text = event.text, !text.isEmpty { parts.append(text) }
    return parts.joined(separator: ", ")
  }

  var files: [SheetLine] {
    let rows = file.attachments.map { evidence in
      let parts = [evidence.file?.name, evidence.address, evidence.note].compactMap(\.self)
      return [
        evidence.id.description, evidence.kind, evidence.date?.description ?? "", evidence.actor,
        parts.joined(separator: ", "),
      ]
    }
    return columns(rows) { index, line in line.record = file.attachments[safe: index]?.id.description }
      + [
        SheetLine(""),
        SheetLine(
          "'bonitas review attach \(file.reviewCase.id)' attaches rulings, documents, findings.", .dim),
      ]
  }

  /// Raw records with every field and their origin.
  func record(_ name: String, _ records: [CaseRecord]) -> SheetRecord {
    var lines: [SheetLine] = []
    for record in records {
      if !lines.isEmpty { lines.append(SheetLine("")) }
      let isOld = file.isOutdated(record)
      lines.append(
        SheetLine(
          record.name + (isOld ? ", as the decision saw it; corrected since" : ""),
          isOld ? .warning : .heading))
      lines += columns(record.fields.map { [$0.name, $0.value] })
      let origin = record.provenance
      let place = [origin.file, origin.line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
      lines += columns([
        ["source", origin.source], ["from", place.isEmpty ? "no file" : place],
        ["known from", origin.knownFrom.description], ["write", "\(origin.sequence)"],
        ["content hash", origin.contentHash.hexadecimal],
      ]) { _, line in line.style = .dim }
    }
    return SheetRecord(
      title: records.count == 1 ? records[0].name : "\(counted(records.count, "record")): \(name)",
      lines: lines)
  }

  /// An attachment, and its text where it is one.
  func attachment(_ evidence: Evidence, _ content: [UInt8]?) -> SheetRecord {
    var rows = [
      ["kind", evidence.kind], ["date", evidence.date?.description ?? ""],
      ["address", evidence.address ?? ""],
      ["note", evidence.note ?? ""],
      ["attached", "\(RigaTime.date(at: evidence.at)) by \(evidence.actor)"],
    ]
    if let file = evidence.file {
      rows += [
        ["file", "\(file.name), \(counted(file.size, "byte"))"],
        ["SHA-256", "\(file.digest.hexadecimal), checked just now"],
      ]
    }
    var lines = columns(rows.filter { !$0[1].isEmpty })
    if let content, let text = Self.text(content) {
      lines.append(SheetLine(""))
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).prefix(2000).map {
        SheetLine(String($0), hanging: 0)
      }
    } else if content != nil {
      let id = file.reviewCase.id
      lines += [
        SheetLine(""),
        SheetLine(
          "'bonitas review show \(id) --attachment \(evidence.id) --output FILE' writes the file.", .dim),
      ]
    }
    return SheetRecord(title: "\(evidence.id) \(evidence.kind)", lines: lines)
  }

  /// The text of a file that is one.
  private static func text(_ content: [UInt8]) -> String? {
    let text = String(decoding: content.prefix(1 << 18), as: UTF8.self)
    return text.contains("\u{FFFD}") || text.contains("\0") ? nil : text
  }
}
