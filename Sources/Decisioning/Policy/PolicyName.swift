/// The names by which the pipeline asks `credit-rating.dmn` for its decisions.
public enum PolicyName {
  /// The circumstances that take the decision out of the scorecard's hands.
  public static let knockOuts = "Knock-outs"
  /// The scorecard.
  public static let score = "Score"
  /// The rating by the thresholds alone, which differ upwards and downwards.
  public static let bandedRating = "Rating by score"
  /// For how many days after a fall the rating does not rise.
  public static let cooldownInDays = "Cooldown in days"
  /// Whether a rise waits because the rating has fallen a short time ago.
  public static let heldBack = "Rating held back"
  /// The rating.
  public static let rating = "Rating"
  /// What the rating alone allows.
  public static let orderOutcome = "Order outcome"
  /// What the policy gives, before the law is asked.
  public static let outcome = "Outcome"
  /// For how many days the rating is valid.
  public static let validityInDays = "Validity in days"

  /// The inputs that may be missing although they are no features: there is no order, no rating before.
  public static let optionalInputs: Set<String> = [
    RatingModel.Given.commodity.rawValue, RatingModel.Given.expectedMonthlyAmount.rawValue,
    RatingModel.Given.previousRating.rawValue, RatingModel.Given.daysSinceDowngrade.rawValue,
  ]
}
