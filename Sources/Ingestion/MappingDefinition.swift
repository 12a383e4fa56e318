import FEEL
import Facts
import Formats
import Values

/// A mapping as it is written: what each column of a CSV file holds and which facts a row gives.
struct MappingDefinition: Sendable {
  struct Source: Sendable {
    var name: String
    var purpose: String
    var dataClass: String
  }

  struct Column: Sendable {
    /// The heading in the file.
    var header: String
    /// The name in expressions.
    var name: String
    var type: ColumnType
    /// Texts that count as nothing, besides the empty one.
    var empty: [String]
    var isRequired: Bool
    /// Whether a file without the column is read as if all its cells were empty.
    var mayBeAbsent = false
  }

  /// One expression with its place in the mapping file.
  struct Expression: Sendable {
    var text: String
    var pointer: String
  }

  struct FactRule: Sendable {
    var kind: FactKind
    var when: Expression?
    var each: Expression?
    var item: String
    var fields: [(field: FieldName, expression: Expression)]
    var pointer: String
  }

  var name: String
  var source: Source
  var delimiter: UInt8
  var encoding: TextEncoding
  /// Whether columns that the mapping does not name may stand in the file; they are never read.
  var allowsOtherColumns: Bool
  var columns: [Column]
  var constants: [(name: String, expression: Expression)]
  var facts: [FactRule]
  /// What tells one version of a mapping from another.
  var fingerprint: Digest
}
