import Formats
import Values

/// One of the main reasons of a decision, best first.
public struct PrincipalReason: Hashable, Sendable {
  /// The reason code; the texts turn it into a sentence.
  public var code: String
  /// The points lost for it, summed over the characteristics that share the code; nil for a knock-out.
  public var loss: Decimal?
  /// The characteristic that lost most under this code, whose value the sentence names; nil for a knock-out.
  public var characteristic: String?

  /// More than four reasons are unlikely to help anyone (12 CFR 1002.9 commentary; AD-27).
  public static let limit = 4

  /// A reason.
  public init(code: String, loss: Decimal?, characteristic: String?) {
    self.code = code
    self.loss = loss
    self.characteristic = characteristic
  }
}

extension DecisionContent {
  /// At most four reasons (AD-27): the knock-outs in policy order; where there is none, the losses against the best
  /// points, merged by reason code, largest first, ties in the scorecard's order.
  public var principalReasons: [PrincipalReason] {
    guard knockOuts.isEmpty else {
      var seen: Set<String> = []
      let codes = knockOuts.map(\.reason).filter { seen.insert($0).inserted }
      return codes.prefix(PrincipalReason.limit).map {
        PrincipalReason(code: $0, loss: nil, characteristic: nil)
      }
    }
    return Array(losses.prefix(PrincipalReason.limit))
  }

  /// The value of the characteristic that a reason names; nil where it names none.
  public func value(of reason: PrincipalReason) -> JSONValue? {
    reason.characteristic.flatMap { name in features.first { $0.name == name }?.value }
  }

  /// Every loss merged by reason code, largest first; together they are the distance from the best score.
  public var losses: [PrincipalReason] {
    var merged: [(reason: PrincipalReason, largest: Decimal, loss: Decimal)] = []
    merged.reserveCapacity(characteristics.count)
    for place in characteristics.indices where characteristics[place].loss > .zero {
      let scored = characteristics[place]
      if let place = merged.firstIndex(where: { $0.reason.code == scored.reason }) {
        merged[place].loss += scored.loss
        if scored.loss > merged[place].largest {
          merged[place].largest = scored.loss
          merged[place].reason.characteristic = scored.name
        }
      } else {
        let reason = PrincipalReason(code: scored.reason, loss: nil, characteristic: scored.name)
        merged.append((reason, scored.loss, scored.loss))
      }
    }
    // Places are sorted: to move the entries themselves would count their references.
    let losses = merged.map(\.loss)
    return losses.indices.sorted { (losses[$1], $0) < (losses[$0], $1) }.map { place in
      var reason = merged[place].reason
      reason.loss = losses[place]
      return reason
    }
  }
}
