import Access
import Decisioning
import Explanation
import FactStore
import Facts
import HTTPClient
import HumanReview

extension OpenAPIDocument {
  static let schemas = [
    requestSchemas, decisionSchemas, explanationSchemas, contestSchemas, factSchemas, operationSchemas,
  ].joined(separator: ",\n")

  private static let requestSchemas = ##"""
    "DecisionRequest": {
      "type": "object", "additionalProperties": false, "required": ["customer"],
      "properties": {
        "customer": {"$ref": "#/components/schemas/CustomerIdentity"},
        "order": {"$ref": "#/components/schemas/Order"},
        "purpose": {"enum": ["order", "rating", null],
          "description": "`rating` without an order; nothing need be said, the order tells."},
        "language": {"enum": \##(wordsOrNull(Language.self)), "description": "Of the reasons; English where none is named."},
        "deadlineMilliseconds": {"type": ["integer", "null"], "minimum": 1, "maximum": 60000,
          "description": "In how many milliseconds the answer is wanted: sources that take longer are not waited for."}
      }},
    "CustomerIdentity": {
      "description": "Either the supplier's number, or a code with its scheme.",
      "oneOf": [
        {"type": "object", "additionalProperties": false, "required": ["number"], "properties": {
          "number": {"type": "string", "minLength": 1, "maxLength": 120},
          "kind": {"$ref": "#/components/schemas/CustomerKind"}, "name": {"$ref": "#/components/schemas/CustomerName"}}},
        {"type": "object", "additionalProperties": false, "required": ["scheme", "code"], "properties": {
          "scheme": {"enum": \##(words(IdentifierScheme.self))},
          "code": {"type": "string", "minLength": 1, "maxLength": 64,
            "description": "With its check digit right; it stands in contents alone, never in an address."},
          "kind": {"$ref": "#/components/schemas/CustomerKind"}, "name": {"$ref": "#/components/schemas/CustomerName"}}}
      ]},
    "CustomerKind": {"enum": \##(wordsOrNull(Customer.Kind.self)),
      "description": "What a customer who is not known yet is; told by the scheme of the code where it is not said."},
    "CustomerName": {"type": ["string", "null"], "minLength": 1, "maxLength": 400,
      "description": "Kept for a customer who is not known yet."},
    "Order": {
      "type": "object", "additionalProperties": false,
      "required": ["reference", "product", "commodity", "jurisdiction"],
      "properties": {
        "reference": {"type": "string", "minLength": 1, "maxLength": 200,
          "description": "The caller's own; a later decision about the same order supersedes the earlier one."},
        "product": {"type": "string", "minLength": 1, "maxLength": 200},
        "commodity": {"enum": \##(words(Contract.Commodity.self))},
        "jurisdiction": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "expectedMonthlyAmount": {"type": ["number", "null"], "minimum": 0},
        "currency": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$", "description": "Needed beside the amount."},
        "deliveryPoint": {"type": ["string", "null"], "minLength": 1, "maxLength": 200}
      }}
    """##

  private static let decisionMembers = ##"""
    "decision": {"$ref": "#/components/schemas/DecisionName"},
    "customer": {"type": "string", "description": "The supplier's number; one of our own (P-) for a prospect known by code."},
    "outcome": {"enum": \##(words(Outcome.self)),
      "description": "accept: deliver. accept with deposit, prepayment: on these terms. refer: the order is held, see `held`. decline: not on credit."},
    "rating": {"type": ["string", "null"], "description": "A to F; null where nothing could be rated."},
    "score": {"type": ["number", "null"]},
    "terms": {"type": "object", "additionalProperties": false, "required": ["deposit", "prepayment"],
      "properties": {"deposit": {"type": "boolean"}, "prepayment": {"type": "boolean"}}},
    "reasons": {"type": "array", "maxItems": 4, "items": {"type": "object", "additionalProperties": false,
      "required": ["code", "text"], "properties": {"code": {"type": "string"}, "text": {"type": "string"}}}},
    "businessDate": {"type": "string", "format": "date"},
    "validUntil": {"type": ["string", "null"], "format": "date", "description": "The last day on which it may be used."},
    "held": {"oneOf": [{"type": "null"}, {"type": "object", "additionalProperties": false, "required": ["case", "answerBy"],
      "properties": {"case": {"$ref": "#/components/schemas/CaseName"}, "answerBy": {"type": "string", "format": "date"}}}],
      "description": "Where an order waits that was referred, and by when it is answered."},
    "bars": {"type": "array", "description": "What stood against the outcome of the policy: a provision of the law, a stop, a silent source.",
      "items": {"type": "object", "additionalProperties": false, "required": ["code", "instead", "text"], "properties": {
        "code": {"type": "string"}, "instead": {"enum": \##(words(Outcome.self))}, "text": {"type": "string"}}}},
    "order": {"type": ["string", "null"], "description": "The order's reference."},
    "kind": {"enum": \##(words(DecisionKind.self)), "description": "Who decided."},
    "ruleSet": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    "recordedAt": {"type": "string", "format": "date-time"},
    "links": {"type": "object", "additionalProperties": false, "required": ["self", "explanation", "contest"],
      "properties": {"self": {"type": "string"}, "explanation": {"type": "string"}, "contest": {"type": "string"}}}
    """##

  private static let decisionNames = [
    "decision", "customer", "outcome", "rating", "score", "terms", "reasons", "businessDate", "validUntil",
    "held", "bars", "order", "kind", "ruleSet", "recordedAt", "links",
  ]

  private static let decisionSchemas = ##"""
    "DecisionName": {"type": "string", "pattern": "^D-[1-9][0-9]*$"},
    "CaseName": {"type": "string", "pattern": "^[RCAQ]-[1-9][0-9]*$"},
    "Decision": {"type": "object", "additionalProperties": false, "required": \##(words(decisionNames)),
      "properties": {\##(decisionMembers)}},
    "StoredDecision": {"type": "object", "additionalProperties": false,
      "required": \##(words(decisionNames + ["supersededBy", "contested"])),
      "properties": {\##(decisionMembers),
        "supersededBy": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/DecisionName"}],
          "description": "The newest decision that stands in its place."},
        "contested": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/CaseName"}],
          "description": "The open case of a contest, during which it has no effect."}}}
    """##

  private static let contestSchemas = ##"""
    "ContestRequest": {"type": "object", "additionalProperties": false, "properties": {
      "text": {"type": ["string", "null"], "maxLength": 10000, "description": "What the customer says; nothing need be said."},
      "channel": {"enum": \##(wordsOrNull(Contest.Channel.self))},
      "customer": {"type": ["string", "null"], "minLength": 1, "maxLength": 120,
        "description": "The customer's number, as a check against a mistyped decision."}}},
    "Contest": {"type": "object", "additionalProperties": false, "required": ["case", "decision", "answerBy", "joined"],
      "properties": {
        "case": {"$ref": "#/components/schemas/CaseName"}, "decision": {"$ref": "#/components/schemas/DecisionName"},
        "answerBy": {"type": "string", "format": "date"}, "joined": {"type": "boolean"}}}
    """##

  private static let operationSchemas = ##"""
    "Sources": {"type": "object", "additionalProperties": false, "required": ["sources"],
      "properties": {"sources": {"type": "array", "items": {"type": "object", "additionalProperties": false,
        "required": ["source", "breaker", "running", "waiting", "pulls"], "properties": {
          "source": {"type": "string"},
          "breaker": {"enum": \##(words(CircuitBreaker.State.self)), "description": "Open while it is not asked because it failed too often."},
          "running": {"type": "integer", "description": "Calls under way."},
          "waiting": {"type": "integer", "description": "Calls that wait for their place."},
          "pulls": {"type": "object", "additionalProperties": false, "required": \##(words(SourcePull.State.self)),
            "properties": {\##(SourcePull.State.allCases.map { #""\#($0.rawValue)": {"type": "integer"}"# }.joined(separator: ", "))}}}}}}},
    "Health": {"type": "object", "additionalProperties": false, "required": ["healthy"],
      "properties": {"healthy": {"const": true}}},
    "Readiness": {"type": "object", "additionalProperties": false, "required": ["ready", "checks"], "properties": {
      "ready": {"type": "boolean"},
      "checks": {"type": "object", "additionalProperties": false,
        "required": ["store", "rules", "disk", "clock", "queue"], "properties": {
          "store": {"type": "string"}, "rules": {"type": "string"}, "disk": {"type": "string"},
          "clock": {"type": "string"}, "queue": {"type": "string"}},
        "description": "`ok`, or what is wrong and how to mend it."}}},
    "Problem": {"type": "object", "additionalProperties": false,
      "required": ["type", "title", "status", "detail", "code"], "properties": {
        "type": {"type": "string", "pattern": "^urn:bonitas:problem:"}, "title": {"type": "string"},
        "status": {"type": "integer"}, "detail": {"type": "string", "description": "What is wrong here, and how to mend it."},
        "code": {"type": "string", "description": "Stable; docs/problems.md explains each."},
        "pointer": {"type": "string", "description": "The member at fault (RFC 6901)."},
        "retryAfterSeconds": {"type": "integer", "minimum": 1},
        "requestId": {"type": "string"}}}
    """##

  /// The words that an enumeration stands for, or null for what is told by default.
  static func wordsOrNull<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> String {
    words(Words.self).dropLast() + ", null]"
  }
}
