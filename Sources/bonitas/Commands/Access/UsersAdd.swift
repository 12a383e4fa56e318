import Access
import Formats
import SQLite

extension Command {
  /// `bonitas users add`: a user with roles and a first token.
  static let usersAdd = Command(
    "users add",
    summary: "Add a user with roles and print the first token, or a program.",
    discussion: """
      The first user needs no token and must be an administrator; from then on only administrators add users, and \
      commands that show personal data ask for a token. The token stands alone on standard output and is shown only \
      once; everything else is told beside it.

      reviewer handles cases. senior does too, is the second person of others and sees the figures. data-protection \
      receives contests and sees the figures. auditor reads. administrator manages users and puts rules in force.

      service is a program that asks the service over the network. It runs no commands, stands alone, and gets no token \
      here: 'bonitas tokens create' makes one that says what it may ask for.
      """,
    positionals: [Users.name], options: [role, Users.days], needs: .anybody,
    examples: [
      Example(
        "export BONITAS_TOKEN=$(bonitas users add anna --role administrator)",
        "The first user, whose token this shell uses from here on."),
      Example("bonitas users add berta --role reviewer", "Somebody who handles cases."),
      Example("bonitas users add karl --role reviewer --role senior --days 30", "Two roles, a short token."),
      Example("bonitas users add crm --role service", "A program, whose tokens are made apart."),
    ]
  ) { arguments, edge throws(Failure) in
    let name = try failing { try UserName(try arguments.required(Users.name)) }
    let roles = Users.roles(arguments.all(role))
    let isProgram = roles.contains(.service)
    if isProgram, arguments[Users.days] != nil {
      throw Failure(
        usage: .conflict(
          "--days is for the first token, and a program gets none here: 'bonitas tokens create' makes it."))
    }
    let secret = try edge.randomBytes(TokenText.secretBytes)
    let days = arguments[Users.days] ?? AccessToken.defaultDays
    let actor = arguments.signedIn
    let (user, issued) = try Users.write(arguments, edge, "users add", .create) {
      write, audit throws(AccessError) in
      let user = try AccessStore.add(name, roles: roles, by: actor, audit: audit, in: write)
      if isProgram { return (user, nil as (text: TokenText, token: AccessToken)?) }
      let issued = try AccessStore.issue(
        to: user.name, label: "first", days: days, secret: secret, by: actor, audit: audit, in: write)
      return (user, issued)
    }
    guard let issued else {
      if arguments.wantsJSON {
        edge.output.json(["user": Users.describe(user), "token": .null, "text": .null])
      } else {
        edge.errors.line(
          "\(user.name) is added: service. 'bonitas tokens create --user \(user.name) --scope decide --company COMPANY "
            + "--purpose PURPOSE' makes a token for it.")
      }
      return .done
    }
    Users.show(
      issued.text, issued.token, of: user, about: "\(user.name) is added: \(Users.words(user.roles)).",
      arguments, edge)
    return .done
  }

  /// Six roles in the usage line would be wider than a terminal; the page tells them below.
  private static let role = Option(
    "role", ValueKind(placeholder: "ROLE", read: ValueKind.choice(Role.allCases.map(\.rawValue)).read),
    "What the user may do; may be given several times.", isRequired: true, repeats: true)
}
