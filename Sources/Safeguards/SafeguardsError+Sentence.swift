import Formats

extension SafeguardsError {
  /// Says where, what, and how to mend it.
  public var sentence: String {
    switch self {
    case .json(let path, let error): "\(path): \(error.sentence)"
    case .data(let path, let place, let fault): "\(path) at \(place.isEmpty ? "/" : place): \(fault)."
    case .gap(let path, let place, let rule, let from, let until):
      "\(path) at \(place): of the rule \(rule) no version speaks of \(from) to \(until). "
        + "Close the gap, or give the later version an id of its own."
    case .overlap(let path, let place, let rule, let day):
      "\(path) at \(place): two versions of the rule \(rule) hold on \(day). End the earlier one the day before."
    case .twice(let path, let jurisdiction):
      "\(path): there is another file about \(jurisdiction). Put both into one."
    }
  }
}
