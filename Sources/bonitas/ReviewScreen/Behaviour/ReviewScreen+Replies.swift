import Terminal

extension ReviewScreen {
  mutating func receive(_ reply: ScreenReply) -> [ScreenEffect] {
    switch reply {
    case .list(let rows, let numbers, let after, let limit):
      take(rows, numbers, after, limit)
      return []
    case .opened(let sheet): return show(sheet)
    case .tab(let tab, let id, let lines):
      guard open?.id == id else { return [] }
      open?.take(tab, lines)
      return []
    case .record(let record):
      guard var open else { return [] }
      open.record = record
      open.recordPane = TextPane(record.lines)
      self.open = open
      place = .record
      return []
    case .done(let act, let id, let sentence, let sheet): return finish(act, id, sentence, sheet)
    case .claimedNext(let sheet):
      guard let sheet else {
        tell("Nothing waits that you may claim.", .good)
        return []
      }
      tell("\(sheet.line.id) is yours.", .good)
      return show(sheet)
    case .renewed(let id, let until):
      if open?.id == id { open?.sheet.line.state = .mine(until: until) }
      return []
    case .preview(let sentences):
      let lines =
        (form?.summary(sentences) ?? [])
        + [SheetLine("Nothing is written yet: w writes it, Esc goes back to the form.", .heading, hanging: 0)]
      open?.summary = TextPane(lines)
      place = .summary
      return []
    case .failed(let effect, let failure): return fail(effect, failure)
    case .idle: return []
    }
  }

  private mutating func take(_ rows: [CaseLine], _ numbers: QueueNumbers?, _ after: CaseLine?, _ limit: Int) {
    list.isLoading = false
    list.isComplete = rows.count < limit
    if let numbers { list.numbers = numbers }
    guard after == nil else {
      list.rows += rows
      return
    }
    let selected = list.selected?.id
    list.readAt = now
    list.rows = rows
    if let place = rows.firstIndex(where: { $0.id == selected }) {
      list.position.select(place, of: rows.count)
    }
  }

  /// Shows a case that was read; where it was open already, where the reviewer was in it stays.
  private mutating func show(_ sheet: CaseSheet) -> [ScreenEffect] {
    if var same = open, same.id == sheet.line.id, place != .list {
      same.take(sheet)
      open = same
      return openFormIfWanted()
    }
    open = OpenCase(sheet, at: now)
    place = .sheet
    return [.tab(.decision, of: sheet.line.id)] + openFormIfWanted()
  }

  private mutating func openFormIfWanted() -> [ScreenEffect] {
    guard let open, wantsForm == open.id else { return [] }
    wantsForm = nil
    guard open.sheet.line.isMine, let options = open.sheet.options else { return [] }
    if drafts[open.id] == nil { drafts[open.id] = JudgementForm(options) }
    place = .form
    return []
  }

  private mutating func finish(_ act: CaseAct, _ id: String, _ sentence: String, _ sheet: CaseSheet?)
    -> [ScreenEffect]
  {
    if case .prompt(let prompt) = overlay {
      kept[prompt.purpose]?[prompt.caseID] = nil
      overlay = nil
    }
    tell(sentence, .good)
    switch act {
    case .claim, .note:
      if place == .list {
        return reload()
      }
      open?.renewedAt = now
      guard let sheet else { return [] }
      // What people did stands in the history: it is read again where it has been shown.
      let history: [ScreenEffect] = open?.panes[.history] == nil ? [] : [.tab(.history, of: id)]
      return show(sheet) + history
    case .decide:
      drafts[id] = nil
      dropped[id] = nil
    case .release, .snooze, .escalate, .approve, .sendBack: break
    }
    place = .list
    open = nil
    return reload()
  }

  private mutating func fail(_ effect: ScreenEffect, _ failure: Failure) -> [ScreenEffect] {
    if wantsForm != nil { wantsForm = nil }
    switch effect {
    case .list: list.isLoading = false
    case .renew(let id):
      tell("\(failure.sentence) What you typed is kept.", .bad)
      return [.open(id, isAgain: true)]
    case .act(_, let id) where place != .list:
      if case .prompt(var prompt) = overlay {
        prompt.problem = failure.sentence
        overlay = .prompt(prompt)
      }
      let keeps = form?.isTouched == true ? " Your draft is kept." : ""
      tell(failure.sentence + keeps, .bad)
      // How the case stands now is what the reviewer needs to go on; what was read before may be out of date.
      guard let tab = open?.tab else { return [] }
      open?.panes = [:]
      return [.open(id, isAgain: true), .tab(tab, of: id)]
    default: break
    }
    tell(failure.sentence, .bad)
    return []
  }
}
