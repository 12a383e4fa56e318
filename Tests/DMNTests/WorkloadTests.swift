import DMN
import FEEL
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// The benchmark's model answers what every engine measured on it answers.
@Suite struct WorkloadTests {
  @Test func theExpectedAnswersComeOut() throws {
    guard let shared = Repository.shared else {
      #expect(!Repository.requiresShared, "the workload is not there")
      return
    }
    let folder = shared.appending(path: "bench/workload")
    let model = try DecisionModel(path: folder.appending(path: "utility-scorecard.dmn").path)
    #expect(model.findings == [])
    let decisions = ["score", "rating", "restriction"].compactMap { model.decision(named: $0) }
    let plan = model.plan(for: decisions)
    let cases = try rows(folder.appending(path: "customers-2000.csv"))
    let answers = try rows(folder.appending(path: "expected-2000.csv"))
    let slots = try cases[0].map { try #require(model.inputSlot(named: $0)) }
    var wrong = 0
    for (row, answer) in zip(cases.dropFirst(), answers.dropFirst()) {
      var inputs = Array(repeating: Value.null, count: model.inputCount)
      for (slot, text) in zip(slots, row) {
        inputs[slot] = Decimal(text).map { .number($0) } ?? .string(text)
      }
      let trace = model.evaluate(plan, inputs: inputs).trace
      let actual = decisions.map { trace.value(of: $0) }
      let isRight =
        actual == [.number(try #require(Decimal(answer[0]))), .string(answer[1]), .string(answer[2])]
        && trace.matchedRules(of: decisions[0])?.count == 12 && trace.warnings.isEmpty
      if !isRight { wrong += 1 }
    }
    #expect(cases.count == 2001)
    #expect(wrong == 0)
  }

  private func rows(_ file: URL) throws -> [[String]] {
    let reader = CSVReader(try ByteSource(path: file.path))
    var rows: [[String]] = []
    while try reader.step() == .row { rows.append(reader.texts) }
    return rows
  }
}
