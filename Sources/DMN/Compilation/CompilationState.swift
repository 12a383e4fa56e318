internal import FEEL

/// What the parts of a compilation share: types, scopes, findings, and the tables found so far.
final class CompilationState {
  let library: ModelLibrary
  var catalog: TypeCatalog
  let scopes: ModelScopes
  private(set) var findings: [ModelFinding] = []
  private(set) var tables: [CompiledTable] = []
  private var tableCount = 0

  init(_ library: ModelLibrary) {
    self.library = library
    catalog = TypeCatalog(library)
    scopes = ModelScopes(library, catalog)
  }

  func find(_ fault: ModelFinding.Fault, at place: ModelPlace) {
    findings.append(ModelFinding(fault, at: place))
  }

  func add(_ found: [Finding], in text: ExpressionText, at place: ModelPlace) {
    findings += found.map { ModelFinding($0, in: text, at: place) }
  }

  /// The type of a name, or `other` where there is no name.
  func type(named name: String?, in model: Int, at place: ModelPlace, else other: FEELType = .any) -> FEELType
  {
    name == nil ? other : catalog.type(named: name, in: model, at: place)
  }

  /// The number of the next table.
  func nextTableNumber() -> Int {
    defer { tableCount += 1 }
    return tableCount
  }

  func add(_ table: CompiledTable) { tables.append(table) }
}
