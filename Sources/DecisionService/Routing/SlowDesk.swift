import Access
import AuditLog
import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import HTTPServer
import HumanReview
import SQLite
import Values

/// Handles what takes longer than an event loop may wait: explanations, contests, facts.
struct SlowDesk: Sendable {
  let core: ServiceCore
  let caller: Caller
  let request: HTTPRequest

  init(_ core: ServiceCore, _ caller: Caller, _ request: HTTPRequest) {
    self.core = core
    self.caller = caller
    self.request = request
  }

  /// What is answered.
  enum Answer {
    /// At once.
    case response(HTTPResponse)
    /// Once it is recorded.
    case disclosure(Disclosure, HTTPResponse)
  }

  func answer() throws(Problem) -> Answer {
    switch caller.route {
    case .explanation(let id): try explanation(id)
    case .contest(let id): .response(try contest(id))
    case .facts: .response(try FactsDesk(core, caller, request).store())
    default: throw Problem(.internalFault, "The address is not handled here.")
    }
  }

  // MARK: Explanations

  private enum Form: String, CaseIterable {
    case json = "application/json"
    case text = "text/plain"
    case html = "text/html"
  }

  private func explanation(_ id: DecisionID) throws(Problem) -> Answer {
    let parameters = try QueryText.parameters(request.query, known: ["language", "audience"])
    let language = try TurnDesk.language(request) ?? .english
    guard let audience = Audience(rawValue: parameters["audience"] ?? Audience.customer.rawValue),
      audience != .auditor
    else { throw Problem(.invalidParameter, "The audience is one of: customer, reviewer.") }
    // The reviewer's view shows records and rules: it is for those who see everything, not for each company.
    guard audience == .customer || caller.token.grant.sees == .all else {
      throw Problem(.outOfScope, "The audience reviewer is for tokens that see all decisions.")
    }
    let form = try acceptedForm()
    let (record, texts) = try reading { reader throws(Problem) in
      try VisibleDecision.find(id, for: caller.token, core.rules, reader)
    }
    let document: ExplanationDocument
    do {
      document = try explain(record, texts, language, audience)
    } catch {
      throw Problem(.internalFault, "The explanation of \(id) cannot be made.")
    }
    let body: [UInt8] =
      switch form {
      case .json: Array(document.json.canonical.utf8)
      case .text: Array(document.text.utf8)
      case .html: Array(document.html.utf8)
      }
    let type = form == .json ? form.rawValue : form.rawValue + "; charset=utf-8"
    return .disclosure(
      Disclosure(
        .explanation, decision: id.description, customer: record.customerKey, to: caller.token),
      HTTPResponse(
        status: 200,
        fields: [
          "Content-Type": type, "Content-Language": language.rawValue, "X-Request-Id": caller.requestID,
        ], body: body))
  }

  private func explain(
    _ record: DecisionRecord, _ texts: RuleTexts, _ language: Language, _ audience: Audience
  ) throws -> ExplanationDocument {
    let (files, facts, situation) = try core.store.read { reader throws(RatingError) in
      try Rater.material(of: record, reader)
    }
    let ruleSet = try core.rules.ruleSet(files)
    let counterfactuals =
      facts.customer == nil ? nil : ruleSet.counterfactuals(of: record.content, facts, situation)
    return try ExplanationDocument(
      record, texts: try texts.catalogue(language), audience: audience, facts: facts, law: ruleSet.law,
      counterfactuals: counterfactuals, state: try DecisionState(of: record, in: core.store))
  }

  /// The form that the caller accepts, JSON where all are the same to them (RFC 9110 section 12.5.1, without weights).
  private func acceptedForm() throws(Problem) -> Form {
    guard let field = request.fields["Accept"] else { return .json }
    let accepted = field.split(separator: ",").map { part in
      part.split(separator: ";").first.map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() } ?? ""
    }
    for type in accepted {
      if type == "*/*" || type == "application/*" { return .json }
      if type == "text/*" { return .text }
      if let form = Form(rawValue: type) { return form }
    }
    throw Problem(
      .notAcceptable, "There are: \(Form.allCases.map(\.rawValue).joined(separator: ", ")).")
  }

  // MARK: Contests

  private func contest(_ id: DecisionID) throws(Problem) -> HTTPResponse {
    try TurnDesk.require("application/json", request)
    let members = try JSONMembers(
      request.body, limits: JSONLimits(depth: 4, bytes: 64 << 10), at: "",
      known: ["text", "channel", "customer"])
    let contest = HumanReview.Contest(
      customer: try members.text("customer", limit: 120),
      channel: try members.choice(
        "channel", HumanReview.Contest.Channel.allCases.map { ($0.rawValue, $0) }, missing: .portal),
      text: try text(members.optional("text")))
    _ = try reading { reader throws(Problem) in
      try VisibleDecision.find(id, for: caller.token, core.rules, reader)
    }
    let now = try core.instant()
    let day = core.businessDate(at: now)
    let entered: ReviewDesk.Contested
    do throws(ReviewError) {
      entered = try core.desk(on: day).contest(id, contest, from: caller.token, on: day, at: now)
    } catch {
      throw Problem(error)
    }
    var answer = JSONWriter(capacity: 256)
    answer.beginObject()
    answer.member("case", entered.reviewCase.id.description)
    answer.member("decision", (entered.reviewCase.decision ?? id).description)
    answer.member("answerBy", entered.reviewCase.due.description)
    answer.member("joined", entered.hasJoined)
    answer.endObject()
    return HTTPResponse(
      status: entered.hasJoined ? 200 : 201,
      fields: ["Content-Type": "application/json", "X-Request-Id": caller.requestID], body: answer.bytes)
  }

  /// What the customer says, of any length that a person would write; nothing need be said (GDPR article 22(3)).
  private func text(_ json: JSONNode?) throws(Problem) -> String {
    guard let json else { return "" }
    guard let text = json.stringValue else {
      throw Problem(.invalidMember, "A text is wanted here.", pointer: "/text")
    }
    return text
  }

  private func reading<Result: Sendable>(
    _ body: (FactReader) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    try core.store.read { reader throws(Problem) in try body(reader) }
  }
}

extension Problem: StorageFailure {}
