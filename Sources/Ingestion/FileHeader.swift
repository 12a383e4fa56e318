import Formats

/// The header line of a file, matched to the mapping that reads it.
struct FileHeader {
  let mapping: Mapping
  /// For each column of the mapping its place in the file; nil for one that may be absent, and is.
  let places: [Int?]
  /// How many fields every row must have.
  let count: Int

  /// Matches the row that a reader has just read; without a mapping, recognises a canonical layout.
  init(
    _ step: CSVReader.Step, _ reader: CSVReader, file: String, mapping: Mapping?
  ) throws(IngestError) {
    switch step {
    case .end: throw .empty(file: file)
    case .bad(let problem): throw .badHeader(file: file, problem)
    case .row: break
    }
    let names = reader.texts.map { MappingDefinition.Column.trimmed($0) }
    let delimiter = Delimiter(rawValue: reader.dialect.delimiter)
    guard let mapping = mapping ?? CanonicalLayouts.recognised(names) else {
      if let seems = Self.otherDelimiter(names) {
        throw .wrongDelimiter(file: file, expected: delimiter, seems: seems)
      }
      throw Self.unrecognised(names, file: file)
    }
    var places: [Int?] = []
    var missing: [String] = []
    for definition in mapping.definition.columns {
      let column = definition.header
      guard let place = names.firstIndex(of: column) else {
        if definition.mayBeAbsent { places.append(nil) } else { missing.append(column) }
        continue
      }
      if names[(place + 1)...].contains(column) { throw .duplicateColumn(file: file, column: column) }
      places.append(place)
    }
    guard missing.isEmpty else {
      if let seems = Self.otherDelimiter(names) {
        throw .wrongDelimiter(file: file, expected: delimiter, seems: seems)
      }
      throw .missingColumns(file: file, layout: mapping.name, missing: missing, found: names)
    }
    if !mapping.definition.allowsOtherColumns {
      let others = names.filter { !mapping.columns.contains($0) }
      guard others.isEmpty else {
        throw .unexpectedColumns(file: file, layout: mapping.name, columns: others)
      }
    }
    self.mapping = mapping
    self.places = places
    count = names.count
  }

  /// A header of one field that holds another delimiter was written with that one.
  private static func otherDelimiter(_ names: [String]) -> Delimiter? {
    guard names.count == 1 else { return nil }
    return Delimiter.allCases.map { delimiter in
      (delimiter, names[0].utf8.count { $0 == delimiter.byte })
    }.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
  }

  private static func unrecognised(_ names: [String], file: String) -> IngestError {
    guard let near = CanonicalLayouts.resembled(names) else {
      return .unknownLayout(file: file, found: names)
    }
    let missing = near.neededColumns.filter { !names.contains($0) }
    if !missing.isEmpty {
      return .missingColumns(file: file, layout: near.name, missing: missing, found: names)
    }
    let others = names.filter { !near.columns.contains($0) }
    if !others.isEmpty { return .unexpectedColumns(file: file, layout: near.name, columns: others) }
    let twice = names.first { name in names.count { $0 == name } > 1 }
    return .duplicateColumn(file: file, column: twice ?? "")
  }
}
