/// What is left of a box when other boxes are taken out of it, exactly and with bounded work.
///
/// Goes column by column. What is left depends only on which boxes are still in play, so equal questions are asked
/// once: the walk is through a decision diagram, not through all combinations.
struct BoxCover {
  /// How many steps a question may take.
  static let stepLimit = 100_000
  /// How many boxes an answer may have.
  static let boxLimit = 2_000

  private struct Question: Hashable {
    let column: Int
    let active: AtomSet
  }

  private let box: [AtomSet]
  private let rows: [[AtomSet]]
  private var answers: [Question: [[AtomSet]]] = [:]
  private var steps = 0

  private init(box: [AtomSet], rows: [[AtomSet]]) {
    self.box = box
    self.rows = rows
  }

  /// The parts of a box that no row covers; nil where the question is too large.
  static func rest(of box: [AtomSet], without rows: [[AtomSet]]) -> [[AtomSet]]? {
    guard box.allSatisfy({ !$0.isEmpty }) else { return [] }
    let meeting = rows.filter { row in zip(row, box).allSatisfy { $0.intersects($1) } }
    var cover = BoxCover(box: box, rows: meeting)
    return cover.rest(0, AtomSet(allOf: meeting.count))
  }

  private mutating func rest(_ column: Int, _ active: AtomSet) -> [[AtomSet]]? {
    if active.isEmpty { return [Array(box[column...])] }
    let members = active.members
    if members.contains(where: { row in
      (column..<box.count).allSatisfy { rows[row][$0].isSuperset(of: box[$0]) }
    }) {
      return []
    }
    let question = Question(column: column, active: active)
    if let answer = answers[question] { return answer }
    steps += members.count
    guard steps <= Self.stepLimit else { return nil }
    // Atoms that the same rows let pass are one.
    var groups: [(active: AtomSet, atoms: AtomSet)] = []
    var places: [AtomSet: Int] = [:]
    for atom in box[column].members {
      let passing = AtomSet(members.filter { rows[$0][column].contains(atom) }, count: rows.count)
      if let place = places[passing] {
        groups[place].atoms.insert(atom)
      } else {
        places[passing] = groups.count
        var atoms = box[column].subtracting(box[column])
        atoms.insert(atom)
        groups.append((passing, atoms))
      }
    }
    var answer: [[AtomSet]] = []
    var heads: [[AtomSet]: Int] = [:]
    for group in groups {
      guard let tails = rest(column + 1, group.active) else { return nil }
      for tail in tails {
        if let place = heads[tail] {
          answer[place][0] = answer[place][0].union(group.atoms)
        } else {
          heads[tail] = answer.count
          answer.append([group.atoms] + tail)
        }
      }
      guard answer.count <= Self.boxLimit else { return nil }
    }
    answers[question] = answer
    return answer
  }
}
