import Testing

@testable import HTTPServer

@Suite struct FieldLineTests {
  /// Every byte at every place of values of up to 20 bytes: they are looked at eight at a time.
  @Test func everyByteOfAValueIsLookedAt() {
    for byte in UInt8.min...UInt8.max {
      for length in 1...20 {
        for place in 0..<length {
          var value = [UInt8](repeating: UInt8(ascii: "v"), count: length)
          value[place] = byte
          let line = Array("name:".utf8) + value
          let isAllowed = byte == 9 || (byte >= 0x20 && byte != 0x7F)
          #expect(((try? FieldLine(line.span)) != nil) == isAllowed, "\(byte) at \(place) of \(length)")
        }
      }
    }
  }
}
