import Formats
import SyntheticPortfolio
import Values

extension Command {
  /// `bonitas generate`: a synthetic portfolio.
  static let generate = Command(
    "generate",
    summary: "Write a synthetic portfolio of any size as canonical CSV files.",
    discussion: """
      The customers are invented; their codes are valid in form and belong to nobody. The same number, seed and \
      business date give the same bytes on every machine, and a smaller portfolio is the beginning of a larger one.

      The history ends on the business date, 2026-06-30 unless another is given. Files of an earlier run in the \
      folder are replaced.
      """,
    options: [Generating.customers, Generating.seed, Generating.output, Generating.businessDate],
    needs: .nobody,
    examples: [
      Example(
        "bonitas generate --customers 1000 --seed 1 --output portfolio",
        "Writes portfolio/customers.csv and 19 more files, ready for 'bonitas ingest portfolio/*.csv'.")
    ], run: Generating.run)
}

private enum Generating {
  static let customers = Option(
    "customers", .integer("N", in: 0...PortfolioGenerator.greatestCount), "How many customers.",
    isRequired: true)
  static let seed = Option(
    "seed", .integer("S", in: 0...Int.max), "Where the pseudo-random numbers begin.", isRequired: true)
  static let output = Option(
    "output", .path("DIR"), "The folder for the files; it is made if need be.", isRequired: true)

  static let businessDate = Option(
    "business-date", .date,
    "The day on which the history ends (default \(PortfolioGenerator.defaultBusinessDate)).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let count = try arguments.required(customers)
    let folder = try arguments.required(output)
    let date = arguments[businessDate] ?? PortfolioGenerator.defaultBusinessDate
    let generator = PortfolioGenerator(
      customers: count, seed: UInt64(try arguments.required(seed)), businessDate: date)
    let progress = Progress("generate", unit: "customers", on: edge.errors)
    do throws(GeneratorError) {
      try generator.write(to: folder) { progress.report($0, of: count) }
    } catch {
      progress.finish()
      throw Failure(error)
    }
    progress.finish()
    if arguments.wantsJSON {
      edge.output.json([
        "customers": .number(Decimal(count)), "folder": .string(folder),
        "businessDate": .string(date.description),
      ])
    } else {
      edge.output.line(
        "\(visible(folder)): \(counted(count, "customer")) with their history up to \(date), in 20 files.")
    }
    return .done
  }
}
