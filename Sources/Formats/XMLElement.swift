/// One element of an XML document, with namespaces resolved.
public struct XMLElement: Sendable {
  /// Name without prefix.
  public var name: String
  /// The namespace URI, nil where there is none.
  public var namespace: String?
  /// The prefix as written, empty where there is none.
  public var prefix: String
  /// Attributes sorted by qualified name, declarations of namespaces left out.
  public var attributes: [XMLAttribute]
  /// Child elements in order.
  public var children: [XMLElement]
  /// The character data directly in this element, CDATA included, pieces between children joined.
  public var text: String
  /// The place of the `<` of the start tag.
  public var position: TextPosition
  /// The place after the `>` of the start tag, where the content begins.
  public var contentPosition: TextPosition
  /// The namespaces in scope by prefix, the default namespace under the empty prefix; for names inside values.
  public var namespaces: [String: String]

  /// The value of an attribute without namespace.
  public subscript(attribute name: String) -> String? {
    attributes.first { $0.namespace == nil && $0.name == name }?.value
  }

  /// The first child of a name, whatever its namespace.
  public func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// All children of a name, whatever their namespace.
  public func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first child of a name in a namespace.
  public func child(_ name: String, in namespace: String) -> XMLElement? {
    children.first { $0.name == name && $0.namespace == namespace }
  }

  /// All children of a name in a namespace.
  public func children(_ name: String, in namespace: String) -> [XMLElement] {
    children.filter { $0.name == name && $0.namespace == namespace }
  }
}

/// One attribute of an element.
public struct XMLAttribute: Hashable, Sendable {
  /// Name without prefix.
  public var name: String
  /// The namespace URI; nil for a name without prefix.
  public var namespace: String?
  /// The prefix as written, empty where there is none.
  public var prefix: String
  /// The value, references replaced.
  public var value: String
}
