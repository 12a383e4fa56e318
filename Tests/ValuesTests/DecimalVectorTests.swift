import Foundation
import TestSupport
import Testing
import Values

private typealias Decimal = Values.Decimal

/// Some two thousand operations with the results of another implementation (Tests/Vectors/make-decimal.py).
@Suite struct DecimalVectorTests {
  @Test func agreesWithTheVectors() throws {
    let file = Repository.root.appending(path: "Tests/Vectors/decimal.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    var count = 0
    for line in lines where !line.hasPrefix("#") {
      let fields = line.split(separator: " ")
      try #require(fields.count == 4, "\(line)")
      let result = try DecimalVectorTests.evaluate(fields)
      let expected = Decimal(fields[3])
      #expect((expected == nil) == (fields[3] == "nil"))
      #expect(result == expected, "\(line)")
      count += 1
    }
    #expect(count > 1500)
  }

  private static func evaluate(_ fields: [Substring]) throws -> Decimal? {
    let operation = fields[0]
    if operation == "parse" { return Decimal(fields[1]) }
    let a = try #require(Decimal(fields[1]))
    if operation.hasPrefix("round:") {
      let mode = try #require(RoundingMode(rawValue: String(operation.dropFirst(6))))
      return a.rounded(scale: try #require(Int(fields[2])), mode)
    }
    switch operation {
    case "exp": return a.exponential()
    case "log": return a.naturalLogarithm()
    case "sqrt": return a.squareRoot()
    default: break
    }
    let b = try #require(Decimal(fields[2]))
    switch operation {
    case "add": return a.adding(b)
    case "subtract": return a.subtracting(b)
    case "multiply": return a.multiplied(by: b)
    case "divide": return a.divided(by: b)
    case "power": return a.power(b)
    case "modulo": return a.floorRemainder(dividingBy: b)
    default:
      Issue.record("no operation \(operation)")
      return nil
    }
  }
}
