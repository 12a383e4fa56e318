import DMN
import FEEL
import Values

/// Invented facts for a feature model, made after its declared types: many of them, always the same.
struct SampleFacts {
  /// The day for which the invented customers are rated.
  static let day = CivilDate(dayNumber: 20_634)

  private let definitions: Definitions
  private let numbers: [Decimal]
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// - Parameter numbers: numbers near which something may change.
  init(_ definitions: Definitions, numbers: [Decimal]) {
    self.definitions = definitions
    self.numbers = [0, 1, 2, 3, 5, 10, 31, 60, 100] + numbers.flatMap { [$0 - 1, $0, $0 + 1] }
  }

  /// The next customer: a value for each input.
  mutating func next() -> [Value] {
    definitions.inputData.map { input in
      input.variable.typeReference == "date"
        ? .date(Self.day) : value(input.variable.typeReference, isWhole: true)
    }
  }

  /// SplitMix64: every call gives the next number of the same row.
  private mutating func draw(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, count)))
  }

  private mutating func value(_ type: String?, isWhole: Bool = false) -> Value {
    if !isWhole, draw(8) == 0 { return .null }
    if let type, let item = definitions.itemDefinitions.first(where: { $0.identity.name == type }) {
      return value(item)
    }
    return simple(type)
  }

  private mutating func value(_ item: ItemDefinition) -> Value {
    if item.isCollection {
      var items: [Value] = []
      for place in 0..<draw(5) { items.append(element(item, place)) }
      return .list(items)
    }
    return element(item, 0)
  }

  private mutating func element(_ item: ItemDefinition, _ place: Int) -> Value {
    if !item.components.isEmpty {
      var entries: [(name: String, value: Value)] = []
      for component in item.components {
        let name = component.identity.name
        // Records are told apart by their names.
        if name == "record" {
          entries.append((name, .string("invented:\(place + 1)")))
        } else {
          entries.append(
            (name, component.components.isEmpty ? value(component.typeReference) : value(component)))
        }
      }
      return .context(Context(entries))
    }
    let allowed = ValueDomain(typeReference: item.identity.name, in: definitions).parts.flatMap(\.constants)
    if !allowed.isEmpty { return allowed[draw(allowed.count)] }
    return value(item.typeReference, isWhole: true)
  }

  private mutating func simple(_ type: String?) -> Value {
    switch type {
    case "date": .date(CivilDate(dayNumber: Self.day.dayNumber - draw(500) + 5))
    case "boolean": .boolean(draw(4) > 0)
    case "string": .string(["insolvency", "taxDebt", "other"][draw(3)])
    default: .number(numbers[draw(numbers.count)])
    }
  }
}
