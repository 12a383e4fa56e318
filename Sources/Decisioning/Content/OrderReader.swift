import Facts
import Formats
import Values

/// Why an order cannot be read.
public struct OrderError: Error, Hashable, Sendable {
  /// The member at fault, as a JSON pointer; empty for the whole.
  public let pointer: String
  /// What is wrong with it, and what it may be.
  public let fault: String

  /// A code that stays the same while the sentence may change.
  public var code: String { "order" }

  /// Where, what and how to mend it.
  public var sentence: String {
    "The order\(pointer.isEmpty ? "" : ", \(pointer),") \(fault). An order is a JSON object such as "
      + #"{"reference": "O-1", "product": "Fixed 12", "commodity": "electricity", "jurisdiction": "LV"}."#
  }
}

extension Order {
  /// Reads an order as a caller writes it: one JSON object; unknown members are refused.
  public init(json bytes: [UInt8]) throws(OrderError) {
    do {
      try self.init(try JSONTape(bytes, limits: JSONLimits(depth: 4, bytes: 1 << 20)).root)
    } catch let error as JSONError {
      throw OrderError(pointer: "", fault: "is not JSON (\(error.sentence))")
    } catch let error as OrderError {
      throw error
    } catch {
      throw OrderError(pointer: "", fault: "cannot be read")
    }
  }

  private static let members: [StaticString] = [
    "reference", "product", "commodity", "jurisdiction", "expectedMonthlyAmount", "currency", "deliveryPoint",
  ]

  /// Reads an order from its value in a JSON text.
  public init(_ object: JSONNode) throws(OrderError) {
    let members = Self.members
    guard object.isObject else { throw OrderError(pointer: "", fault: "is not an object") }
    if let unknown = object.firstKey(except: members) {
      throw OrderError(
        // RFC 6901 section 3.
        pointer: "/" + unknown.prefix(80).replacing("~", with: "~0").replacing("/", with: "~1"),
        fault: "is not a member; there are: \(members.map(\.description).joined(separator: ", "))")
    }
    func text(_ member: StaticString, limit: Int = 200) throws(OrderError) -> String {
      guard let text = object[member]?.stringValue, !text.isEmpty, text.utf8.count <= limit else {
        throw OrderError(pointer: "/\(member)", fault: "is missing or not a text of 1 to \(limit) bytes")
      }
      return text
    }
    reference = try text("reference")
    product = try text("product")
    guard let commodity = Contract.Commodity(rawValue: try text("commodity")) else {
      let known = Contract.Commodity.allCases.map(\.rawValue).joined(separator: ", ")
      throw OrderError(pointer: "/commodity", fault: "is none of: \(known)")
    }
    self.commodity = commodity
    guard let jurisdiction = Jurisdiction(try text("jurisdiction")) else {
      throw OrderError(pointer: "/jurisdiction", fault: "is not a country code of two capital letters")
    }
    self.jurisdiction = jurisdiction
    deliveryPoint = object["deliveryPoint"]?.isNull ?? true ? nil : try text("deliveryPoint")
    guard let amount = object["expectedMonthlyAmount"], !amount.isNull else {
      expectedMonthlyAmount = nil
      return
    }
    guard let number = amount.numberValue, number >= .zero else {
      throw OrderError(pointer: "/expectedMonthlyAmount", fault: "is not a number of 0 or more")
    }
    guard let currency = Currency(try text("currency")) else {
      throw OrderError(pointer: "/currency", fault: "is not a currency code such as EUR")
    }
    expectedMonthlyAmount = Money(number, currency)
  }
}
