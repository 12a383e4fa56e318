import Foundation
import TestSupport
import Testing

/// Users of a database, with the tokens that they sign in with.
struct Staff {
  /// The administrator, a reviewer, a second person and the data protection officer.
  static let roles: [(name: String, roles: [String])] = [
    ("anna", ["administrator"]), ("janis", ["reviewer"]), ("liga", ["reviewer", "senior"]),
    ("dace", ["data-protection"]),
  ]

  /// The tokens by name.
  let tokens: [String: String]

  /// Adds them to a database by the program itself.
  init(_ program: Program, database: String) throws {
    var tokens: [String: String] = [:]
    for (name, roles) in Self.roles {
      let outcome = try program.run(
        ["users", "add", name, "--database", database] + roles.flatMap { ["--role", $0] },
        environment: tokens["anna"].map { ["BONITAS_TOKEN": $0] } ?? [:])
      #expect(outcome.status == 0, "\(outcome.errors)")
      tokens[name] = outcome.output.trimmingCharacters(in: .newlines)
    }
    self.tokens = tokens
  }

  /// The environment of a user's shell.
  func environment(_ name: String) -> [String: String] {
    tokens[name].map { ["BONITAS_TOKEN": $0] } ?? [:]
  }

  /// What a shell that acts for several people has: a variable for each token, by the name in capitals.
  var variables: [String: String] {
    Dictionary(uniqueKeysWithValues: tokens.map { ($0.key.uppercased(), $0.value) })
  }
}
