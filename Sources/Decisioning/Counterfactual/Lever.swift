import Facts

/// A way in which a person can change what a decision rests on.
///
/// The policy declares in the annotation column "Change" of its scorecard and its knock-outs which of them apply to
/// which row; what no row declares is never proposed (AD-18, AD-31).
public enum Lever: Hashable, Sendable {
  /// Open invoices are paid.
  case pay
  /// Open entries of an arrears register are cleared by paying the arrears.
  case clear
  /// An open entry of a public register ends because what it states has been settled.
  case end(RegisterEntry.EntryType)
  /// Time passes, and bills are paid when they are due.
  case time

  /// The word of the lever; all kinds of register entries have the same.
  public var word: String {
    switch self {
    case .pay: "pay"
    case .clear: "clear"
    case .end: "end"
    case .time: "time"
    }
  }

  /// The levers of one cell of the column: words parted by commas, as in `pay, time` or `end taxDebt`.
  ///
  /// `never` and an empty cell name none; nil where a word is not known.
  static func list(_ cell: String) -> Set<Lever>? {
    var levers: Set<Lever> = []
    for item in cell.split(separator: ",") {
      let words = item.split(separator: " ")
      switch (words.first, words.count) {
      case (nil, _): continue
      case ("never", 1): continue
      case ("pay", 1): levers.insert(.pay)
      case ("clear", 1): levers.insert(.clear)
      case ("time", 1): levers.insert(.time)
      case ("end", 2):
        guard let type = RegisterEntry.EntryType(rawValue: String(words[1])) else { return nil }
        levers.insert(.end(type))
      default: return nil
      }
    }
    return levers
  }
}
