import FEEL
import Formats
import Values

extension Value {
  /// The value as findings and examples write it; durations, times and ranges in their FEEL text.
  var json: JSONValue {
    switch self {
    case .null: .null
    case .boolean(let value): .bool(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .date(let date): .string(date.description)
    case .list(let items): .array(items.map(\.json))
    default: .string(description)
    }
  }
}
