import Values

extension BenchmarkSuite {
  /// SHA-256 of long and short messages.
  static let digest = BenchmarkSuite(name: "digest", summary: "SHA-256") { benchmark in
    for size in [64, 1024, 1 << 20] {
      let message = [UInt8](repeating: 0x61, count: size)
      benchmark.measure("\(size) bytes", iterations: max(8, (16 << 20) / size), bytes: size) { count in
        var sum = 0
        for _ in 0..<count { sum &+= SHA256.hash(message).bytes.count }
        return sum
      }
    }
  }
}
