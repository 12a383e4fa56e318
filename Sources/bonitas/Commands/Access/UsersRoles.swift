import Access
import Formats

extension Command {
  /// `bonitas users roles`: what a user may do.
  static let usersRoles = Command(
    "users roles",
    summary: "Give a user roles or take them away.",
    discussion: """
      Counts from the user's next command on. Nobody changes their own roles, and one administrator who can sign in \
      always stays. The role service is neither given nor taken: a program gets a user of its own.
      """,
    positionals: [Users.name], options: [grant, withdraw, Users.reason], needs: .signedIn(.administer),
    examples: [
      Example(
        "bonitas users roles janis --grant senior --reason 'Stands in for Liga in July'", "One role more."),
      Example(
        "bonitas users roles janis --withdraw senior --reason 'Liga is back'", "And one less."),
    ]
  ) { arguments, edge throws(Failure) in
    let name = try arguments.required(Users.name)
    let (granted, withdrawn) = (Users.roles(arguments.all(grant)), Users.roles(arguments.all(withdraw)))
    if granted.isEmpty, withdrawn.isEmpty {
      throw Failure(usage: .conflict("Name a role with --grant or --withdraw."))
    }
    if let both = granted.intersection(withdrawn).min() {
      throw Failure(usage: .conflict("The role \(both.rawValue) cannot be given and taken at once."))
    }
    let reason = try arguments.required(Users.reason)
    let actor = try arguments.user()
    let (user, isChanged) = try Users.write(arguments, edge, "users roles") {
      write, audit throws(AccessError) in
      try AccessStore.change(
        name, granting: granted, withdrawing: withdrawn, reason: reason, by: actor, audit: audit, in: write)
    }
    if arguments.wantsJSON {
      edge.output.json(["user": Users.describe(user), "changed": .bool(isChanged)])
    } else {
      edge.output.line(
        "\(user.name) \(isChanged ? "is now" : "was already"): \(Users.words(user.roles))."
          + (isChanged ? "" : " Nothing was changed."))
    }
    return .done
  }

  private static let grant = Users.peopleRoleOption(
    "grant", "A role to give; may be given several times.")
  private static let withdraw = Users.peopleRoleOption(
    "withdraw", "A role to take away; may be given several times.")
}
