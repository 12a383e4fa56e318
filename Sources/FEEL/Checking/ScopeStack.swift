/// The names visible at a place of the text, innermost first, and the slots of the frame being laid out.
struct ScopeStack {
  /// What a name stands for.
  enum Meaning {
    case variable(slot: Int, type: FEELType, parameters: [FunctionParameter]?)
    /// An entry of a filter's item.
    case entry(itemSlot: Int, item: FEELType, type: FEELType)
    case namespace(Scope)
    case builtIn(BuiltIn)
  }

  private enum Layer {
    case variable(String, slot: Int, type: FEELType, parameters: [FunctionParameter]?)
    case item(slot: Int, type: FEELType, fields: [FEELType.Field])
    case base(Scope)
    /// Beyond it lie the slots of another frame.
    case function
  }

  /// A frame being laid out: the expression's own or that of a function definition.
  private struct FrameLayout {
    var slotCount: Int
    var captures: [(outer: Int, inner: Int)] = []
  }

  private var layers: [Layer] = []
  private var frames: [FrameLayout]
  private var tables: [NameTable] = []

  init(_ scope: Scope) {
    layers = [.base(scope)]
    tables = [scope.table]
    frames = [FrameLayout(slotCount: scope.slotCount)]
  }

  /// How many slots the innermost frame takes so far.
  var slotCount: Int { frames.last?.slotCount ?? 0 }

  /// A slot of its own in the innermost frame.
  mutating func reserveSlot() -> Int {
    let slot = slotCount
    frames[frames.count - 1].slotCount += 1
    return slot
  }

  /// A mark to which `release` takes the names back.
  var mark: Int { layers.count }

  /// Forgets the names declared since a mark; their slots stay reserved.
  mutating func release(to mark: Int) {
    layers.removeLast(layers.count - mark)
    tables.removeLast(tables.count - mark)
  }

  /// Declares a local name.
  mutating func declare(
    _ name: String, slot: Int, type: FEELType, parameters: [FunctionParameter]? = nil
  ) {
    layers.append(.variable(name, slot: slot, type: type, parameters: parameters))
    tables.append(NameTable([name]))
  }

  /// Opens a filter: the entries of its item are names.
  mutating func openItem(slot: Int, type: FEELType) {
    var fields: [FEELType.Field] = []
    if case .context(let known) = type.resolved { fields = known }
    layers.append(.item(slot: slot, type: type, fields: fields))
    tables.append(NameTable(fields.map(\.name)))
  }

  /// Opens the frame of a function definition.
  mutating func openFunction() {
    layers.append(.function)
    tables.append(NameTable())
    frames.append(FrameLayout(slotCount: 0))
  }

  /// Closes the frame of a function definition and answers its size and what it takes from outside.
  mutating func closeFunction(to mark: Int) -> (slotCount: Int, captures: [(outer: Int, inner: Int)]) {
    release(to: mark)
    let layout = frames.removeLast()
    return (layout.slotCount, layout.captures)
  }

  /// The longest name in scope that stands at the lexer's place.
  func longestName(in lexer: Lexer) -> (name: String, end: Int)? {
    var best: (name: String, end: Int, exact: Bool)?
    for table in tables + [Scope.builtInTable] {
      guard let found = table.longest(in: lexer) else { continue }
      guard let known = best else {
        best = found
        continue
      }
      if (found.exact && !known.exact) || (found.exact == known.exact && found.end > known.end) {
        best = found
      }
    }
    return best.map { ($0.name, $0.end) }
  }

  /// The item slots of the filters around this place whose items are not known to be or not to be contexts,
  /// innermost first, up to the layer where the name is declared.
  struct Resolution {
    var meaning: Meaning?
    /// Items that may have an entry of this name at run time, innermost first.
    var possibleItems: [Int] = []
  }

  /// What a name means here.
  mutating func resolve(_ name: String) -> Resolution {
    var resolution = Resolution()
    var crossed = 0
    for layer in layers.reversed() {
      switch layer {
      case .function: crossed += 1
      case .variable(let known, let slot, let type, let parameters):
        guard known == name else { continue }
        let local = capture(slot, crossing: crossed)
        resolution.meaning = .variable(slot: local, type: type, parameters: parameters)
        return resolution
      case .item(let slot, let type, let fields):
        if let field = fields.first(where: { $0.name == name }) {
          resolution.meaning = .entry(
            itemSlot: capture(slot, crossing: crossed), item: type, type: field.type)
          return resolution
        }
        switch type.resolved {
        case .any, .context: resolution.possibleItems.append(capture(slot, crossing: crossed))
        default: break
        }
      case .base(let scope):
        if let binding = scope.binding(of: name) {
          let local = capture(binding.slot, crossing: crossed)
          resolution.meaning = .variable(slot: local, type: binding.type, parameters: binding.parameters)
          return resolution
        }
        if let members = scope.namespaces[name] {
          resolution.meaning = .namespace(members)
          return resolution
        }
      }
    }
    if let builtIn = Scope.builtIns[name] { resolution.meaning = .builtIn(builtIn) }
    return resolution
  }

  /// The slot in the innermost frame of a base scope's slot.
  mutating func captureBase(_ slot: Int) -> Int { capture(slot, crossing: frames.count - 1) }

  /// Makes a slot of an outer frame available in the innermost one.
  private mutating func capture(_ slot: Int, crossing: Int) -> Int {
    var current = slot
    guard crossing > 0 else { return current }
    for level in (frames.count - crossing)..<frames.count {
      if let known = frames[level].captures.first(where: { $0.outer == current }) {
        current = known.inner
      } else {
        let inner = frames[level].slotCount
        frames[level].slotCount += 1
        frames[level].captures.append((outer: current, inner: inner))
        current = inner
      }
    }
    return current
  }

  /// The type of a name, which may be qualified by an import.
  func type(named name: String) -> FEELType? {
    guard case .base(let scope)? = layers.first else { return nil }
    return scope.type(named: name)
  }

  /// The names of types, for finding the longest.
  var typeTable: NameTable {
    guard case .base(let scope)? = layers.first else { return NameTable() }
    return scope.typeTable
  }
}
