import Formats
import Testing

@testable import Safeguards

/// What the operator reads.
@Suite struct SentenceTests {
  private func report(_ name: String) throws -> SafeguardReport {
    let one = try #require(LawCase.all().first { $0.name == name })
    return try one.report(try ShippedLaw.safeguards(one.switches))
  }

  @Test func `clocks tell their arithmetic`() throws {
    let clocks = try report("by post").clocks.map(\.sentence)
    #expect(clocks.contains("LV-E-1: 20 calendar days after 2026-01-30 (sending of W): from 2026-02-19."))
    #expect(clocks.contains("LV-E-1: 10 calendar days after 2026-01-20 (due date of I1): from 2026-01-30."))
    #expect(
      clocks.contains(
        "LV-D-4: 21 calendar days after 2026-02-06 (receipt of D), the last of which is still in time: from 2026-02-28."
      ))
    let heating = try report("electrically heated home").clocks.map(\.sentence)
    #expect(
      heating.contains(
        "EE-E-5: 90 calendar days after 2026-11-10 (sending of W), the last of which is still in time: "
          + "from 2027-02-09. It binds 10-01 to 04-30 alone."))
    #expect(
      try report("no warning").clocks.map(\.sentence)
        .contains("LV-E-1: waits for the sending, which is not proven."))
  }

  @Test func `verdicts, bars and refusals are told`() throws {
    #expect(try report("by post").sentence == "disconnectionRequest for K1 is lawful on 2026-02-28.")
    #expect(
      try report("by post, a day early").sentence
        == "disconnectionRequest for K1 is not lawful on 2026-02-27: the earliest lawful day is 2026-02-28.")
    #expect(
      try report("heated home, the season has begun meanwhile").sentence
        == "disconnectionRequest for K1 is not lawful on 2026-10-01: a clock of the season runs.")
    let held = try report("a hold")
    #expect(held.standing.map(\.sentence) == ["R2: somebody placed a hold (X)."])
    #expect(
      try report("warning not proven").refused.map(\.sentence)
        == ["W counts for nothing for I1: nothing proves that it came."])
  }

  @Test func `every code has words of its own`() {
    let words = BarCode.allCases.map(\.words)
    #expect(Set(words).count == words.count)
    let refusals = NoticeRefusal.allCases.map(\.words)
    #expect(Set(refusals).count == refusals.count)
    let rejections = CertificateRejection.Reason.allCases.map {
      CertificateRejection(reason: $0, place: "/x", detail: "y").sentence
    }
    #expect(Set(rejections).count == rejections.count)
    #expect(Set(CertificateRejection.Reason.allCases.map(\.rawValue)).count == rejections.count)
    #expect(Set(NoticeReport.Bar.allCases.map(\.words)).count == NoticeReport.Bar.allCases.count)
    #expect(Set(ReportingReport.Bar.allCases.map(\.words)).count == ReportingReport.Bar.allCases.count)
  }
}
