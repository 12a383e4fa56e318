import Decisioning
import Explanation

extension OpenAPIDocument {
  private static let headingMembers = ##"""
    "decision": {"$ref": "#/components/schemas/DecisionName"}, "customer": {"type": "string"},
    "language": {"enum": \##(words(Language.self))},
    "businessDate": {"type": "string", "format": "date"}, "outcomeText": {"type": "string"},
    "rating": {"type": ["string", "null"]}, "score": {"type": ["number", "null"]}, "bestScore": {"type": "number"}
    """##

  static let explanationSchemas = ##"""
    "Explanation": {"type": "object", "additionalProperties": false,
      "description": "For the customer: the sentences alone.",
      "required": ["decision", "customer", "language", "audience", "businessDate", "outcomeText", "rating", "score",
        "bestScore", "reasons", "characteristics", "sections"],
      "properties": {\##(headingMembers), "audience": {"const": "customer"},
        "reasons": {"type": "array", "items": {"type": "string"}},
        "characteristics": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["name", "text", "points", "best"], "properties": {
            "name": {"type": "string"}, "text": {"type": "string"}, "points": {"type": "string"}, "best": {"type": "string"}}}},
        "sections": {"type": "array", "items": {"oneOf": [
          {"type": "object", "additionalProperties": false, "required": ["heading", "paragraphs"], "properties": {
            "heading": {"type": "string"}, "paragraphs": {"type": "array", "items": {"type": "string"}}}},
          {"type": "object", "additionalProperties": false, "required": ["heading", "columns", "rows"], "properties": {
            "heading": {"type": "string"}, "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}}}]}}}},
    "ReviewerExplanation": {"type": "object", "additionalProperties": false,
      "description": "For employees: the same sentences with the codes, numbers, rules and records behind them.",
      "required": ["decision", "customer", "language", "audience", "businessDate", "knownAt", "ruleSet", "currency", "kind",
        "purpose", "legalBasis", "supersedes", "order", "previous", "validUntil", "bars", "outcome", "outcomeText", "rating",
        "score", "bestScore", "reasons", "characteristics", "knockOuts", "matchedRules", "problems", "counterfactuals",
        "sentences", "closing"],
      "properties": {\##(headingMembers), "audience": {"const": "reviewer"},
        "knownAt": {"type": "string", "format": "date-time"}, "ruleSet": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "currency": {"type": ["string", "null"]}, "kind": {"enum": \##(words(DecisionKind.self))},
        "purpose": {"enum": \##(words(DecisionPurpose.self))},
        "legalBasis": {"type": "array", "items": {"type": "string"}},
        "supersedes": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/DecisionName"}]},
        "order": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Order"}]},
        "previous": {"oneOf": [{"type": "null"}, {"type": "object", "additionalProperties": false,
          "required": ["rating", "since", "downgradedOn"], "properties": {"rating": {"type": "string"},
            "since": {"type": "string", "format": "date"}, "downgradedOn": {"type": ["string", "null"], "format": "date"}}}]},
        "validUntil": {"type": ["string", "null"], "format": "date"},
        "bars": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["provision", "barred", "instead"], "properties": {"provision": {"type": "string"},
            "barred": {"enum": \##(words(Outcome.self))}, "instead": {"enum": \##(words(Outcome.self))}}}},
        "outcome": {"enum": \##(words(Outcome.self))},
        "reasons": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["code", "sentence", "loss", "node"], "properties": {"code": {"type": "string"},
            "sentence": {"type": "string"}, "loss": {"type": ["number", "null"]}, "node": {"type": "string"}}}},
        "characteristics": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["id", "name", "value", "text", "points", "best", "reason", "rule", "evidence"], "properties": {
            "id": {"type": "string"}, "name": {"type": "string"}, "value": {}, "text": {"type": "string"},
            "points": {"type": "number"}, "best": {"type": "number"}, "reason": {"type": "string"},
            "rule": {"type": "string"}, "evidence": {"type": "array", "items": {"type": "string"}}}}},
        "knockOuts": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["reason", "outcome", "rule"], "properties": {"reason": {"type": "string"},
            "outcome": {"enum": \##(words(Outcome.self))}, "rule": {"type": ["string", "null"]}}}},
        "matchedRules": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["decision", "rules"], "properties": {"decision": {"type": "string"},
            "rules": {"type": "array", "items": {"type": "string"}}}}},
        "problems": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["model", "decision", "code", "message"], "properties": {"model": {"type": "string"},
            "decision": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}}}},
        "counterfactuals": {"type": ["object", "null"],
          "description": "What would have given a better decision, as `bonitas explain --format json` tells it."},
        "sentences": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["text", "node"], "properties": {"text": {"type": "string"}, "node": {"type": "string"}}}},
        "closing": {"type": "array", "items": {"type": "string"}}}}
    """##
}
