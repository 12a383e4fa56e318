public import Formats

/// Where in a model something stands: the place that a finding or a warning speaks of.
public struct ModelPlace: Hashable, Sendable {
  /// The name of the model.
  public var model: String
  /// The name of the file.
  public var source: String
  /// The id of the element, or of its nearest ancestor that has one.
  public var elementID: String?
  /// The name of the decision, input, function, service or type.
  public var elementName: String?
  /// What of it, for people: the cell of a table, the row of a context.
  public var part: String?
  /// Where in the file.
  public var position: TextPosition?

  /// Makes a place from its parts.
  public init(
    model: String, source: String, elementID: String? = nil, elementName: String? = nil,
    part: String? = nil, position: TextPosition? = nil
  ) {
    self.model = model
    self.source = source
    self.elementID = elementID
    self.elementName = elementName
    self.part = part
    self.position = position
  }

  /// The same element, a part of it (added to the part already named).
  func part(_ text: String, id: String? = nil, position: TextPosition? = nil) -> ModelPlace {
    var place = self
    place.part = part.map { "\($0), \(text)" } ?? text
    if let id { place.elementID = id }
    if let position { place.position = position }
    return place
  }

  /// The place in words, as "decision 'Score', rule 3, input 'Age' (rules.dmn:120)".
  public var words: String {
    var text = elementName.map { "'\($0)'" } ?? "model '\(model)'"
    if let part { text += ", \(part)" }
    if let position {
      text += " (\(source):\(position.line):\(position.column))"
    } else {
      text += " (\(source))"
    }
    return text
  }
}
