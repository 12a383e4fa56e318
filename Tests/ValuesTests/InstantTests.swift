import TestSupport
import Testing
import Values

@Suite struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z", 0),
    ("2026-05-14T08:30:00.000001Z", "2026-05-14T08:30:00.000001Z", 1_778_747_400_000_001),
    ("2026-05-14T11:30:00+03:00", "2026-05-14T08:30:00.000000Z", 1_778_747_400_000_000),
    ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000Z", -500_000),
    ("2026-05-14T00:30:00.123456000+01:00", "2026-05-13T23:30:00.123456Z", 1_778_715_000_123_456),
  ])
  func readsAndWrites(text: String, canonical: String, microseconds: Int) {
    let instant = Instant(text)
    #expect(instant?.microseconds == microseconds)
    #expect(instant?.description == canonical)
    #expect(Instant(canonical) == instant)
  }

  @Test(arguments: [
    "", "2026-05-14", "2026-05-14T08:30:00", "2026-05-14T08:30:00.0000001Z",
    "2026-05-14T08:30:00@Europe/Riga",
    "2026-05-14 08:30:00Z", "2026-05-14T24:00:00Z", "2026-05-14T08:30:60Z", "999999999-12-31T00:00:00Z",
    "-999999999-12-31T00:00:00Z",
  ])
  func refusesEverythingElse(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func extremesAreWrittenAndReadBack() {
    for microseconds in [Int.min, Int.min + 1, -1, 1, Int.max] {
      let instant = Instant(microseconds: microseconds)
      #expect(Instant(instant.dateTime) == instant)
      #expect(instant.description.hasSuffix("Z"))
    }
    #expect(Instant(microseconds: Int.max).adding(microseconds: 1) == nil)
    #expect(Instant(microseconds: -1).date.description == "1969-12-31")
    #expect(Instant(microseconds: -1) < Instant(microseconds: 0))
  }

  @Test func everyMomentIsReadBackAsWritten() {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<2000 {
      let instant = Instant(
        microseconds: Int.random(in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &random))
      #expect(Instant(instant.description) == instant)
      #expect(Instant(instant.dateTime) == instant)
      #expect(instant.dateTime.date == instant.date)
    }
  }
}
