/// A pattern as instructions of a small machine, which `ParallelMatcher` and `BacktrackingMatcher` run.
struct PatternProgram: Sendable {
  /// Counted repetitions are written out; patterns that grow beyond this are refused.
  static let instructionLimit = 20_000

  enum Instruction: Sendable {
    case scalar(UInt32)
    case set(Int)
    case anyButLineEnd
    case any
    /// Goes on at both places; the first one has precedence.
    case split(Int, Int)
    case jump(Int)
    /// Stores the position: slots `2n` and `2n + 1` are the start and end of group n.
    case save(Int)
    case start
    case end
    case lineStart
    case lineEnd
    case backReference(Int)
    /// Notes the position at the start of a turn of an endless repetition …
    case mark(Int)
    /// … and fails if the turn matched nothing, because such turns could go on for ever.
    case requireProgress(Int)
    case match
  }

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [CharacterClass] = []
  private(set) var markCount = 0
  let groupCount: Int
  let usesBackReference: Bool
  /// A pattern that begins with `^` outside multi-line mode can match at the start only.
  let isAnchored: Bool
  private let isMultiline: Bool

  init(
    _ node: PatternNode, groupCount: Int, usesBackReference: Bool, isMultiline: Bool
  ) throws(RegularExpressionError) {
    self.groupCount = groupCount
    self.usesBackReference = usesBackReference
    self.isMultiline = isMultiline
    isAnchored = !isMultiline && Self.beginsAtStart(node)
    try emit(node)
    try append(.match)
  }

  private static func beginsAtStart(_ node: PatternNode) -> Bool {
    switch node {
    case .start: true
    case .group(let body, _): beginsAtStart(body)
    case .sequence(let pieces): pieces.first.map(beginsAtStart) ?? false
    case .alternatives(let branches): branches.allSatisfy(beginsAtStart)
    default: false
    }
  }

  private mutating func append(_ instruction: Instruction) throws(RegularExpressionError) {
    if instructions.count >= Self.instructionLimit { throw RegularExpressionError(.tooLarge) }
    instructions.append(instruction)
  }

  private mutating func emit(_ node: PatternNode) throws(RegularExpressionError) {
    switch node {
    case .empty: break
    case .scalar(let value): try append(.scalar(value))
    case .set(let set):
      // Repetitions write the same class many times; looking back a little finds it again.
      if let index = sets.suffix(16).lastIndex(of: set) {
        try append(.set(index))
      } else {
        sets.append(set)
        try append(.set(sets.count - 1))
      }
    case .anyButLineEnd: try append(.anyButLineEnd)
    case .any: try append(.any)
    case .start: try append(isMultiline ? .lineStart : .start)
    case .end: try append(isMultiline ? .lineEnd : .end)
    case .backReference(let number): try append(.backReference(number))
    case .group(let body, nil): try emit(body)
    case .group(let body, let capture?):
      try append(.save(2 * capture))
      try emit(body)
      try append(.save(2 * capture + 1))
    case .sequence(let pieces): for piece in pieces { try emit(piece) }
    case .alternatives(let branches): try emit(alternatives: branches)
    case .repetition(let body, let least, let most, let reluctant):
      try emit(repeating: body, least: least, most: most, reluctant: reluctant)
    }
  }

  private mutating func emit(alternatives branches: [PatternNode]) throws(RegularExpressionError) {
    var exits: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try emit(branch)
        break
      }
      let split = instructions.count
      try append(.split(split + 1, split + 1))
      try emit(branch)
      exits.append(instructions.count)
      try append(.jump(0))
      instructions[split] = .split(split + 1, instructions.count)
    }
    for exit in exits { instructions[exit] = .jump(instructions.count) }
  }

  private mutating func emit(
    repeating body: PatternNode, least: Int, most: Int?, reluctant: Bool
  ) throws(RegularExpressionError) {
    for _ in 0..<least {
      let before = instructions.count
      try emit(body)
      // A body without instructions needs no second copy, however often it is asked for.
      if instructions.count == before { return }
    }
    guard let most else {
      let loop = instructions.count
      try append(.split(0, 0))
      let mark = markCount
      markCount += 1
      try append(.mark(mark))
      try emit(body)
      try append(.requireProgress(mark))
      try append(.jump(loop))
      set(split: loop, to: loop + 1, or: instructions.count, reluctant: reluctant)
      return
    }
    var splits: [Int] = []
    for _ in least..<max(least, most) {
      splits.append(instructions.count)
      try append(.split(0, 0))
      try emit(body)
    }
    for split in splits {
      set(split: split, to: split + 1, or: instructions.count, reluctant: reluctant)
    }
  }

  private mutating func set(split: Int, to body: Int, or exit: Int, reluctant: Bool) {
    instructions[split] = reluctant ? .split(exit, body) : .split(body, exit)
  }

  /// Whether the assertion of an instruction holds at a position; nil if the instruction asserts nothing.
  static func holds(_ instruction: Instruction, at position: Int, in text: [UInt32]) -> Bool? {
    switch instruction {
    case .start: position == 0
    case .end: position == text.count
    // A newline at the very end of the text begins no further line (XPath F&O 3.1, section 5.6.1.1).
    case .lineStart: position == 0 || (text[position - 1] == 0xA && position < text.count)
    case .lineEnd: position == text.count || text[position] == 0xA
    default: nil
    }
  }
}
