import Facts
import Formats
import Foundation
import HTTPClient
import Ingestion
import TestSupport
import Testing

/// The declaration of sources: what it gives, and what is said about a wrong one.
@Suite struct RegisterSourcesTests {
  static let plain = #"""
    {"name": "reg", "kinds": ["register-entries"], "schemes": ["LV-PERSONAL"], "url": "https://register.example/v1",
     "maximumAgeHours": 24, "timeoutMilliseconds": 1000, "purpose": "credit-rating", "legalGround": "contract"}
    """#

  private static func read(_ source: String) throws(RegisterSourcesError) -> RegisterSources {
    try RegisterSources(Array("{\"sources\": [\(source)]}".utf8), file: "sources.json")
  }

  /// The plain declaration with one member replaced, added, or taken away.
  private static func changed(_ member: String, _ value: String?) throws -> String {
    var object = try #require(try JSONReader.parse(plain).objectValue)
    object[member] = try value.map { try JSONReader.parse($0) }
    return JSONValue.object(object).canonical
  }

  private static func findings(_ source: String) -> [JSONFinding] {
    do {
      _ = try read(source)
      return []
    } catch {
      if case .invalid(let findings) = error { return findings }
      return []
    }
  }

  @Test func theSampleIsReadWhole() throws {
    let path = Repository.root.appending(path: "sample-data/registers/sources.json").path
    let sources = try RegisterSources(path: path)
    #expect(sources.sources.map(\.name) == ["public-register", "arrears-register"])
    let source = try #require(sources["arrears-register"])
    #expect(source.kinds == [.arrearsEntries])
    #expect(source.jurisdictions == [.latvia, .estonia])
    #expect(source.maximumAgeHours == 24)
    #expect(
      source.calls
        == Peer.Settings(
          timeoutMilliseconds: 1_000, slowMilliseconds: 500, retries: RetryPolicy(tries: 2),
          breaker: CircuitBreaker.Settings(failures: 5, windowMilliseconds: 30_000, openMilliseconds: 5_000),
          concurrency: 8, line: 128))
  }

  @Test func whatIsLeftOutHasADefault() throws {
    let source = try #require(try Self.read(Self.plain)["reg"])
    #expect(source.calls.retries.tries == 2)
    #expect(source.calls.concurrency == 8)
    #expect(source.calls.breaker == CircuitBreaker.Settings())
    #expect((source.dataClass, source.credentialVariable) == ("personal", nil))
    #expect(source.jurisdictions.isEmpty)
  }

  @Test(
    arguments: [
      ("name", nil, ""), ("name", "\"Register\"", "/name"), ("name", "\"1\"", "/name"),
      ("name", "\"a b\"", "/name"), ("kinds", "[]", "/kinds"), ("kinds", "[\"invoices\"]", "/kinds/0"),
      ("kinds", "[\"register-entries\", \"register-entries\"]", "/kinds/1"), ("kinds", nil, "/kinds"),
      ("schemes", "\"LV-PERSONAL\"", "/schemes"), ("schemes", "[\"other\"]", "/schemes/0"),
      ("schemes", "[1]", "/schemes/0"), ("jurisdictions", "[\"Latvia\"]", "/jurisdictions/0"),
      ("jurisdictions", "[]", "/jurisdictions"), ("url", nil, ""), ("url", "\"register.example\"", "/url"),
      ("url", "\"http://register.example/\"", "/url"), ("url", "\"http://127.0.0.1.evil.example/\"", "/url"),
      ("url", "\"http://localhost@register.example/\"", "/url"),
      ("url", "\"https://user@register.example/\"", "/url"),
      ("url", "\"https://register.example/?code=1\"", "/url"), ("url", "\"https:///v1\"", "/url"),
      ("url", "\"https://register.example/a b\"", "/url"), ("url", "\"https://rēģistrs.example/\"", "/url"),
      ("url", "\"ftp://register.example/\"", "/url"), ("maximumAgeHours", "0", "/maximumAgeHours"),
      ("maximumAgeHours", "1.5", "/maximumAgeHours"), ("maximumAgeHours", nil, ""),
      ("timeoutMilliseconds", "\"1000\"", "/timeoutMilliseconds"),
      ("timeoutMilliseconds", "1e300", "/timeoutMilliseconds"),
      ("slowMilliseconds", "1001", "/slowMilliseconds"), ("tries", "6", "/tries"),
      ("concurrency", "0", "/concurrency"),
      ("waiting", "-1", "/waiting"), ("breaker", "{\"failures\": 0}", "/breaker/failures"),
      ("breaker", "{\"treshold\": 1}", "/breaker"), ("breaker", "[]", "/breaker"), ("purpose", nil, ""),
      ("purpose", "\"\"", "/purpose"), ("legalGround", nil, ""), ("legalGround", "null", "/legalGround"),
      ("legalGround", "\"a\\nb\"", "/legalGround"), ("credential", "\"Bearer abc\"", "/credential"),
      ("credential", "\"lower\"", "/credential"), ("urls", "[]", ""),
    ] as [(String, String?, String)])
  func tellsWhereItIsWrong(_ member: String, _ value: String?, _ pointer: String) throws {
    let findings = Self.findings(try Self.changed(member, value))
    #expect(findings.map(\.pointer) == ["/sources/0" + pointer], "\(findings)")
  }

  @Test(arguments: [
    "https://register.example", "https://register.example:8443/v1/lookup", "https://[2001:db8::1]/v1",
    "http://127.0.0.1:8790/x", "http://localhost/x", "http://[::1]:80/x",
  ])
  func takesAddressesThatAreSafe(_ url: String) throws {
    #expect(Self.findings(try Self.changed("url", "\"\(url)\"")).isEmpty)
  }

  @Test(arguments: [
    "", "[]", "{}", "{\"sources\": {}}", "{\"sources\": [1]}", "{\"sources\": [], \"extra\": 1}", "\u{0}",
  ])
  func refusesWhatIsNoDeclaration(_ text: String) {
    #expect(throws: RegisterSourcesError.self) { try RegisterSources(Array(text.utf8), file: "x") }
  }

  @Test func tellsEverythingAtOnce() throws {
    let other = try Self.changed("url", "\"http://register.example\"")
    let findings = Self.findings("\(Self.plain), \(other)")
    #expect(findings.map(\.pointer) == ["/sources/1/url", "/sources/1/name"])
    #expect(findings.allSatisfy { $0.sentence.hasPrefix("sources.json at /sources/1/") })
  }

  @Test func anAbsentFileMeansNoSourcesWhereItMayBeAbsent() throws {
    let path = try TemporaryFolder().file("sources.json")
    #expect(try RegisterSources(path: path, mayBeMissing: true) == .none)
    #expect(throws: RegisterSourcesError.self) { try RegisterSources(path: path) }
    try "{".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: RegisterSourcesError.self) { try RegisterSources(path: path, mayBeMissing: true) }
  }

  @Test func asksOnlyWhomItCan() throws {
    let source = try #require(
      try Self.read(Self.plain.replacing("\"purpose\"", with: "\"jurisdictions\": [\"LV\"], \"purpose\""))[
        "reg"])
    let person = try Identifier(scheme: .latvianPersonal, code: "010140-09001")
    #expect(source.serves(RegisterSubject(person, jurisdiction: .latvia)))
    #expect(source.serves(RegisterSubject(person)))
    #expect(!source.serves(RegisterSubject(person, jurisdiction: .estonia)))
    let company = try Identifier(scheme: .latvianRegistration, code: "70000000167")
    #expect(!source.serves(RegisterSubject(company, jurisdiction: .latvia)))
  }

  @Test func aCredentialHasToBeThereAndFitAHeader() throws {
    let sources = try Self.read(try Self.changed("credential", "\"REGISTER_TOKEN\""))
    func error(_ value: String?) -> String? {
      do throws(RegisterSourcesError) {
        _ = try RegisterPulls(
          sources, transport: { _, _, _ in }, credential: { _ in value }, chance: { $0.lowerBound })
        return nil
      } catch { return error.code }
    }
    #expect(error("abc.DEF-123") == nil)
    #expect(error(nil) == "source-credential-missing")
    #expect(error("") == "source-credential-missing")
    for bad in ["a b", "a\r\nHost: x", "ā", String(repeating: "a", count: 4097)] {
      #expect(error(bad) == "source-credential-unusable")
    }
  }
}
