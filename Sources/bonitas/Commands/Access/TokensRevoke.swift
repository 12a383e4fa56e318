import Access
import Formats
import Values

extension Command {
  /// `bonitas tokens revoke`: a token that is lost or no longer needed.
  static let tokensRevoke = Command(
    "tokens revoke",
    summary: "Take back a token of yours, or as an administrator another user's.",
    discussion:
      "At once and for good; the service refuses a program's with the next request. The last token of the last administrator stays.",
    positionals: [token], options: [reason], needs: .signedIn(.readPersonalData),
    examples: [Example("bonitas tokens revoke 2 --reason 'Laptop lost'", "Nobody gets in by it any more.")]
  ) { arguments, edge throws(Failure) in
    let id = try arguments.required(token)
    let why = arguments[reason] ?? ""
    let actor = try arguments.user()
    let (token, isChanged) = try Users.write(arguments, edge, "tokens revoke") {
      write, audit throws(AccessError) in
      try AccessStore.revoke(id, reason: why, by: actor, audit: audit, in: write)
    }
    if arguments.wantsJSON {
      edge.output.json([
        "token": .number(Decimal(id)), "user": .string(token.user), "changed": .bool(isChanged),
      ])
    } else {
      edge.output.line("Token \(id) of \(token.user) \(isChanged ? "is" : "was already") revoked.")
    }
    return .done
  }

  private static let token = Positional(
    "TOKEN", .integer("TOKEN", in: 1...Int.max), "The token's number, as 'bonitas tokens list' shows it.")
  private static let reason = Option("reason", .text("TEXT"), "Why, for who reads the audit log later.")
}
