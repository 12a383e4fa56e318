import Formats
import Foundation
import TestSupport
import Testing
import Values

/// Members written by zlib through Python's `zlib.compressobj`.
@Suite struct GzipTests {
  private func bytes(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map(Array.init) ?? [] }

  private static let stored = "H4sIAAAAAAACAwENAPL/aGVsbG8sIHdvcmxkClN0JPQNAAAA"
  private static let fixed = "H4sIAAAAAAACA8tIzcnJ11HIQKHK84tyUrgAw3CjwhsAAAA="
  private static let dynamic =
    "H4sIAAAAAAACA43Uuw0CQRAEUZ8oJgSmm284a8zpTloB4sYgfEQElF/WU6vn9qg4xnOJEV2fjl5Hx7teNXqPrfeay2H+oiSRSGQSnUh0"
    + "JtGFRFcS3Uh0R5iMHJknQk+knog9kXsi+ETyiegT2QvZi+0d2QvZC9kL2QvZC9kL2QvZG9kb2ZudDbI3sjeyN7I3sjey9z/7Lyp+EHjm"
    + "BQAA"
  private static let twoMembers =
    "H4sIHgAAAAACAwYAQUICAHh5YS50eHQAaG0AWuPLz0vlAgCfqBf4BAAAAB+LCAAAAAAAAgMrKc/nAgB0CBeWBAAAAA=="
  private static let empty = "H4sIAAAAAAACAwMAAAAAAAAAAAA="
  /// 300,000 zero bytes.
  private static let zeros =
    "H4sIAAAAAAACA+3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAA/Bj74rL24JMEAA=="

  @Test func unpacksEveryKindOfBlock() throws {
    #expect(try Gzip.unpack(bytes(Self.stored)) == Array("hello, world\n".utf8))
    #expect(try Gzip.unpack(bytes(Self.fixed)) == Array("hello, hello, hello, world\n".utf8))
    let lines = (0..<40).map { "line \($0) of a text that repeats itself\n" }.joined()
    #expect(try Gzip.unpack(bytes(Self.dynamic)) == Array(lines.utf8))
    #expect(try Gzip.unpack(bytes(Self.twoMembers)) == Array("one\ntwo\n".utf8))
    #expect(try Gzip.unpack(bytes(Self.empty)).isEmpty)
    #expect(try Gzip.unpack(bytes(Self.zeros)) == [UInt8](repeating: 0, count: 300_000))
  }

  @Test func refusesBombs() {
    #expect(throws: GzipError.tooLarge(limit: 1_000)) { try Gzip.unpack(bytes(Self.zeros), limit: 1_000) }
    #expect(throws: Never.self) { try Gzip.unpack(bytes(Self.zeros), limit: 300_000) }
    #expect(throws: GzipError.tooLarge(limit: 299_999)) { try Gzip.unpack(bytes(Self.zeros), limit: 299_999) }
  }

  @Test func everyTruncationIsNoticed() throws {
    for file in [Self.stored, Self.fixed, Self.dynamic, Self.twoMembers] {
      let whole = bytes(file)
      for length in 2..<whole.count {
        // Cut between two members, what is left is a whole file.
        if let unpacked = try? Gzip.unpack(Array(whole[..<length])) {
          #expect(unpacked == Array("one\n".utf8))
        }
      }
    }
    #expect(throws: GzipError.truncated) { try Gzip.unpack([0x1F, 0x8B]) }
    #expect(throws: GzipError.notGzip) { try Gzip.unpack([]) }
    #expect(throws: GzipError.trailingGarbage) { try Gzip.unpack(bytes(Self.stored) + [0, 0]) }
  }

  @Test func noDamageInTheDataGoesUnnoticed() throws {
    let whole = bytes(Self.dynamic)
    let content = try Gzip.unpack(whole)
    for place in 10..<whole.count {
      for bit in 0..<8 {
        var damaged = whole
        damaged[place] ^= 1 << UInt8(bit)
        if let unpacked = try? Gzip.unpack(damaged) { #expect(unpacked == content) }
      }
    }
  }

  @Test func readsTheRealFile() throws {
    guard let shared = Repository.shared else {
      #expect(!Repository.requiresShared)
      print("left out: the shared real data is absent")
      return
    }
    let path = shared.appending(path: "real-data/card-payment-history-tw/clients.csv.gz").path
    let content = try ByteSource(path: path).readAll()
    // sha256sum of what `gunzip` gives.
    #expect(
      SHA256.hash(content).hexadecimal == "3171ef1b5cffafe478db564209b7c3afb6540c57de34e262e9040dae81ef9fd4")
    let reader = CSVReader(try ByteSource(path: path))
    reader.expectedFields = 25
    var rows = 0
    while try reader.step() == .row { rows += 1 }
    #expect(rows == 18_078)
  }
}

@Suite struct ByteSourceTests {
  @Test func tellsWhyAFileCannotBeRead() throws {
    #expect {
      try ByteSource(path: "/nowhere/at/all.csv")
    } throws: { ($0 as? ByteSourceError)?.reason == .notFound }
    #expect {
      try ByteSource(path: "/tmp")
    } throws: { ($0 as? ByteSourceError)?.reason == .isDirectory }
  }
}
