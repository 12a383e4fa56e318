import Values

extension BenchmarkSuite {
  /// Civil dates: parsing, writing, arithmetic.
  static let dates = BenchmarkSuite(name: "dates", summary: "civil dates and durations") { benchmark in
    let days = (0..<1024).map { CivilDate(dayNumber: 10_000 + $0 * 11) }
    let texts = days.flatMap { Array($0.description.utf8) }
    texts.withUnsafeBufferPointer { buffer in
      benchmark.measure("parse date UTF-8", iterations: 1_000_000) { count in
        var sum = 0
        for i in 0..<count {
          let start = (i & 1023) * 10
          sum &+= CivilDate(utf8: UnsafeBufferPointer(rebasing: buffer[start..<start + 10]))?.day ?? 0
        }
        return sum
      }
    }
    benchmark.measure("write date", iterations: 500_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= days[i & 1023].description.utf8.count }
      return sum
    }
    benchmark.measure("date from day number", iterations: 2_000_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= CivilDate(dayNumber: i).day }
      return sum
    }
    benchmark.measure("day number of date", iterations: 2_000_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= days[i & 1023].dayNumber }
      return sum
    }
    benchmark.measure("add months", iterations: 2_000_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= days[i & 1023].adding(months: i & 63)?.day ?? 0 }
      return sum
    }
    let instants = days.map { Instant(microseconds: $0.dayNumber * 86_400_000_000 + 12_345_678) }
    benchmark.measure("write instant", iterations: 500_000) { count in
      var sum = 0
      for i in 0..<count { sum &+= instants[i & 1023].description.utf8.count }
      return sum
    }
  }
}
