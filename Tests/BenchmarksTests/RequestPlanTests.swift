import Foundation
import Testing

@testable import Benchmarks

@Suite struct RequestPlanTests {
  private func request(_ number: Int, _ words: [String], seed: UInt64 = 7) throws -> (
    head: [Substring], body: String
  ) {
    let words = try CommandWords(
      ["--token", "T"] + words, values: RequestPlan.values, flags: RequestPlan.flags, usage: "")
    let buffer = SendBuffer(capacity: 1)
    try RequestPlan(words, host: "localhost", seed: seed).writeDecision(number, into: buffer)
    let text = String(decoding: buffer.bytes, as: UTF8.self)
    let end = try #require(text.range(of: "\r\n\r\n"))
    return (text[..<end.lowerBound].split(separator: "\r\n"), String(text[end.upperBound...]))
  }

  @Test(arguments: [["--count", "10"], ["--count", "9999999", "--orders", "--deadline", "500"]])
  func writesWholeRequests(words: [String]) throws {
    let (head, body) = try request(3, words)
    #expect(head.first == "POST /v1/decisions HTTP/1.1")
    #expect(head.contains("Content-Length: \(body.utf8.count)"))
    let json = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    #expect(json["purpose"] as? String == (words.contains("--orders") ? "order" : "rating"))
    #expect((json["deadlineMilliseconds"] as? Int) == (words.contains("--deadline") ? 500 : nil))
    let (again, sameBody) = try request(3, words)
    #expect(again == head && sameBody == body)
  }

  @Test func everyCustomerComesOnceAndEveryKeyIsAnother() throws {
    var customers: Set<String> = []
    var keys: Set<Substring> = []
    for number in 0..<100 {
      let (head, body) = try request(number, ["--count", "100"])
      customers.insert(String(body.dropFirst(#"{"customer":{"number":""#.count).prefix(8)))
      keys.formUnion(head.filter { $0.hasPrefix("Idempotency-Key: \"") })
    }
    #expect(customers.count == 100 && customers.contains("C0000001") && customers.contains("C0000100"))
    #expect(keys.count == 100)
    #expect(try request(0, ["--count", "100"], seed: 8).head != request(0, ["--count", "100"]).head)
  }

  @Test func answersAreReadBackAsTheyWereWritten() throws {
    let path = FileManager.default.temporaryDirectory.path + "/answers-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try AnswerFile(writing: path, seed: .max)
    let body = "{\"text\":\"a\nb\"}\n"
    try Array("HTTP/1.1 201 Created\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
      .withUnsafeBytes {
        file.answered(5, try #require(try AnswerScanner.next($0)))
      }
    file.unanswered(6)
    file.close()
    let read = try #require(AnswerFile.read(path))
    #expect(read.seed == .max)
    #expect(read.answers.map(\.number) == [5, 6] && read.answers.map(\.status) == [201, 0])
    #expect(read.answers.first?.body == Array(body.utf8))
    let whole = try #require(FileManager.default.contents(atPath: path))
    for cut in [whole.count - 2, 30, 3] {
      try whole.prefix(cut).write(to: URL(fileURLWithPath: path))
      #expect(AnswerFile.read(path) == nil, "cut to \(cut) bytes")
    }
  }
}
