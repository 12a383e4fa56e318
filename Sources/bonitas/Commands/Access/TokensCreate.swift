import Access
import FactStore
import SQLite

extension Command {
  /// `bonitas tokens create`: a token for oneself or another.
  static let tokensCreate = Command(
    "tokens create",
    summary: "Make a token for yourself, or as an administrator for another user.",
    discussion: """
      A token counts for \(AccessToken.defaultDays) days where --days does not say otherwise. The database keeps only \
      what it takes to recognise it: a lost token cannot be shown again, but revoked and replaced.

      Where no administrator has a token that counts, one is made for an administrator without signing in, and that is \
      entered in the audit log.

      With --scope it is a token for a program that asks the service, made by an administrator for a user with the role \
      service: decide asks for decisions, read reads them with explanations, ratings and the states of the sources, \
      contest enters contests, facts delivers facts, metrics reads figures that name nobody. Company and purpose are \
      entered with every disclosure. What a token may do never changes: make another and revoke the first.
      """,
    options: [user, label, Users.days] + ServiceOptions.all, needs: .anybody,
    examples: [
      Example("bonitas tokens create --label laptop", "One more for yourself."),
      Example("bonitas tokens create --user janis --days 30", "One for another user, by an administrator."),
      Example("bonitas users add order-intake --role service", "A program, before its first token."),
      Example(
        """
        bonitas tokens create --user order-intake --scope decide --scope read \\
            --company 'Elektrum order intake' --purpose order-intake --rate 500 --jurisdiction LV
        """, "Its token: it asks for decisions about customers in Latvia and reads those it asked for."),
      Example(
        """
        bonitas tokens create --user order-intake --scope facts --source supplier --source register \\
            --company 'Elektrum order intake' --purpose billing
        """, "Another, which delivers facts of the supplier and of a register."),
      Example(
        """
        bonitas tokens create --user order-intake --label monitoring --scope metrics \\
            --company 'Elektrum order intake' --purpose monitoring --rate 1 --burst 10
        """, "Another, for its monitoring, which sees figures alone."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = arguments.signedIn
    guard let name = arguments[user] ?? actor?.name else { throw Failure(AccessError.noToken) }
    let label = arguments[label] ?? ""
    let grant = try ServiceOptions.grant(arguments)
    let days = arguments[Users.days] ?? AccessToken.defaultDays
    let secret = try edge.randomBytes(TokenText.secretBytes)
    let (issued, owner) = try Users.write(arguments, edge, "tokens create") {
      write, audit throws(AccessError) in
      let issued = try AccessStore.issue(
        to: name, label: label, days: days, grant: grant, secret: secret, by: actor, audit: audit, in: write)
      guard let owner = try AccessStore.user(named: name, in: write.sql) else { throw .unknownUser(name) }
      return (issued, owner)
    }
    Users.show(
      issued.text, issued.token, of: owner, about: grant.map { "It may \(ServiceOptions.words($0))." } ?? "",
      arguments, edge)
    return .done
  }

  private static let user = Option("user", .name("NAME"), "Whose token it is (default yours).")
  private static let label = Option("label", .name("TEXT"), "What you call it, to tell it from others.")
}
