/// A named type of the model (DMN 1.5, 7.3.2).
///
/// One of three forms: a reference to another type, a structure of components, or a function.
public struct ItemDefinition: Sendable {
  /// Id, name and position.
  public var identity: ElementIdentity
  /// The base type by name, for the referring form.
  public var typeReference: String?
  /// The components, for the structured form.
  public var components: [ItemDefinition]
  /// Parameters and result, for the function form.
  public var function: FunctionItem?
  /// Whether a value is a list of such items.
  public var isCollection: Bool
  /// Constraint on a value, or on each element where `isCollection` is set: unary tests.
  public var allowedValues: UnaryTestsText?
  /// Constraint on the value as a whole, the list where `isCollection` is set: unary tests (new in 1.5).
  public var typeConstraint: UnaryTestsText?
}

/// The signature of a function type.
public struct FunctionItem: Sendable {
  /// The parameters.
  public var parameters: [InformationItem]
  /// The name of the result's type; nil means any type.
  public var outputTypeReference: String?
}
