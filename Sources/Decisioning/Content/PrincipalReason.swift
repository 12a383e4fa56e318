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
    return losses(atMost: PrincipalReason.limit)
  }

  /// The value of the characteristic that a reason names; nil where it names none.
  public func value(of reason: PrincipalReason) -> JSONValue? {
    reason.characteristic.flatMap { name in features.first { $0.name == name }?.value }
  }

  /// Every loss merged by reason code, largest first; together they are the distance from the best score.
  public var losses: [PrincipalReason] { losses(atMost: characteristics.count) }

  private func losses(atMost limit: Int) -> [PrincipalReason] {
    // Places and numbers alone: to move the characteristics themselves would count their references.
    var merged: [(first: Int, named: Int, largest: Decimal, sum: Decimal)] = []
    merged.reserveCapacity(characteristics.count)
    for place in characteristics.indices {
      let loss = characteristics[place].loss
      guard loss > .zero else { continue }
      if let same = merged.firstIndex(where: {
        characteristics[$0.first].reason == characteristics[place].reason
      }) {
        merged[same].sum += loss
        if loss > merged[same].largest {
          merged[same].largest = loss
          merged[same].named = place
        }
      } else {
        merged.append((place, place, loss, loss))
      }
    }
    return merged.sorted { ($1.sum, $0.first) < ($0.sum, $1.first) }.prefix(limit).map { loss in
      PrincipalReason(
        code: characteristics[loss.first].reason, loss: loss.sum,
        characteristic: characteristics[loss.named].name)
    }
  }
}
