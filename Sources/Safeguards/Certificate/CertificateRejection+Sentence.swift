extension CertificateRejection {
  /// Where, what, and what that means.
  public var sentence: String {
    let told: String
    switch reason {
    case .notJSON: told = "this is no JSON"
    case .malformed: told = "a member is not of its form"
    case .notCanonical: told = "the text is not canonical"
    case .wrongDigest: told = "the digest is another, so something was changed"
    case .foreignLaw: told = "law is named that is not about this"
    case .toolNotAllowed: told = "the law that it names does not allow this"
    case .clocks: told = "the clocks are not those of the law"
    case .clockCount: told = "a clock was counted wrongly"
    case .notice: told = "a notice does not carry the clock that hangs on it"
    case .tooEarly: told = "it comes too early"
    case .barMissing: told = "a bar was not checked"
    case .barStands: told = "a bar stands"
    case .amounts: told = "the amounts do not hold"
    case .invoices: told = "the invoices do not hold"
    case .holidays: told = "the holidays do not hold"
    case .otherLaw: told = "the law at hand says something else"
    }
    return "Rejected\(place.isEmpty ? "" : " at \(place)"): \(told) (\(detail))."
  }
}
