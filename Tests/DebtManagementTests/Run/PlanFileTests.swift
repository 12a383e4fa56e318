import Facts
import Formats
import Testing
import Values

@testable import DebtManagement

/// A plan as a file: written, read back, and refused where it is not what was written.
@Suite struct PlanFileTests {
  /// A plan with an action and a case that is barred; made once, it never changes.
  private static let made = Result { try make() }

  private func plan() throws -> DebtPlan { try Self.made.get() }

  private static func make() throws -> DebtPlan {
    let facts = DebtRecords()
    let other = DebtRecords(customer: "C2", contract: "K2")
    let house = try DebtHouse(
      "2026-01-23",
      DebtRecords.all(
        try facts.household(), [try facts.invoice(due: "2026-01-20", try #require(Decimal("12.34")))],
        try other.household(), [try other.invoice("I2", due: "2026-01-19")]))
    var plan = try house.plan()
    #expect(plan.actions.count == 2 && plan.cases == 2)
    plan.barred = [
      DebtPlan.Barred(
        customer: "C3", contract: nil, step: .powerLimit, bars: ["R2:hold"], earliest: try civil("2026-02-01")
      ),
      DebtPlan.Barred(customer: "C4", contract: "K4", step: .disconnectionRequest, bars: [], earliest: nil),
    ]
    return plan
  }

  private func error(_ bytes: [UInt8]) -> DebtPlanError? {
    do throws(DebtPlanError) {
      _ = try DebtPlan(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func itComesBackAsItWas() throws {
    let plan = try plan()
    let bytes = plan.json.canonicalBytes
    let read = try DebtPlan(bytes)
    #expect(read == plan && read.run == plan.run && read.json.canonicalBytes == bytes)
    #expect(try DebtPlan(bytes + [0x0A]) == plan)
    #expect(plan.run.count == 18 && plan.run.hasPrefix("R-"))
    var other = plan
    other.actions[0].amount.amount = 13
    #expect(other.run != plan.run)
  }

  @Test func whatWasEditedIsRefused() throws {
    let text = String(decoding: try plan().json.canonicalBytes, as: UTF8.self)
    for (old, new) in [
      ("12.34", "12.35"), ("reminder", "release"), ("\"C1\"", "\"C9\""),
      ("\"needsApproval\":false", "\"needsApproval\":true"),
      ("R2:hold", "R2:held"), ("2026-01-23", "2026-01-24"),
    ] {
      #expect(text.contains(old))
      #expect(error(Array(text.replacing(old, with: new).utf8)) == .edited, "\(old) as \(new)")
    }
  }

  @Test func everyChangedByteIsRefused() throws {
    let bytes = try plan().json.canonicalBytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      #expect(error(changed) != nil, "byte \(place)")
    }
  }

  @Test func aTruncatedFileIsRefused() throws {
    let bytes = try plan().json.canonicalBytes
    for length in 0..<bytes.count {
      guard case .notJSON = error(Array(bytes.prefix(length))) else {
        Issue.record("\(length) bytes are no plan")
        return
      }
    }
  }

  @Test(arguments: [
    "{}", "[]", "null", "7", #"{"format":"bonitas-debt-plan/1"}"#,
    #"{"format":"bonitas-debt-plan/2","digest":"00"}"#,
    #"{"format":"bonitas-restriction-certificate/1","digest":"00"}"#,
  ])
  func anotherFileIsNoPlan(text: String) {
    #expect(error(Array(text.utf8)) == .notAPlan)
  }

  /// The digest is no secret: whoever makes a plan by hand still has to make a whole one.
  @Test(arguments: [
    "businessDate", "knownAt", "readSequence", "ruleSet", "cases", "actions", "barred",
  ])
  func aPlanWithoutAPartIsNone(part: String) throws {
    for value in [nil, .null, "no", .number(try #require(Decimal("0.5")))] as [JSONValue?] {
      guard case .object(var json) = try plan().json else { return }
      json["digest"] = nil
      json[part] = value
      #expect(error(signed(json)) == .notAPlan, "\(part): \(String(describing: value))")
    }
  }

  @Test(arguments: [
    ("step", "no step"), ("jurisdiction", "Latvia"), ("currency", "euro"), ("reason", nil),
    ("needsApproval", "yes"),
    ("customer", nil), ("amount", "12.34"), ("invoices", "I1"),
  ])
  func anActionThatSaysNothingIsNone(field: String, value: String?) throws {
    guard case .object(var json) = try plan().json, case .array(var actions)? = json["actions"],
      case .object(var action)? = actions.first
    else { return }
    json["digest"] = nil
    action[field] = value.map { .string($0) }
    actions[0] = .object(action)
    json["actions"] = .array(actions)
    #expect(error(signed(json)) == .notAPlan)
  }

  private func signed(_ statement: JSONObject) -> [UInt8] {
    var json = statement
    json["digest"] = .string(SHA256.hash(JSONValue.object(statement).canonical).hexadecimal)
    return JSONValue.object(json).canonicalBytes
  }

  @Test func errorsSayWhatToDo() {
    #expect(DebtPlanError.edited.code == "plan-edited" && DebtPlanError.notAPlan.code == "not-a-plan")
    #expect(DebtPlanError.edited.sentence.contains("'bonitas debt plan'"))
    #expect(DebtPlanError.notAPlan.sentence.contains("'bonitas debt plan --output FILE'"))
  }
}
