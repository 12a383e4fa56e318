internal import FEEL

/// Makes the scopes of expressions: which names a decision or function sees, and in which slots they stand.
///
/// A decision sees what it requires and nothing else (DMN 1.5, 7.3.6 and 10.4); elements of imported models stand
/// behind the import's name, or directly in scope where that name is empty.
struct ModelScopes {
  /// A name to declare: an element that is required.
  struct Entry {
    var name: String
    var type: FEELType
    var slot: Int
    var parameters: [FunctionParameter]?
    /// The model that has the element.
    var model: Int
  }

  private let library: ModelLibrary
  private let types: [[String: FEELType]]

  init(_ library: ModelLibrary, _ catalog: TypeCatalog) {
    self.library = library
    types = library.models.indices.map { catalog.types(of: $0) }
  }

  /// The scope of an expression of a model, its own slots beginning at `firstSlot`.
  func scope(of model: Int, entries: [Entry], firstSlot: Int) -> Scope {
    scope(of: model, entries: entries, firstSlot: firstSlot, path: [])
  }

  private func scope(of model: Int, entries: [Entry], firstSlot: Int, path: [Int]) -> Scope {
    var scope = Scope(firstSlot: firstSlot)
    var members = entries.filter { $0.model == model }
    for (name, type) in types[model].sorted(by: { $0.key < $1.key }) { scope.declareType(name, type) }
    let path = path + [model]
    for (entry, target) in zip(library.models[model].imports, library.imported[model]) {
      guard let target, !path.contains(target) else { continue }
      let inner = entries.filter { $0.model != model }
      if entry.identity.name.isEmpty {
        members += inner.filter { $0.model == target }
        for (name, type) in types[target] where types[model][name] == nil { scope.declareType(name, type) }
      } else {
        scope.declareNamespace(
          entry.identity.name, self.scope(of: target, entries: inner, firstSlot: firstSlot, path: path))
      }
    }
    for member in members {
      scope.declare(member.name, type: member.type, slot: member.slot, parameters: member.parameters)
    }
    return scope
  }
}
