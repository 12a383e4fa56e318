import Access
import SQLite

extension Command {
  /// `bonitas users add`: a user with roles and a first token.
  static let usersAdd = Command(
    "users add",
    summary: "Add a user with roles, and print the first token.",
    discussion: """
      The first user needs no token and must be an administrator; from then on only administrators add users, and \
      commands that show personal data ask for a token. The token stands alone on standard output and is shown only \
      once; everything else is told beside it.

      reviewer handles cases. senior does too, is the second person of others and sees the figures. data-protection \
      receives contests and sees the figures. auditor reads. administrator manages users and puts rules in force.
      """,
    positionals: [Users.name], options: [role, Users.days], needs: .anybody,
    examples: [
      Example(
        "export BONITAS_TOKEN=$(bonitas users add anna --role administrator)",
        "The first user, whose token this shell uses from here on."),
      Example("bonitas users add berta --role reviewer", "Somebody who handles cases."),
      Example("bonitas users add karl --role reviewer --role senior --days 30", "Two roles, a short token."),
    ]
  ) { arguments, edge throws(Failure) in
    let name = try failing { try UserName(try arguments.required(Users.name)) }
    let roles = Users.roles(arguments.all(role))
    let secret = try edge.randomBytes(TokenText.secretBytes)
    let days = arguments[Users.days] ?? AccessToken.defaultDays
    let actor = arguments.signedIn
    let (user, issued) = try Users.write(arguments, edge, "users add", .create) {
      write, audit throws(AccessError) in
      let user = try AccessStore.add(name, roles: roles, by: actor, audit: audit, in: write)
      let issued = try AccessStore.issue(
        to: user.name, label: "first", days: days, secret: secret, by: actor, audit: audit, in: write)
      return (user, issued)
    }
    Users.show(
      issued.text, issued.token, of: user, about: "\(user.name) is added: \(Users.words(user.roles)).",
      arguments, edge)
    return .done
  }

  private static let role = Users.roleOption(
    "role", "What the user may do; may be given several times.", isRequired: true)
}
