/// A version of the DMN standard, told by the namespace of a model file.
public enum StandardVersion: String, Sendable, CaseIterable {
  case dmn11 = "1.1"
  case dmn12 = "1.2"
  case dmn13 = "1.3"
  case dmn14 = "1.4"
  case dmn15 = "1.5"

  /// The namespace of model elements in this version.
  public var namespace: String {
    switch self {
    case .dmn11: "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
    case .dmn12: "http://www.omg.org/spec/DMN/20180521/MODEL/"
    case .dmn13: "https://www.omg.org/spec/DMN/20191111/MODEL/"
    case .dmn14: "https://www.omg.org/spec/DMN/20211108/MODEL/"
    case .dmn15: "https://www.omg.org/spec/DMN/20230324/MODEL/"
    }
  }

  /// The version that has this namespace, nil for a namespace that is none of DMN's.
  public init?(namespace: String) {
    guard let version = Self.allCases.first(where: { $0.namespace == namespace }) else { return nil }
    self = version
  }
}
