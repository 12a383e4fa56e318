extension Failure {
  /// The words for an error of any room.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let usage as UsageError: self.init(usage: usage)
    default: self.init("unexpected", "Something unexpected happened: \(error).")
    }
  }
}
