import Facts
import Formats
import HTTPClient

/// Reads the declaration of sources and collects everything that is wrong with it.
struct RegisterSourcesReader {
  private(set) var findings: JSONFindings

  init(file: String) { findings = JSONFindings(file: file) }

  /// The sources; where something is wrong with one, what stands for it does not matter.
  mutating func sources(_ bytes: [UInt8]) -> [RegisterSource] {
    guard let json = findings.json(bytes, limits: JSONLimits(depth: 16, bytes: 1 << 20)),
      let root = findings.object(json, "", known: ["description", "sources"])
    else { return [] }
    _ = text(root, "description", "", required: false)
    guard case .array(let elements)? = root["sources"] else {
      findings.note("/sources", "A list of sources in square brackets belongs here.")
      return []
    }
    var names: Set<String> = []
    return elements.enumerated().compactMap { index, element in
      let source = source(element, "/sources/\(index)")
      if let source, !names.insert(source.name).inserted {
        findings.note(
          "/sources/\(index)/name", "Another source is called \"\(source.name)\" already. Rename one.")
      }
      return source
    }
  }

  private mutating func source(_ json: JSONValue, _ pointer: String) -> RegisterSource? {
    let known = [
      "name", "description", "kinds", "schemes", "jurisdictions", "url", "maximumAgeHours",
      "timeoutMilliseconds",
      "slowMilliseconds", "tries", "concurrency", "waiting", "breaker", "purpose", "legalGround", "dataClass",
      "credential",
    ]
    guard let object = findings.object(json, pointer, known: known) else { return nil }
    _ = text(object, "description", pointer, required: false)
    let timeout = number(object, "timeoutMilliseconds", pointer, in: 10...60_000)
    let concurrency = number(object, "concurrency", pointer, in: 1...256, otherwise: 8)
    let kinds = words(object, "kinds", pointer, of: RegisterSource.Kind.allCases.map(\.rawValue))
    let schemes = words(
      object, "schemes", pointer,
      of: IdentifierScheme.allCases.filter { $0 != .other }.map(\.rawValue))
    return RegisterSource(
      name: name(object, pointer), kinds: Set(kinds.compactMap { RegisterSource.Kind(rawValue: $0) }),
      schemes: Set(schemes.compactMap { IdentifierScheme(rawValue: $0) }),
      jurisdictions: jurisdictions(object, pointer), url: url(object, pointer),
      maximumAgeHours: number(object, "maximumAgeHours", pointer, in: 1...87_600),
      purpose: text(object, "purpose", pointer) ?? "",
      legalGround: text(object, "legalGround", pointer) ?? "",
      dataClass: text(object, "dataClass", pointer, required: false) ?? "personal",
      credentialVariable: credential(object, pointer),
      calls: Peer.Settings(
        timeoutMilliseconds: timeout,
        slowMilliseconds: number(
          object, "slowMilliseconds", pointer, in: 1...timeout, otherwise: (timeout + 1) / 2),
        retries: RetryPolicy(tries: number(object, "tries", pointer, in: 1...5, otherwise: 2)),
        breaker: breaker(object["breaker"], "\(pointer)/breaker"), concurrency: concurrency,
        line: number(object, "waiting", pointer, in: 0...10_000, otherwise: 16 * concurrency)))
  }

  private mutating func breaker(_ json: JSONValue?, _ pointer: String) -> CircuitBreaker.Settings {
    let standard = CircuitBreaker.Settings()
    guard let json,
      let object = findings.object(
        json, pointer, known: ["failures", "windowMilliseconds", "openMilliseconds"])
    else { return standard }
    return CircuitBreaker.Settings(
      failures: number(object, "failures", pointer, in: 1...1_000, otherwise: standard.failures),
      windowMilliseconds: number(
        object, "windowMilliseconds", pointer, in: 100...3_600_000, otherwise: standard.windowMilliseconds),
      openMilliseconds: number(
        object, "openMilliseconds", pointer, in: 100...3_600_000, otherwise: standard.openMilliseconds))
  }

  private mutating func name(_ object: JSONObject, _ pointer: String) -> String {
    guard let name = text(object, "name", pointer) else { return "" }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    let isFit =
      name.utf8.count <= 60 && name.utf8.first.map(isLetter) == true
      && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    if !isFit {
      findings.note(
        "\(pointer)/name",
        "A name has at most 60 small letters a to z, digits and hyphens, and begins with a letter.")
    }
    return name
  }

  private mutating func jurisdictions(_ object: JSONObject, _ pointer: String) -> Set<Jurisdiction> {
    guard object["jurisdictions"] != nil else { return [] }
    var found: Set<Jurisdiction> = []
    for (index, code) in words(object, "jurisdictions", pointer, of: nil).enumerated() {
      if let jurisdiction = Jurisdiction(code) {
        found.insert(jurisdiction)
      } else {
        findings.note(
          "\(pointer)/jurisdictions/\(index)", "A country of two capital letters belongs here, such as LV.")
      }
    }
    return found
  }

  private mutating func credential(_ object: JSONObject, _ pointer: String) -> String? {
    guard let name = text(object, "credential", pointer, required: false) else { return nil }
    func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || byte == 0x5F }
    guard name.utf8.first.map(isLetter) == true, name.utf8.count <= 100,
      name.utf8.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) })
    else {
      findings.note(
        "\(pointer)/credential",
        "The name of an environment variable belongs here, of capital letters, digits and underscores; "
          + "the credential itself must not stand in a file of the policy.")
      return nil
    }
    return name
  }

  /// Personal data goes to this address: only encrypted, or to a program on the same machine.
  private mutating func url(_ object: JSONObject, _ pointer: String) -> String {
    guard let url = text(object, "url", pointer) else { return "" }
    let isPlain = url.hasPrefix("http://")
    let rest = url.dropFirst(isPlain ? 7 : 8)
    let authority = rest.prefix { $0 != "/" }
    let host =
      authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
    if !isPlain, !url.hasPrefix("https://") {
      findings.note("\(pointer)/url", "An address that begins with https:// belongs here.")
    } else if isPlain, !["127.0.0.1", "localhost", "[::1]"].contains(host) {
      findings.note(
        "\(pointer)/url", "http:// is for this machine alone; write https://, personal data travels there.")
    } else if host.isEmpty || host == "[]" || url.utf8.count > 2_000
      || !url.utf8.allSatisfy(Self.mayStandInURL)
    {
      findings.note(
        "\(pointer)/url",
        "An address has a host, perhaps a port and a path, and neither user, query, fragment, blanks nor letters beyond ASCII."
      )
    }
    return url
  }

  private static func mayStandInURL(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"?#@\\\"<>^`{|}".utf8.contains(byte)
  }

  // MARK: Values

  private mutating func text(
    _ object: JSONObject, _ name: String, _ pointer: String, required: Bool = true
  ) -> String? {
    switch object[name] {
    case .string(let text)?:
      if text.isEmpty || text.utf8.count > 2_000 || text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
        findings.note(
          "\(pointer)/\(name)", "Text of 1 to 2,000 bytes without control characters belongs here.")
      }
      return text
    case nil:
      if required { findings.missing(name, pointer) }
    case let other?:
      findings.note("\(pointer)/\(name)", "Text in quotes belongs here, not \(other.typeName).")
    }
    return nil
  }

  /// A whole number; without a default it has to be there.
  private mutating func number(
    _ object: JSONObject, _ name: String, _ pointer: String, in range: ClosedRange<Int>,
    otherwise: Int? = nil
  ) -> Int {
    guard object[name] != nil else {
      if otherwise == nil { findings.missing(name, pointer) }
      return otherwise ?? range.upperBound
    }
    return findings.number(object, name, pointer, in: range) ?? range.upperBound
  }

  /// A list of different words, not empty; of any words where none are named.
  private mutating func words(
    _ object: JSONObject, _ name: String, _ pointer: String, of known: [String]?
  ) -> [String] {
    let pointer = "\(pointer)/\(name)"
    guard case .array(let elements)? = object[name], !elements.isEmpty else {
      findings.note(pointer, "A list of words in square brackets belongs here" + Self.known(known))
      return []
    }
    var words: [String] = []
    for (index, element) in elements.enumerated() {
      guard case .string(let word) = element, known?.contains(word) != false else {
        findings.note("\(pointer)/\(index)", "This is not known here" + Self.known(known))
        continue
      }
      if words.contains(word) {
        findings.note("\(pointer)/\(index)", "\"\(word)\" stands there already. Remove one.")
      }
      words.append(word)
    }
    return words
  }

  private static func known(_ words: [String]?) -> String {
    words.map { "; known are \($0.joined(separator: ", "))." } ?? "."
  }
}
