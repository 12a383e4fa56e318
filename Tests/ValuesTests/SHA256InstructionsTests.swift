import SHA256Instructions
import TestSupport
import Testing

@testable import Values

/// The instructions of the processor give the digests that the words give.
///
/// What other tests of this process hash meanwhile is hashed in one way or the other, which must not matter.
@Suite(.serialized) struct SHA256InstructionsTests {
  private func digests(_ messages: [[UInt8]]) -> [Digest] { messages.map { SHA256.hash($0) } }

  @Test func theDigestsAreTheSame() throws {
    defer { SHA256Acceleration.use(nil) }
    var random = SeededGenerator(seed: 11)
    let messages = (0..<600).map { length in
      (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
    SHA256Acceleration.use(nil)
    #expect(SHA256Acceleration.compress == nil)
    let plain = digests(messages)
    let isUsed = SHA256Instructions.use()
    #expect(isUsed == SHA256Acceleration.isSupported)
    #expect((SHA256Acceleration.compress != nil) == isUsed)
    #expect(digests(messages) == plain)
    #expect(
      SHA256.hash("abc").hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    // Digests of single messages are pieced together as well.
    var hash = SHA256()
    for message in messages { hash.update(message) }
    let pieced = hash.finish()
    SHA256Acceleration.use(nil)
    #expect(SHA256.hash(Array(messages.joined())) == pieced)
  }

  /// The compression alone, against the one in words, from any state.
  @Test func everyStateIsCompressedAlike() {
    defer { SHA256Acceleration.use(nil) }
    guard SHA256Acceleration.isSupported else { return }
    var random = SeededGenerator(seed: 12)
    for _ in 0..<200 {
      let blocks = (0..<3 * 64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var (one, other) = (SHA256State(), SHA256State())
      for count in [1, 2, 3] {
        blocks.withUnsafeBytes { bytes in
          guard let base = bytes.baseAddress else { return }
          SHA256Acceleration.use(nil)
          one.compress(base, blocks: count)
          SHA256Instructions.use()
          other.compress(base, blocks: count)
        }
        #expect(one.digest == other.digest)
      }
    }
  }
}
