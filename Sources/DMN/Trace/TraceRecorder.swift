internal import FEEL

/// What happened in one evaluation, written while it happens.
///
/// A flat log, since it is always on: one entry for each decision, function call and table, and the matched rules of
/// all tables behind one another. It belongs to one evaluation, on one thread at a time.
final class TraceRecorder: @unchecked Sendable {
  /// One thing that happened.
  struct Entry: Sendable {
    enum Kind: UInt8, Sendable {
      case decisionBegin, decisionEnd, functionBegin, functionEnd, table, warning
    }
    var kind: Kind
    /// The decision, function, table or warning.
    var index: Int32
    /// For tables, where the matched rules begin among the words.
    var words: Int32
  }

  /// What one evaluation may write: a loop that calls a function a million times must not fill the memory.
  static let maximumEntries = 100_000
  static let maximumWords = 1_000_000

  private(set) var entries: [Entry] = []
  var words: [UInt64] = []
  private(set) var warnings: [EvaluationWarning] = []
  private(set) var isTruncated = false
  /// The rule whose blocking cell is asked for; nil in ordinary evaluations.
  var probe: BlockingProbe?

  init(probe: BlockingProbe? = nil) {
    self.probe = probe
    entries.reserveCapacity(16)
    words.reserveCapacity(16)
  }

  func note(_ kind: Entry.Kind, _ index: Int) {
    guard entries.count < Self.maximumEntries else {
      isTruncated = true
      return
    }
    entries.append(Entry(kind: kind, index: Int32(truncatingIfNeeded: index), words: 0))
  }

  /// Makes room for the rules of a table; the caller sets the bits, and calls `endTable` when it is done.
  func beginTable(_ index: Int, wordCount: Int) -> Int {
    let start = words.count
    if entries.count >= Self.maximumEntries || start + wordCount > Self.maximumWords {
      isTruncated = true
    } else {
      entries.append(
        Entry(
          kind: .table, index: Int32(truncatingIfNeeded: index), words: Int32(truncatingIfNeeded: start)))
    }
    for _ in 0..<wordCount { words.append(0) }
    return start
  }

  /// Gives the room of a table back that came too late to be listed.
  func endTable(_ start: Int) {
    if isTruncated, entries.last(where: { $0.kind == .table }).map({ Int($0.words) < start }) ?? true {
      words.removeSubrange(start...)
    }
  }

  /// Takes the warnings of an evaluation and gives them their place.
  func collect(_ evaluation: inout Evaluation, at place: ModelPlace) {
    for warning in evaluation.takeWarnings() {
      note(.warning, warnings.count)
      if !isTruncated { warnings.append(EvaluationWarning(warning: warning, place: place)) }
    }
  }
}
