/// Something wrong or doubtful in a model, told when it is loaded.
///
/// A finding never stops the load: the parts that it does not touch are usable.
public struct ModelFinding: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Sendable {
    /// What the finding speaks of gives null.
    case error
    /// It works, though perhaps not as meant.
    case warning
  }

  /// What is wrong.
  public var fault: Fault
  /// Where.
  public var place: ModelPlace

  /// How much it matters.
  public var severity: Severity { fault.severity }
  /// A short name of the fault that stays the same over versions.
  public var code: String { fault.code }

  /// Makes a finding.
  public init(_ fault: Fault, at place: ModelPlace) {
    self.fault = fault
    self.place = place
  }

  /// The faults that a load can find.
  public enum Fault: Hashable, Sendable {
    case duplicateID(String)
    case duplicateName(String)
    case missingName(element: String)
    case missingAttribute(element: String, attribute: String)
    case unknownValue(attribute: String, value: String, allowed: [String])
    case unknownReference(id: String, expected: String)
    case missingImport(namespace: String, location: String?)
    case unreadableImport(source: String, reason: String)
    case ambiguousImport(namespace: String, sources: [String])
    case circularImport(namespace: String)
    case circularRequirement(path: [String])
    case circularFunction(path: [String])
    case circularType(path: [String])
    case unknownType(String)
    case unsupportedLanguage(String)
    case missingExpression
    case cellCount(rule: Int, kind: String, found: Int, expected: Int)
    case unusableAggregation(String)
    case missingOutputName(column: Int)
    case expression(code: String, isError: Bool, message: String, text: String)
    case dependsOnFault(name: String)
  }
}
