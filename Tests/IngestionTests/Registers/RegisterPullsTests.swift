import Dispatch
import FactStore
import Facts
import Formats
import Foundation
import HTTPClient
import HTTPServer
import Ingestion
import RegisterSimulator
import Synchronization
import TestSupport
import Testing

/// Pulls over the wire from the simulated registers.
@Suite struct RegisterPullsTests {
  private static let folder = Repository.root.appending(path: "sample-data/registers").path

  /// The simulator with the sample data, and clients of the declared sources.
  private final class Stage: Sendable {
    let simulator: RegisterSimulator
    let client = HTTPClient()
    let pulls: RegisterPulls

    /// `change` edits the text of the declaration.
    init(_ change: (String) -> String = { $0 }) throws {
      simulator = RegisterSimulator(
        try RegisterScripts(folder: folder), address: .tcp(host: "127.0.0.1", port: 0),
        clocks: HTTPClocks(
          monotonicNanoseconds: { DispatchTime.now().uptimeNanoseconds }, unixSeconds: { 1_800_000_000 }))
      try simulator.start()
      let address = simulator.address.map { "\($0)" } ?? "nowhere"
      let text = try String(contentsOfFile: folder + "/sources.json", encoding: .utf8)
        .replacing("127.0.0.1:8790", with: address)
      let client = client
      pulls = try RegisterPulls(
        try RegisterSources(Array(change(text).utf8), file: "sources.json"),
        transport: { client.send($0, until: $1, completion: $2) }, credential: { _ in nil },
        chance: { $0.lowerBound })
    }

    deinit { simulator.stop() }

    func pull(
      _ scheme: String, _ code: String, from names: [String], within milliseconds: Int
    ) async throws -> [PullResult] {
      let scheme = try #require(IdentifierScheme(rawValue: scheme))
      let subject = RegisterSubject(try Identifier(scheme: scheme, code: code))
      return await withCheckedContinuation { continuation in
        pulls.pullAll(
          names.compactMap { pulls.sources[$0] }, about: subject,
          until: .now.adding(milliseconds: milliseconds)
        ) { continuation.resume(returning: $0) }
      }
    }
  }

  private static let both = ["public-register", "arrears-register"]
  private static func neverOpens(_ text: String) -> String {
    text.replacing("\"failures\": 5", with: "\"failures\": 1000")
      .replacing("\"concurrency\": 8", with: "\"concurrency\": 64")
  }

  /// What `requests.json` says a pull makes of each subject.
  @Test func theWholeCastIsPulledAsDocumented() async throws {
    let stage = try Stage(Self.neverOpens)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/requests.json")))
    let expected = try #require(try JSONReader.parse(bytes)["pulls"]?.arrayValue)
    #expect(expected.count > 30)
    // Side by side, as the silent ones take all the time that they are given.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for one in expected {
        group.addTask {
          let name = one["name"]?.stringValue ?? "?"
          let source = try #require(one["source"]?.stringValue, "\(name)")
          let results = try await stage.pull(
            try #require(one["scheme"]?.stringValue), try #require(one["code"]?.stringValue), from: [source],
            within: one["cause"] == "deadline" ? 300 : 10_000)
          let result = try #require(results.first, "\(name)")
          #expect(result.state.rawValue == one["state"]?.stringValue, "\(name)")
          #expect(result.cause?.stored == one["cause"]?.stringValue, "\(name)")
          #expect(result.facts.count == one["entries"]?.integerValue, "\(name)")
          #expect(result.disputed.count == one["disputed"]?.integerValue, "\(name)")
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func registersAreAskedSideBySideAndReportTogether() async throws {
    let stage = try Stage()
    // The slow one takes 0.4 seconds; the arrears register knows nothing of the person and answers at once.
    let results = try await stage.pull("LV-PERSONAL", "05054409040", from: Self.both, within: 10_000)
    #expect(results.map(\.source.name) == Self.both)
    #expect(results.map(\.state) == [.absent, .absent])
    // Silent in both: as long as one alone.
    let began = MonotonicTime.now
    let silent = try await stage.pull("LV-PERSONAL", "10104909091", from: Self.both, within: 150)
    #expect(silent.map(\.state) == [.unavailable, .unavailable])
    #expect(silent.map { $0.cause?.code } == ["deadline", "deadline"])
    #expect(began.milliseconds(until: .now) < 5_000)
  }

  @Test func oneThatIsSilentDoesNotKeepTheOthersAnswerBack() async throws {
    let stage = try Stage { text in
      text.replacing("\"timeoutMilliseconds\": 1000", with: "\"timeoutMilliseconds\": 100")
    }
    let results = try await stage.pull("LV-PERSONAL", "10104909091", from: Self.both, within: 10_000)
    #expect(results.map { $0.cause?.code } == ["timeout", "timeout"])
  }

  @Test func whoIsNotServedIsNotAskedAbout() async throws {
    let stage = try Stage()
    let company = try await stage.pull("LV-REGISTRATION", "70000000167", from: Self.both, within: 10_000)
    #expect(company.map(\.source.name) == ["public-register"])
    #expect(
      try await stage.pull("LV-REGISTRATION", "70000000167", from: ["arrears-register"], within: 10).isEmpty)
  }

  @Test func anOpenBreakerIsSeenAndSparesTheRegister() async throws {
    let stage = try Stage {
      $0.replacing("\"openMilliseconds\": 5000", with: "\"openMilliseconds\": 3600000")
    }
    var states: [String] = []
    for _ in 0..<4 {
      let results = try await stage.pull(
        "LV-PERSONAL", "06064509058", from: ["public-register"], within: 10_000)
      states += results.compactMap { $0.cause?.code }
    }
    // Two tries a pull: the fifth failure opens it, and the sixth try is not made.
    #expect(states == ["status-503", "status-503", "breaker-open", "breaker-open"])
    let figures = try #require(stage.pulls.figures.first)
    #expect(figures.source == "public-register")
    #expect(figures.calls.breaker == .open)
    #expect(figures.calls.tries == 5)
    #expect(figures.pulls == [.unavailable: 4])
    #expect(stage.pulls.figures.last?.calls.breaker == .closed, "each source has its own")
  }

  @Test func aBreakerClosesWhenTheRegisterRecovers() async throws {
    let stage = try Stage {
      $0.replacing("\"openMilliseconds\": 5000", with: "\"openMilliseconds\": 100")
        .replacing("\"failures\": 5", with: "\"failures\": 1").replacing("\"tries\": 2", with: "\"tries\": 1")
    }
    // Fails the first time, answers the second.
    let first = try await stage.pull("LV-PERSONAL", "09094809080", from: ["public-register"], within: 10_000)
    #expect(first.first?.cause?.code == "status-503")
    try await Task.sleep(for: .milliseconds(150))
    let second = try await stage.pull("LV-PERSONAL", "09094809080", from: ["public-register"], within: 10_000)
    #expect(second.first?.state == .absent)
    #expect(stage.pulls.figures.first?.calls.breaker == .closed)
  }

  @Test func nobodyListensAtTheAddress() async throws {
    let stage = try Stage()
    stage.simulator.stop()
    let results = try await stage.pull("LV-PERSONAL", "12068402101", from: Self.both, within: 10_000)
    #expect(results.map(\.cause?.code) == ["cannot-connect", "cannot-connect"])
    #expect(results.map(\.tries) == [2, 2])
  }

  @Test func aTransportThatForgetsTheCallerCannotHoldHim() async throws {
    let stage = try Stage()
    let forgetful = try RegisterPulls(
      stage.pulls.sources, transport: { _, _, _ in }, credential: { _ in nil }, chance: { $0.lowerBound })
    let subject = RegisterSubject(try Identifier(scheme: .latvianPersonal, code: "12068402101"))
    let results = await withCheckedContinuation { continuation in
      forgetful.pullAll(forgetful.sources.sources, about: subject, until: .now.adding(milliseconds: 30)) {
        continuation.resume(returning: $0)
      }
    }
    #expect(results.map { $0.cause?.code } == ["deadline", "deadline"])
  }
}
