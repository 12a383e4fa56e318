/// A text with fields in braces, read once.
struct LetterText<Field: RawRepresentable<String> & Hashable & Sendable>: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case words(String)
    case field(Field)
  }

  let pieces: [Piece]
  /// The fields in it.
  let fields: Set<Field>

  /// Reads a text; what stands in braces and is no field is handed to `unknown`, and left out.
  init(_ text: String, unknown: (String) -> Void) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      if brace > rest.startIndex { pieces.append(.words(String(rest[..<brace]))) }
      guard rest[brace] == "{", let close = rest[brace...].firstIndex(of: "}") else {
        unknown(String(rest[brace...].prefix(20)))
        rest = rest[rest.index(after: brace)...]
        continue
      }
      let name = rest[rest.index(after: brace)..<close]
      if let field = Field(rawValue: String(name)) {
        pieces.append(.field(field))
      } else {
        unknown(rest[brace...close].description)
      }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    self.pieces = pieces
    fields = Set(pieces.compactMap { if case .field(let field) = $0 { field } else { nil } })
  }

  /// The text with its fields filled in once: what a value holds in braces stays as it is.
  func filled<Failure: Error>(_ value: (Field) throws(Failure) -> String) throws(Failure) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .words(let words): text += words
      case .field(let field): text += try value(field)
      }
    }
    return text
  }
}
