import Terminal

extension ReviewScreen {
  /// The draft of the open case.
  var form: JudgementForm? {
    get { open.flatMap { drafts[$0.id] } }
    set { if let id = open?.id { drafts[id] = newValue } }
  }

  mutating func pressInForm(_ key: Key) -> [ScreenEffect] {
    guard var form else {
      place = .sheet
      return []
    }
    switch key {
    case .escape, .control("c"):
      place = .sheet
      if form.isTouched {
        tell("Nothing is written. The draft is kept: d goes on with it, u throws it away.")
      }
      return []
    case .control("s"), .function(10): return summarize(form)
    case .control("z"), .control("_"):
      if !form.takeBack() { tell("Nothing is left to take back.") }
    case .function(1): overlay = .help(TextPane(HelpText.lines(.form)))
    case .tab: form.move(1)
    case .backTab: form.move(-1)
    default: return press(key, in: &form)
    }
    self.form = form
    return []
  }

  private mutating func press(_ key: Key, in form: inout JudgementForm) -> [ScreenEffect] {
    defer { self.form = form }
    if form.focus == .text {
      let width = FormView.textWidth(size)
      switch key {
      case .up:
        var text = form.content.text
        if text.moveLine(-1, width: width) { form.change { $0.text = text } } else { form.move(-1) }
      case .down:
        var text = form.content.text
        if text.moveLine(1, width: width) { form.change { $0.text = text } } else { form.move(1) }
      default: form.change { _ = $0.text.apply(key) }
      }
      return []
    }
    switch key {
    case .up: form.move(-1)
    case .down: form.move(1)
    case .enter where form.focus == .summary: return summarize(form)
    case .enter: form.move(1)
    case _ where form.focus == .until: form.change { _ = $0.until.apply(key) }
    case .character("k"): form.move(-1)
    case .character("j"): form.move(1)
    case .character("u"): if !form.takeBack() { tell("Nothing is left to take back.") }
    case .character("?"): overlay = .help(TextPane(HelpText.lines(.form)))
    case .left, .character("h"): turn(-1, &form)
    case .right, .character("l"): turn(1, &form)
    case .character(" "): turn(1, &form)
    default: tellKeys(key)
    }
    return []
  }

  private func turn(_ step: Int, _ form: inout JudgementForm) {
    let options = form.options
    let focus = form.focus
    form.change { content in
      switch focus {
      case .resolution:
        content.resolution = Self.next(content.resolution, options.resolutions.indices.map { $0 }, step)
      case .scope:
        content.scope = (content.scope + step + options.scopes.count) % max(1, options.scopes.count)
      case .rating:
        let others = options.ratings.indices.filter { options.ratings[$0] != options.currentRating }
        content.rating = Self.nextOrNone(content.rating, others, step)
      case .outcome:
        content.outcome = Self.nextOrNone(content.outcome, options.outcomes.indices.map { $0 }, step)
      case .restriction:
        content.restriction = Self.nextOrNone(
          content.restriction, options.restrictions.indices.map { $0 }, step)
      case .reason(let index):
        if let place = content.reasons.firstIndex(of: index) {
          content.reasons.remove(at: place)
        } else {
          content.reasons.append(index)
        }
      case .until, .text, .summary: break
      }
    }
  }

  private static func next(_ value: Int?, _ values: [Int], _ step: Int) -> Int? {
    guard !values.isEmpty else { return nil }
    guard let value, let here = values.firstIndex(of: value) else {
      return step > 0 ? values.first : values.last
    }
    return values[(here + step + values.count) % values.count]
  }

  private static func nextOrNone(_ value: Int?, _ values: [Int], _ step: Int) -> Int? {
    let here = value.flatMap(values.firstIndex(of:)).map { $0 + 1 } ?? 0
    let index = (here + step + values.count + 1) % (values.count + 1)
    return index == 0 ? nil : values[index - 1]
  }

  /// Shows what would be written, or what is missing.
  private mutating func summarize(_ form: JudgementForm) -> [ScreenEffect] {
    var form = form
    if let gap = form.gap {
      form.focus = gap.field
      form.problem = gap.sentence
      self.form = form
      return []
    }
    guard let open, let judgement = form.judgement else { return [] }
    return [.preview(judgement, of: open.id, version: open.sheet.version)]
  }

  mutating func pressInSummary(_ key: Key) -> [ScreenEffect] {
    if open?.summary.apply(key) == true { return [] }
    switch key {
    case .character("w"), .control("s"):
      guard let open, let judgement = form?.judgement else { return [] }
      return [.act(.decide(judgement, version: open.sheet.version), on: open.id)]
    case .character("u"):
      place = .form
      let isTaken = form?.takeBack() == true
      tell(isTaken ? "Nothing was written; the last change is taken back." : "Nothing was written.")
    case .escape, .character("q"), .control("c"), .left, .backspace:
      place = .form
      tell("Nothing was written.")
    case .enter: tell("w writes it; Esc goes back to the form.")
    case .character("?"), .function(1): overlay = .help(TextPane(HelpText.lines(.summary)))
    default: tellKeys(key)
    }
    return []
  }
}
