/// Runs a program by trying one way after the other, which back references need; the number of steps is bounded.
struct BacktrackingMatcher {
  private let program: PatternProgram
  private let text: [UInt32]
  private let ignoringCase: Bool

  private enum Choice {
    case resume(instruction: Int, position: Int)
    case restoreSlot(Int, to: Int)
    case restoreMark(Int, to: Int)
  }

  init(_ program: PatternProgram, text: [UInt32], ignoringCase: Bool) {
    self.program = program
    self.text = text
    self.ignoringCase = ignoringCase
  }

  /// The first match at or after `start`: the positions of the groups, two slots each (-1: took no part).
  func firstMatch(from start: Int, steps: inout Int) throws(RegularExpressionError) -> [Int]? {
    var position = start
    while position <= text.count {
      if let slots = try match(at: position, steps: &steps) { return slots }
      if program.isAnchored { break }
      position += 1
    }
    return nil
  }

  private func match(at start: Int, steps: inout Int) throws(RegularExpressionError) -> [Int]? {
    if program.isAnchored && start > 0 { return nil }
    var slots = Array(repeating: -1, count: 2 * (program.groupCount + 1))
    var marks = Array(repeating: -1, count: program.markCount)
    var choices: [Choice] = [.resume(instruction: 0, position: start)]
    while let choice = choices.popLast() {
      var place: Int
      var position: Int
      switch choice {
      case .restoreSlot(let slot, let value):
        slots[slot] = value
        continue
      case .restoreMark(let mark, let value):
        marks[mark] = value
        continue
      case .resume(let instruction, let at): (place, position) = (instruction, at)
      }
      running: while true {
        steps -= 1
        if steps < 0 { throw RegularExpressionError(.tooMuchWork) }
        let instruction = program.instructions[place]
        switch instruction {
        case .match:
          slots[0] = start
          slots[1] = position
          return slots
        case .jump(let target): place = target
        case .split(let preferred, let other):
          choices.append(.resume(instruction: other, position: position))
          place = preferred
        case .save(let slot):
          choices.append(.restoreSlot(slot, to: slots[slot]))
          slots[slot] = position
          place += 1
        case .mark(let mark):
          choices.append(.restoreMark(mark, to: marks[mark]))
          marks[mark] = position
          place += 1
        case .requireProgress(let mark):
          if marks[mark] == position { break running }
          place += 1
        case .start, .end, .lineStart, .lineEnd:
          guard PatternProgram.holds(instruction, at: position, in: text) == true else { break running }
          place += 1
        case .backReference(let number):
          guard let after = end(ofGroup: number, slots, repeatedAt: position, steps: &steps) else {
            break running
          }
          position = after
          place += 1
        case .scalar, .set, .any, .anyButLineEnd:
          guard position < text.count, consumes(instruction, text[position]) else { break running }
          position += 1
          place += 1
        }
      }
    }
    return nil
  }

  private func consumes(_ instruction: PatternProgram.Instruction, _ value: UInt32) -> Bool {
    switch instruction {
    case .scalar(let expected): value == expected
    case .set(let index): program.sets[index].contains(value)
    case .any: true
    case .anyButLineEnd: value != 0xA && value != 0xD
    default: false
    }
  }

  /// The position after a repetition of what the group matched; a group that took no part matches nothing.
  private func end(ofGroup number: Int, _ slots: [Int], repeatedAt position: Int, steps: inout Int) -> Int? {
    let first = slots[2 * number]
    let last = slots[2 * number + 1]
    guard first >= 0, last >= first else { return position }
    let length = last - first
    guard position + length <= text.count else { return nil }
    steps -= length
    for index in 0..<length {
      let expected = text[first + index]
      let found = text[position + index]
      if expected == found { continue }
      if ignoringCase && CaseVariants.variants(of: expected).contains(found) { continue }
      return nil
    }
    return position + length
  }
}
