import Facts
import Formats

extension Command {
  /// `bonitas template`: an empty file of a canonical layout.
  static let template = Command(
    "template",
    summary: "Print an empty file of a canonical CSV layout, or list the layouts.",
    discussion: """
      The header is the contract: a file that begins with it is recognised by 'bonitas ingest' without a mapping. \
      Dates are written 2026-06-30, amounts with a decimal point; the encoding is UTF-8.
      """,
    positionals: [layout],
    needs: .nobody,
    examples: [
      Example("bonitas template", "Lists the layouts with their columns."),
      Example("bonitas template payments", "Prints the header line of a file of payments."),
    ]
  ) { arguments, edge throws(Failure) in
    guard let name = arguments[layout] else {
      list(arguments, edge)
      return .done
    }
    guard let kind = FactKind.allCases.first(where: { $0.layout == name }) else {
      throw Failure(usage: .missingPositional(layout.name))
    }
    if arguments.wantsJSON {
      edge.output.json(describe(kind))
    } else {
      edge.output.line(kind.fields.map(\.name.rawValue).joined(separator: ","))
    }
    return .done
  }

  private static let layout = Positional(
    "LAYOUT", .choice(FactKind.allCases.map(\.layout)), "The layout; without it, all are listed.",
    isRequired: false)

  private static func list(_ arguments: Arguments, _ edge: Edge) {
    if arguments.wantsJSON {
      edge.output.json(.array(FactKind.allCases.map(describe)))
      return
    }
    var table = Table([.init("layout"), .init("columns (* has to be filled)", .left, .wraps)])
    for kind in FactKind.allCases {
      let columns = kind.fields.map { $0.name.rawValue + ($0.isRequired ? "*" : "") }
      table.add([.init(kind.layout, .emphasis), .init(columns.joined(separator: ", "))])
    }
    table.write(to: edge.output)
  }

  private static func describe(_ kind: FactKind) -> JSONValue {
    let columns = kind.fields.map { field -> JSONValue in
      var column = JSONObject()
      column["name"] = .string(field.name.rawValue)
      column["required"] = .bool(field.isRequired)
      if let words = field.type.words { column["words"] = .array(words.map(JSONValue.string)) }
      return .object(column)
    }
    return ["layout": .string(kind.layout), "columns": .array(columns)]
  }
}
