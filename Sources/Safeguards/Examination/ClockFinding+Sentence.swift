extension DayCount {
  /// As in `20 calendar days`.
  var words: String { "\(days) \(unit.rawValue) day\(days == 1 ? "" : "s")" }
}

extension ClockFinding {
  /// The arithmetic in words, as `LV-E-1: 20 calendar days after 2026-01-30 (sending of N1): from 2026-02-19`.
  public var sentence: String {
    let about = notice.map { " of \($0)" } ?? ""
    let event: String
    switch start {
    case .due: event = "due date of \(invoices.joined(separator: ", "))"
    case .sent: event = "sending\(about)"
    case .received: event = "receipt\(about)"
    case .deadline: event = "last day to pay\(about)"
    case .disconnected: event = "interruption of supply"
    }
    guard let startDay, let earliest else { return "\(rule): waits for the \(event), which is not proven." }
    let then = count.counting == .after ? "" : ", the last of which is still in time"
    let within = season.map { " It binds \($0.from) to \($0.until) alone." } ?? ""
    let passed = count.days == 0 ? "" : "\(count.words) "
    return "\(rule): \(passed)after \(startDay) (\(event))\(then): from \(earliest).\(within)"
  }
}

extension NoticeRefusal {
  /// Why a notice counts for nothing, in words for the operator.
  public var words: String {
    switch self {
    case .noContent: "the hash of its text was not kept"
    case .noAddress: "it is not known what kind of address it went to"
    case .wrongChannel: "it was sent in a way that the law does not accept"
    case .wrongAddress: "it went to a kind of address that the law does not accept"
    case .noSplit: "its amount is not split, or the parts do not make the whole"
    case .otherCurrency: "its amount is in another currency than the claim"
    case .noDeadline: "it states no last day to pay"
    case .shortDeadline: "the last day to pay that it states comes too soon"
    case .tooSoon: "it went out too soon after the due date"
    case .notProven: "nothing proves that it came"
    case .cameBack: "it came back or could not be delivered"
    case .provenBeforeSent: "what proves it is dated before it was sent"
    }
  }
}

extension RefusedNotice {
  /// Which notice counted for nothing for which invoice, and why.
  public var sentence: String { "\(notice) counts for nothing for \(invoice): \(reason.words)." }
}

extension SafeguardReport {
  /// The verdict in one sentence.
  public var sentence: String {
    if isLawful { return "\(request.tool.rawValue) for \(request.contract) is lawful on \(request.on)." }
    let bars = standing.map(\.code.words)
    let wait: String
    if let earliest {
      wait = earliest > request.on ? "the earliest lawful day is \(earliest)" : ""
    } else {
      wait = "no lawful day is known yet"
    }
    let why = (bars + [wait]).filter { !$0.isEmpty }
    return "\(request.tool.rawValue) for \(request.contract) is not lawful on \(request.on): "
      + (why.isEmpty ? "a clock of the season runs" : why.joined(separator: "; ")) + "."
  }
}
