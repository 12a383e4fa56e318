import Access
import AuditLog
import FactStore
import Facts
import Formats
import HTTPServer
import Ingestion
import SQLite
import Values

/// Takes facts one by one or as JSON lines: `POST /v1/facts`.
///
/// Every line is taken whole or not at all: what is no JSON is told by its line, what breaks a rule of its layout goes into
/// quarantine as a row of a file would. A line that was taken before changes nothing, so that a request can be repeated.
struct FactsDesk {
  private let core: ServiceCore
  private let caller: Caller
  private let request: HTTPRequest

  /// Lines of one request; more are to be sent in another.
  private static let mostLines = 10_000
  /// Lines of one write, which others wait for.
  private static let slice = 50

  init(_ core: ServiceCore, _ caller: Caller, _ request: HTTPRequest) {
    self.core = core
    self.caller = caller
    self.request = request
  }

  /// What became of a line.
  private enum Outcome {
    case stored, corrected, known
    case quarantined(rule: String, hint: String)
  }

  private struct Line {
    let number: Int
    let raw: String
    let fact: Swift.Result<Fact, Rejected>
    let layout: String
    let source: String

    /// The customer that it is about; nil where it is about none that can be read.
    var customer: CustomerReference? {
      switch fact {
      case .success(let fact): fact.customer
      case .failure(let rejected): rejected.customer
      }
    }
  }

  /// A record that breaks a rule of its layout.
  private struct Rejected: Error {
    let column: String?
    let rule: String
    let hint: String
    let customer: CustomerReference?
  }

  /// Stores the facts of the request, and tells line by line what became of them.
  func store() throws(Problem) -> HTTPResponse {
    let lines = try read()
    try FactsAdmission(core, caller).admit(
      sources: Set(lines.map(\.source)), facts: lines.compactMap { try? $0.fact.get() },
      customers: Set(lines.compactMap(\.customer)))
    var outcomes: [(line: Int, outcome: Outcome)] = []
    var rest = lines[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.slice)
      rest = rest.dropFirst(Self.slice)
      let now = try core.instant()
      do throws(StoreError) {
        outcomes += try core.store.write(
          actor: caller.token.user, at: now, purpose: caller.token.grant.purpose
        ) { write throws(StoreError) in try store(part, in: write) }
      } catch {
        throw Problem(error)
      }
    }
    return answer(outcomes)
  }

  private func store(
    _ lines: ArraySlice<Line>, in write: StoreTransaction
  ) throws(StoreError) -> [(line: Int, outcome: Outcome)] {
    var batches: [String: Batch] = [:]
    var outcomes: [(line: Int, outcome: Outcome)] = []
    for line in lines {
      let name = line.source + "\n" + line.layout
      let batch: Batch
      if let open = batches[name] {
        batch = open
      } else {
        batch = try write.openBatch(
          BatchDescription(
            source: line.source, file: nil, digest: nil, layout: line.layout, knownFrom: write.at))
        batches[name] = batch
      }
      outcomes.append((line.number, try store(line, in: batch, write)))
    }
    for (name, batch) in batches {
      try write.complete(batch, rows: lines.count { $0.source + "\n" + $0.layout == name })
    }
    var about = JSONObject()
    about["act"] = "posted"
    about["token"] = .number(Decimal(caller.token.id))
    about["company"] = .string(caller.token.grant.company)
    about["lines"] = .number(Decimal(lines.count))
    try StoreError.wrapping { () throws(SQLiteError) in
      _ = try core.audit.append(
        AuditNote(
          .ingestion, rows: batches.values.map(\.key).sorted().map { AuditedRow(.batch, $0) }, about: about),
        in: write.sql)
    }
    return outcomes
  }

  private func store(
    _ line: Line, in batch: Batch, _ write: StoreTransaction
  ) throws(StoreError) -> Outcome {
    let rejected: Rejected
    switch line.fact {
    case .success(let fact):
      do throws(StoreError) {
        switch try write.step({ () throws(StoreError) in try write.store(fact, in: batch, line: line.number) }
        ) {
        case .stored: return .stored
        case .correction: return .corrected
        case .alreadyKnown: return .known
        }
      } catch {
        if case .storage = error { throw error }
        rejected = Rejected(
          column: nil, rule: error.code, hint: error.sentence + ".", customer: fact.customer)
      }
    case .failure(let problem): rejected = problem
    }
    try write.quarantine(
      Rejection(
        line: line.number, column: rejected.column, rule: rejected.rule, customer: rejected.customer,
        raw: line.raw, hint: rejected.hint), in: batch)
    return .quarantined(rule: rejected.rule, hint: rejected.hint)
  }

  // MARK: Reading

  private func read() throws(Problem) -> [Line] {
    let type = (request.fields["Content-Type"] ?? "").split(separator: ";").first.map(String.init) ?? ""
    switch type.lowercased() {
    case "application/json": return [try line(1, request.body[...])]
    case "application/x-ndjson", "application/jsonl":
      var lines: [Line] = []
      let texts = request.body.split(separator: 0x0A, omittingEmptySubsequences: false)
      for (place, text) in texts.enumerated() {
        let text = text.last == 0x0D ? text.dropLast() : text
        if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        guard lines.count < Self.mostLines else {
          throw Problem(
            .bodyTooLarge, "There are more than \(Self.mostLines) lines; send the rest in another request.")
        }
        lines.append(try line(place + 1, text))
      }
      if lines.isEmpty { throw Problem(.malformedJSON, "There is no record in the content.") }
      return lines
    default:
      throw Problem(
        .unsupportedMediaType,
        "The Content-Type has to be application/json for one record, or application/x-ndjson for one a line.")
    }
  }

  private func line(_ number: Int, _ bytes: ArraySlice<UInt8>) throws(Problem) -> Line {
    let tape: JSONTape
    do throws(JSONError) {
      tape = try JSONTape(Array(bytes), limits: JSONLimits(depth: 4, bytes: 64 << 10))
    } catch {
      // Nothing was stored of the request so far: it is read whole before its first line is stored.
      throw Problem(error, record: number)
    }
    let at = request.body.count == bytes.count ? "" : "/\(number)"
    let members = try JSONMembers(tape.root, at: at, known: ["layout", "source", "record"])
    let layouts = FactKind.allCases.map { ($0.layout, $0) }
    guard let kind = try members.optionalChoice("layout", layouts) else {
      throw Problem(
        .invalidMember, "The layout is missing; it is one of: \(layouts.map(\.0).joined(separator: ", ")).",
        pointer: at + "/layout")
    }
    guard let record = try members.required("record").value.objectValue else {
      throw Problem(
        .invalidMember, "An object with the layout's columns is wanted here.", pointer: at + "/record")
    }
    return Line(
      number: number, raw: String(decoding: bytes.prefix(4000), as: UTF8.self), fact: fact(kind, record),
      layout: kind.layout, source: try members.text("source", limit: 100) ?? "supplier")
  }

  private func fact(_ kind: FactKind, _ record: JSONObject) -> Swift.Result<Fact, Rejected> {
    var fields: [FieldName: FieldValue] = [:]
    var rejected: Rejected?
    for (column, value) in record.members {
      guard let name = FieldName(rawValue: column), let field = kind.fields.first(where: { $0.name == name })
      else {
        rejected = Rejected(
          column: column, rule: "unknown-column",
          hint: "\(kind.layout) has no column \(column.prefix(80)); it has: "
            + kind.fields.map(\.name.rawValue).joined(separator: ", ") + ".",
          customer: nil)
        continue
      }
      switch value {
      case .null: continue
      case .string(let text): fields[name] = .text(text)
      case .number(let number): fields[name] = .number(number)
      case .bool(let answer) where field.type == .yesNo: fields[name] = .yesNo(answer)
      case .bool, .array, .object:
        rejected = Rejected(
          column: column, rule: "wrong-type", hint: "Column \(column) takes a text or a number.",
          customer: nil)
      }
    }
    let customer = Self.customer(fields)
    if let rejected {
      return .failure(
        Rejected(column: rejected.column, rule: rejected.rule, hint: rejected.hint, customer: customer))
    }
    do throws(FactError) {
      return .success(try Fact.make(kind, fields: fields))
    } catch {
      return .failure(
        Rejected(
          column: error.field.rawValue, rule: error.rule.rawValue, hint: error.sentence, customer: customer))
    }
  }

  /// The customer whom a record names that cannot be taken: they are referred until it is settled.
  private static func customer(_ fields: [FieldName: FieldValue]) -> CustomerReference? {
    if let number = fields[.customer]?.text, !number.isEmpty, number.utf8.count <= 120 {
      return .number(number)
    }
    guard let scheme = fields[.identifierScheme].flatMap({ IdentifierScheme(rawValue: $0.text) }),
      let code = fields[.identifier]?.text, let identifier = try? Identifier(scheme: scheme, code: code)
    else { return nil }
    return .identifier(identifier)
  }

  // MARK: Answering

  private func answer(_ outcomes: [(line: Int, outcome: Outcome)]) -> HTTPResponse {
    var counts = [0, 0, 0, 0]
    var json = JSONWriter(capacity: 64 * outcomes.count)
    json.beginObject()
    json.key("records")
    json.beginArray()
    for (line, outcome) in outcomes {
      json.beginObject()
      json.member("line", line)
      switch outcome {
      case .stored:
        counts[0] += 1
        json.member("result", "stored")
      case .corrected:
        counts[1] += 1
        json.member("result", "corrected")
      case .known:
        counts[2] += 1
        json.member("result", "known")
      case .quarantined(let rule, let hint):
        counts[3] += 1
        json.member("result", "quarantined")
        json.member("rule", rule)
        json.member("detail", hint)
      }
      json.endObject()
    }
    json.endArray()
    for (name, count) in zip(["stored", "corrected", "known", "quarantined"], counts) {
      json.key(named: name)
      json.number(count)
    }
    json.endObject()
    return HTTPResponse(
      status: 200, fields: ["Content-Type": "application/json", "X-Request-Id": caller.requestID],
      body: json.bytes)
  }
}
