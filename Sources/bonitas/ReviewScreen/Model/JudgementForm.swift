import Terminal
import Values

/// What a reviewer has filled in so far; nothing of it is written until they say so.
struct JudgementForm: Hashable, Sendable {
  /// What can be filled in, each a stop of the Tab key.
  enum Field: Hashable, Sendable {
    case resolution, scope, rating, outcome, restriction, until
    case reason(Int)
    case text
    case summary
  }

  let options: DecisionOptions
  var content: Content
  var focus: Field = .resolution
  /// What was there before each change, the latest last.
  private(set) var before: [Content] = []
  /// What the last attempt met.
  var problem: String?

  struct Content: Hashable, Sendable {
    var resolution: Int?
    var scope = 0
    /// Nil leaves the rating.
    var rating: Int?
    /// Nil lets it follow from the rating.
    var outcome: Int?
    var restriction: Int?
    var until: TextEditor
    /// The ticked reasons in the order of ticking: the first is the main one.
    var reasons: [Int] = []
    var text = TextEditor("", hasLines: true, limit: 4000)
  }

  init(_ options: DecisionOptions) {
    self.options = options
    content = Content(until: TextEditor(options.until.description, limit: 10))
  }

  /// Whether anything has been filled in.
  var isTouched: Bool { content != JudgementForm(options).content }

  /// The chosen resolution's code.
  var resolution: String? { content.resolution.flatMap { options.resolutions[safe: $0]?.code } }

  /// The fields that mean something for the chosen resolution, in order.
  var fields: [Field] {
    var fields: [Field] = [.resolution]
    if resolution == "changed" {
      if options.scopes.count > 1 { fields.append(.scope) }
      fields += [.rating, .outcome]
    }
    if !options.restrictions.isEmpty, resolution != nil, resolution != "withdrawn" {
      fields.append(.restriction)
    }
    fields.append(.until)
    fields += options.reasons.indices.map(Field.reason)
    return fields + [.text, .summary]
  }

  /// Goes to the next field, or the one before.
  mutating func move(_ step: Int) {
    let fields = fields
    let here = fields.firstIndex(of: focus) ?? 0
    focus = fields[min(max(0, here + step), fields.count - 1)]
  }

  /// Changes what is filled in; `takeBack` brings back what was there.
  mutating func change(_ edit: (inout Content) -> Void) {
    let old = content
    edit(&content)
    guard content != old else { return }
    problem = nil
    // Letters typed one after the other are taken back together.
    let isTyping = old.text.text != content.text.text || old.until.text != content.until.text
    if isTyping, let last = before.last, last.sameChoices(as: old), !Self.endsWord(old.text.text) { return }
    before.append(old)
    if before.count > 200 { before.removeFirst() }
  }

  /// Takes the last change back; false where nothing was changed.
  mutating func takeBack() -> Bool {
    guard let last = before.popLast() else { return false }
    content = last
    problem = nil
    if !fields.contains(focus) { focus = .resolution }
    return true
  }

  private static func endsWord(_ text: String) -> Bool { text.last.map(\.isWhitespace) ?? true }

  /// The first thing that is missing, with the field to mend it in.
  var gap: (field: Field, sentence: String)? {
    guard resolution != nil else {
      return (.resolution, "Say first what comes of it: left and right choose.")
    }
    if resolution == "changed", content.rating == nil, content.outcome == nil, options.restrictions.isEmpty {
      return (.rating, "A change changes something: choose another rating or outcome, or confirm.")
    }
    if content.restriction == nil, fields.contains(.restriction) {
      return (.restriction, "A restriction was proposed: approve or lift it.")
    }
    guard let until = CivilDate(content.until.text) else {
      return (.until, "'\(content.until.text)' is no date; write it as \(options.until).")
    }
    if until > options.latestUntil {
      return (.until, "It can stand until \(options.latestUntil) at the longest.")
    }
    if content.reasons.isEmpty { return (.reason(0), "Tick at least one reason: the space bar does.") }
    if content.text.text.count(where: { !$0.isWhitespace }) < 20 {
      return (.text, "Write in your own words why: a sentence, not a word.")
    }
    return nil
  }

  /// What the desk is given.
  var judgement: DraftedJudgement? {
    guard gap == nil, let resolution, let until = CivilDate(content.until.text) else { return nil }
    let isChange = resolution == "changed"
    return DraftedJudgement(
      resolution: resolution, scope: options.scopes[safe: content.scope]?.code ?? "customer",
      rating: isChange ? content.rating.flatMap { options.ratings[safe: $0] } : nil,
      outcome: isChange ? content.outcome.flatMap { options.outcomes[safe: $0]?.code } : nil,
      restriction: fields.contains(.restriction)
        ? content.restriction.flatMap { options.restrictions[safe: $0]?.code } : nil,
      until: until, reasons: content.reasons.compactMap { options.reasons[safe: $0]?.code },
      text: content.text.text)
  }
}

extension JudgementForm.Content {
  fileprivate func sameChoices(as other: Self) -> Bool {
    resolution == other.resolution && scope == other.scope && rating == other.rating
      && outcome == other.outcome
      && restriction == other.restriction && reasons == other.reasons
  }
}

/// A filled-in form as the desk takes it; every word is a code.
struct DraftedJudgement: Hashable, Sendable {
  var resolution: String
  var scope: String
  var rating: String?
  var outcome: String?
  var restriction: String?
  var until: CivilDate
  var reasons: [String]
  var text: String
}

extension Array {
  /// The element, where there is one.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
