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

  private static func foundingHeader(_ kind: FactKind) -> String {
    kind.fields.prefix(kind.foundingFieldCount).map(\.name.rawValue).joined(separator: ",")
  }

  /// The layout whose columns a header has, in any order; those that it did not have from the beginning may be absent.
  static func recognised(_ header: [String]) -> Mapping? {
    let found = Set(header)
    guard found.count == header.count else { return nil }
    return all.first { found.isSuperset(of: $0.neededColumns) && found.isSubset(of: $0.columns) }
  }

  /// The layout that a header was probably meant for: one that shares most of its columns.
  static func resembled(_ header: [String]) -> Mapping? {
    let found = Set(header)
    let ranked = all.map { layout in
      let needed = layout.neededColumns
      return (layout: layout, needed: needed.count, shared: found.intersection(needed).count)
    }
    let best = ranked.max { left, right in (left.shared, -left.needed) < (right.shared, -right.needed) }
    guard let best, best.shared * 3 >= best.needed * 2 else { return nil }
    return best.layout
  }

  private static func definition(_ kind: FactKind) -> MappingDefinition {
    let names = kind.fields.map(\.name)
    let columns = kind.fields.map { field in
      MappingDefinition.Column(
        header: field.name.rawValue, name: field.name.rawValue, type: .text, empty: [], isRequired: false,
        mayBeAbsent: field.isAddition)
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
      // The columns are the contract: what reads the same header reads the same facts. Those that came later are told
      // by the header itself, so that a file from before is still the same file.
      fingerprint: SHA256.hash("\(kind.layout) \(foundingHeader(kind))"))
  }
}
