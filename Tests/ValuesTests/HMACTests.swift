import Testing
import Values

@Suite struct HMACTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
  private static func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] {
    Array(repeating: byte, count: count)
  }

  /// RFC 4231 sections 4.2 to 4.8, the HMAC-SHA-256 of each test case.
  @Test(arguments: [
    (
      repeated(0x0B, 20), bytes("Hi There"),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      bytes("Jefe"), bytes("what do ya want for nothing?"),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      repeated(0xAA, 20), repeated(0xDD, 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), repeated(0xCD, 50), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      repeated(0xAA, 131), bytes("Test Using Larger Than Block-Size Key - Hash Key First"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      repeated(0xAA, 131),
      bytes(
        "This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm."),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ])
  func knownMessages(key: [UInt8], message: [UInt8], code: String) {
    #expect(HMAC.sha256(message, key: key).hexadecimal == code)
  }

  /// RFC 4231 section 4.6 gives the first 128 bits alone.
  @Test func aCodeCutShort() {
    let code = HMAC.sha256(Self.bytes("Test With Truncation"), key: Self.repeated(0x0C, 20))
    #expect(code.hexadecimal.prefix(32) == "a3b6167473100ee06e0c796c2955552b")
  }

  /// Lengths of keys around those of a block; the codes are those of Python's `hmac`.
  @Test(arguments: [
    (0, "2b523b6d2400b80744d07bd75d51426ec8a17bcf8c57e87eab67b1dd8af27a19"),
    (63, "dbac46a6c830baaf271d177153597cd6ad592939d33cdba7451f7c49d9c26a57"),
    (64, "de5a99c04cf8a053cfa08b8ad6447e1215d993d7c959c0f185be00695e50d135"),
    (65, "030814df0ca561a32d692a9d3c418052648a63aa86bcbc35d50f5314e74024e2"),
  ])
  func keysAroundABlock(count: Int, code: String) {
    #expect(
      HMAC.sha256(Self.bytes("bonitas"), key: (0..<count).map { UInt8($0) }).hexadecimal == code)
  }
}
