import FEEL
import Facts
import Values

/// Compiles the expressions of a mapping, each once, and collects what is wrong with them.
struct MappingCompiler {
  private let definition: MappingDefinition
  private let file: String
  private var scope = Scope()
  private(set) var constants: [Compiled] = []
  private(set) var frameSize = 1
  private(set) var errors: [MappingFinding] = []
  private(set) var warnings: [MappingFinding] = []

  init(_ definition: MappingDefinition, file: String) {
    self.definition = definition
    self.file = file
    for column in definition.columns { scope.declare(column.name, type: column.type.feelType) }
    for (name, expression) in definition.constants {
      if definition.columns.contains(where: { $0.name == name }) {
        errors.append(
          MappingFinding(
            file: file, pointer: expression.pointer, position: nil,
            message: "A column has the name \"\(name)\" already. Choose another."))
      }
      let compiled = compile(expression, in: scope)
      constants.append(compiled)
      scope.declare(name, type: compiled.type)
    }
  }

  mutating func facts() -> [FactPlan] {
    var plans: [FactPlan] = []
    for rule in definition.facts {
      var scope = self.scope
      var each: Compiled?
      var itemSlot: Int?
      if let expression = rule.each {
        let compiled = compile(expression, in: scope)
        each = compiled
        var type = FEELType.any
        if case .list(let element) = compiled.type.resolved { type = element }
        itemSlot = scope.declare(rule.item, type: type)
      }
      let when = rule.when.map { compile($0, in: scope) }
      var fields: [FieldPlan] = []
      var columns: [Int?] = []
      for (place, description) in rule.kind.fields.enumerated() {
        guard let expression = rule.fields.first(where: { $0.field == description.name })?.expression else {
          fields.append(.missing)
          columns.append(nil)
          continue
        }
        let hidden = itemSlot != nil && expression.text == rule.item
        if !hidden, let column = definition.columns.firstIndex(where: { $0.name == expression.text }) {
          fields.append(.column(column))
          columns.append(column)
          continue
        }
        let compiled = compile(expression, in: scope)
        columns.append(nil)
        fields.append(.expression(compiled))
        if let value = compiled.constant {
          if let constant = FieldValue(value, for: rule.kind, place) {
            fields[fields.count - 1] = .constant(constant)
            check(constant, of: description, kind: rule.kind, expression)
          } else {
            errors.append(
              finding(expression, "A field takes text, a number or a date, and this gives another value."))
          }
        }
      }
      plans.append(
        FactPlan(
          kind: rule.kind, when: when, each: each, itemSlot: itemSlot, fields: fields, columns: columns))
      frameSize = max(frameSize, scope.slotCount)
    }
    return plans
  }

  /// A word that a field never takes would reject every row; better to hear it before the first.
  private mutating func check(
    _ value: FieldValue, of description: FieldDescription, kind: FactKind,
    _ expression: MappingDefinition.Expression
  ) {
    guard let words = description.type.words, case .text(let word) = value, !words.contains(word)
    else { return }
    errors.append(
      finding(
        expression,
        "The field \"\(description.name.rawValue)\" of a \(kind.rawValue) does not know \"\(word)\". "
          + "It knows \(words.joined(separator: ", "))."))
  }

  private mutating func compile(_ expression: MappingDefinition.Expression, in scope: Scope) -> Compiled {
    let compiled = FEEL.compile(expression: expression.text, in: scope)
    for finding in compiled.findings {
      let own = self.finding(expression, finding.sentence, at: finding.position)
      if finding.severity == .error { errors.append(own) } else { warnings.append(own) }
    }
    frameSize = max(frameSize, compiled.slotCount)
    return compiled
  }

  private func finding(
    _ expression: MappingDefinition.Expression, _ message: String, at position: SourcePosition? = nil
  ) -> MappingFinding {
    MappingFinding(file: file, pointer: expression.pointer, position: position, message: message)
  }
}

extension FieldValue {
  /// The value of an expression as the field at a place of a kind takes it; nil for what it does not take.
  init?(_ value: Value, for kind: FactKind, _ place: Int) {
    switch value {
    case .boolean(let answer):
      guard kind.fields[place].type == .yesNo else { return nil }
      self = .yesNo(answer)
    case .null: self = .missing
    case .string(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .date(let date): self = .date(date)
    default: return nil
    }
  }
}
