import FEEL
import Facts
import Formats
import Values

/// A mapping that was checked and compiled: what the columns of a CSV layout hold, and which facts a row gives.
///
/// The format is described in `docs/mappings.md`. The canonical layouts are mappings too, see `CanonicalLayouts`.
public struct Mapping: Sendable {
  let definition: MappingDefinition
  let constants: [Compiled]
  let firstConstantSlot: Int
  let facts: [FactPlan]
  let frameSize: Int
  /// What is odd about the mapping without making it useless.
  public let warnings: [MappingFinding]

  /// The name, shown as the layout of what was read with it.
  public var name: String { definition.name }
  /// The source that its facts belong to, unless the caller names another.
  public var source: String { definition.source.name }
  /// The columns that it reads, by their headings.
  public var columns: [String] { definition.columns.map(\.header) }
  /// The columns without which a file is not of this layout.
  var neededColumns: [String] { definition.columns.filter { !$0.mayBeAbsent }.map(\.header) }
  /// The kinds of fact that it gives.
  public var kinds: [FactKind] {
    definition.facts.map(\.kind).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Reads, checks and compiles a mapping; throws everything that is wrong with it at once.
  public init(json bytes: [UInt8], file: String) throws(MappingError) {
    var reader = MappingReader(file: file)
    let definition = reader.definition(bytes)
    guard let definition else { throw MappingError(findings: reader.findings) }
    try self.init(definition, file: file, findings: reader.findings)
  }

  /// Reads a mapping file.
  public init(path: String) throws(MappingError) {
    let bytes: [UInt8]
    do throws(ByteSourceError) {
      bytes = try ByteSource(path: path).readAll(limit: 4 << 20)
    } catch {
      let finding = MappingFinding(file: "the mapping", pointer: "", position: nil, message: error.sentence)
      throw MappingError(findings: [finding])
    }
    try self.init(json: bytes, file: path)
  }

  init(
    _ definition: MappingDefinition, file: String, findings: [MappingFinding] = []
  ) throws(MappingError) {
    var compiler = MappingCompiler(definition, file: file)
    let facts = compiler.facts()
    let findings = findings + compiler.errors
    guard findings.isEmpty else { throw MappingError(findings: findings) }
    self.definition = definition
    self.facts = facts
    constants = compiler.constants
    firstConstantSlot = definition.columns.count
    frameSize = compiler.frameSize
    warnings = compiler.warnings
  }
}

/// One rule for a kind of fact, compiled.
struct FactPlan: Sendable {
  let kind: FactKind
  let when: Compiled?
  let each: Compiled?
  let itemSlot: Int?
  /// In the order of the kind's fields.
  let fields: [FieldPlan]
  /// The columns at fault when a field is wrong, where the field is a bare column.
  let columns: [Int?]

  /// Where the customer number stands among the fields.
  var customerField: Int? { place(of: .customer) }

  func place(of name: FieldName) -> Int? { kind.fields.firstIndex { $0.name == name } }
}

/// How a field gets its value.
enum FieldPlan: Sendable {
  case missing
  /// The cell of a column as it was read; a bare column name needs no evaluation.
  case column(Int)
  case constant(FieldValue)
  case expression(Compiled)
}
