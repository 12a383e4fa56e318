internal import FEEL

/// What happened in one evaluation, written while it happens.
///
/// A flat log of words in raw memory, since it is always on: one word for each decision, function call, warning and
/// table, and behind the word of a table its matched rules. It belongs to one evaluation, on one thread at a time, and
/// is only read once the evaluation is over.
final class TraceRecorder: @unchecked Sendable {
  /// One thing that happened.
  struct Entry {
    enum Kind: UInt8 {
      case decisionBegin, decisionEnd, functionBegin, functionEnd, table, warning
    }
    var kind: Kind
    /// The decision, function, table or warning.
    var index: Int
    /// For tables, where the matched rules begin in the log.
    var rules: Int
  }

  /// What one evaluation may write: a loop that calls a function a million times must not fill the memory.
  static let maximumWords = 1_000_000

  private var log: UnsafeMutablePointer<UInt64>
  private var count = 0
  private var capacity = 64
  private(set) var warnings: [EvaluationWarning] = []
  private(set) var isTruncated = false
  /// The rule whose blocking cell is asked for; nil in ordinary evaluations.
  var probe: BlockingProbe?

  init(probe: BlockingProbe? = nil) {
    self.probe = probe
    log = .allocate(capacity: capacity)
  }

  deinit { log.deallocate() }

  // MARK: - Writing

  func note(_ kind: Entry.Kind, _ index: Int) {
    guard count < Self.maximumWords else {
      isTruncated = true
      return
    }
    reserve(1)
    log[count] = UInt64(kind.rawValue) << 56 | UInt64(index)
    count += 1
  }

  /// Makes room for the rules of a table, all of them still candidates; `endTable` is called when they are decided.
  ///
  /// The place is a position, not a pointer: tables that are evaluated within this one make the log grow.
  func beginTable(_ index: Int, _ rules: UnsafeMutableBufferPointer<UInt64>) -> Int {
    let wordCount = rules.count
    if count + wordCount >= Self.maximumWords { isTruncated = true }
    reserve(wordCount + 1)
    log[count] = UInt64(Entry.Kind.table.rawValue) << 56 | UInt64(index)
    let start = count + 1
    for word in 0..<wordCount { log[start + word] = rules[word] }
    count = start + wordCount
    return start
  }

  /// Gives the room of a table back that came too late to be listed; tables within it have given theirs back.
  func endTable(_ start: Int) {
    if count > Self.maximumWords { count = start - 1 }
  }

  /// The words of a table's rules; valid until the log grows.
  @inline(__always)
  func rules(_ start: Int) -> UnsafeMutablePointer<UInt64> { log + start }

  /// Takes the warnings of an evaluation and gives them their place.
  func collect(_ evaluation: inout Evaluation, at place: ModelPlace) {
    for warning in evaluation.takeWarnings() {
      note(.warning, warnings.count)
      if !isTruncated { warnings.append(EvaluationWarning(warning: warning, place: place)) }
    }
  }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let larger = max(2 * capacity, count + more)
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: larger)
    memory.update(from: log, count: count)
    log.deallocate()
    log = memory
    capacity = larger
  }

  // MARK: - Reading

  /// Goes through what happened, in order.
  @inline(__always)
  func forEachEntry(_ tables: [CompiledTable], _ body: (Entry) -> Void) {
    var position = 0
    while position < count {
      let word = log[position]
      position += 1
      guard let kind = Entry.Kind(rawValue: UInt8(word >> 56)) else { continue }
      let index = Int(word & (1 << 56 - 1))
      body(Entry(kind: kind, index: index, rules: position))
      if kind == .table { position += tables[index].wordCount }
    }
  }

  /// The matched rules of a table that is listed.
  func matched(_ entry: Entry, _ table: CompiledTable) -> MatchedRules {
    MatchedRules(words: UnsafeBufferPointer(start: log + entry.rules, count: table.wordCount))
  }
}
