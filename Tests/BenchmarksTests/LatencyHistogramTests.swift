import SyntheticPortfolio
import Testing

@testable import Benchmarks

@Suite struct LatencyHistogramTests {
  @Test func quantilesAreNearThoseOfTheSortedValues() {
    var random = SplitMix64(seed: 1)
    for bits in [3, 7, 8, 20, 40, 62] {
      var histogram = LatencyHistogram()
      var values: [Int] = []
      for _ in 0..<1000 {
        let value = Int.random(in: 0..<(1 << bits), using: &random)
        values.append(value)
        histogram.record(value)
      }
      values.sort()
      for share in [0.001, 0.5, 0.9, 0.99, 0.999, 1] {
        let exact = values[max(1, Int((share * 1000).rounded(.up))) - 1]
        let found = histogram.quantile(share)
        #expect(found >= exact)
        #expect(found - exact <= exact / 128, "\(share) of values of \(bits) bits")
      }
      #expect(histogram.greatest == values.last)
    }
  }

  @Test func extremesAreTaken() {
    var histogram = LatencyHistogram()
    #expect(histogram.quantile(0.5) == 0)
    for value in [Int.min, -1, 0, Int.max] { histogram.record(value) }
    #expect(histogram.count == 4)
    #expect(histogram.quantile(0.75) == 0)
    #expect(histogram.quantile(1) == Int.max)
  }
}
