import Access
import Decisioning
import Explanation
import FactStore
import Facts
import HTTPServer
import HumanReview
import SQLite

extension TurnDesk {
  /// A decision, to be told once that is recorded.
  func decision(
    _ id: DecisionID, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob {
    let (record, texts) = try visible(id, to: caller)
    return try told(record, texts, .decision, item, caller)
  }

  /// The newest decision about a customer that the token may see, to be told once that is recorded.
  func rating(
    of customer: String, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob {
    _ = try QueryText.parameters(item.request.query, known: ["language"])
    let newest: DecisionRecord?
    do throws(DecisionStoreError) {
      let key = try DecisionStoreError.wrapping { () throws(SQLiteError) in
        try reader.key(of: .number(customer))
      }
      newest = try key.flatMap { key throws(DecisionStoreError) in
        try DecisionStore.latest(customerKey: key, in: reader.sql)
      }
    } catch {
      throw Problem(RatingError.decisions(error))
    }
    do throws(Problem) {
      if let newest {
        let (record, texts) = try visible(newest.id, to: caller)
        return try told(record, texts, .rating, item, caller)
      }
    } catch {
      guard error.kind == .unknownDecision else { throw error }
    }
    throw Problem(.noRating, "There is no decision about this customer that the token may see.")
  }

  /// A decision with what has become of it, to be told once that is recorded.
  private func told(
    _ record: DecisionRecord, _ texts: RuleTexts, _ content: Disclosure.Content,
    _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob {
    let language = try Self.language(item.request)
    let (entry, standing): (IntakeStore.Entry?, DecisionAnswer.Standing)
    do throws(SQLiteError) {
      entry = try IntakeStore.entry(of: record.id, in: reader.sql)
      let newest = try DecisionStore.newest(inPlaceOf: record, in: reader.sql)
      let contests = try OpenContests(of: record.customerKey, in: reader.sql)
      standing = DecisionAnswer.Standing(
        supersededBy: newest == record.id ? nil : newest,
        contested: contests[record.customerKey, order: record.content.order?.reference])
    } catch {
      throw Problem(error)
    }
    let body = try Self.written { () throws(TextError) in
      try DecisionAnswer.bytes(
        record, texts, language ?? entry?.language ?? .english,
        heldIn: entry?.held.map { CaseID(.referral, $0) }, standing)
    }
    return disclosure(
      record, content, item, caller,
      DecisionAnswer.response(body, for: record.id, status: 200, requestID: caller.requestID))
  }

  func disclosure(
    _ record: DecisionRecord, _ content: Disclosure.Content, _ item: ServiceHandler.Item, _ caller: Caller,
    _ response: HTTPResponse
  ) -> IntakeJob {
    .disclosure(
      DisclosureJob(
        caller: caller,
        disclosure: Disclosure(
          content, decision: record.id.description, customer: record.customerKey, to: caller.token),
        response: response, exchange: item.exchange))
  }

  private func visible(
    _ id: DecisionID, to caller: Caller
  ) throws(Problem) -> (record: DecisionRecord, texts: RuleTexts) {
    try VisibleDecision.find(id, for: caller.token, core.rules, reader)
  }

  func record(_ id: DecisionID) throws(Problem) -> (record: DecisionRecord, texts: RuleTexts) {
    try VisibleDecision.find(id, for: nil, core.rules, reader)
  }
}
