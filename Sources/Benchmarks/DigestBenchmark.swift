import SHA256Instructions
import Values

extension BenchmarkSuite {
  /// SHA-256 of long and short messages.
  static let digest = BenchmarkSuite(name: "digest", summary: "SHA-256") { benchmark in
    for isAccelerated in [false, true] {
      if isAccelerated { SHA256Instructions.use() } else { SHA256Acceleration.use(nil) }
      for size in [64, 1024, 1 << 20] {
        let message = [UInt8](repeating: 0x61, count: size)
        let name = "\(size) bytes" + (isAccelerated ? "" : ", in words")
        benchmark.measure(name, iterations: max(8, (16 << 20) / size), bytes: size) { count in
          var sum = 0
          for _ in 0..<count { sum &+= SHA256.hash(message) < Digest.zero ? 0 : 1 }
          return sum
        }
      }
    }
    benchmark.measure("8 pieces of 20 bytes", iterations: 200_000, bytes: 160) { count in
      let piece = [UInt8](repeating: 0x61, count: 20)
      var sum = 0
      for _ in 0..<count {
        var hash = SHA256()
        for _ in 0..<8 { hash.update(piece) }
        sum &+= hash.finish() < Digest.zero ? 0 : 1
      }
      return sum
    }
    let digest = SHA256.hash("")
    benchmark.measure("write hexadecimal", iterations: 500_000) { count in
      var sum = 0
      for _ in 0..<count { sum &+= digest.hexadecimal.utf8.count }
      return sum
    }
  }
}
