import DebtManagement
import Decisioning
import Facts
import Foundation
import TestSupport
import Testing
import Values

/// The shipped ladder against the same written as plain Swift, over random circumstances.
@Suite struct RestrictionModelTests {
  static let files = Result { try RuleSetFiles(folder: Repository.root.appending(path: "rules").path) }

  private func random(_ chance: inout SeededGenerator) -> LadderCircumstances {
    func flip(_ chance: inout SeededGenerator, oneIn count: Int) -> Bool { chance.number(below: count) == 0 }
    func pick<Element>(_ elements: [Element], _ chance: inout SeededGenerator) -> Element {
      elements[chance.number(below: elements.count)]
    }
    // Near the edges, where rules begin and end to apply.
    let days = [0, 1, 2, 3, 6, 7, 9, 10, 13, 14, 15, 16, 19, 20, 21, 22, 29, 30, 31, 90, 91, 180, 181, 400]
    var it = LadderCircumstances(
      jurisdiction: pick([.latvia, .latvia, .estonia, .estonia, Jurisdiction("LT") ?? .latvia], &chance),
      commodity: pick(
        [.electricity, .electricity, .electricity, .gas, .gas, .heat, .telecom, .other], &chance),
      claimant: pick(Contract.Claimant.allCases, &chance),
      customerType: pick(Contract.CustomerType.allCases, &chance),
      rating: pick([nil, "A", "B", "C", "D", "E", "F"], &chance),
      overdue: pick([0, 29, 30, 49, 50, 51, 4999, 5000, 5001], &chance),
      daysPastDue: pick(days, &chance),
      stage: pick([nil] + LadderStep.allCases.filter { $0 != .release && $0 != .withdrawal }, &chance))
    it.daysSinceStage = pick(days, &chance)
    if flip(&chance, oneIn: 4) { it.stepInHand = pick(LadderStep.allCases, &chance) }
    it.daysInHand = pick(days, &chance)
    it.daysSinceDebtNotice = pick(days, &chance)
    it.daysSinceWarning = pick(days, &chance)
    it.workingDaysSinceWarning = pick([0, 4, 5, 6, 7], &chance)
    it.isDeadlinePassed = !flip(&chance, oneIn: 4)
    it.daysSinceTerminationNotice = pick(days, &chance)
    it.daysRestricted = pick(days, &chance)
    it.isTemporarilyInsolvent = flip(&chance, oneIn: 3)
    it.hasElectricHeating = flip(&chance, oneIn: 2)
    it.isHeatingSeason = flip(&chance, oneIn: 2)
    it.plan = pick([.none, .none, .none, .broken, .kept], &chance)
    it.isDisputed = flip(&chance, oneIn: 8)
    it.isOnHold = flip(&chance, oneIn: 8)
    it.isProtected = flip(&chance, oneIn: 8)
    it.isDataRestricted = flip(&chance, oneIn: 12)
    it.isInsolvent = flip(&chance, oneIn: 12)
    it.isSold = flip(&chance, oneIn: 12)
    it.isDeceased = flip(&chance, oneIn: 12)
    it.isUnderReview = flip(&chance, oneIn: 12)
    it.restriction = pick([.none, .none, .none, .requested, .inEffect], &chance)
    it.isPaid = flip(&chance, oneIn: 6)
    return it
  }

  @Test func theTableSaysWhatPlainSwiftSays() throws {
    let model = try RestrictionModel(try Self.files.get())
    var chance = SeededGenerator(seed: 7)
    var steps: [LadderStep?: Int] = [:]
    var taken = 0
    for _ in 0..<10_000 {
      let it = random(&chance)
      let answer = model.answer(it)
      steps[answer.step, default: 0] += 1
      if answer.isDue { taken += 1 }
      guard answer.step == NaiveLadder.step(it), Set(answer.waits) == NaiveLadder.waits(it),
        answer.needsApproval == NaiveLadder.needsApproval(it), answer.reason != LadderAnswer.noAnswer
      else {
        Issue.record(
          "\(it) → \(answer), not \(String(describing: NaiveLadder.step(it))) \(NaiveLadder.waits(it))")
        return
      }
    }
    // Every step came about, and enough of them were taken.
    #expect(steps.count == LadderStep.allCases.count + 1)
    #expect(taken > 100)
  }

  @Test func aModelWithoutAnAnswerDoesNothing() throws {
    var contents: [String: [UInt8]] = [:]
    let files = try Self.files.get()
    for path in files.paths { contents[path] = files[path] }
    let text = String(decoding: contents[RestrictionModel.path] ?? [], as: UTF8.self)
    // The rule for countries without a ladder is gone, and with it the last one.
    let broken = text.replacing("<rule id=\"elsewhere\">", with: "<rule id=\"elsewhere\"><!-- -->")
      .replacing("if count(Waits) = 0 then Ladder step else \"none\"", with: "\"reminder\"")
    contents[RestrictionModel.path] = Array(broken.utf8)
    let model = try RestrictionModel(RuleSetFiles(contents))
    var it = LadderCircumstances(
      jurisdiction: .latvia, commodity: .electricity, claimant: .supplier, customerType: .household,
      overdue: 100, daysPastDue: 1)
    // What waits is not taken, whatever an expression says.
    let answer = model.answer(it)
    #expect(answer.step == nil)
    #expect(answer.reason == LadderAnswer.noAnswer)
    #expect(!answer.isDue)
    it.daysPastDue = 30
    #expect(model.answer(it).isDue)
  }

  @Test func faultsAreToldByCodes() throws {
    let files = try Self.files.get()
    func error(_ change: (String) -> String?) -> RestrictionModelError? {
      var contents: [String: [UInt8]] = [:]
      for path in files.paths { contents[path] = files[path] }
      let text = String(decoding: contents[RestrictionModel.path] ?? [], as: UTF8.self)
      contents[RestrictionModel.path] = change(text).map { Array($0.utf8) }
      do throws(RestrictionModelError) {
        _ = try RestrictionModel(RuleSetFiles(contents))
        return nil
      } catch {
        #expect(!error.sentence.isEmpty)
        return error
      }
    }
    #expect(error { _ in nil } == .missing)
    #expect(error { _ in "<definitions" }?.code == "restriction-policy.not-a-model")
    #expect(
      error {
        $0.replacing("name=\"Waits\"", with: "name=\"Delays\"").replacing(
          "count(Waits)", with: "count(Delays)")
      }
        == .missingDecision("Waits"))
    #expect(
      error {
        $0.replacing("\"Days in hand\"", with: "\"Days in mind\"").replacing(
          ">Days in hand<", with: ">Days in mind<")
      }?
      .code == "restriction-policy.unknown-input")
    for days in ["0", "91", "1.5", "null", "Overdue amount"] {
      let fault = error {
        $0.replacing(
          "<text>30</text>\n    </literalExpression>", with: "<text>\(days)</text>\n    </literalExpression>")
      }
      #expect(fault != nil && fault?.code != "restriction-policy.unknown-input", "\(days)")
      if days == "0" { #expect(fault == .approvalDays("0")) }
    }
    #expect(
      error { $0.replacing("<text>D-WARNING</text>", with: "<text></text>") }?.code
        == "restriction-policy.no-reason")
    #expect(
      error {
        $0.replacing(
          "<decisionTable id=\"decision_ladder_step_table\" hitPolicy=\"FIRST\"",
          with: "<decisionTable id=\"decision_ladder_step_table\" hitPolicy=\"ANY\"")
      } == .hitPolicy("Ladder step", wanted: "FIRST"))
  }
}
