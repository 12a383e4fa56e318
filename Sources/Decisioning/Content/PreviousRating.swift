import Values

/// The rating that stood before a decision: the memory of the thresholds that differ upwards and downwards.
///
/// It is that of the newest decision for an earlier business date, so that rating twice for one day gives the same.
public struct PreviousRating: Hashable, Sendable {
  /// The rating.
  public var rating: String
  /// The business date from which it has stood without a change.
  public var since: CivilDate
  /// The business date of the last change for the worse; nil where there was none.
  public var downgradedOn: CivilDate?

  /// A rating that stood before.
  public init(rating: String, since: CivilDate, downgradedOn: CivilDate? = nil) {
    self.rating = rating
    self.since = since
    self.downgradedOn = downgradedOn
  }

  /// What stands after a decision that gave `rating` for a day; nil where nothing was rated.
  ///
  /// Ratings are letters from `A`, the best; the policy's values are checked for that order when it is loaded.
  static func standing(after previous: PreviousRating?, rating: String?, on day: CivilDate)
    -> PreviousRating?
  {
    guard let rating else { return nil }
    guard let previous else { return PreviousRating(rating: rating, since: day) }
    if rating == previous.rating { return previous }
    return PreviousRating(
      rating: rating, since: day, downgradedOn: rating > previous.rating ? day : previous.downgradedOn)
  }
}
