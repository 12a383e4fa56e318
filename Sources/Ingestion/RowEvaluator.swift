import FEEL
import FactStore
import Facts
import Formats
import Values

/// Turns rows of one file into facts, or into the reason why a row gives none.
///
/// A row is taken whole or not at all. A field that became null by a mistake in its expression is a mistake of the
/// row too, never a silent gap.
final class RowEvaluator {
  enum Outcome {
    case facts([Fact])
    case rejected(Rejection)
  }

  private let mapping: Mapping
  /// For each column of the mapping its place in the file; nil for one that is not there.
  private let places: [Int?]
  private let frame: Frame
  /// Raw rows longer than this are cut in quarantine.
  private static let rawLimit = 4_000

  init(_ mapping: Mapping, places: [Int?]) {
    self.mapping = mapping
    self.places = places
    frame = Frame(count: mapping.frameSize)
  }

  /// Why a row gives no fact.
  private struct Problem: Error {
    var column: String?
    var rule: String
    var hint: String
  }

  /// The facts of the reader's current row.
  func outcome(_ reader: CSVReader) -> Outcome {
    do throws(Problem) {
      try readCells(reader)
      return .facts(try facts())
    } catch {
      return .rejected(
        rejection(reader, line: reader.line, column: error.column, rule: error.rule, hint: error.hint))
    }
  }

  /// The rejection of a row that cannot be read as CSV.
  func rejection(_ problem: CSVProblem, _ reader: CSVReader) -> Rejection {
    // With a wrong number of fields those on the left are still readable; what names the customer mostly is.
    for (slot, column) in mapping.definition.columns.enumerated() {
      let text = places[slot].map { $0 < reader.count ? reader.text($0) : "" } ?? ""
      frame[slot] = (try? column.value(text)) ?? .null
    }
    var hint = problem.sentence
    if let first = hint.first, first.isLowercase { hint = first.uppercased() + hint.dropFirst() }
    return rejection(reader, line: reader.line, column: nil, rule: problem.code, hint: hint)
  }

  /// The rejection of a row whose facts the store does not take.
  func rejection(_ row: PendingRow, _ error: StoreError) -> Rejection {
    var rule = error.code
    var hint = error.sentence + "."
    if case .contradiction(let kind, let id, let line) = error {
      rule = "duplicate-record"
      let first = line.map { "line \($0)" } ?? "an earlier line"
      hint =
        "The \(kind.rawValue) \(id) stands in \(first) already, with other content. "
        + "Keep the right one, or give them different ids."
    }
    return Rejection(
      line: row.line, column: nil, rule: rule, customer: row.facts.first?.customer, raw: row.raw, hint: hint)
  }

  private func rejection(
    _ reader: CSVReader, line: Int, column: String?, rule: String, hint: String
  ) -> Rejection {
    Rejection(
      line: line, column: column, rule: rule, customer: customer(), raw: Self.raw(reader), hint: hint)
  }

  static func raw(_ reader: CSVReader) -> String {
    let text = reader.rawText
    return text.utf8.count > rawLimit ? String(text.prefix(rawLimit)) + "…" : text
  }

  // MARK: Values

  private func readCells(_ reader: CSVReader) throws(Problem) {
    var problem: Problem?
    for (slot, column) in mapping.definition.columns.enumerated() {
      do throws(CellProblem) {
        frame[slot] =
          try places[slot].map { place throws(CellProblem) in
            try column.value(reader.text(place))
          } ?? .null
      } catch {
        // The other cells are read all the same: one of them may name the customer.
        frame[slot] = .null
        if problem == nil { problem = Problem(column: column.header, rule: error.rule, hint: error.hint) }
      }
    }
    if let problem { throw problem }
    for (place, constant) in mapping.constants.enumerated() {
      let name = mapping.definition.constants[place].name
      frame[mapping.firstConstantSlot + place] = try value(constant, what: "The name \(name) of the mapping")
    }
  }

  private func value(_ compiled: Compiled, what: String) throws(Problem) -> Value {
    if let constant = compiled.constant { return constant }
    var evaluation = Evaluation()
    let value = compiled.evaluate(frame, &evaluation)
    if let warning = evaluation.warnings.first {
      throw Problem(
        column: nil, rule: "expression", hint: "\(what): \(warning.sentence). In: \(compiled.text)")
    }
    return value
  }

  private func facts() throws(Problem) -> [Fact] {
    var facts: [Fact] = []
    for plan in mapping.facts {
      guard let each = plan.each, let slot = plan.itemSlot else {
        try append(plan, to: &facts)
        continue
      }
      guard case .list(let items) = try value(each, what: "each of \(plan.kind.rawValue)") else {
        throw Problem(
          column: nil, rule: "expression",
          hint: "each of \(plan.kind.rawValue) gives no list. In: \(each.text)")
      }
      for item in items {
        frame[slot] = item
        try append(plan, to: &facts)
      }
    }
    return facts
  }

  private func append(_ plan: FactPlan, to facts: inout [Fact]) throws(Problem) {
    if let when = plan.when {
      guard case .boolean(let applies) = try value(when, what: "when of \(plan.kind.rawValue)") else {
        throw Problem(
          column: nil, rule: "expression",
          hint: "when of \(plan.kind.rawValue) gives neither true nor false. In: \(when.text)")
      }
      if !applies { return }
    }
    var values: [FieldValue] = []
    values.reserveCapacity(plan.fields.count)
    for (place, field) in plan.fields.enumerated() { values.append(try fieldValue(field, place, plan)) }
    do throws(FactError) {
      facts.append(try Fact.make(plan.kind, values: values))
    } catch {
      let place = plan.place(of: error.field)
      let column = place.flatMap { plan.columns[$0] }.map { mapping.definition.columns[$0].header }
      throw Problem(column: column, rule: error.rule.rawValue, hint: error.sentence)
    }
  }

  private func fieldValue(_ field: FieldPlan, _ place: Int, _ plan: FactPlan) throws(Problem) -> FieldValue {
    switch field {
    case .missing: return .missing
    case .constant(let value): return value
    case .column(let column):
      if let value = FieldValue(frame[column], for: plan.kind, place) { return value }
      return .text(frame[column] == .boolean(true) ? "true" : "false")
    case .expression(let compiled):
      let name = plan.kind.fields[place].name.rawValue
      let value = try value(compiled, what: "Field \(name) of \(plan.kind.rawValue)")
      if let field = FieldValue(value, for: plan.kind, place) { return field }
      throw Problem(
        column: nil, rule: "expression",
        hint: "Field \(name) of \(plan.kind.rawValue) takes text, a number or a date. In: \(compiled.text)")
    }
  }

  /// The customer that the row in the frame names, as far as it can be told.
  private func customer() -> CustomerReference? {
    for plan in mapping.facts where plan.each == nil || isBare(plan) {
      if let number = text(plan, .customer), number.unicodeScalars.count <= 120,
        !number.unicodeScalars.contains(where: { $0.value < 0x20 })
      {
        return .number(number)
      }
      if let word = text(plan, .identifierScheme), let scheme = IdentifierScheme(rawValue: word),
        let code = text(plan, .identifier), let identifier = try? Identifier(scheme: scheme, code: code)
      {
        return .identifier(identifier)
      }
    }
    return nil
  }

  private func isBare(_ plan: FactPlan) -> Bool {
    guard let place = plan.customerField, case .column = plan.fields[place] else { return false }
    return true
  }

  private func text(_ plan: FactPlan, _ name: FieldName) -> String? {
    guard let place = plan.place(of: name), let value = try? fieldValue(plan.fields[place], place, plan)
    else {
      return nil
    }
    let text = MappingDefinition.Column.trimmed(value.text)
    return text.isEmpty ? nil : text
  }
}

/// A row whose facts wait for the write of their chunk.
struct PendingRow {
  var line: Int
  var facts: [Fact]
  /// Kept for a row that the store refuses.
  var raw: String
}
