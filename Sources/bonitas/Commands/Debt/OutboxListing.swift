import Access
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import Foundation
import HTTPClient
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas outbox list`: what is to leave and what has left.
  static let outboxList = Command(
    "outbox list",
    summary: "List letters and requests: what waits to leave, what has left.",
    options: [Outgoing.states, Outgoing.run, DebtOptions.customers, Outgoing.limit],
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas outbox list", "Everything, the oldest first."),
      Example("bonitas outbox list --state failed", "What a person has to look at."),
    ], run: Outgoing.list)

  /// `bonitas outbox send`: lets go what is due.
  static let outboxSend = Command(
    "outbox send",
    summary: "Send what the outbox has: to a folder, or to an endpoint.",
    discussion: """
      Each effect is one CloudEvent, sent at least once and in order for each contract; a receiver knows a repetition by \
      its id. Payments that came in are followed first, and a restriction leaves only with a certificate that the checker \
      accepts and after the law was asked once more. The key that signs what goes to an endpoint stands in \
      BONITAS_OUTBOX_KEY.
      """,
    options: [Outgoing.folder, Outgoing.url, Outgoing.timeout], takesTimes: .businessDate,
    needs: .permission(.manageDebt),
    examples: [Example("bonitas outbox send --folder .", "One file for each effect.")],
    run: Outgoing.send)

  /// `bonitas outbox retry`: tries effects again.
  static let outboxRetry = Command(
    "outbox retry",
    summary: "Have effects tried again that failed or were held, or sent again.",
    positionals: [Outgoing.effects], options: [Outgoing.allIn, Outgoing.reason],
    needs: .permission(.manageDebt),
    examples: [Example("bonitas outbox retry --state failed", "All that failed, once its cause is mended.")],
    run: Outgoing.retry)
}

private enum Outgoing {
  static let states = Option(
    "state", .choice(EffectState.allCases.map(\.rawValue)), "Only effects in this state.")
  static let run = Option("run", .name("RUN"), "Only effects of this run.")
  static let limit = Option("limit", .integer("N", in: 1...100_000), "At most so many (default 50).")
  static let folder = Option("folder", .path("FOLDER"), "Write each effect as a file into this folder.")
  static let url = Option("url", .text("URL"), "Post each effect to this address.")
  static let timeout = Option(
    "timeout", .integer("SECONDS", in: 1...300), "How long an endpoint may take (default 10).")
  static let effects = Positional(
    "EFFECT", .name("EFFECT"), "The id of the effect, as E-0123….", isRequired: false, repeats: true)
  static let allIn = Option(
    "state", .choice(["failed", "held"]), "All effects in this state, instead of naming them.")
  static let reason = Option("reason", .text("TEXT"), "Why (default retry).")

  static func list(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let store = try arguments.store(edge)
    let state = arguments[states].flatMap(EffectState.init(rawValue:))
    let numbers = arguments.all(DebtOptions.customers)
    let keys = try arguments.keys(of: numbers, edge)
    guard keys.count == Set(numbers).count else {
      throw Failure(
        "unknown-customer", "There is no such customer. 'bonitas customers find TEXT' looks for one.")
    }
    let most = arguments[limit] ?? 50
    let chosen: [Int?] = keys.isEmpty ? [nil] : keys
    let found = try failing {
      try store.read { reader throws(OutboxError) in
        var found: [StoredEffect] = []
        for key in chosen {
          found += try OutboxStore.list(
            state: state, customerKey: key, run: arguments[run], limit: most, in: reader.sql)
        }
        return Array(found.sorted { $0.number < $1.number }.prefix(most))
      }
    }
    let concerned = Set(found.map(\.effect.customerKey)).sorted()
    if !concerned.isEmpty {
      try arguments.recordRead(by: "outbox list", of: concerned, in: store, edge)
    }
    if arguments.wantsJSON {
      edge.output.json(.array(found.map(json)))
      return .done
    }
    guard !found.isEmpty else {
      edge.output.line("The outbox has nothing of this kind.")
      return .done
    }
    var table = Table([
      .init("effect"), .init("step"), .init("contract"), .init("amount", .right), .init("state"),
      .init("tries", .right), .init("because"), .init("run"),
    ])
    for stored in found {
      table.add([
        .init(stored.effect.id), .init(stored.effect.step.rawValue),
        .init(visible(stored.effect.contract ?? "-")),
        .init(DebtOptions.amount(stored.effect.amount.money)),
        .init(stored.state.rawValue, style(stored.state)),
        .init(stored.attempts), .init(stored.obstacle ?? ""), .init(visible(stored.effect.run)),
      ])
    }
    table.write(to: edge.output)
    return .done
  }

  private static func style(_ state: EffectState) -> TextStyle {
    switch state {
    case .failed: .bad
    case .held: .warning
    case .pending, .sent, .confirmed, .withdrawn, .reverted: .plain
    }
  }

  private static func json(_ stored: StoredEffect) -> JSONValue {
    [
      "effect": .string(stored.effect.id), "run": .string(stored.effect.run),
      "step": .string(stored.effect.step.rawValue),
      "contract": stored.effect.contract.map { .string($0) } ?? .null,
      "amount": .number(stored.effect.amount.total), "currency": .string(stored.effect.amount.currency.code),
      "state": .string(stored.state.rawValue), "attempts": .number(Decimal(stored.attempts)),
      "because": stored.obstacle.map { .string($0) } ?? .null,
    ]
  }

  static func send(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let day = arguments.businessDate(edge)
    let desk = try arguments.debtDesk(edge, on: day)
    let destination = try OutboxDestination.chosen(
      folder: arguments[folder], url: arguments[url], timeoutSeconds: arguments[timeout] ?? 10, edge)
    let actor = arguments.actor
    let report = try failing {
      _ = try ReleaseFollower(desk, actor: actor).run(on: day, clock: Edge.currentInstant)
      return try OutboxSender(
        store: desk.store, audit: desk.audit, destination: destination, guards: desk.guards(on: day),
        settings: OutboxSender.Settings(actor: actor, day: day), clock: Edge.currentInstant
      ).run()
    }
    if arguments.wantsJSON {
      func object(_ map: [String: String]) -> JSONValue {
        var json = JSONObject()
        for (id, code) in map.sorted(by: { $0.key < $1.key }) { json[id] = .string(code) }
        return .object(json)
      }
      edge.output.json([
        "sent": .array(report.sent.map(JSONValue.string)), "delayed": object(report.delayed),
        "failed": object(report.failed), "withdrawn": object(report.withdrawn),
      ])
    } else {
      edge.output.line("\(counted(report.sent.count, "effect")) sent.")
      for (what, map) in [
        ("later", report.delayed), ("failed", report.failed), ("withdrawn", report.withdrawn),
      ] {
        for (id, code) in map.sorted(by: { $0.key < $1.key }) {
          edge.output.line("  \(what)  \(id)  \(code)")
        }
      }
    }
    return report.failed.isEmpty ? .done : .refused
  }

  static func retry(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let (store, audit) = (try arguments.store(edge), try edge.auditLog())
    let named = arguments.all(effects)
    let state = arguments[allIn].flatMap(EffectState.init(rawValue:))
    guard named.isEmpty != (state == nil) else {
      throw Failure(usage: .conflict("Say which: EFFECT... or --state failed."))
    }
    let ids = try failing {
      try store.read { reader throws(OutboxError) in
        guard let state else { return named }
        return try OutboxStore.list(state: state, limit: 1_000_000, in: reader.sql).map(\.effect.id)
      }
    }
    try failing {
      try store.write(actor: arguments.actor, at: edge.now, purpose: "debt-management") {
        write throws(OutboxError) in
        try OutboxStore.set(.pending, ids, reason: arguments[reason] ?? "retry", in: write, audit: audit)
      }
    }
    if arguments.wantsJSON {
      edge.output.json(["pending": .array(ids.map(JSONValue.string))])
    } else {
      edge.output.line("\(counted(ids.count, "effect")) will be tried again: 'bonitas outbox send'.")
    }
    return .done
  }
}

extension OutboxDestination {
  /// Where effects go: a folder or an endpoint, one of the two.
  static func chosen(
    folder: String?, url: String?, timeoutSeconds: Int, _ edge: Edge
  ) throws(Failure) -> OutboxDestination {
    switch (folder, url) {
    case (let folder?, nil):
      var isFolder: ObjCBool = false
      // Not made by itself: where a share is not mounted, letters would vanish under it.
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
        throw Failure(
          "no-outbox-folder", "\(folder): there is no such folder; make it, or mount what belongs there.")
      }
      return .folder(folder)
    case (nil, let url?):
      guard let key = edge.variable("BONITAS_OUTBOX_KEY") else {
        throw Failure(
          "no-outbox-key",
          "What goes to an endpoint is signed: put the key, at least 16 bytes, into BONITAS_OUTBOX_KEY.")
      }
      return try failing {
        try .endpoint(
          url, key: Array(key.utf8), timeoutMilliseconds: timeoutSeconds * 1000, client: HTTPClient())
      }
    default: throw Failure(usage: .conflict("Say where to, one of the two: a folder or a URL."))
    }
  }
}
