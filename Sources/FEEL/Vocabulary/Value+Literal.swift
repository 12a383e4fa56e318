internal import Values

extension Value: CustomStringConvertible {
  /// The value as a FEEL literal, as far as one exists: `[1, "a", @"2024-02-29"]`.
  public var description: String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .number(let value): return value.description
    case .string(let value): return Value.quoted(value)
    case .date(let value): return "@\"\(value)\""
    case .time(let value): return "@\"\(value)\""
    case .dateTime(let value): return "@\"\(value)\""
    case .yearsMonthsDuration(let value): return "@\"\(value)\""
    case .daysTimeDuration(let value): return "@\"\(value)\""
    case .list(let items): return "[\(items.map(\.description).joined(separator: ", "))]"
    case .context(let context):
      let entries = context.entries.map { "\(Value.key($0.name)): \($0.value)" }
      return "{\(entries.joined(separator: ", "))}"
    case .range(let range): return range.description
    case .function(let function):
      let parameters = function.parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
      return "function \(function.name ?? "")(\(parameters))"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A context key, quoted unless it is a plain name.
  static func key(_ name: String) -> String {
    let plain = name.unicodeScalars.enumerated().allSatisfy { position, scalar in
      position == 0 ? scalar.isNameStart : scalar.isNamePart || scalar == " "
    }
    return plain && !name.isEmpty ? name : quoted(name)
  }
}

extension ValueRange: CustomStringConvertible {
  /// The range as FEEL writes it: `[1..5)`, `(<10)`, `(=3)`.
  public var description: String {
    switch (form, low, high) {
    case (.equality, let point?, _): return "(=\(point))"
    case (.inequality, let point?, _): return "(!=\(point))"
    case (.comparison, nil, let high?): return "(\(highIncluded ? "<=" : "<")\(high))"
    case (.comparison, let low?, nil): return "(\(lowIncluded ? ">=" : ">")\(low))"
    default:
      let start = low?.description ?? "null"
      let end = high?.description ?? "null"
      return "\(lowIncluded ? "[" : "(")\(start)..\(end)\(highIncluded ? "]" : ")")"
    }
  }
}
