import TestSupport
import Testing

@testable import AuditLog

/// The set of ranges against a set of numbers.
@Suite struct NumberSetTests {
  @Test func isASet() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var ranges = NumberSet()
      var naive: Set<Int> = []
      for _ in 0..<40 {
        let first = Int.random(in: -30...30, using: &random)
        let range = first...(first + Int.random(in: 0...3, using: &random))
        ranges.insert(range)
        naive.formUnion(range)
      }
      #expect((-40...40).allSatisfy { ranges.contains($0) == naive.contains($0) })
      #expect(zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound })
    }
  }

  @Test func reachesTheEnds() {
    var numbers = NumberSet()
    numbers.insert(Int.max)
    numbers.insert(Int.min)
    numbers.insert(Int.max)
    numbers.insert(Int.min)
    #expect(numbers.ranges == [Int.min...Int.min, Int.max...Int.max])
    #expect(!numbers.contains(0))
  }
}
