import Decisioning
import Explanation
import Facts
import Formats
import Values

/// What order intake asks: `POST /v1/decisions`.
struct DecisionRequest: Sendable, Hashable {
  /// Who the customer is.
  struct CustomerIdentity: Sendable, Hashable {
    /// The supplier's number, or a code.
    let reference: CustomerReference
    /// What kind of customer it is where nothing is known yet.
    let kind: Customer.Kind
    /// The name, kept for somebody who is not known yet; nil where it was not told.
    let name: String?
  }

  let customer: CustomerIdentity
  let order: Order?
  let purpose: DecisionPurpose
  let language: Language
  /// In how many milliseconds the caller wants the answer; nil where there is no hurry.
  let deadlineMilliseconds: Int?

  /// Whose law applies to somebody who is not known yet.
  var jurisdiction: Jurisdiction {
    if let order { return order.jurisdiction }
    if case .identifier(let identifier) = customer.reference {
      switch identifier.scheme {
      case .estonianPersonal, .estonianRegistry: return .estonia
      default: break
      }
    }
    return .latvia
  }

  /// Reads the content of a request.
  init(_ body: [UInt8]) throws(Problem) {
    let members = try JSONMembers(body, limits: Self.limits, at: "", known: Self.members)
    customer = try Self.customer(try members.required("customer"))
    order = try members.optional("order").map(Self.order)
    purpose = try members.choice(
      "purpose", Self.purposes, missing: order == nil ? .rating : .order)
    switch (purpose, order) {
    case (.order, nil):
      throw Problem(.invalidMember, "A decision about an order needs the order.", pointer: "/order")
    case (.rating, _?):
      throw Problem(
        .invalidMember, "A rating is asked for without an order; leave it out, or ask for purpose order.",
        pointer: "/purpose")
    default: break
    }
    language = try members.choice(
      "language", Self.languages, missing: .english)
    deadlineMilliseconds = try members.integer("deadlineMilliseconds", in: 1...60_000)
  }

  // Made once: each would be an array or three with every request.
  private static let members: [StaticString] = [
    "customer", "order", "purpose", "language", "deadlineMilliseconds",
  ]
  private static let customerMembers: [StaticString] = ["number", "scheme", "code", "kind", "name"]
  private static let purposes = [
    (word: "order", value: DecisionPurpose.order), (word: "rating", value: .rating),
  ]
  private static let languages = Language.allCases.map { (word: $0.rawValue, value: $0) }
  private static let schemes = IdentifierScheme.allCases.map { (word: $0.rawValue, value: $0) }
  private static let kinds = Customer.Kind.allCases.map { (word: $0.rawValue, value: $0) }

  /// A request is small: what is larger or deeper is none.
  private static let limits = JSONLimits(depth: 8, bytes: 64 << 10, digits: 40)

  private static func customer(_ json: JSONNode) throws(Problem) -> CustomerIdentity {
    let members = try JSONMembers(json, at: "/customer", known: customerMembers)
    let number = try members.text("number", limit: 120)
    let scheme = try members.optionalChoice("scheme", schemes)
    let code = try members.text("code", limit: 64)
    let name = try members.text("name", limit: 400)
    switch (number, scheme, code) {
    case (let number?, nil, nil):
      return CustomerIdentity(
        reference: .number(number), kind: try members.choice("kind", kinds, missing: .prospect), name: name)
    case (nil, let scheme?, let code?):
      let identifier: Identifier
      do throws(IdentifierProblem) {
        identifier = try Identifier(scheme: scheme, code: code)
      } catch {
        throw Problem(.invalidMember, "The code \(error.words).", pointer: "/customer/code")
      }
      return CustomerIdentity(
        reference: .identifier(identifier), kind: try members.choice("kind", kinds, missing: scheme.kind),
        name: name)
    default:
      throw Problem(
        .invalidMember, "Name the customer either by number, or by scheme and code.", pointer: "/customer")
    }
  }

  private static func order(_ json: JSONNode) throws(Problem) -> Order {
    do throws(OrderError) {
      return try Order(json)
    } catch {
      throw Problem(.invalidMember, "The order's member \(error.fault).", pointer: "/order" + error.pointer)
    }
  }
}

extension IdentifierScheme {
  /// What somebody with a code of this scheme is, as long as nothing else is said.
  fileprivate var kind: Customer.Kind {
    switch self {
    case .latvianPersonal, .estonianPersonal: .household
    case .latvianRegistration, .estonianRegistry: .business
    case .other: .prospect
    }
  }
}

extension IdentifierProblem {
  fileprivate var words: String {
    switch self {
    case .form: "does not have the length or the digits of its scheme"
    case .birthDate: "holds a date of birth that does not exist"
    case .checkDigit: "has a check digit that contradicts its other digits; it was mistyped"
    }
  }
}
