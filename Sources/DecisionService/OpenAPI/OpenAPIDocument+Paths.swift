extension OpenAPIDocument {
  static let paths =
    [deciding, reading, explaining, contesting, rating, facts, sources, operation]
    .joined(separator: ",\n")

  private static let deciding = ##"""
    "/v1/decisions": {"post": {
      "operationId": "decide", "tags": ["decisions"], "security": [{"token": ["decide"]}],
      "summary": "Decide about a customer, and about their order where there is one.",
      "description": "Somebody who is not known yet is entered as a prospect and rated as a thin file: no identity is refused as unknown.",
      "parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}, {"$ref": "#/components/parameters/RequestId"}],
      "requestBody": {"required": true, "content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/DecisionRequest"},
        "examples": {\##(decisionExamples)}}}},
      "responses": {
        "201": {"description": "Decided and stored.",
          "headers": {
            "X-Request-Id": {"$ref": "#/components/headers/XRequestId"},
            "Location": {"$ref": "#/components/headers/Location"},
            "Idempotency-Replayed": {"$ref": "#/components/headers/IdempotencyReplayed"}},
          "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Decision"}, "examples": {\##(answerExamples)}}}},
        \##(problems([
          .malformedJSON, .invalidIdempotencyKey, .inFlight, .bodyTooLarge, .unsupportedMediaType, .invalidMember,
          .otherBody, .deadlineExceeded, .noRules,
        ] + forAnyRecord))
      }}}
    """##

  private static let reading = ##"""
    "/v1/decisions/{decision}": {"parameters": [{"$ref": "#/components/parameters/Decision"}], "get": {
      "operationId": "readDecision", "tags": ["decisions"], "security": [{"token": ["read"]}],
      "summary": "Read a decision, and what has become of it.",
      "parameters": [{"$ref": "#/components/parameters/Language"}, {"$ref": "#/components/parameters/RequestId"}],
      "responses": {
        "200": {"description": "The decision.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/StoredDecision"}}}},
        \##(problems([.invalidParameter, .unknownDecision] + forAnyRecord))
      }}}
    """##

  private static let explaining = ##"""
    "/v1/decisions/{decision}/explanation": {"parameters": [{"$ref": "#/components/parameters/Decision"}], "get": {
      "operationId": "explainDecision", "tags": ["decisions"], "security": [{"token": ["read"]}],
      "summary": "A decision in words: why it came out so, and what would change it.",
      "description": "As JSON, plain text or a page of HTML, as Accept says. The audience `reviewer` is for tokens that see all decisions.",
      "parameters": [
        {"$ref": "#/components/parameters/Language"}, {"$ref": "#/components/parameters/Audience"},
        {"$ref": "#/components/parameters/RequestId"}],
      "responses": {
        "200": {"description": "The explanation.",
          "headers": {
            "X-Request-Id": {"$ref": "#/components/headers/XRequestId"},
            "Content-Language": {"$ref": "#/components/headers/ContentLanguage"}},
          "content": {
            "application/json": {"schema": {"oneOf": [
              {"$ref": "#/components/schemas/Explanation"}, {"$ref": "#/components/schemas/ReviewerExplanation"}]}},
            "text/plain; charset=utf-8": {"schema": {"type": "string"}},
            "text/html; charset=utf-8": {"schema": {"type": "string"}}}},
        \##(problems([.invalidParameter, .unknownDecision, .notAcceptable] + forAnyRecord))
      }}}
    """##

  private static let contesting = ##"""
    "/v1/decisions/{decision}/contest": {"parameters": [{"$ref": "#/components/parameters/Decision"}], "post": {
      "operationId": "contestDecision", "tags": ["decisions"], "security": [{"token": ["contest"]}],
      "summary": "Pass on that the customer wants an employee to look at a decision.",
      "description": "The newest decision about the same matter is contested, whichever was named; nothing need be said in the text.",
      "parameters": [{"$ref": "#/components/parameters/RequestId"}],
      "requestBody": {"required": true, "content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/ContestRequest"},
        "examples": {"portal": {"value": {"text": "I can pay in three parts.", "channel": "portal", "customer": "CAST-14"}}}}}},
      "responses": {
        "201": {"description": "A case was opened.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Contest"},
            "examples": {"opened": {"value":
              {"case": "C-22", "decision": "D-22", "answerBy": "2026-07-14", "joined": false}}}}}},
        "200": {"description": "What was said joined the case that is open already.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Contest"}}}},
        \##(problems([
          .malformedJSON, .unsupportedMediaType, .invalidMember, .unknownDecision, .otherCustomer,
          .bodyTooLarge, .noRules,
        ] + forAnyRecord))
      }}}
    """##

  private static let rating = ##"""
    "/v1/customers/{customer}/rating": {
      "parameters": [{"name": "customer", "in": "path", "required": true,
        "description": "The supplier's number of the customer; never a personal code, which stands in no address.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 120}, "example": "CAST-14"}],
      "get": {
        "operationId": "readRating", "tags": ["decisions"], "security": [{"token": ["read"]}],
        "summary": "The newest decision about a customer.",
        "parameters": [{"$ref": "#/components/parameters/Language"}, {"$ref": "#/components/parameters/RequestId"}],
        "responses": {
          "200": {"description": "The decision that stands.",
            "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/StoredDecision"}}}},
          \##(problems([.invalidParameter, .noRating] + forAnyRecord))
        }}}
    """##

  private static let facts = ##"""
    "/v1/facts": {"post": {
      "operationId": "postFacts", "tags": ["facts"], "security": [{"token": ["facts"]}],
      "summary": "Store facts, one as JSON or many as JSON lines.",
      "description": "Every record is taken whole or not at all; what breaks a rule of its layout goes into quarantine, and its customer is referred until that is settled. A record that was taken before changes nothing, so a request can be repeated. Content that cannot be read stores nothing.",
      "parameters": [{"$ref": "#/components/parameters/RequestId"}],
      "requestBody": {"required": true, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/FactRecord"}, "examples": {"payment": {"value":
          {"layout": "payments", "source": "supplier", "record": {"payment": "PAY-14-99", "customer": "CAST-14",
            "date": "2026-06-29", "amount": 58.00, "currency": "EUR", "invoice": "INV-14-13"}}}}},
        "application/x-ndjson": {"schema": {"type": "string", "description": "A FactRecord a line, at most 10,000 lines."}},
        "application/jsonl": {"schema": {"type": "string", "description": "The same under its other name."}}}},
      "responses": {
        "200": {"description": "What became of each record.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/FactsReport"},
            "examples": {"stored": {"value": {"records": [{"line": 1, "result": "stored"}],
              "stored": 1, "corrected": 0, "known": 0, "quarantined": 0}}}}}},
        \##(problems([.malformedJSON, .bodyTooLarge, .unsupportedMediaType, .invalidMember] + forAnyRecord))
      }}}
    """##

  private static let sources = ##"""
    "/v1/sources": {"get": {
      "operationId": "readSources", "tags": ["facts"], "security": [{"token": ["read"]}],
      "summary": "The sources that are asked about customers, and how they do.",
      "parameters": [{"$ref": "#/components/parameters/RequestId"}],
      "responses": {
        "200": {"description": "The sources.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Sources"}}}},
        \##(problems(forAnyToken))
      }}}
    """##

  private static let operation = ##"""
    "/healthz": {"get": {
      "operationId": "health", "tags": ["operation"], "security": [],
      "summary": "Whether the process answers.",
      "responses": {
        "200": {"description": "It does.",
          "headers": {
            "X-Request-Id": {"$ref": "#/components/headers/XRequestId"},
            "Cache-Control": {"$ref": "#/components/headers/CacheControl"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}}},
        "default": {"$ref": "#/components/responses/Refusal"}}}},
    "/readyz": {"get": {
      "operationId": "readiness", "tags": ["operation"], "security": [],
      "summary": "Whether the service can decide now, and if not, why.",
      "responses": {
        "200": {"description": "It can.",
          "headers": {
            "X-Request-Id": {"$ref": "#/components/headers/XRequestId"},
            "Cache-Control": {"$ref": "#/components/headers/CacheControl"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}}}},
        "503": {"description": "It cannot: a check tells why. Or, as a problem, `overloaded`.",
          "headers": {
            "X-Request-Id": {"$ref": "#/components/headers/XRequestId"},
            "Cache-Control": {"schema": {"const": "no-store"}},
            "Retry-After": {"$ref": "#/components/headers/RetryAfter"}},
          "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}},
            "application/problem+json": {"schema": {
              "$ref": "#/components/schemas/Problem",
              "properties": {"status": {"const": 503},
                "code": {"anyOf": [{"const": "overloaded"}, {"pattern": "^http-"}]}}}}}},
        "default": {"$ref": "#/components/responses/Refusal"}}}},
    "/metrics": {"get": {
      "operationId": "metrics", "tags": ["operation"], "security": [{"token": ["metrics"]}],
      "summary": "Figures of the service, as Prometheus reads them.",
      "parameters": [{"$ref": "#/components/parameters/RequestId"}],
      "responses": {
        "200": {"description": "The figures.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"text/plain; version=0.0.4; charset=utf-8": {"schema": {"type": "string"}}}},
        \##(problems(forAnyToken))
      }}},
    "/openapi.json": {"get": {
      "operationId": "description", "tags": ["operation"], "security": [],
      "summary": "This document.",
      "responses": {
        "200": {"description": "It.",
          "headers": {"X-Request-Id": {"$ref": "#/components/headers/XRequestId"}},
          "content": {"application/json": {"schema": {"type": "object"}}}},
        "default": {"$ref": "#/components/responses/Refusal"}}}}
    """##
}
