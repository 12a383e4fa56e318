import Explanation
import HTTPServer

extension OpenAPIDocument {
  static let parameters = ##"""
    "IdempotencyKey": {"name": "Idempotency-Key", "in": "header", "required": false,
      "description": "1 to 255 printable ASCII characters that the caller makes up for the request and sends again with a retry. It counts for the user and the company of the token.",
      "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
      "example": "3f0c1b52-9d6e-4c7c-8a42-0f5c3c7a6f11"},
    "RequestId": {"name": "X-Request-Id", "in": "header", "required": false,
      "description": "The caller's own id of the request, which then stands in the answer and the log; another is made where it is not of this form.",
      "schema": {"type": "string", "pattern": "^[0-9A-Za-z._-]{1,128}$"}},
    "Decision": {"name": "decision", "in": "path", "required": true,
      "schema": {"$ref": "#/components/schemas/DecisionName"}, "example": "D-22"},
    "Language": {"name": "language", "in": "query", "required": false, "schema": {"enum": \##(words(Language.self))}},
    "Audience": {"name": "audience", "in": "query", "required": false, "schema": {"enum": ["customer", "reviewer"]}}
    """##

  static let headers = ##"""
    "XRequestId": {"description": "The id of the request, also in the log.", "required": true,
      "schema": {"type": "string", "pattern": "^[0-9A-Za-z._-]{1,128}$"}},
    "Location": {"description": "Where the decision is read later.", "required": true,
      "schema": {"type": "string", "pattern": "^/v1/decisions/D-[1-9][0-9]*$"}},
    "IdempotencyReplayed": {"description": "The answer is that of an earlier request with the same key.",
      "schema": {"const": "true"}},
    "RetryAfter": {"description": "After so many seconds a retry may help.", "required": true,
      "schema": {"type": "string", "pattern": "^[1-9][0-9]*$"}},
    "Allow": {"description": "The methods that the address takes.", "required": true, "schema": {"type": "string"}},
    "WWWAuthenticate": {"required": true, "schema": {"const": "Bearer realm=\"bonitas\""}},
    "ContentLanguage": {"required": true, "schema": {"enum": \##(words(Language.self))}},
    "CacheControl": {"required": true, "schema": {"const": "no-store"}}
    """##

  static let responses = ##"""
    "Refusal": {
      "description": "The request is not HTTP as it is taken here, or too much; the connection is closed.",
      "headers": {"Retry-After": {"schema": {"type": "string", "pattern": "^[1-9][0-9]*$"}}},
      "content": {"application/problem+json": {"schema": {
        "$ref": "#/components/schemas/Problem",
        "properties": {"code": {"enum": \##(words(HTTPRefusal.allCases.map(\.code)))}}}}}},
    "NoSuchAddress": {\##(problem(404, [.unknownRoute, .unknownDecision]))},
    "NoSuchMethod": {\##(problem(405, [.methodNotAllowed]))},
    "UnreadableAddress": {\##(problem(400, [.invalidParameter]))}
    """##

  static let decisionExamples = ##"""
    "order": {"summary": "An order of a customer who stopped paying.", "value":
      {"customer": {"number": "CAST-14"}, "language": "en",
       "order": {"reference": "O-1001", "product": "Fixed price 12 months", "commodity": "electricity", "jurisdiction": "LV",
         "expectedMonthlyAmount": 64.50, "currency": "EUR", "deliveryPoint": "40X000000012345A"}}},
    "newcomer": {"summary": "Somebody whom nobody knows yet, by personal code.", "value":
      {"customer": {"scheme": "LV-PERSONAL", "code": "070921-00000", "name": "Anna Burvjubērza"},
       "order": {"reference": "O-1002", "product": "Fixed price 12 months", "commodity": "electricity", "jurisdiction": "LV"}}},
    "rating": {"summary": "A rating without an order.", "value": {"customer": {"number": "CAST-12"}, "purpose": "rating"}}
    """##

  static let answerExamples = ##"""
    "order": {"summary": "The law keeps the order from being declined: an employee looks at it.", "value":
      {"decision": "D-22", "customer": "CAST-14", "outcome": "refer", "rating": "F", "score": 230,
       "terms": {"deposit": false, "prepayment": false},
       "reasons": [
         {"code": "S-ARREARS-OPEN", "text": "Arrears of 3 months are still open in the arrears register."},
         {"code": "S-ARREARS-AGE", "text": "The longest arrears entered in the register in the last 12 months lasted 3 months."},
         {"code": "S-LATE-SHARE", "text": "Of your invoices of the last 12 months, 41.7 % were paid more than 3 days late or are still open."},
         {"code": "S-PAST-DUE", "text": "Your oldest unpaid invoice is 128 days past its due date."}],
       "businessDate": "2026-06-30", "validUntil": "2026-09-28", "held": {"case": "R-22", "answerBy": "2026-07-02"},
       "bars": [{"code": "LV-E-10", "instead": "decline", "text": "A supplier offers universal service to households in Latvia, so a household's electricity order is never flatly declined; an employee finds what is possible."}],
       "order": "O-1001", "kind": "automated", "ruleSet": "ccb17ea093b5", "recordedAt": "2026-07-01T10:00:00.000011Z",
       "links": {"self": "/v1/decisions/D-22", "explanation": "/v1/decisions/D-22/explanation", "contest": "/v1/decisions/D-22/contest"}}},
    "newcomer": {"summary": "A thin file.", "value":
      {"decision": "D-23", "customer": "P-31-1", "outcome": "accept", "rating": "C", "score": 710,
       "terms": {"deposit": false, "prepayment": false},
       "reasons": [
         {"code": "S-MISSING-LATE-SHARE", "text": "There is no invoice of the last 12 months to see how you pay."},
         {"code": "S-TENURE", "text": "You have been our customer for 0 months; a longer time gives more points."},
         {"code": "S-MISSING-MEAN-LATE", "text": "There is no invoice of the last 12 months to see how you pay."},
         {"code": "S-MISSING-PAST-DUE", "text": "There is no invoice yet to see how you pay."}],
       "businessDate": "2026-06-30", "validUntil": "2026-09-28", "held": null, "bars": [],
       "order": "O-1002", "kind": "automated", "ruleSet": "ccb17ea093b5", "recordedAt": "2026-07-01T10:00:00.000015Z",
       "links": {"self": "/v1/decisions/D-23", "explanation": "/v1/decisions/D-23/explanation", "contest": "/v1/decisions/D-23/contest"}}},
    "rating": {"summary": "Always in time.", "value":
      {"decision": "D-24", "customer": "CAST-12", "outcome": "accept", "rating": "A", "score": 995,
       "terms": {"deposit": false, "prepayment": false},
       "reasons": [{"code": "S-TREND", "text": "Payment delays have changed by 0 days in the last 3 months."}],
       "businessDate": "2026-06-30", "validUntil": "2026-09-28", "held": null, "bars": [],
       "order": null, "kind": "automated", "ruleSet": "ccb17ea093b5", "recordedAt": "2026-07-01T10:00:00.000019Z",
       "links": {"self": "/v1/decisions/D-24", "explanation": "/v1/decisions/D-24/explanation", "contest": "/v1/decisions/D-24/contest"}}}
    """##
}
