public import Values

/// Makes the portfolio of an invented Latvian and Estonian supplier, of any size and in constant memory.
///
/// The same number of customers, seed and business date give the same bytes on every machine, and a smaller
/// portfolio is a prefix of every larger one, file by file.
public struct PortfolioGenerator: Sendable {
  /// The greatest number of customers.
  public static let greatestCount = 10_000_000
  /// The business date of a portfolio unless another is asked for: 2026-06-30.
  public static let defaultBusinessDate = CivilDate(year: 2026, month: 6, day: 30) ?? CivilDate(dayNumber: 0)

  /// How many customers.
  public let customers: Int
  /// The seed of the pseudo-random numbers.
  public let seed: UInt64
  /// The day up to which there is history.
  public let businessDate: CivilDate

  /// A generator of so many customers with 24 months of history up to the business date.
  public init(customers: Int, seed: UInt64, businessDate: CivilDate = PortfolioGenerator.defaultBusinessDate)
  {
    self.customers = customers
    self.seed = seed
    self.businessDate = businessDate
  }

  /// Writes a canonical CSV file for each kind of fact into the folder, made if need be; files of an earlier run are replaced.
  ///
  /// `progress` is told the number of customers written, every thousand and at the end.
  public func write(
    to folder: String, progress: (_ customersWritten: Int) -> Void = { _ in }
  ) throws(GeneratorError) {
    guard customers >= 0, customers <= PortfolioGenerator.greatestCount else {
      throw .customerCount(customers)
    }
    guard businessDate.year >= 2000, businessDate.year <= 2199 else {
      throw .businessDate(businessDate.description)
    }
    let tables = try PortfolioTables(folder: folder)
    for index in 0..<customers {
      var history = CustomerHistory(
        index: index + 1, random: SplitMix64(seed: seed, stream: index),
        debtRandom: SplitMix64(seed: ~seed, stream: index), businessDate: businessDate, tables: tables)
      try history.write()
      if (index + 1) % 1000 == 0 { progress(index + 1) }
    }
    try tables.close()
    if customers % 1000 != 0 { progress(customers) }
  }
}
