internal import Synchronization

/// The regular expressions of late, so that a pattern in a rule is compiled once and not for every customer.
enum RegularExpressionCache {
  /// How many patterns are kept; when there are more, all are dropped at once, because policies use a handful.
  static let capacity = 256

  private struct Key: Hashable {
    // As bytes: Swift's string equality would take canonically equivalent patterns for one.
    let pattern: [UInt8]
    let flags: RegularExpressionFlags
  }

  private static let kept = Mutex<[Key: RegularExpression]>([:])

  /// The compiled pattern; flags may be left out.
  static func expression(
    _ pattern: String, _ flags: String?
  ) throws(RegularExpressionError) -> RegularExpression {
    let flags = try RegularExpressionFlags(letters: flags ?? "")
    let key = Key(pattern: Array(pattern.utf8), flags: flags)
    if let expression = kept.withLock({ $0[key] }) { return expression }
    let expression = try RegularExpression(pattern, flags: flags)
    kept.withLock { kept in
      if kept.count >= capacity { kept.removeAll() }
      kept[key] = expression
    }
    return expression
  }
}
