import Facts
import Formats
import Values

/// The CSV layouts of our own, one for each kind of fact, recognised by their header.
///
/// They are mappings like any other: every column is text, and every field is the column of its name.
public enum CanonicalLayouts {
  /// All layouts in the order of the kinds.
  public static let all: [Mapping] = FactKind.allCases.compactMap {
    try? Mapping(definition($0), file: $0.layout)
  }

  /// The layout of a name, such as `invoices`.
  public static func named(_ name: String) -> Mapping? { all.first { $0.name == name } }

  /// The header line of a layout.
  public static func header(_ kind: FactKind) -> String {
    kind.fields.map(\.name.rawValue).joined(separator: ",")
  }

  /// The layout whose columns a header has, in any order.
  static func recognised(_ header: [String]) -> Mapping? {
    all.first { $0.columns.count == header.count && Set($0.columns) == Set(header) }
  }

  /// The layout that a header was probably meant for: one that shares most of its columns.
  static func resembled(_ header: [String]) -> Mapping? {
    let found = Set(header)
    let ranked = all.map { (layout: $0, shared: found.intersection($0.columns).count) }
    let best = ranked.max { left, right in
      (left.shared, -left.layout.columns.count) < (right.shared, -right.layout.columns.count)
    }
    guard let best, best.shared * 3 >= best.layout.columns.count * 2 else { return nil }
    return best.layout
  }

  private static func definition(_ kind: FactKind) -> MappingDefinition {
    let names = kind.fields.map(\.name)
    let columns = names.map { name in
      MappingDefinition.Column(
        header: name.rawValue, name: name.rawValue, type: .text, empty: [], isRequired: false)
    }
    let rule = MappingDefinition.FactRule(
      kind: kind, when: nil, each: nil, item: "item",
      fields: names.map {
        (
          $0,
          MappingDefinition.Expression(text: $0.rawValue, pointer: "/facts/0/fields/\($0.rawValue)")
        )
      }, pointer: "/facts/0")
    return MappingDefinition(
      name: kind.layout,
      // One source for all layouts, hence one class: it belongs to the source, whichever layout came first.
      source: MappingDefinition.Source(name: "supplier", purpose: "credit-rating", dataClass: "personal"),
      delimiter: Delimiter.comma.byte, encoding: .utf8, allowsOtherColumns: false, columns: columns,
      constants: [], facts: [rule],
      // The columns are the contract: what reads the same header reads the same facts.
      fingerprint: SHA256.hash("\(kind.layout) \(header(kind))"))
  }
}
