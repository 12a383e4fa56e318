import Decisioning
import Facts
import Formats
import Testing
import Values

/// Orders as callers write them.
@Suite struct OrderTests {
  private static let whole =
    #"{"reference":"O-1","product":"Fixed","commodity":"gas","jurisdiction":"EE","expectedMonthlyAmount":12.5,"#
    + #""currency":"EUR","deliveryPoint":"X"}"#

  @Test func isRead() throws {
    let order = try Order(json: Array(Self.whole.utf8))
    #expect(order.commodity == .gas)
    #expect(order.jurisdiction == .estonia)
    #expect(order.expectedMonthlyAmount == Money(try #require(Decimal("12.5")), .eur))
    #expect(try Order(json: order.json.canonicalBytes) == order)
    let short = try Order(
      json: Array(
        #"{"reference":"O","product":"P","commodity":"heat","jurisdiction":"LV","deliveryPoint":null}"#.utf8))
    #expect(short.expectedMonthlyAmount == nil && short.deliveryPoint == nil)
  }

  @Test(arguments: [
    ("{", "The order is not JSON"), ("[]", "The order is not an object"),
    (whole.replacing("reference", with: "ref"), "/ref, is not a member"),
    (whole.replacing("\"O-1\"", with: "\"\""), "/reference, is missing or not a text"),
    (whole.replacing("gas", with: "coal"), "/commodity, is none of: electricity"),
    (whole.replacing("\"EE\"", with: "\"ee\""), "/jurisdiction, is not a country code"),
    (whole.replacing("12.5", with: "-1"), "/expectedMonthlyAmount, is not a number of 0 or more"),
    (whole.replacing("\"EUR\"", with: "\"euro\""), "/currency, is not a currency code"),
    (whole.replacing("\"X\"", with: "1"), "/deliveryPoint, is missing or not a text"),
  ])
  func saysWhatIsWrong(json: String, says: String) {
    let error = #expect(throws: OrderError.self) { try Order(json: Array(json.utf8)) }
    #expect(error?.sentence.contains(says) == true, "\(error?.sentence ?? "")")
  }
}
