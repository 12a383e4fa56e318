import DMN
import Decisioning
import FEEL
import PolicyChecks
import Testing
import Values

/// What changed between two rule sets is told by region, and every example is true of both.
@Suite struct DifferenceTests {
  /// One copy of the rules with a change of every kind, compared once.
  private static let changed = Result { () throws -> (rules: Planting, changes: [PolicyChange]) in
    var rules = try Planting()
    rules.setOutput("worst_late_4", 1, "25")
    rules.setCell("past_due_2", 5, "[1..10)")
    rules.setCell("past_due_3", 5, "[10..31)")
    rules.setCell("rating_a_kept", 1, "[880..900)")
    rules.setCell("rating_b_not_raised", 1, "[880..900)")
    rules.setCell("rating_b", 1, "[825..880)")
    rules.setOutput("outcome_business_fair", 1, "\"prepayment\"")
    rules.setCell("ko_quarantine", 3, "> 1")
    rules.replace("days late &gt; 3]", with: "days late &gt; 5]", in: "features.dmn")
    rules.replace("Your overdue amount comes to", with: "Your overdue amount is", in: "reasons/en.json")
    let deposits =
      "[\"accept with deposit\", \"prepayment\"],\n      \"commodities\": [\"gas\"],\n      \"from\": "
    rules.replace(deposits + "\"2017-02-10\"", with: deposits + "\"2027-01-01\"", in: "law/lv.json")
    return (rules, PolicyDifference.changes(from: try Planting().files, to: rules.files))
  }

  private func change(_ start: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    -> PolicyChange
  {
    let changes = try Self.changed.get().changes
    let found = changes.filter { $0.sentence.hasPrefix(start) }
    #expect(found.count == 1, "\(changes.map(\.sentence))", sourceLocation: sourceLocation)
    return try #require(found.first, sourceLocation: sourceLocation)
  }

  @Test func nothingElseIsTold() throws {
    let changes = try Self.changed.get().changes
    #expect(changes.count == 8, "\(changes.map(\.sentence))")
    #expect(PolicyDifference.changes(from: try Planting().files, to: try Planting().files) == [])
  }

  @Test func pointsOfABin() throws {
    let change = try change(
      "Score, Worst days late in 12 months from 31 to below 61: 25 points instead of 20.")
    let example = try #require(change.example)
    let score = try #require(example.before.first { $0.name == "Score" }?.value.number)
    #expect(example.after.first { $0.name == "Score" }?.value == .number(score + 5))
  }

  @Test func aMovedBoundary() throws {
    let change = try change("Score, Days past due from 10 to below 15: 45 points instead of 60.")
    let days = try #require(change.example?.inputs.first { $0.name == "Days past due" }?.value.number)
    #expect(days >= 10 && days < 15)
  }

  @Test func aBandOfTheHysteresis() throws {
    let change = try change(
      "Rating by score, Score from 880 to below 885, Previous rating A: A instead of B.")
    let example = try #require(change.example)
    #expect(example.inputs.first { $0.name == "Previous rating" }?.value == .string("A"))
    #expect(example.before.first { $0.name == "Score" }?.value == .number(880))
    #expect(example.before.first { $0.name == "Rating" }?.value == .string("B"))
    #expect(example.after.first { $0.name == "Rating" }?.value == .string("A"))
  }

  @Test func aResultOfATable() throws {
    let change = try change(
      "Order outcome, Rating C, Customer kind business: prepayment instead of accept with deposit.")
    let example = try #require(change.example)
    #expect(example.before.first { $0.name == "Order outcome" }?.value == .string("accept with deposit"))
    #expect(example.after.first { $0.name == "Order outcome" }?.value == .string("prepayment"))
  }

  @Test func aRowOfAListThatAppliesToFewer() throws {
    let change = try change(
      "Knock-outs, ko_quarantine (refer, K-QUARANTINE): no longer applies to Quarantined records 1.")
    #expect(change.example?.before.first { $0.name == "Outcome" }?.value == .string("refer"))
    #expect(change.example?.after.first { $0.name == "Outcome" }?.value == .string("accept"))
  }

  @Test func aFeature() throws {
    let change = try change("The feature 'Late share in 12 months'")
    #expect(change.texts?.before == "Invoices due in 12 months[days late > 3]")
    #expect(change.texts?.after == "Invoices due in 12 months[days late > 5]")
    let example = try #require(change.example)
    #expect(example.before.first != example.after.first)
    // Evaluated anew by both feature models.
    for (files, told) in [
      (try Planting().files, example.before), (try Self.changed.get().rules.files, example.after),
    ] {
      let model = try DecisionModel(ModelFile(name: "features.dmn", bytes: files["features.dmn"] ?? []))
      let decision = try #require(model.decision(named: "Late share in 12 months"))
      let value = model.evaluate(decision, inputs: example.inputs.map(\.value)).value.context?["value"]
      #expect(value == told.first?.value)
    }
  }

  @Test func textsAndLaw() throws {
    let text = try change("The text 'reasons.S-OVERDUE' changed in en.")
    #expect(text.texts?.after == "Your overdue amount is {value}.")
    let law = try change("The provision 'LV-G-2' changed.")
    #expect(law.texts?.before == "from \"2017-02-10\"")
    #expect(law.example.map { $0.before != $0.after } == true)
  }

  /// The customers of the changed tables, evaluated anew by both rating models.
  @Test func everyExampleIsTrueOfBoth() throws {
    let (rules, changes) = try Self.changed.get()
    var checked = 0
    for change in changes where change.kind == .region || change.kind == .row {
      let example = try #require(change.example, "\(change.sentence)")
      for (files, told) in [(try Planting().files, example.before), (rules.files, example.after)] {
        let model = try DecisionModel(ModelFile(name: Planting.rating, bytes: files[Planting.rating] ?? []))
        #expect(example.inputs.map(\.name) == model.inputs.map(\.name))
        let trace = model.evaluate(model.plan(for: model.decisions), inputs: example.inputs.map(\.value))
          .trace
        for entry in told {
          let decision = try #require(model.decision(named: entry.name))
          #expect(trace.value(of: decision) == entry.value, "\(change.sentence)")
        }
      }
      checked += 1
    }
    #expect(checked == 5)
  }

  @Test func aCharacteristicThatCameOrWent() throws {
    var rules = try Planting()
    for id in ["trend_missing", "trend_1", "trend_2", "trend_3", "trend_4"] { rules.removeRule(id) }
    let gone = PolicyDifference.changes(from: try Planting().files, to: rules.files)
    #expect(gone.map(\.kind) == [.characteristic])
    #expect(
      gone.first?.sentence.hasPrefix("The characteristic Trend of days late is no longer scored") == true)
    let example = try #require(gone.first?.example)
    #expect(example.before != example.after)
    let back = PolicyDifference.changes(from: rules.files, to: try Planting().files)
    #expect(
      back.first?.sentence.hasPrefix("The characteristic Trend of days late is new: 15 points for") == true)
  }

  @Test func theLawOfDebts() throws {
    var rules = try Planting()
    let objection = "\"start\": \"received\",\n      \"days\": "
    rules.replace(objection + "21", with: objection + "14", in: "law/lv.json")
    let changes = PolicyDifference.changes(from: try Planting().files, to: rules.files)
    #expect(changes.map(\.sentence) == ["The provision 'LV-D-4 objection' changed."])
    #expect(changes.first?.texts?.before == "days 21" && changes.first?.texts?.after == "days 14")
  }

  @Test func anExpressionOfTheRatingModel() throws {
    var rules = try Planting()
    rules.replace(
      "or Days since downgrade = null then false", with: "or Days since downgrade = null then true")
    rules.replace(
      "if Rating held back then Previous rating", with: "if Rating held back = true then Previous rating")
    let changes = PolicyDifference.changes(from: try Planting().files, to: rules.files)
    #expect(changes.map(\.kind) == [.logic, .logic])
    let change = try #require(changes.first)
    #expect(change.element == "Rating held back")
    #expect(change.texts?.after?.contains("then true") == true)
    let example = try #require(change.example)
    #expect(example.inputs.first { $0.name == "Days since downgrade" }?.value == .null)
    #expect(example.before.first { $0.name == "Rating" } != example.after.first { $0.name == "Rating" })
    // The second text says the same in other words: there is nobody to show.
    #expect(changes.last?.example == nil || changes.last?.example?.before != changes.last?.example?.after)
  }

  @Test func aModelThatCannotBeRead() throws {
    var rules = try Planting()
    rules.replace("</definitions>", with: "")
    let changes = PolicyDifference.changes(from: try Planting().files, to: rules.files)
    #expect(
      changes.contains { $0.kind == .file && $0.sentence.contains("second rule set cannot be compared") })
  }
}
