import Formats
import Testing
import Values

@testable import DecisionService

/// What order intake is told about a customer and an order.
@Suite struct DecidingTests {
  @Test func knownCustomersAreDecidedAboutByNumberAndByCode() throws {
    let house = try House()
    let answer = try house.decide("CAST-12")
    print(answer.text)
    #expect(answer.status == 201)
    print(try house.decide("CAST-14", order: "O-2").text)
    print(try house.ask("GET", "/v1/decisions/D-1/explanation").text)
    print(try house.ask("GET", "/v1/decisions/D-1").text)
    print(try house.metrics())
    try house.expectSound()
  }
}
