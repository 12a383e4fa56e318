import Access
import Formats

extension Command {
  /// `bonitas users disable`: a user who left.
  static let usersDisable = Command(
    "users disable",
    summary: "Keep a user from signing in, and revoke their tokens.",
    discussion: """
      What the user did stays as it is, under their name. Nobody disables themselves, and one administrator who can \
      sign in always stays.
      """,
    positionals: [Users.name], options: [Users.reason], needs: .signedIn(.administer),
    examples: [Example("bonitas users disable janis --reason 'Left the company'", "From now on.")]
  ) { arguments, edge throws(Failure) in
    let name = try arguments.required(Users.name)
    let reason = try arguments.required(Users.reason)
    let actor = try arguments.user()
    let isChanged = try Users.write(arguments, edge, "users disable") { write, audit throws(AccessError) in
      try AccessStore.disable(name, reason: reason, by: actor, audit: audit, in: write)
    }
    if arguments.wantsJSON {
      edge.output.json(["user": .string(name), "changed": .bool(isChanged)])
    } else {
      edge.output.line(
        isChanged
          ? "\(visible(name)) is disabled; their tokens are revoked."
          : "\(visible(name)) was disabled already.")
    }
    return .done
  }

  /// `bonitas users enable`: a user who came back.
  static let usersEnable = Command(
    "users enable",
    summary: "Let a disabled user sign in again, with a new token.",
    discussion: "Tokens from before stay revoked; roles are those from before.",
    positionals: [Users.name], options: [Users.reason], needs: .signedIn(.administer),
    examples: [
      Example("bonitas users enable janis --reason 'Back from leave'", "Needs a new token after it.")
    ]
  ) { arguments, edge throws(Failure) in
    let name = try arguments.required(Users.name)
    let reason = try arguments.required(Users.reason)
    let actor = try arguments.user()
    let isChanged = try Users.write(arguments, edge, "users enable") { write, audit throws(AccessError) in
      try AccessStore.enable(name, reason: reason, by: actor, audit: audit, in: write)
    }
    if arguments.wantsJSON {
      edge.output.json(["user": .string(name), "changed": .bool(isChanged)])
    } else {
      edge.output.line(
        isChanged
          ? "\(visible(name)) is enabled; 'bonitas tokens create --user \(visible(name))' makes a token."
          : "\(visible(name)) was not disabled.")
    }
    return .done
  }
}
