import DebtManagement
import Dispatch
import Facts
import Formats
import Foundation
import HTTPClient
import HTTPServer
import Synchronization
import TestSupport
import Testing
import Values

/// Effects that leave to an HTTP endpoint, in good and bad health.
@Suite struct OutboxEndpointTests {
  private let house: OutboxHouse
  private let make: EffectMaker
  private static let key = Array("a shared secret of both sides".utf8)

  init() throws {
    house = try OutboxHouse()
    make = EffectMaker(customer: house.customer)
  }

  private func sender(_ url: String, milliseconds: Int = 10_000) throws -> OutboxSender {
    house.sender(try .endpoint(url, key: Self.key, timeoutMilliseconds: milliseconds, client: HTTPClient()))
  }

  @Test func anEventIsSignedAndNamed() async throws {
    let letter = try make.letter()
    try house.append([letter])
    let seen = Mutex<[String]>([])
    let server = try Endpoint { request, exchange in
      let signature = request.fields["Bonitas-Signature"] ?? ""
      let expected = OutboxDestination.signature(
        Array(request.body), key: Self.key, at: OutboxHouse.monday)
      seen.withLock {
        $0 += [
          request.method.rawValue, request.fields["Content-Type"] ?? "",
          request.fields["Idempotency-Key"] ?? "", signature == expected ? "signed" : signature,
          (try? JSONReader.parse(Array(request.body)))?["id"]?.stringValue ?? "",
        ]
      }
      exchange.respond(HTTPResponse(status: 202))
    }
    #expect(try sender(server.url).run().sent == [letter.id])
    #expect(
      seen.withLock { $0 } == [
        "POST", "application/cloudevents+json; charset=utf-8", letter.id, "signed", letter.id,
      ])
  }

  /// Made with Python's hmac: `hmac.new(b"key", b"1772438400.{}", "sha256")`.
  @Test func theSignatureIsThatOfOthers() {
    let signature = OutboxDestination.signature(
      Array("{}".utf8), key: Array("key".utf8), at: OutboxHouse.monday)
    #expect(signature == "t=1772438400,v1=55f20d3dbbe35f4373f652b3722b91513189fa33d343608fcee333cc8553a478")
  }

  @Test(arguments: [200, 201, 202, 204, 299, 409])
  func theOtherSideHasIt(_ status: Int) async throws {
    let request = make.request()
    try house.append([request])
    let server = try Endpoint { _, exchange in exchange.respond(HTTPResponse(status: status)) }
    #expect(try sender(server.url).run().sent == [request.id])
  }

  @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 599])
  func itIsTriedAgain(_ status: Int) async throws {
    let request = make.request()
    try house.append([request])
    let isWell = Atomic(false)
    let server = try Endpoint { _, exchange in
      exchange.respond(HTTPResponse(status: isWell.load(ordering: .relaxed) ? 200 : status))
    }
    let sender = try sender(server.url)
    #expect(try sender.run().delayed == [request.id: "status-\(status)"])
    #expect(try house.effect(request.id).state == .pending)
    isWell.store(true, ordering: .relaxed)
    house.pass(seconds: 10)
    #expect(try sender.run().sent == [request.id])
  }

  @Test(arguments: [301, 307, 400, 401, 403, 404, 410, 413, 422])
  func aPersonHasToLook(_ status: Int) async throws {
    let request = make.request()
    try house.append([request])
    let server = try Endpoint { _, exchange in exchange.respond(HTTPResponse(status: status)) }
    #expect(try sender(server.url).run().failed == [request.id: "status-\(status)"])
    house.pass(seconds: 86_400)
    #expect(try sender(server.url).run() == OutboxSender.Report())
    #expect(try house.events(request.id) == [.failed])
  }

  /// It has taken the event and never says so; then it is asked again, and has it already.
  @Test func anEndpointThatTimesOutAndAcceptsTwiceHasTheEffectOnce() async throws {
    let request = make.request()
    try house.append([request])
    let taken = Mutex<[String: Int]>([:])
    let open = Unanswered()
    let server = try Endpoint { request, exchange in
      let key = request.fields["Idempotency-Key"] ?? ""
      let times = taken.withLock { taken in
        taken[key, default: 0] += 1
        return taken[key] ?? 0
      }
      if times == 1 { open.keep(exchange) } else { exchange.respond(HTTPResponse(status: 409)) }
    }
    let sender = try sender(server.url, milliseconds: 300)
    #expect(try sender.run().delayed == [request.id: "deadline"])
    house.pass(seconds: 10)
    #expect(try sender.run().sent == [request.id])
    #expect(taken.withLock { $0 } == [request.id: 2])
    #expect(try house.events(request.id) == [.sent])
  }

  @Test func aConnectionThatIsClosedIsTriedAgain() async throws {
    let letter = try make.letter()
    try house.append([letter])
    let bare = try ClosingServer()
    let sender = try sender(bare.url)
    #expect(try sender.run().delayed == [letter.id: "connection-lost"])
    #expect(try house.facts().debtNotices.isEmpty)
    let server = try Endpoint { _, exchange in exchange.respond(HTTPResponse(status: 200)) }
    house.pass(seconds: 10)
    #expect(try self.sender(server.url).run().sent == [letter.id])
    #expect(try house.facts().debtNotices.count == 1)
  }

  @Test func nobodyThere() throws {
    let letter = try make.letter()
    try house.append([letter])
    #expect(try sender("http://127.0.0.1:1/").run().delayed == [letter.id: "cannot-connect"])
  }

  @Test(arguments: [
    "http://printer.example/events", "ftp://127.0.0.1/", "nonsense", "", "http://127.0.0.1.example/",
    "http://localhost@printer.example/", "http://[::1",
  ])
  func personalDataTravelsEncrypted(url: String) throws {
    #expect(throws: OutboxError.endpoint(fault: "address")) { try sender(url) }
  }

  @Test func aShortKeySignsNothing() throws {
    #expect(throws: OutboxError.endpoint(fault: "key")) {
      try OutboxDestination.endpoint(
        "https://printer.example/", key: Array("fifteen bytes..".utf8), client: HTTPClient())
    }
  }
}
