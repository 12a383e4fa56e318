import FactStore
import Facts
import Safeguards
import Testing
import Values

@testable import DebtManagement

/// The whole house, day after day.
extension DebtHouse {
  /// How proofs of letters come back.
  enum Post {
    /// The carrier gives every letter to the customer on the day.
    case sameDay
    /// The carrier gives its reference on the day, and nothing after it.
    case receipt
    /// Nothing.
    case none
  }

  /// A step that was taken on a day.
  struct Taken: Hashable, CustomStringConvertible {
    let day: CivilDate
    let step: LadderStep

    init(_ day: CivilDate, _ step: LadderStep) {
      self.day = day
      self.step = step
    }

    init(_ day: String, _ step: LadderStep) throws { self.init(try civil(day), step) }

    var description: String { "\(day) \(step.rawValue)" }
  }

  /// Works every day up to one: follows, plans, applies, has people approve, sends, and enters the proofs of the post.
  ///
  /// Whatever restricts is measured by the law as it is then, apart from the policy.
  ///
  /// - Returns: the steps that left, with their days.
  @discardableResult
  func work(until last: String, post: Post = .sameDay, approving: Bool = true) throws -> [Taken] {
    let last = try civil(last)
    var taken: [Taken] = []
    while true {
      try follow()
      let proposed = try run().proposals
      if approving, !proposed.isEmpty {
        try judge()
        try run()
      }
      let before = mail.ids.count
      try send()
      for id in mail.ids.dropFirst(before) {
        let stored = try effect(id)
        taken.append(Taken(day, stored.effect.step))
        if stored.effect.step.isRestriction { try expectProven(stored) }
        if case .letter = stored.effect.kind { try prove(stored, post) }
      }
      guard day < last, let next = day.adding(days: 1) else { return taken }
      try go(to: "\(next)")
    }
  }

  /// Enters what the post says of a letter.
  func prove(_ stored: StoredEffect, _ post: Post) throws {
    let customer = try #require(
      try store.read { reader throws(StoreError) in try reader.reference(of: stored.effect.customerKey) })
    let id = stored.effect.id
    switch post {
    case .none: break
    case .sameDay:
      try enter(
        .noticeDelivery(
          NoticeDelivery(id: id + "-in", customer: customer, notice: id, event: .delivered, date: day)))
    case .receipt:
      try enter(
        .noticeDelivery(
          NoticeDelivery(
            id: id + "-rr", customer: customer, notice: id, event: .sent, date: day, evidence: "RR-\(id)")))
    }
  }

  /// The certificate of a restriction is accepted by the checker, with the law at hand and without, and allows the day.
  func expectProven(_ stored: StoredEffect, _ location: SourceLocation = #_sourceLocation) throws {
    let certificate = try #require(stored.effect.certificate, sourceLocation: location)
    let accepted = try CertificateChecker.verify(
      certificate, law: desk.safeguards.law, calendars: desk.safeguards.calendars)
    _ = try CertificateChecker.verify(certificate)
    #expect(accepted.report.request.id == stored.effect.id, sourceLocation: location)
    let earliest = try #require(accepted.report.earliest, sourceLocation: location)
    #expect(earliest <= day && accepted.report.standing.isEmpty, sourceLocation: location)
  }
}
