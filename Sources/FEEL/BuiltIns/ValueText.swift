internal import Values

/// Writes values as `string()` does: plain values without marks, lists and contexts as FEEL writes them.
///
/// Values share their parts, so that a small one can stand for a text without end: hence the limits.
struct ValueText {
  /// Lists and contexts may be nested this deep.
  static let depthLimit = 200

  private(set) var result = ""
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Writes a value; false if the text becomes too long or the value is nested too deeply.
  mutating func write(_ value: Value) -> Bool { write(value, depth: 0) }

  private mutating func write(_ value: Value, depth: Int) -> Bool {
    if depth > Self.depthLimit || result.utf8.count > limit { return false }
    switch value {
    case .list(let items):
      result += "["
      for (index, item) in items.enumerated() {
        if index > 0 { result += ", " }
        guard write(item, depth: depth + 1) else { return false }
      }
      result += "]"
    case .context(let context):
      result += "{"
      for (index, entry) in context.entries.enumerated() {
        if index > 0 { result += ", " }
        result += Value.key(entry.name) + ": "
        guard write(entry.value, depth: depth + 1) else { return false }
      }
      result += "}"
    case .date(let date) where depth == 0: result += date.description
    case .time(let time) where depth == 0: result += time.description
    case .dateTime(let value) where depth == 0: result += value.description
    case .yearsMonthsDuration(let duration) where depth == 0: result += duration.description
    case .daysTimeDuration(let duration) where depth == 0: result += duration.description
    default: result += value.description
    }
    return true
  }
}
