import Access
import FactStore
import Formats
import SQLite

extension Command {
  /// `bonitas customers find`: who is it.
  static let customersFind = Command(
    "customers find",
    summary: "Find customers by a part of their name, number or code.",
    discussion: "Capitals and the marks of letters make no difference: 'berzins' finds Bērziņš.",
    positionals: [text], options: [limit],
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas customers find Ozols", "Every customer of that name, former names included.")
    ]
  ) { arguments, edge throws(Failure) in
    let wanted = try arguments.required(text)
    let most = arguments[limit] ?? 50
    let store = try arguments.store(edge)
    let found = try failing {
      try store.read { reader throws(SQLiteError) in try reader.customers(matching: wanted, limit: most) }
    }
    try arguments.recordRead(
      by: "customers find", of: found.map(\.key), about: ["text": .string(wanted)], in: store, edge)
    if arguments.wantsJSON {
      edge.output.json(
        .array(
          found.map { customer in
            [
              "customer": .string(customer.number), "name": customer.name.map(JSONValue.string) ?? .null,
              "code": customer.code.map(JSONValue.string) ?? .null, "arrived": .bool(customer.hasArrived),
            ]
          }))
      return .done
    }
    if found.isEmpty {
      edge.output.line("No customer's name, number or code holds '\(visible(wanted))'.")
      return .done
    }
    var table = Table([.init("customer"), .init("name"), .init("code"), .init("")])
    for customer in found {
      table.add([
        .init(customer.number, .emphasis), .init(customer.name ?? ""), .init(customer.code ?? ""),
        .init(customer.hasArrived ? "" : "customer record not received yet", .warning),
      ])
    }
    table.write(to: edge.output)
    if found.count == most { edge.output.line("There may be more: --limit shows them.") }
    return .done
  }

  private static let text = Positional("TEXT", .text("TEXT"), "A part of the name, number or code.")
  private static let limit = Option("limit", .integer("N", in: 1...100_000), "At most so many (default 50).")
}
