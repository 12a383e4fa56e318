/// Finds the boxes in which two sets of rows give different results, exactly and with bounded work.
///
/// The same walk as `BoxCover`, with the rows of both sides in play.
struct RegionDifference<Outcome: Hashable> {
  /// A box with what each side gives in it.
  struct Region: Hashable {
    var box: [AtomSet]
    let old: Outcome
    let new: Outcome
  }

  private struct Question: Hashable {
    let column: Int
    let old: AtomSet
    let new: AtomSet
  }

  private let whole: [AtomSet]
  private let old: [[AtomSet]]
  private let new: [[AtomSet]]
  private let oldOutcome: ([Int]) -> Outcome
  private let newOutcome: ([Int]) -> Outcome
  private var answers: [Question: [Region]] = [:]
  private var steps = 0

  /// - Parameters:
  ///   - old: the rows of the first side; `oldOutcome` gives what those that apply give together.
  ///   - new: the rows of the second side.
  init(
    whole: [AtomSet], old: [[AtomSet]], new: [[AtomSet]], oldOutcome: @escaping ([Int]) -> Outcome,
    newOutcome: @escaping ([Int]) -> Outcome
  ) {
    self.whole = whole
    self.old = old
    self.new = new
    self.oldOutcome = oldOutcome
    self.newOutcome = newOutcome
  }

  /// The regions that differ; nil where the question is too large.
  mutating func regions() -> [Region]? {
    guard
      let found = regions(0, AtomSet(allOf: old.count), AtomSet(allOf: new.count))
    else { return nil }
    return Self.merged(found)
  }

  private mutating func regions(_ column: Int, _ oldRows: AtomSet, _ newRows: AtomSet) -> [Region]? {
    if column == whole.count {
      let one = oldOutcome(oldRows.members)
      let other = newOutcome(newRows.members)
      return one == other ? [] : [Region(box: [], old: one, new: other)]
    }
    let question = Question(column: column, old: oldRows, new: newRows)
    if let answer = answers[question] { return answer }
    steps += oldRows.count + newRows.count
    guard steps <= BoxCover.stepLimit else { return nil }
    var groups: [(old: AtomSet, new: AtomSet, atoms: AtomSet)] = []
    let none = whole[column].subtracting(whole[column])
    for atom in whole[column].members {
      let oldPassing = AtomSet(oldRows.members.filter { old[$0][column].contains(atom) }, count: old.count)
      let newPassing = AtomSet(newRows.members.filter { new[$0][column].contains(atom) }, count: new.count)
      if let place = groups.firstIndex(where: { $0.old == oldPassing && $0.new == newPassing }) {
        groups[place].atoms.insert(atom)
      } else {
        var atoms = none
        atoms.insert(atom)
        groups.append((oldPassing, newPassing, atoms))
      }
    }
    var answer: [Region] = []
    var places: [Region: Int] = [:]
    for group in groups {
      guard let tails = regions(column + 1, group.old, group.new) else { return nil }
      for tail in tails {
        if let place = places[tail] {
          answer[place].box[0] = answer[place].box[0].union(group.atoms)
        } else {
          places[tail] = answer.count
          answer.append(Region(box: [group.atoms] + tail.box, old: tail.old, new: tail.new))
        }
      }
      guard answer.count <= BoxCover.boxLimit else { return nil }
    }
    answers[question] = answer
    return answer
  }

  /// Joins regions that give the same and differ in one column only, until none is left to join.
  private static func merged(_ regions: [Region]) -> [Region] {
    var regions = regions
    var isJoined = regions.count < 300
    while isJoined {
      isJoined = false
      search: for one in regions.indices {
        for other in regions.indices where other > one {
          guard regions[one].old == regions[other].old, regions[one].new == regions[other].new else {
            continue
          }
          let differing = regions[one].box.indices.filter { regions[one].box[$0] != regions[other].box[$0] }
          guard differing.count == 1, let column = differing.first else { continue }
          regions[one].box[column] = regions[one].box[column].union(regions[other].box[column])
          regions.remove(at: other)
          isJoined = true
          break search
        }
      }
    }
    return regions
  }
}
