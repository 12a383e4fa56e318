extension Value {
  /// The type of the value, as narrow as it can be told.
  public var type: FEELType {
    switch self {
    case .null: return .null
    case .boolean: return .boolean
    case .number: return .number
    case .string: return .string
    case .date: return .date
    case .time: return .time
    case .dateTime: return .dateTime
    case .yearsMonthsDuration: return .yearsMonthsDuration
    case .daysTimeDuration: return .daysTimeDuration
    case .list(let items):
      guard let first = items.first else { return .list(.null) }
      var element = first.type
      for item in items.dropFirst() where element != .any { element = element.joined(with: item.type) }
      return .list(element)
    case .context(let context):
      return .context(context.entries.map { FEELType.Field($0.name, $0.value.type) })
    case .range(let range):
      return .range((range.low?.type ?? .null).joined(with: range.high?.type ?? .null))
    case .function(let function): return function.type
    }
  }
}
