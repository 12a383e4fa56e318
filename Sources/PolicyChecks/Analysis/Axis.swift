import FEEL
import Values

/// The line of one variable's values, cut at every point where a rule may begin or end to apply.
///
/// What all rules say about a sample of an atom, they say about the whole atom: analysis over all values becomes
/// analysis over a few, and nothing between two numbers is overlooked, since numbers are taken as dense unless the
/// type says whole numbers.
struct Axis {
  /// The variable, for people.
  let name: String
  let domain: ValueDomain
  /// The atoms: the missing value first, then in the order of the line.
  let atoms: [Atom]
  /// Whether the values are of a kind that cannot be laid out: nothing is proved over such an axis.
  let isOpaque: Bool

  var all: AtomSet { AtomSet(allOf: atoms.count) }

  /// The atom of a value.
  func atom(of value: Value) -> Int? { atoms.firstIndex { $0.contains(value) } }

  /// Lays out a domain, cut by the constants of tests.
  init(_ name: String, _ domain: ValueDomain, tests: [UnaryTests]) {
    self.name = name
    self.domain = domain
    let constants = tests.flatMap(\.constants)
    let ends = domain.parts.flatMap(\.constants)
    var atoms: [Atom] = domain.isNullable ? [Atom(extent: .null, sample: .null)] : []
    var isOpaque = false
    if case .values(let values) = domain.possible {
      for value in values where !value.isNull && !atoms.contains(where: { $0.contains(value) }) {
        atoms.append(Atom(extent: .point(value), sample: value))
      }
      if values.contains(where: \.isNull), !domain.isNullable {
        atoms.insert(Atom(extent: .null, sample: .null), at: 0)
      }
    } else if let layout = AxisLayout(domain, constants + ends, tests) {
      atoms += layout.atoms
    } else {
      isOpaque = true
      atoms.append(Atom(extent: .others([]), sample: .null))
    }
    self.atoms = atoms
    self.isOpaque = isOpaque
  }
}
