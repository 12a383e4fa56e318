import DMN
import FEEL
import Values

/// What the `dmn` commands have in common: the model, and values typed by hand.
enum DMNArguments {
  static let model = Positional("MODEL", .path(), "The DMN model; its imports are looked for in its folder.")

  /// Reads and compiles the model.
  static func load(_ arguments: Arguments) throws(Failure) -> DecisionModel {
    let path = try arguments.required(model)
    do throws(ModelError) {
      return try DecisionModel(path: path)
    } catch {
      throw Failure(error)
    }
  }

  /// A decision by name, or the failure that lists the names there are.
  static func decision(_ name: String, of model: DecisionModel) throws(Failure) -> DecisionHandle {
    if let decision = model.decision(named: name) { return decision }
    let known = model.decisions.filter(model.isMain).map(model.name(of:))
    throw Failure(RequestError.unknownDecision(name: name, known: known))
  }

  /// The moment that the program started, as FEEL's `now()` answers it: in UTC.
  static func now(_ edge: Edge) -> CivilDateTime? {
    let microseconds = edge.now.microseconds
    let fraction = (microseconds % 1_000_000 + 1_000_000) % 1_000_000
    return CivilDateTime(
      localSeconds: (microseconds - fraction) / 1_000_000, nanosecond: fraction * 1000,
      zone: .offset(seconds: 0))
  }

  /// A value as people type it: by the type that is wanted, else as a FEEL expression, else as text.
  static func value(_ text: String, of type: FEELType) -> Value? {
    switch type.resolved {
    case .string: if !text.hasPrefix("\"") { return .string(text) }
    case .date: if let date = CivilDate(text) { return .date(date) }
    case .time: if let time = CivilTime(text) { return .time(time) }
    case .dateTime: if let moment = CivilDateTime(text) { return .dateTime(moment) }
    case .yearsMonthsDuration:
      if let duration = YearsMonthsDuration(text) { return .yearsMonthsDuration(duration) }
    case .daysTimeDuration: if let duration = DaysTimeDuration(text) { return .daysTimeDuration(duration) }
    default: break
    }
    let compiled = FEEL.compile(expression: text, in: Scope())
    if compiled.isSound {
      var evaluation = Evaluation()
      let value = compiled.evaluate(Frame(count: compiled.slotCount), &evaluation)
      if !evaluation.hasWarnings { return value.coerced(to: type) }
    }
    return type.resolved == .any ? .string(text) : nil
  }
}

/// `name=value` as typed: the name may hold blanks, the value may hold equals signs.
struct Assignment: Sendable {
  let name: String
  let text: String
}

extension ValueKind where Value == Assignment {
  static var assignment: ValueKind {
    ValueKind(placeholder: "NAME=VALUE") { text in
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        return .problem("is not of the form name=value")
      }
      return .value(
        Assignment(name: String(text[..<sign]), text: String(text[text.index(after: sign)...])))
    }
  }
}
