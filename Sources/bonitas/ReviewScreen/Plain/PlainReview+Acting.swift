import Terminal
import Values

extension PlainReview {
  /// Does something to the open case; what is needed for it is asked for.
  mutating func act(_ word: String, _ rest: String) throws(Failure) {
    guard let sheet else { return say("Open a case first.") }
    let id = sheet.line.id
    switch word {
    case "claim":
      try backend.claim(id, at: clock())
      say("\(id) is yours.")
    case "note":
      guard let text = answer("Note:", rest) else { return }
      for warning in ["The note is kept."] + (try backend.note(id, text: text, at: clock())) { say(warning) }
    case "release":
      guard let reason = answer("Reason:", rest) else { return }
      try backend.release(id, reason: reason, at: clock())
      say("\(id) is back in the queue.")
    case "snooze":
      guard let day = answer("Until which day (as 2026-12-24):", rest) else { return }
      guard let until = CivilDate(day) else { return say("'\(day)' is no date; write it as 2026-12-24.") }
      guard let reason = answer("Reason:", "") else { return }
      try backend.snooze(id, until: until, reason: reason, at: clock())
      say("\(id) comes back on \(until).")
    case "escalate":
      guard let reason = answer("Reason:", rest) else { return }
      try backend.escalate(id, reason: reason, at: clock())
      say("\(id) waits for a senior.")
    case "approve":
      guard sheet.proposal != nil else { return say("Nothing of \(id) waits for a second person.") }
      guard ask("Approving writes the decision. yes or no:") == "yes" else {
        return say("Nothing was written.")
      }
      say(try backend.approve(id, expecting: sheet.version, at: clock()))
    case "return":
      guard let reason = answer("Reason:", rest) else { return }
      try backend.sendBack(id, reason: reason, at: clock())
      say("\(id) is back with who decided it.")
    default: return try decide(sheet)
    }
    try read(id)
  }

  /// The case as it stands after an act.
  private mutating func read(_ id: String) throws(Failure) {
    sheet = try backend.open(id, isAgain: true, at: clock())
  }

  /// What was given with the word, or an answer; nil where there is none.
  private func answer(_ question: String, _ given: String) -> String? {
    let text = given.isEmpty ? ask(question) ?? "" : given
    if text.isEmpty { say("Nothing was done.") }
    return text.isEmpty ? nil : text
  }

  private mutating func decide(_ sheet: CaseSheet) throws(Failure) {
    let id = sheet.line.id
    guard let options = sheet.options else { return say("\(id) is not decided here.") }
    if !sheet.line.isMine {
      try backend.claim(id, at: clock())
      say("\(id) is yours.")
      try read(id)
    }
    var form = drafts[id] ?? JudgementForm(options)
    say(
      "Deciding on \(options.basis). An empty answer keeps what is said in brackets; 'back' stops and keeps the draft."
    )
    let isComplete = fill(&form)
    drafts[id] = form
    guard isComplete else { return say("Nothing was written; the draft is kept for 'decide'.") }
    if let gap = form.gap {
      return say("\(gap.sentence) Nothing was written; the draft is kept for 'decide'.")
    }
    guard let judgement = form.judgement else { return }
    let version = self.sheet?.version ?? sheet.version
    let consequences = try backend.preview(judgement, of: id, expecting: version, at: clock())
    for line in form.summary(consequences) { say(line.text) }
    guard ask("Write it? yes or no:") == "yes" else {
      return say("Nothing was written; the draft is kept for 'decide'.")
    }
    say(try backend.decide(judgement, of: id, expecting: version, at: clock()))
    drafts[id] = nil
    self.sheet = nil
  }

  /// Asks field by field; false where the reviewer stops.
  private func fill(_ form: inout JudgementForm) -> Bool {
    let options = form.options
    guard
      choose(
        "Result", options.resolutions.map(\.words), form.content.resolution, { form.content.resolution = $0 })
    else { return false }
    for field in form.fields {
      let isAnswered =
        switch field {
        case .scope:
          choose("Holds for", options.scopes.map(\.words), form.content.scope) {
            form.content.scope = $0 ?? 0
          }
        case .rating:
          choose(
            "Rating, now \(options.currentRating)", options.ratings, form.content.rating, none: "leave it"
          ) { form.content.rating = $0 }
        case .outcome:
          choose(
            "Outcome, now \(options.currentOutcome)", options.outcomes.map(\.words), form.content.outcome,
            none: "let it follow from the rating"
          ) { form.content.outcome = $0 }
        case .restriction:
          choose("Restriction", options.restrictions.map(\.words), form.content.restriction) {
            form.content.restriction = $0
          }
        case .until: fillUntil(&form)
        case .reason(0): fillReasons(&form)
        case .text: fillText(&form)
        case .resolution, .reason, .summary: true
        }
      if !isAnswered { return false }
    }
    return true
  }

  /// Asks for one of some choices by number.
  private func choose(
    _ title: String, _ words: [String], _ current: Int?, none: String? = nil, _ take: (Int?) -> Void
  ) -> Bool {
    if let none { say("0: \(none)", indent: 2) }
    for (index, word) in words.enumerated() { say("\(index + 1): \(word)", indent: 2) }
    let shown = current.map { String($0 + 1) } ?? (none == nil ? "none" : "0")
    while let answer = ask("\(title), a number [\(shown)]:") {
      if answer == "back" { return false }
      if answer.isEmpty, current != nil || none != nil { return true }
      if let number = Int(answer), number == 0 && none != nil || words.indices.contains(number - 1) {
        take(number == 0 ? nil : number - 1)
        return true
      }
      say("Answer with a number of the list, or 'back'.")
    }
    return false
  }

  private func fillUntil(_ form: inout JudgementForm) -> Bool {
    let current = form.content.until.text
    while let answer = ask("Stands until, at the longest \(form.options.latestUntil) [\(current)]:") {
      if answer == "back" { return false }
      if answer.isEmpty { return true }
      if CivilDate(answer) != nil {
        form.content.until = .init(answer, limit: 10)
        return true
      }
      say("'\(answer)' is no date; write it as \(current).")
    }
    return false
  }

  private func fillReasons(_ form: inout JudgementForm) -> Bool {
    let reasons = form.options.reasons
    for (index, reason) in reasons.enumerated() { say("\(index + 1): \(reason.words)", indent: 2) }
    let current = form.content.reasons.map { String($0 + 1) }.joined(separator: " ")
    while let answer = ask("Reasons, numbers with blanks between, the main one first [\(current)]:") {
      if answer == "back" { return false }
      if answer.isEmpty, !current.isEmpty { return true }
      let words = answer.split { $0 == " " || $0 == "," }
      let numbers = words.compactMap { Int($0) }.filter { reasons.indices.contains($0 - 1) }
      if !numbers.isEmpty, numbers.count == words.count {
        form.content.reasons = numbers.reduce(into: []) { if !$0.contains($1 - 1) { $0.append($1 - 1) } }
        return true
      }
      say("Answer with numbers of the list, or 'back'.")
    }
    return false
  }

  private func fillText(_ form: inout JudgementForm) -> Bool {
    let current = form.content.text.text
    if !current.isEmpty { say("So far: \(current)") }
    guard let answer = ask("In your own words, what was looked at and why it is decided so:"),
      answer != "back"
    else {
      return false
    }
    if !answer.isEmpty { form.content.text = .init(answer, hasLines: true) }
    return true
  }
}
