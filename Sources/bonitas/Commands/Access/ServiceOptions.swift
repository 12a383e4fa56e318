import Access
import Facts
import Formats
import Values

/// The options that make a token one for a program, and how such a token is told.
enum ServiceOptions {
  static let scope = Option(
    "scope", .choice(Scope.allCases.map(\.rawValue)),
    "What a program may ask for by it; may be given several times.", repeats: true)
  static let company = Option(
    "company", .name("COMPANY"), "The company that receives the answers; needed with --scope.")
  static let purpose = Option(
    "purpose", .name("PURPOSE"), "What they are used for, as one word; needed with --scope.")
  static let jurisdiction = Option(
    "jurisdiction",
    ValueKind<Jurisdiction>(placeholder: "CODE") { text in
      Jurisdiction(text).map(Reading.value)
        ?? .problem("is not the code of a country in two capital letters, such as LV")
    }, "Only customers of this country; may be given several times (default all).", repeats: true)
  static let source = Option(
    "source", .name("NAME"),
    "A source in whose name it delivers facts; may be given several times (default supplier).", repeats: true)
  static let rate = Option(
    "rate", .integer("N", in: ServiceGrant.rates),
    "Requests a second in the long run (default \(ServiceGrant.defaultRequestsPerSecond)).")
  static let burst = Option(
    "burst", .integer("N", in: ServiceGrant.bursts),
    "Requests at once after a pause (default twice the rate).")
  static let sees = Option(
    "sees", .choice(Visibility.allCases.map(\.rawValue)),
    "Which decisions it reads: those its company asked for, or all (default own).")

  static let all: [any Declaration] = [scope, company, purpose, jurisdiction, source, rate, burst, sees]

  /// What the token may do; nil where nothing of the kind was typed.
  static func grant(_ arguments: Arguments) throws(Failure) -> ServiceGrant? {
    let scopes = Set(arguments.all(scope).compactMap { Scope(rawValue: $0) })
    guard !scopes.isEmpty else {
      guard let given = all.first(where: { arguments.contains(option: $0.name) }) else { return nil }
      throw Failure(
        usage: .conflict(
          "--\(given.name) is for tokens of programs, and those say what they may ask for: add --scope."))
    }
    guard let company = arguments[company], let purpose = arguments[purpose] else {
      let missing = arguments[company] == nil ? "--company COMPANY" : "--purpose PURPOSE"
      throw Failure(
        usage: .conflict(
          "A token with scopes names the company that receives the answers and what for: add \(missing)."))
    }
    let countries = Set(arguments.all(jurisdiction))
    return try failing {
      try ServiceGrant(
        scopes: scopes, company: company, purpose: purpose,
        jurisdictions: countries.isEmpty ? nil : countries, sources: Set(arguments.all(source)),
        requestsPerSecond: arguments[rate] ?? ServiceGrant.defaultRequestsPerSecond, burst: arguments[burst],
        sees: arguments[sees].flatMap { Visibility(rawValue: $0) } ?? .own)
    }
  }

  /// A grant in words: `decide, read for Elektrum (order-intake), its own decisions, ...`.
  static func words(_ grant: ServiceGrant) -> String {
    let scopes = grant.scopes.sorted().map(\.rawValue).joined(separator: ", ")
    let seen = grant.sees == .own ? "decisions of this company alone" : "decisions of everybody"
    let countries = grant.jurisdictions.map {
      ", customers of \($0.sorted().map(\.code).joined(separator: ", ")) alone"
    }
    let sources =
      grant.scopes.contains(.facts)
      ? "; facts of \(grant.sources.sorted().map { visible($0) }.joined(separator: ", "))" : ""
    return "\(scopes) for \(visible(grant.company)) (\(grant.purpose)); \(seen)\(countries ?? "")\(sources); "
      + "\(grouped(grant.requestsPerSecond)) requests a second, \(grouped(grant.burst)) at once"
  }

  static func describe(_ grant: ServiceGrant) -> JSONValue {
    [
      "scopes": .array(grant.scopes.sorted().map { .string($0.rawValue) }), "company": .string(grant.company),
      "purpose": .string(grant.purpose),
      "jurisdictions": grant.jurisdictions.map { .array($0.sorted().map { .string($0.code) }) } ?? .null,
      "sources": .array(grant.sources.sorted().map(JSONValue.string)),
      "rate": .number(Decimal(grant.requestsPerSecond)), "burst": .number(Decimal(grant.burst)),
      "sees": .string(grant.sees.rawValue),
    ]
  }
}
