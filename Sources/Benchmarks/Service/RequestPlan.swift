import Foundation
import SyntheticPortfolio

/// What the requests of a run look like: the same seed and number give the same bytes, so that a request can be repeated.
///
/// Every request has an idempotency key of its own, and customers come in a scattered order, each once before one comes
/// again.
struct RequestPlan {
  enum Customers {
    /// A prefix and a number from 1 to the count with seven digits, as `bonitas generate` names them.
    case numbered(prefix: [UInt8], count: Int)
    case listed([[UInt8]])
  }

  let seed: UInt64
  private let customers: Customers
  private let count: Int
  private let stride: Int
  private let withOrder: Bool
  private let post: [UInt8]
  private let get: [UInt8]
  private let fields: [UInt8]
  private let bodyEnd: [UInt8]
  private let quote: [UInt8]

  /// The words of the command line that say what requests look like.
  static let values: Set<String> = ["url", "token", "customers", "prefix", "count", "deadline", "seed"]
  static let flags: Set<String> = ["orders", "bare-keys"]
  static let usage = """
    --url 127.0.0.1:PORT|unix:PATH --token TOKEN (--customers FILE | [--prefix C] --count N) [--orders] [--seed S]
    [--deadline MILLISECONDS] [--bare-keys]
    """

  init(_ words: CommandWords, host: String, seed: UInt64) throws(LoadError) {
    self.seed = seed
    if let path = words["customers"] {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw .file("The file of customers, \(path), cannot be read.")
      }
      let lines = text.split(whereSeparator: \.isNewline).map { Array($0.utf8) }
      customers = .listed(lines)
      count = lines.count
    } else {
      count = try words.integer("count", in: 1...9_999_999)
      customers = .numbered(prefix: Array((words["prefix"] ?? "C").utf8), count: count)
    }
    guard count > 0 else { throw .usage("There are no customers.") }
    stride = Self.stride(over: count)
    withOrder = words.has("orders")
    // The draft of the field (draft-ietf-httpapi-idempotency-key-header, 2.1) makes it a quoted string.
    quote = words.has("bare-keys") ? [] : [0x22]
    let token = try words.required("token")
    let common = "Host: \(host)\r\nAuthorization: Bearer \(token)\r\n"
    post = Array(
      "POST /v1/decisions HTTP/1.1\r\n\(common)Content-Type: application/json\r\nIdempotency-Key: ".utf8)
    get = Array(common.utf8)
    fields = Array("\r\nContent-Length: ".utf8)
    let deadline = try words.integer("deadline", in: 0...60_000, default: 0)
    let ends = deadline > 0 ? ",\"deadlineMilliseconds\":\(deadline)}" : "}"
    bodyEnd = Array((withOrder ? "\",\(Self.order),\"purpose\":\"order\"\(ends)" : "\"rating\"\(ends)").utf8)
  }

  private static let order = """
    "product":"Fixed price 12 months","commodity":"electricity","jurisdiction":"LV",\
    "expectedMonthlyAmount":64.50,"currency":"EUR"}
    """

  /// Writes `POST /v1/decisions` number `number`.
  func writeDecision(_ number: Int, into buffer: SendBuffer) {
    let key = key(number)
    buffer.append(post)
    buffer.append(quote)
    // As a version 4 UUID (RFC 9562), which is what callers use.
    buffer.append(hexadecimal: key.0 >> 32, digits: 8)
    buffer.append("-")
    buffer.append(hexadecimal: key.0 >> 16, digits: 4)
    buffer.append("-4")
    buffer.append(hexadecimal: key.0, digits: 3)
    buffer.append("-a")
    buffer.append(hexadecimal: key.1 >> 48, digits: 3)
    buffer.append("-")
    buffer.append(hexadecimal: key.1, digits: 12)
    buffer.append(quote)
    let place = (number &* stride) % count
    let beginning: StaticString = "{\"customer\":{\"number\":\""
    let middle: StaticString = withOrder ? "\"},\"order\":{\"reference\":\"L-" : "\"},\"purpose\":"
    var length = beginning.utf8CodeUnitCount + middle.utf8CodeUnitCount + bodyEnd.count
    length += withOrder ? 16 : 0
    switch customers {
    case .numbered(let prefix, _): length += prefix.count + 7
    case .listed(let lines): length += lines[place].count
    }
    buffer.append(fields)
    buffer.append(decimal: length)
    buffer.append("\r\n\r\n")
    buffer.append(beginning)
    switch customers {
    case .numbered(let prefix, _):
      buffer.append(prefix)
      buffer.append(decimal: place + 1, width: 7)
    case .listed(let lines): buffer.append(lines[place])
    }
    buffer.append(middle)
    if withOrder { buffer.append(hexadecimal: key.0 ^ key.1, digits: 16) }
    buffer.append(bodyEnd)
  }

  /// Writes `GET /v1/decisions/{id}`.
  func writeReading(_ id: String, into buffer: SendBuffer) {
    buffer.append("GET /v1/decisions/")
    buffer.append(Array(id.utf8))
    buffer.append(" HTTP/1.1\r\n")
    buffer.append(get)
    buffer.append("\r\n")
  }

  private func key(_ number: Int) -> (UInt64, UInt64) {
    var random = SplitMix64(seed: seed &+ UInt64(bitPattern: Int64(number)) &* 0xD134_2543_DE82_EF95)
    return (random.next(), random.next())
  }

  /// A step that visits every place once before it comes back: coprime to the count, near the golden section of it.
  private static func stride(over count: Int) -> Int {
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    var step = max(1, Int(Double(count) * 0.618))
    while divisor(step, count) != 1 { step += 1 }
    return step
  }
}
