/// Runs a program by following all of its threads through the text at once (Thompson and Pike).
///
/// The time is bounded by the product of program and text, whatever the pattern. It cannot run back references.
struct ParallelMatcher {
  private let program: PatternProgram
  private let text: [UInt32]
  private let slotCount: Int
  private var current: ThreadList
  private var next: ThreadList
  private var pending: [Step] = []

  /// The threads at one position in order of precedence, at most one for each instruction.
  private struct ThreadList {
    var members: [Int] = []
    var place: [Int]
    var slots: [Int]

    init(capacity: Int, slotCount: Int) {
      members.reserveCapacity(capacity)
      place = Array(repeating: 0, count: capacity)
      slots = Array(repeating: -1, count: capacity * slotCount)
    }

    func contains(_ instruction: Int) -> Bool {
      let index = place[instruction]
      return index < members.count && members[index] == instruction
    }

    mutating func insert(_ instruction: Int) {
      place[instruction] = members.count
      members.append(instruction)
    }
  }

  private enum Step {
    case explore(Int)
    case restore(slot: Int, to: Int)
  }

  /// `capturing` false asks only whether there is a match; then it stops at the first one and keeps no positions.
  init(_ program: PatternProgram, text: [UInt32], capturing: Bool) {
    self.program = program
    self.text = text
    slotCount = capturing ? 2 * (program.groupCount + 1) : 0
    current = ThreadList(capacity: program.instructions.count, slotCount: slotCount)
    next = current
  }

  /// The first match at or after `start`: the positions of the groups, two slots each (-1: took no part).
  mutating func firstMatch(
    from start: Int, steps: inout Int
  ) throws(RegularExpressionError) -> [Int]? {
    var found: [Int]?
    current.members.removeAll(keepingCapacity: true)
    var position = start
    while true {
      if found == nil && (position == 0 || !program.isAnchored) {
        var slots = Array(repeating: -1, count: slotCount)
        if slotCount > 0 { slots[0] = position }
        steps -= Self.add(0, at: position, slots: &slots, to: &current, program, text, &pending)
      }
      if current.members.isEmpty { break }
      steps -= current.members.count
      if steps < 0 { throw RegularExpressionError(.tooMuchWork) }
      next.members.removeAll(keepingCapacity: true)
      threads: for thread in current.members {
        let instruction = program.instructions[thread]
        let matches: Bool
        switch instruction {
        case .match:
          if slotCount == 0 { return [] }
          var slots = Array(current.slots[thread * slotCount..<(thread + 1) * slotCount])
          slots[1] = position
          found = slots
          break threads
        case .scalar(let value): matches = position < text.count && text[position] == value
        case .set(let index): matches = position < text.count && program.sets[index].contains(text[position])
        case .any: matches = position < text.count
        case .anyButLineEnd:
          matches = position < text.count && text[position] != 0xA && text[position] != 0xD
        default: matches = false
        }
        if matches {
          var slots = Array(current.slots[thread * slotCount..<(thread + 1) * slotCount])
          steps -= Self.add(
            thread + 1, at: position + 1, slots: &slots, to: &next, program, text, &pending)
        }
      }
      swap(&current, &next)
      position += 1
      if position > text.count { break }
    }
    return found
  }

  /// Follows the instructions that consume nothing; gives the number of instructions visited.
  private static func add(
    _ first: Int, at position: Int, slots: inout [Int], to list: inout ThreadList, _ program: PatternProgram,
    _ text: [UInt32], _ pending: inout [Step]
  ) -> Int {
    var visited = 0
    let slotCount = slots.count
    pending.append(.explore(first))
    while let step = pending.popLast() {
      guard case .explore(let start) = step else {
        if case .restore(let slot, let value) = step { slots[slot] = value }
        continue
      }
      var place = start
      following: while !list.contains(place) {
        list.insert(place)
        visited += 1
        switch program.instructions[place] {
        case .jump(let target): place = target
        case .split(let preferred, let other):
          pending.append(.explore(other))
          place = preferred
        case .save(let slot):
          if slot < slotCount {
            pending.append(.restore(slot: slot, to: slots[slot]))
            slots[slot] = position
          }
          place += 1
        case .mark, .requireProgress: place += 1
        case .start, .end, .lineStart, .lineEnd:
          guard PatternProgram.holds(program.instructions[place], at: position, in: text) == true else {
            break following
          }
          place += 1
        default:
          for slot in 0..<slotCount { list.slots[place * slotCount + slot] = slots[slot] }
          break following
        }
      }
    }
    return visited
  }
}
