import Terminal
import Values

/// The same work line by line, for screen readers, for terminals without a cursor and for tests: words in, lines out.
///
/// Nothing is drawn over, nothing depends on colour or on where it stands; every question says what it takes.
struct PlainReview {
  let backend: any ReviewBackend
  let input: LineInput
  let output: TextStream
  let clock: () -> Instant

  /// The case that was opened last.
  var sheet: CaseSheet?
  /// The cases of the last list, to be opened by their place in it.
  var listed: [CaseLine] = []
  var filter = ListFilter()
  /// The records of the section that was shown last, by the numbers said there.
  var records: [String] = []
  var drafts: [String: JudgementForm] = [:]
  private var isOver = false

  static let page = 20

  init(backend: any ReviewBackend, input: LineInput, output: TextStream, clock: @escaping () -> Instant) {
    self.backend = backend
    self.input = input
    self.output = output
    self.clock = clock
  }

  /// Runs until the reviewer leaves or the input ends.
  mutating func run() {
    say("bonitas review, signed in as \(backend.actor).")
    attempt { review throws(Failure) in try review.tellNumbers() }
    say("Type help for the words, quit to leave.")
    while !isOver, let line = ask("review>") { obey(line) }
    for id in drafts.filter({ $0.value.isTouched }).keys.sorted() {
      say("Not written: the draft on \(id). \(drafts[id]?.content.text.text ?? "")")
    }
  }

  /// Writes a line as running text: one full stop at its end, and a comma where columns would stand apart.
  func say(_ text: String, indent: Int = 0) {
    var words = Self.parts(text).joined(separator: ", ")
    while words.hasSuffix("..") { words.removeLast() }
    output.line(String(repeating: " ", count: indent) + visible(words))
    output.flush()
  }

  /// What stands apart by two blanks or more.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var blanks = 0
    for character in text {
      if character == " " {
        blanks += 1
        continue
      }
      if blanks > 1, !part.isEmpty {
        parts.append(part)
        part = ""
      } else if blanks > 0, !part.isEmpty {
        part += " "
      }
      blanks = 0
      part.append(character)
    }
    return part.isEmpty ? parts : parts + [part]
  }

  /// Asks and waits; nil at the end of the input.
  ///
  /// While nobody answers, the claim of the open case is renewed.
  func ask(_ question: String) -> String? {
    output.write(question + " ")
    output.flush()
    let line = input.next {
      guard let sheet, sheet.line.isMine else { return }
      do throws(Failure) {
        _ = try backend.renew(sheet.line.id, at: clock())
      } catch {
        say("")
        say(error.sentence)
      }
    }
    if line == nil { output.line() }
    return line.map { String($0.drop { $0 == " " }) }
  }

  /// Does something and tells what went wrong.
  mutating func attempt(_ body: (inout PlainReview) throws(Failure) -> Void) {
    do throws(Failure) {
      try body(&self)
    } catch {
      say(error.sentence)
    }
  }

  private mutating func obey(_ line: String) {
    let word = line.prefix { $0 != " " }.lowercased()
    let rest = String(line.dropFirst(word.count).drop { $0 == " " })
    attempt { review throws(Failure) in
      switch word {
      case "": break
      case "help", "?": review.help()
      case "quit", "exit", "q": review.leave()
      case "list": try review.list(rest, isMore: false)
      case "more": try review.list(rest, isMore: true)
      case "next": try review.takeNext()
      case "open": try review.open(rest)
      case "show": try review.show(rest)
      case "record": try review.record(rest)
      case "back", "close":
        review.sheet = nil
        review.say("Back at the queue.")
      case "claim", "note", "release", "snooze", "escalate", "decide", "approve", "return":
        try review.act(word, rest)
      default: review.say("There is no word '\(word)' here. Type help.")
      }
    }
  }

  private mutating func leave() {
    let open = drafts.filter { $0.value.isTouched }.keys.sorted()
    if !open.isEmpty,
      ask("Drafts on \(open.joined(separator: ", ")) are not written. Leave? yes or no:") != "yes"
    {
      return
    }
    isOver = true
  }

  private func help() {
    let words = [
      (
        "list [overdue] [mine] [escalated] [TEXT]",
        "cases, most urgent first; TEXT is part of a customer's name"
      ),
      ("more", "the next cases"), ("next", "claim and open the first case that you may work on"),
      ("open CASE", "a case by its name, or by its number in the list"),
      ("show SECTION", SheetTab.allCases.map(\.plainName).joined(separator: ", ")),
      ("record NUMBER", "the raw record behind a line of the section"), ("claim", "make the open case yours"),
      ("decide", "answer question by question; nothing is written before you say yes"),
      ("note, release, snooze, escalate", "on the open case; what is needed is asked for"),
      ("approve, return", "what a colleague decided"), ("back", "close the case"), ("quit", "leave"),
    ]
    for (word, meaning) in words { say("\(word): \(meaning).") }
  }

  private mutating func tellNumbers() throws(Failure) {
    let numbers = try backend.numbers(at: clock())
    if let stop = numbers.stop { say(stop) }
    say("\(numbers.open) open, \(numbers.overdue) overdue, \(numbers.escalated) escalated.")
  }

  private mutating func list(_ words: String, isMore: Bool) throws(Failure) {
    let now = clock()
    if !isMore {
      filter = ListFilter()
      var rest: [Substring] = []
      for word in words.split(separator: " ") {
        switch word {
        case "overdue": filter.isOverdue = true
        case "mine": filter.isMine = true
        case "escalated": filter.isEscalated = true
        default: rest.append(word)
        }
      }
      filter.customer = rest.joined(separator: " ")
      listed = []
    }
    let found = try backend.cases(filter, after: listed.last, limit: Self.page, at: now)
    let today = backend.today(at: now)
    for line in found {
      listed.append(line)
      var parts = ["\(listed.count). \(line.id)", line.kind, line.name, line.customer, line.reason]
      parts += [
        line.dueWords(on: today).isEmpty ? "" : "due \(line.dueWords(on: today))", line.stateWords(at: now),
      ]
      if line.isEscalated { parts.append("escalated") }
      let told = parts.filter { !$0.isEmpty }.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
      say(told.joined(separator: ", ") + ".")
    }
    if found.isEmpty { say(isMore ? "There are no more." : "No case is like that.") }
    if found.count == Self.page { say("There may be more: more.") }
  }

  private mutating func takeNext() throws(Failure) {
    guard let id = try backend.claimNext(at: clock()) else { return say("Nothing waits that you may claim.") }
    say("\(id) is yours.")
    try open(id)
  }

  mutating func open(_ name: String) throws(Failure) {
    let number = Int(name) ?? 0
    let id = number > 0 ? listed[safe: number - 1]?.id ?? name : name
    guard !id.isEmpty else { return say("Say which: open C-17, or open 1 for the first of the list.") }
    let now = clock()
    let found = try backend.open(id, isAgain: false, at: now)
    sheet = found
    let line = found.line
    say(
      "\(line.id), \(line.kind): \(line.reason)")
    say(
      "Due \(line.due), \(line.dueWords(on: backend.today(at: now)))."
    )
    say("It is \(line.stateWords(at: now))\(line.isEscalated ? ", escalated" : "").")
    if let proposal = found.proposal {
      say("It waits for a second person:")
      tell(proposal)
    }
    tell(found.glance)
    try show(SheetTab.decision.plainName)
  }

  private mutating func show(_ name: String) throws(Failure) {
    guard let sheet else { return say("Open a case first.") }
    let wanted = name.lowercased()
    guard let tab = SheetTab.allCases.first(where: { !wanted.isEmpty && $0.plainName.hasPrefix(wanted) })
    else {
      return say("The sections are \(SheetTab.allCases.map(\.plainName).joined(separator: ", ")).")
    }
    let lines = try backend.tab(tab, of: sheet.line.id, at: clock())
    say("\(tab.title):")
    records = []
    tell(lines)
    if lines.isEmpty { say("Nothing here.") }
    if !records.isEmpty { say("'record 1' reads the first record, and so on.") }
  }

  private mutating func record(_ name: String) throws(Failure) {
    guard let sheet else { return say("Open a case first.") }
    let record = records[safe: (Int(name) ?? 0) - 1] ?? name
    guard !record.isEmpty else { return say("Say which: the number that stands at the end of a line.") }
    let found = try backend.record(record, of: sheet.line.id, at: clock())
    say(found.title + ":")
    for line in found.lines { say(line.text, indent: line.indent) }
  }

  private mutating func tell(_ lines: [SheetLine]) {
    for line in lines where !line.text.isEmpty {
      guard let record = line.record else {
        say(line.text, indent: line.indent)
        continue
      }
      records.append(record)
      say("\(line.text) (record \(records.count))", indent: line.indent)
    }
  }
}

extension SheetTab {
  /// The word of a section where words are typed.
  var plainName: String { title.lowercased() }
}
