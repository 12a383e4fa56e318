import Facts
import Testing
import Values

@testable import DebtManagement

/// A household whose notices are all proven, so that the request is due on 2026-03-10.
enum ReadyCase {
  static let day = "2026-03-10"

  static func facts(_ facts: DebtRecords = DebtRecords()) throws -> [Fact] {
    DebtRecords.all(try facts.household(), [try facts.invoice("I1", due: "2026-01-20")], try notices(facts))
  }

  static func notices(_ facts: DebtRecords) throws -> [Fact] {
    DebtRecords.all(
      try facts.notice(.reminder, sent: "2026-01-23"),
      try facts.notice(.debtNotice, sent: "2026-01-30", deadline: "2026-02-20"),
      try facts.notice(.restrictionWarning, sent: "2026-02-06", deadline: "2026-02-25"),
      try facts.notice(.planOffer, sent: "2026-02-08"))
  }

  static func house(_ more: [Fact] = []) throws -> DebtHouse { try DebtHouse(day, try facts() + more) }

  /// A house whose request is approved and in the outbox, and has not left.
  static func approved() throws -> (house: DebtHouse, request: String) {
    let house = try house()
    try house.follow()
    #expect(try house.run().proposals.count == 1)
    try house.judge()
    #expect(try house.run().effects.count == 1)
    return (house, try #require(try house.last(.disconnectionRequest)).effect.id)
  }

  /// A house whose request has left.
  static func requested() throws -> (house: DebtHouse, request: String) {
    let (house, request) = try approved()
    #expect(try house.send().sent == [request])
    return (house, request)
  }

  /// A house whose customer is without supply since 2026-03-12.
  static func disconnected() throws -> (house: DebtHouse, request: String) {
    let (house, request) = try requested()
    try house.go(to: "2026-03-12")
    try house.confirm(.disconnected)
    try house.follow()
    return (house, request)
  }
}
