import Foundation
import Values

private typealias Decimal = Values.Decimal

/// Our decimal beside Foundation's, on the same texts of amounts, in one run.
private struct Amounts {
  let texts: [String]
  let ours: [Decimal]
  let theirs: [Foundation.Decimal]

  /// 1024 amounts with none, one, two or three decimals, every fourth one negative.
  init() {
    var texts: [String] = []
    var seed: UInt64 = 0x2545_F491_4F6C_DD1D
    for place in 0..<1024 {
      seed ^= seed << 13
      seed ^= seed >> 7
      seed ^= seed << 17
      let whole = seed % 1_000_000
      let fraction = seed >> 32
      let sign = place % 4 == 3 ? "-" : ""
      switch place % 8 {
      case 0: texts.append("\(sign)\(whole)")
      case 1: texts.append("\(sign)\(whole).\(fraction % 10)")
      case 2: texts.append("\(sign)\(whole).\(100 + fraction % 900)")
      default: texts.append("\(sign)\(whole).\(10 + fraction % 90)")
      }
    }
    self.texts = texts
    ours = texts.map { Decimal($0) ?? Decimal.zero }
    theirs = texts.map { Foundation.Decimal(string: $0) ?? Foundation.Decimal.zero }
  }
}

extension BenchmarkSuite {
  /// Decimal arithmetic, parsing and writing.
  static let decimal = BenchmarkSuite(
    name: "decimal", summary: "Values.Decimal (baseline: Foundation.Decimal), 1024 mixed amounts"
  ) { benchmark in
    let amounts = Amounts()
    arithmetic(benchmark, amounts)
    texts(benchmark, amounts)
    functions(benchmark, amounts)
  }

  private static func arithmetic(_ benchmark: Benchmark, _ amounts: Amounts) {
    let ours = amounts.ours
    let theirs = amounts.theirs
    benchmark.compare(
      "add", iterations: 2_000_000,
      { count in
        var sum = Decimal.zero
        for i in 0..<count { sum = sum + ours[i & 1023] }
        return sum.sign
      }, baselineIterations: 50_000,
      baseline: { count in
        var sum = Foundation.Decimal.zero
        for i in 0..<count { sum = sum + theirs[i & 1023] }
        return sum.isZero ? 0 : 1
      })
    benchmark.compare(
      "multiply", iterations: 2_000_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= (ours[i & 1023] * ours[(i + 1) & 1023]).exponent }
        return sum
      }, baselineIterations: 50_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= (theirs[i & 1023] * theirs[(i + 1) & 1023]).exponent }
        return sum
      })
    benchmark.compare(
      "divide", iterations: 500_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= ours[i & 1023].divided(by: ours[(i + 1) & 1023])?.exponent ?? 0 }
        return sum
      }, baselineIterations: 20_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= (theirs[i & 1023] / theirs[(i + 1) & 1023]).exponent }
        return sum
      })
    benchmark.compare(
      "compare <", iterations: 2_000_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= ours[i & 1023] < ours[(i + 1) & 1023] ? 1 : 0 }
        return sum
      }, baselineIterations: 50_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= theirs[i & 1023] < theirs[(i + 1) & 1023] ? 1 : 0 }
        return sum
      })
    benchmark.compare(
      "equal ==", iterations: 2_000_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= ours[i & 1023] == ours[(i + 1) & 1023] ? 1 : 0 }
        return sum
      }, baselineIterations: 50_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= theirs[i & 1023] == theirs[(i + 1) & 1023] ? 1 : 0 }
        return sum
      })
    benchmark.compare(
      "hash", iterations: 500_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= ours[i & 1023].hashValue & 15 }
        return sum
      }, baselineIterations: 50_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= theirs[i & 1023].hashValue & 15 }
        return sum
      })
  }

  private static func texts(_ benchmark: Benchmark, _ amounts: Amounts) {
    benchmark.compare(
      "parse String", iterations: 1_000_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= Decimal(amounts.texts[i & 1023])?.exponent ?? 0 }
        return sum
      }, baselineIterations: 50_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= Foundation.Decimal(string: amounts.texts[i & 1023])?.exponent ?? 0 }
        return sum
      })
    // One buffer with the texts one after another, as a reader of files has it.
    let bytes = amounts.texts.flatMap { Array($0.utf8) }
    var ranges: [Range<Int>] = []
    for text in amounts.texts {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + text.utf8.count)
    }
    bytes.withUnsafeBufferPointer { buffer in
      benchmark.measure("parse UTF-8", iterations: 1_000_000) { count in
        var sum = 0
        for i in 0..<count {
          sum &+= Decimal(utf8: UnsafeBufferPointer(rebasing: buffer[ranges[i & 1023]]))?.exponent ?? 0
        }
        return sum
      }
    }
    benchmark.compare(
      "description", iterations: 500_000,
      { count in
        var sum = 0
        for i in 0..<count { sum &+= amounts.ours[i & 1023].description.utf8.count }
        return sum
      }, baselineIterations: 20_000,
      baseline: { count in
        var sum = 0
        for i in 0..<count { sum &+= amounts.theirs[i & 1023].description.utf8.count }
        return sum
      })
    benchmark.measure("write UTF-8", iterations: 500_000) { count in
      var buffer: [UInt8] = []
      buffer.reserveCapacity(1 << 16)
      var sum = 0
      for i in 0..<count {
        amounts.ours[i & 1023].write(to: &buffer)
        if buffer.count > 60_000 {
          sum &+= buffer.count
          buffer.removeAll(keepingCapacity: true)
        }
      }
      return sum
    }
    benchmark.measure("text(fractionDigits: 2)", iterations: 500_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= amounts.ours[i & 1023].text(fractionDigits: 2).utf8.count }
      return sum
    }
  }

  private static func functions(_ benchmark: Benchmark, _ amounts: Amounts) {
    benchmark.measure("rounded(scale: 1, .halfUp)", iterations: 1_000_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= amounts.ours[i & 1023].rounded(scale: 1, .halfUp)?.exponent ?? 0 }
      return sum
    }
    let wide = amounts.ours.map { $0.magnitude.squareRoot() ?? Decimal.one }
    benchmark.measure("add, 34 digits", iterations: 200_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= (wide[i & 1023] + wide[(i + 1) & 1023]).exponent }
      return sum
    }
    benchmark.measure("multiply, 34 digits", iterations: 200_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= (wide[i & 1023] * wide[(i + 1) & 1023]).exponent }
      return sum
    }
    benchmark.measure("squareRoot", iterations: 50_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= amounts.ours[i & 1023].magnitude.squareRoot()?.exponent ?? 0 }
      return sum
    }
    let exponents = (0..<1024).map { (Decimal($0 - 512)).divided(by: 97) ?? Decimal.zero }
    benchmark.measure("exponential", iterations: 10_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= exponents[i & 1023].exponential()?.exponent ?? 0 }
      return sum
    }
    benchmark.measure("naturalLogarithm", iterations: 10_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= amounts.ours[i & 1023].magnitude.naturalLogarithm()?.exponent ?? 0 }
      return sum
    }
  }
}
