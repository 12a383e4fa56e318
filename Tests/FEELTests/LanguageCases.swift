import FEEL
import Foundation
import Testing

/// The tables of `Cases`: an expression and the value it has, whatever evaluates it.
@Suite struct LanguageCases {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let line: Int
    let expression: String
    let expected: String
    var testDescription: String { "\(file):\(line) \(expression)" }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static func cases(_ file: String) -> [Case] {
    guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { return [] }
    var result: [Case] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#"), let arrow = line.range(of: " => ", options: .backwards)
      else {
        continue
      }
      result.append(
        Case(
          file: file, line: number + 1, expression: String(line[..<arrow.lowerBound]),
          expected: String(line[arrow.upperBound...])))
    }
    return result
  }

  @Test func language() { check("language.txt", atLeast: 100) }

  func check(_ file: String, atLeast count: Int) {
    let cases = Self.cases(file)
    #expect(cases.count >= count, "the table \(file) is there")
    for each in cases {
      let compiled = FEEL.compile(expression: each.expression, in: Scope())
      var evaluation = Evaluation()
      let value = compiled.evaluate(Frame(count: compiled.slotCount), &evaluation)
      #expect(value.description == each.expected, "\(each.testDescription): \(compiled.findings)")
    }
  }
}
