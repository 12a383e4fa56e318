import TestSupport
import Testing
import Values

@Suite struct SHA256Tests {
  /// FIPS 180-4 examples and short messages of NIST's CAVP (byte-oriented, SHA256ShortMsg).
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
    ("11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
    ("b4190e", "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2"),
    ("74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e"),
    ("c299209682", "f0887fe961c9cd3beab957e8222494abb969b1ce4c6557976df8b0f6d20e9166"),
  ])
  func knownMessages(message: String, digest: String) {
    let hash = SHA256.hash(bytes(message))
    #expect(hash.hexadecimal == digest)
    #expect(Digest(hexadecimal: digest) == hash)
    #expect(Digest(hexadecimal: digest.uppercased()) == hash)
    #expect(Digest(bytes: hash.bytes) == hash)
  }

  private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
  }

  @Test func twoBlocks() {
    #expect(
      SHA256.hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hexadecimal
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test func aMillionTimesTheLetterA() {
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hash([UInt8](repeating: 0x61, count: 1_000_000)).hexadecimal == expected)
    var pieces = SHA256()
    let piece = [UInt8](repeating: 0x61, count: 1000)
    for _ in 0..<1000 { pieces.update(piece) }
    #expect(pieces.finish().hexadecimal == expected)
  }

  /// The digests of 0, 1, 2 … 200 bytes, each hashed into one digest, as Python's hashlib gives it.
  @Test func everyLengthAroundTheBlockSize() {
    var all = SHA256()
    for length in 0...200 { all.update(SHA256.hash((0..<length).map { UInt8($0) }).hexadecimal) }
    #expect(all.finish().hexadecimal == "b367ea311264aae50e6260b96a10761169ce3eec5d5f8f2258351f82c7252776")
  }

  @Test func piecesOfAnySizeGiveTheSameDigest() {
    var random = SeededGenerator(seed: 6)
    let message = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let whole = SHA256.hash(message)
    for _ in 0..<50 {
      var hash = SHA256()
      var start = 0
      while start < message.count {
        let end = min(message.count, start + Int.random(in: 0...150, using: &random))
        hash.update(Array(message[start..<end]))
        start = end
      }
      // A copy goes its own way.
      var other = hash
      other.update("x")
      #expect(hash.finish() == whole)
      #expect(other.finish() != whole)
    }
  }

  @Test func digestsAreOrderedLikeTheirText() {
    let digests = (0..<50).map { SHA256.hash("\($0)") }
    #expect(digests.sorted().map(\.hexadecimal) == digests.map(\.hexadecimal).sorted())
    #expect(
      digests.sorted().map(\.bytes.first) == digests.map(\.bytes.first).sorted { ($0 ?? 0) < ($1 ?? 0) })
  }

  @Test func wordsDigitsAndAppendedBytesAreThoseOfTheDigest() {
    let digest = SHA256.hash("abc")
    var bytes: [UInt8] = [7]
    digest.append(to: &bytes)
    #expect(bytes == [7] + digest.bytes)
    let words = (0..<4).flatMap { place in withUnsafeBytes(of: digest.word(place).bigEndian) { Array($0) } }
    #expect(words == digest.bytes)
    #expect(digest.withHexadecimal { Array($0) } == Array(digest.hexadecimal.utf8))
  }

  @Test func refusesWhatIsNoDigest() {
    let good = SHA256.hash("").hexadecimal
    #expect(Digest(hexadecimal: "") == nil)
    #expect(Digest(hexadecimal: good.dropLast()) == nil)
    #expect(Digest(hexadecimal: good + "0") == nil)
    #expect(Digest(hexadecimal: good.dropLast() + "g") == nil)
    #expect(Digest(hexadecimal: good.dropLast() + "é") == nil)
    #expect(Digest(bytes: [1, 2, 3]) == nil)
  }
}
