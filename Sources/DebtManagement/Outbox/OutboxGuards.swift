public import FactStore
import Facts
public import Values

/// What is asked before an effect leaves, in the write that lets it go: nothing is committed between question and leave.
///
/// They are functions, so that the outbox knows neither the law nor the ladder nor who follows the change feed.
public struct OutboxGuards: Sendable {
  /// Why a certificate does not allow this effect, as a code; nil where it does.
  ///
  /// Asked with the bytes and the effect: an accepted certificate of another contract, tool or sum allows nothing.
  public var refusal: @Sendable ([UInt8], Effect) -> String?
  /// Whether whoever withdraws and releases has seen every change of a customer's facts.
  public var hasSeenAll: @Sendable (Int, FactReader) throws(OutboxError) -> Bool
  /// Why an effect is not to leave any more, as a code; nil where it still is.
  public var obstacle: @Sendable (Effect, FactReader, Instant) throws(OutboxError) -> String?
  /// Whether the customer may be contacted now in this way (LV-D-9).
  public var mayContact: @Sendable (Effect, Instant) -> Bool

  /// Guards from their parts.
  public init(
    refusal: @escaping @Sendable ([UInt8], Effect) -> String?,
    hasSeenAll: @escaping @Sendable (Int, FactReader) throws(OutboxError) -> Bool,
    obstacle: @escaping @Sendable (Effect, FactReader, Instant) throws(OutboxError) -> String?,
    mayContact: @escaping @Sendable (Effect, Instant) -> Bool
  ) {
    self.refusal = refusal
    self.hasSeenAll = hasSeenAll
    self.obstacle = obstacle
    self.mayContact = mayContact
  }

  /// What the guards say about an effect.
  enum Verdict {
    /// It may leave.
    case go
    /// Not now; it is asked again after so many seconds.
    case wait(code: String, seconds: Int)
    /// It must not leave as it is; a person has to look.
    case stop(code: String)
    /// Its ground is gone.
    case drop(code: String)
  }

  func examine(
    _ effect: Effect, in reader: FactReader, on day: CivilDate, at now: Instant
  ) throws(OutboxError) -> Verdict {
    // Nothing stands between a customer and the light.
    if effect.isRelief { return .go }
    if effect.step.isRestriction {
      guard case .operatorRequest(let request) = effect.kind, let certificate = request.certificate else {
        return .stop(code: "certificate-missing")
      }
      if let code = refusal(certificate, effect) { return .stop(code: "certificate-refused:\(code)") }
      guard try hasSeenAll(effect.customerKey, reader) else {
        return .wait(code: "unseen-change", seconds: 1)
      }
    }
    if let code = try obstacle(effect, reader, now) { return .drop(code: code) }
    guard case .letter(let notice) = effect.kind else { return .go }
    // It waited too long: nobody can be asked to pay by a day that is over.
    if let deadline = notice.deadline, deadline < day {
      return .drop(code: "deadline-passed")
    }
    if [.email, .sms, .phone].contains(notice.channel), !mayContact(effect, now) {
      return .wait(code: "contact-hours", seconds: 600)
    }
    return .go
  }
}
