import Decisioning

extension Judgement {
  /// What came of looking, in few words: `changed to rating B, accept, for the customer, until 2026-12-31`.
  var words: String {
    let set = [
      rating.map { "rating \($0)" }, outcome?.rawValue, restriction.map { "restriction \($0.rawValue)" },
    ].compactMap(\.self)
    let result = set.isEmpty ? "" : " to \(set.joined(separator: ", "))"
    return "\(resolution.rawValue)\(result), for the \(scope.rawValue), until \(until)"
  }
}
