import Dispatch
import Formats
import Foundation
import HTTPClient
import HTTPServer
import RegisterSimulator
import TestSupport
import Testing

/// The collection that integration developers replay, against the simulator with the data beside it.
@Suite struct RequestsTests {
  private static let folder = Repository.root.appending(path: "sample-data/registers").path

  /// A simulator of the sample data that stops with the last use.
  private final class Stage: Sendable {
    let simulator: RegisterSimulator
    let url: String
    let client = HTTPClient()

    init() throws {
      simulator = RegisterSimulator(
        try RegisterScripts(folder: folder), address: .tcp(host: "127.0.0.1", port: 0),
        clocks: HTTPClocks(
          monotonicNanoseconds: { DispatchTime.now().uptimeNanoseconds }, unixSeconds: { 1_800_000_000 }))
      try simulator.start()
      url = "http://\(simulator.address.map { "\($0)" } ?? "nowhere")"
    }

    deinit { simulator.stop() }

    func send(
      _ request: ClientRequest, within milliseconds: Int
    ) async -> Result<ClientResponse, ClientError> {
      await withCheckedContinuation { continuation in
        client.send(request, until: .now.adding(milliseconds: milliseconds)) {
          continuation.resume(returning: $0)
        }
      }
    }
  }

  @Test func everyRequestIsAnsweredAsTheCollectionSays() async throws {
    let stage = try Stage()
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/requests.json")))
    let requests = try #require(try JSONReader.parse(bytes)["requests"]?.arrayValue)
    #expect(requests.count > 40)
    for request in requests { try await replay(request, stage) }
  }

  private func replay(_ json: JSONValue, _ stage: Stage) async throws {
    let name = json["name"]?.stringValue ?? "?"
    let expected = try #require(json["expect"], "\(name)")
    let silent = expected["silentMilliseconds"]?.integerValue
    let began = MonotonicTime.now
    let result = await stage.send(
      ClientRequest(
        method: json["method"]?.stringValue == "GET" ? .get : .post,
        url: stage.url + (json["path"]?.stringValue ?? "/"),
        fields: ["Content-Type": json["contentType"]?.stringValue ?? "application/json"],
        body: json["sendText"]?.stringValue.map { Array($0.utf8) } ?? json["send"]?.canonicalBytes ?? [],
        responseByteLimit: 8 << 20), within: silent ?? 10_000)
    guard silent == nil else {
      #expect(throws: ClientError.deadline, "\(name)") { try result.get() }
      return
    }
    guard case .success(let response) = result else {
      Issue.record("\(name): \(result)")
      return
    }
    #expect(response.status == expected["status"]?.integerValue, "\(name)")
    #expect(response["Retry-After"] == expected["retryAfter"]?.stringValue, "\(name)")
    if let text = expected["text"]?.stringValue {
      #expect(String(decoding: response.body, as: UTF8.self) == text, "\(name)")
    }
    if let count = expected["bytes"]?.integerValue { #expect(response.body.count == count, "\(name)") }
    if let json = expected["json"] { #expect(try JSONReader.parse(response.body) == json, "\(name)") }
    if let code = expected["code"]?.stringValue {
      #expect(try JSONReader.parse(response.body)["code"]?.stringValue == code, "\(name)")
    }
    if let least = expected["notBeforeMilliseconds"]?.integerValue {
      #expect(began.milliseconds(until: .now) >= least, "\(name)")
    }
  }

  @Test func tellsWhatThereIs() async throws {
    let stage = try Stage()
    let response = try await stage.send(ClientRequest(url: stage.url + "/"), within: 10_000).get()
    #expect(response.status == 200)
    let registers = try #require(try JSONReader.parse(response.body)["registers"]?.objectValue)
    #expect(registers.keys.sorted() == ["arrears-register", "public-register"])
    #expect(registers["arrears-register"]?.arrayValue?.contains { $0["code"] == "18001109001" } == true)
    let wrong = try await stage.send(
      ClientRequest(method: .post, url: stage.url + "/", body: [0x7B, 0x7D]), within: 10_000
    ).get()
    #expect((wrong.status, wrong["Allow"]) == (405, "GET, HEAD"))
  }
}
