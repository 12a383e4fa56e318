public import Formats

/// What every element of a model carries: its id, its name and where it stands in the file.
public struct ElementIdentity: Sendable, Hashable {
  /// The `id` attribute; nil where the modeller gave none.
  public var id: String?
  /// The `name` attribute, with surrounding white space removed and runs of it made one space.
  public var name: String
  /// The `label` attribute, a text for people.
  public var label: String?
  /// Where the element begins in its file.
  public var position: TextPosition?

  /// Makes an identity from its parts.
  public init(id: String? = nil, name: String, label: String? = nil, position: TextPosition? = nil) {
    self.id = id
    self.name = name
    self.label = label
    self.position = position
  }
}

/// A named and typed variable: a decision's result, an input, a parameter (DMN 1.5, 7.3.4).
public struct InformationItem: Sendable {
  /// Id, name and position.
  public var identity: ElementIdentity
  /// The name of the type as written; nil means any type.
  public var typeReference: String?

  /// Makes a variable.
  public init(identity: ElementIdentity, typeReference: String? = nil) {
    self.identity = identity
    self.typeReference = typeReference
  }
}

/// A reference to an element by its id, in this model or in an imported one (`href`).
public struct ElementReference: Sendable, Hashable {
  /// The namespace of the model that has the element; nil for the referring model itself.
  public var namespace: String?
  /// The element's id.
  public var id: String
  /// Where the reference stands.
  public var position: TextPosition?

  /// Reads `#id`, `namespace#id` or, leniently, a bare id.
  public init(href: String, position: TextPosition? = nil) {
    if let hash = href.lastIndex(of: "#") {
      let namespace = String(href[..<hash])
      self.namespace = namespace.isEmpty ? nil : namespace
      id = String(href[href.index(after: hash)...])
    } else {
      namespace = nil
      id = href
    }
    self.position = position
  }
}
