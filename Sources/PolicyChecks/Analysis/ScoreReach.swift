import DMN
import FEEL
import Values

/// The sums that a scorecard can give, and for each of them points of which characteristics make it.
struct ScoreReach {
  /// The points of one characteristic.
  struct Characteristic {
    let variable: String
    let column: Int
    /// The points of each atom of the variable.
    let points: [Decimal]
  }

  /// How many different sums are counted out; beyond, only the ends are known.
  private static let sumLimit = 20_000

  let characteristics: [Characteristic]
  /// The points that every customer gets.
  let constant: Decimal
  /// The smallest and the largest sum; nil where points are not constant or a rule tests several columns.
  private(set) var ends: (low: Decimal, high: Decimal)?
  /// All sums, where they are few enough.
  private(set) var sums: Set<Decimal>?

  init(_ table: PolicyTable, _ model: PolicyModel) {
    var points: [Int: [Decimal]] = [:]
    var constant: Decimal = 0
    var isSimple = true
    let geometry = model.geometry(of: table)
    for rule in table.rules {
      let tested = table.view.testedColumns(rule: rule)
      guard let value = table.view.outputConstant(rule: rule)?.number, tested.count < 2,
        !geometry.isVague(rule)
      else {
        isSimple = false
        continue
      }
      guard let column = tested.first else {
        constant += value
        continue
      }
      if table.columns[column].variable == nil { isSimple = false }
      let atoms = geometry.axes[column].atoms.indices
      var sums = points[column] ?? atoms.map { _ in 0 }
      for atom in atoms where geometry.sure[rule][column].contains(atom) { sums[atom] += value }
      points[column] = sums
    }
    characteristics = points.keys.sorted().compactMap { column in
      table.columns[column].variable.map {
        Characteristic(variable: $0, column: column, points: points[column] ?? [])
      }
    }
    self.constant = constant
    guard isSimple else { return }
    let lows = characteristics.map { $0.points.min() ?? 0 }
    let highs = characteristics.map { $0.points.max() ?? 0 }
    ends = (lows.reduce(constant, +), highs.reduce(constant, +))
    var reached: Set<Decimal> = [constant]
    for characteristic in characteristics {
      var next: Set<Decimal> = []
      for points in Set(characteristic.points) {
        for sum in reached { next.insert(sum + points) }
        if next.count > Self.sumLimit { return }
      }
      if !next.isEmpty { reached = next }
    }
    sums = reached
  }

  /// Atoms of the characteristics that make a wanted sum, with as few as possible other than usual.
  ///
  /// - Parameters:
  ///   - usual: the atom of each variable that is taken where nothing else is needed.
  ///   - allowed: the atoms that a variable may have, where that is bound.
  ///   - isWanted: whether a sum will do.
  func choice(
    usual: [String: Int], allowed: [String: AtomSet], isWanted: (Decimal) -> Bool
  ) -> [String: Int]? {
    struct Way {
      let changes: Int
      let atom: Int
      let before: Decimal
    }
    guard sums != nil else { return nil }
    // One layer for each characteristic: the cheapest way to each sum, and where it came from.
    var layers: [[Decimal: Way]] = [[constant: Way(changes: 0, atom: 0, before: 0)]]
    for characteristic in characteristics {
      let usualAtom = usual[characteristic.variable]
      // One atom for each number of points: the usual one, else the first.
      var options: [(points: Decimal, atom: Int)] = []
      for atom in characteristic.points.indices
      where allowed[characteristic.variable]?.contains(atom) ?? true {
        let points = characteristic.points[atom]
        if let place = options.firstIndex(where: { $0.points == points }) {
          if atom == usualAtom { options[place].atom = atom }
        } else {
          options.append((points, atom))
        }
      }
      var next: [Decimal: Way] = [:]
      for (sum, way) in layers[layers.count - 1] {
        for (points, atom) in options {
          let changes = way.changes + (atom == usualAtom ? 0 : 1)
          // The order of a dictionary must not show in the example that is found.
          if let known = next[sum + points], (known.changes, known.before) <= (changes, sum) { continue }
          next[sum + points] = Way(changes: changes, atom: atom, before: sum)
        }
      }
      layers.append(next)
    }
    let best = layers[layers.count - 1].filter { isWanted($0.key) }
      .min { ($0.value.changes, -$0.key) < ($1.value.changes, -$1.key) }
    guard let best else { return nil }
    var choice: [String: Int] = [:]
    var sum = best.key
    for (characteristic, layer) in zip(characteristics, layers.dropFirst()).reversed() {
      guard let way = layer[sum] else { return nil }
      choice[characteristic.variable] = way.atom
      sum = way.before
    }
    return choice
  }
}
