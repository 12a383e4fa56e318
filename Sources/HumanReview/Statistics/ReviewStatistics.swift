import Formats
import Values

/// Figures that show whether the review is real (AD-13): how often people disagree, how long they look, what they open.
public struct ReviewStatistics: Hashable, Sendable {
  /// The figures of one person, of one reason for cases, or of all.
  public struct Line: Hashable, Sendable {
    /// The reviewer, the code of the reason, or "all".
    public let name: String
    /// Cases decided.
    public internal(set) var decided = 0
    /// Of these, where the decision was found right.
    public internal(set) var confirmed = 0
    /// Where something else was decided.
    public internal(set) var changed = 0
    /// Where inputs were corrected and the rules decided again.
    public internal(set) var corrected = 0
    /// Where contest or order was taken back.
    public internal(set) var withdrawn = 0
    /// Cases that could have been confirmed: contests and approvals; a referral says nothing to confirm.
    public internal(set) var confirmable = 0
    /// Of these, where the person decided otherwise.
    public internal(set) var overridden = 0
    /// Cases of automated decisions that said something to agree with: an outcome, or a rating beside a referral.
    public internal(set) var comparable = 0
    /// Of these, where the result is another.
    public internal(set) var disagreed = 0
    /// Cases decided after their due day.
    public internal(set) var late = 0
    /// Cases in which the reviewer opened evidence: records, attachments, sections beyond the decision itself.
    public internal(set) var withEvidence = 0
    /// How many different things were opened, over all cases.
    public internal(set) var opened = 0
    /// Cases in which something was attached.
    public internal(set) var withAttachments = 0
    /// Proposals that a second person sent back.
    public internal(set) var sentBack = 0
    /// Proposals of others that the reviewer approved.
    public internal(set) var approved = 0
    /// The time from claim to decision of each case, in seconds, ascending.
    public internal(set) var seconds: [Int] = []

    init(_ name: String) { self.name = name }

    /// Which part of the cases that could be confirmed was decided otherwise, from 0 to 1.
    public var overrideRate: Decimal? { Self.rate(overridden, of: confirmable) }
    /// Which part of the comparable cases came out otherwise than the automation said.
    public var disagreementRate: Decimal? { Self.rate(disagreed, of: comparable) }
    /// In which part of the cases evidence was opened.
    public var evidenceRate: Decimal? { Self.rate(withEvidence, of: decided) }
    /// How many things were opened per case.
    public var openedPerCase: Decimal? { Self.rate(opened, of: decided) }
    /// The time that half of the cases took at most, in seconds.
    public var medianSeconds: Int? { seconds.isEmpty ? nil : seconds[(seconds.count - 1) / 2] }
    /// The shortest time, in seconds.
    public var shortestSeconds: Int? { seconds.first }

    private static func rate(_ part: Int, of whole: Int) -> Decimal? {
      whole == 0 ? nil : Decimal(part).divided(by: Decimal(whole))?.rounded(scale: 4, .halfEven)
    }
  }

  /// Why a reviewer's decisions may be no review.
  public enum RubberStamp: Hashable, Sendable {
    /// Hardly anything is overridden, and cases take less than a minute.
    case agreesQuickly(rate: Decimal, seconds: Int)
    /// In most cases nothing was opened besides the decision.
    case opensNothing(rate: Decimal)

    /// Fewer cases tell nothing: one override in twenty is five of a hundred.
    public static let leastCases = 20
    /// Not one case in fifty decided otherwise: the automation is perfect, or nobody looks.
    static let overrideFloor = Decimal(mantissa: 2, exponent: -2) ?? .zero
    /// Reading the reasons and the features of one decision takes longer than this.
    static let secondsFloor = 60
    /// Whoever opens evidence in less than half of the cases decides most of them by the engine's word.
    static let evidenceFloor = Decimal(mantissa: 5, exponent: -1) ?? .zero

    /// The warning for people.
    public func sentence(_ reviewer: String) -> String {
      switch self {
      case .agreesQuickly(let rate, let seconds):
        "\(reviewer) decides otherwise in \(Self.percent(rate)) of the cases and takes \(seconds) s for half of them: this "
          + "may be rubber-stamping. Look at some of these cases together."
      case .opensNothing(let rate):
        "\(reviewer) opened evidence in only \(Self.percent(rate)) of the cases: this may be rubber-stamping. Look at some "
          + "of these cases together."
      }
    }

    private static func percent(_ rate: Decimal) -> String {
      ((rate * Decimal(100)).rounded(scale: 1, .halfEven) ?? .zero).description + " %"
    }
  }

  /// The first and the last day of deciding that count; nil for all.
  public let since: CivilDate?
  /// The last day; nil for all.
  public let until: CivilDate?
  /// All reviewers and reasons together.
  public let total: Line
  /// By reviewer, in the order of their names.
  public let reviewers: [Line]
  /// By the reason of the cases.
  public let reasons: [Line]
  /// Cases that wait now, and how many of them are overdue.
  public let waiting: QueueFigures

  /// What may be no review, by reviewer.
  public var warnings: [(reviewer: String, why: RubberStamp)] {
    reviewers.flatMap { line in Self.warnings(line).map { (line.name, $0) } }
  }

  static func warnings(_ line: Line) -> [RubberStamp] {
    guard line.decided >= RubberStamp.leastCases else { return [] }
    var warnings: [RubberStamp] = []
    if let median = line.medianSeconds, median < RubberStamp.secondsFloor {
      let rates = [
        line.confirmable >= RubberStamp.leastCases ? line.overrideRate : nil,
        line.comparable >= RubberStamp.leastCases ? line.disagreementRate : nil,
      ]
      if let rate = rates.compactMap(\.self).min(), rate < RubberStamp.overrideFloor {
        warnings.append(.agreesQuickly(rate: rate, seconds: median))
      }
    }
    if let rate = line.evidenceRate, rate < RubberStamp.evidenceFloor {
      warnings.append(.opensNothing(rate: rate))
    }
    return warnings
  }
}

extension ReviewStatistics {
  /// The figures for machines.
  public var json: JSONValue {
    [
      "since": since.map { .string($0.description) } ?? .null,
      "until": until.map { .string($0.description) } ?? .null, "total": total.json,
      "reviewers": .array(reviewers.map(\.json)), "reasons": .array(reasons.map(\.json)),
      "waiting": .number(Decimal(waiting.total)), "overdue": .number(Decimal(waiting.overdue)),
      "escalated": .number(Decimal(waiting.escalated)),
      "warnings": .array(
        warnings.map {
          ["reviewer": .string($0.reviewer), "sentence": .string($0.why.sentence($0.reviewer))]
        }),
    ]
  }
}

extension ReviewStatistics.Line {
  /// The names of the figures and their values, as they stand in JSON and CSV.
  public var figures: [(name: String, value: Decimal?)] {
    [
      ("decided", Decimal(decided)), ("confirmed", Decimal(confirmed)), ("changed", Decimal(changed)),
      ("corrected", Decimal(corrected)), ("withdrawn", Decimal(withdrawn)),
      ("confirmable", Decimal(confirmable)), ("overridden", Decimal(overridden)),
      ("override_rate", overrideRate), ("comparable", Decimal(comparable)), ("disagreed", Decimal(disagreed)),
      ("disagreement_rate", disagreementRate), ("median_seconds", medianSeconds.map { Decimal($0) }),
      ("shortest_seconds", shortestSeconds.map { Decimal($0) }), ("opened_per_case", openedPerCase),
      ("evidence_rate", evidenceRate), ("with_attachments", Decimal(withAttachments)),
      ("late", Decimal(late)), ("sent_back", Decimal(sentBack)), ("approved", Decimal(approved)),
    ]
  }

  /// The figures for machines.
  var json: JSONValue {
    var json = JSONObject()
    json["name"] = .string(name)
    for (name, value) in figures { json[name] = value.map(JSONValue.number) ?? .null }
    return .object(json)
  }
}
