/// Names by their first word, for finding the longest one that stands at a place of the text.
struct NameTable: Sendable {
  /// A name in normal form, by code point.
  struct Entry: Sendable {
    let name: String
    let scalars: [Unicode.Scalar]
  }

  private var byFirstWord: [String: [Entry]] = [:]

  init() {}

  init(_ names: some Sequence<String>) {
    for name in names { insert(name) }
  }

  /// Adds a name in normal form.
  mutating func insert(_ name: String) {
    let scalars = Array(name.unicodeScalars)
    var first = String.UnicodeScalarView()
    for scalar in scalars {
      guard scalar.isNamePart else { break }
      first.append(scalar)
    }
    let key = String(first)
    if byFirstWord[key]?.contains(where: { $0.name == name }) == true { return }
    byFirstWord[key, default: []].append(Entry(name: name, scalars: scalars))
  }

  /// The longest name that stands at the lexer's place, with the offset after it.
  ///
  /// Exact spelling goes before spelling that differs in the space around symbols (`a - b` for the name `a-b`).
  func longest(in lexer: Lexer) -> (name: String, end: Int, exact: Bool)? {
    guard let entries = byFirstWord[lexer.word()] else { return nil }
    var best: (name: String, end: Int, exact: Bool)?
    for exact in [true, false] {
      for entry in entries {
        guard let end = NameTable.end(of: entry.scalars, in: lexer, exact: exact) else { continue }
        if end > (best?.end ?? -1) { best = (entry.name, end, exact) }
      }
      if best != nil { return best }
    }
    return nil
  }

  private static func end(of name: [Unicode.Scalar], in lexer: Lexer, exact: Bool) -> Int? {
    let source = lexer.source
    var place = lexer.offset
    var previous: Unicode.Scalar?
    for scalar in name {
      if scalar == " " {
        let start = place
        while place < source.count, source[place].isFEELSpace { place += 1 }
        if place == start && exact { return nil }
        previous = nil
        continue
      }
      if !exact, let before = previous, before.isNamePart != scalar.isNamePart {
        while place < source.count, source[place].isFEELSpace { place += 1 }
      }
      guard place < source.count, source[place] == scalar else { return nil }
      place += 1
      previous = scalar
    }
    if let last = name.last, last.isNamePart, place < source.count, source[place].isNamePart { return nil }
    return place
  }
}
