/// Why a synthetic portfolio could not be written.
public enum GeneratorError: Error, Hashable, Sendable {
  /// The number of customers is below zero or above ten million, where invented codes would repeat.
  case customerCount(Int)
  /// The business date does not leave room for the history before it.
  case businessDate(String)
  /// A file cannot be created or written.
  case cannotWrite(path: String, reason: String)
}

extension GeneratorError {
  /// The error as a sentence for people: what, and how to mend it.
  public var sentence: String {
    switch self {
    case .customerCount(let count):
      "A portfolio of \(count) customers cannot be made. Ask for 0 to \(PortfolioGenerator.greatestCount)."
    case .businessDate(let date):
      "A portfolio cannot end on \(date). Choose a business date from 2000-01-01 to 2199-12-31."
    case .cannotWrite(let path, let reason):
      "Cannot write \(path): \(reason) Check the folder, the rights to it and the free space."
    }
  }
}
