import Facts
import TestSupport
import Testing
import Values

struct FactMakingTests {
  private func text(_ fields: [FieldName: String]) -> [FieldName: FieldValue] {
    fields.mapValues { .text($0) }
  }

  private func failure(_ kind: FactKind, _ fields: [FieldName: FieldValue]) -> FactError? {
    do throws(FactError) {
      _ = try Fact.make(kind, fields: fields)
      return nil
    } catch {
      return error
    }
  }

  /// A complete good record of every kind.
  static let good: [FactKind: [FieldName: String]] = [
    .customer: [
      .customer: "C1", .kind: "household", .jurisdiction: "LV", .language: "lv", .customerSince: "2019-04-01",
      .name: "Anna Pasaku-Kalna", .identifierScheme: "LV-PERSONAL", .identifier: "161175-19997",
      .address: "Pasaku iela 1, LV-0000",
    ],
    .contract: [
      .contract: "K1", .customer: "C1", .commodity: "gas", .deliveryPoint: "T1", .start: "2019-04-01",
      .end: "2026-01-31", .jurisdiction: "EE", .customerType: "business", .claimant: "networkOperator",
    ],
    .invoice: [
      .invoice: "I1", .customer: "C1", .contract: "K1", .issued: "2026-01-05", .due: "2026-01-20",
      .amount: "-12.34500", .currency: "EUR", .subject: "recoveryCost",
    ],
    .creditNote: [
      .creditNote: "N1", .customer: "C1", .invoice: "I1", .issued: "2026-01-05", .amount: "1",
      .currency: "EUR",
    ],
    .payment: [
      .payment: "P1", .customer: "C1", .date: "2026-01-05", .amount: ".5", .currency: "TWD", .invoice: "I1",
    ],
    .reversal: [.reversal: "R1", .customer: "C1", .payment: "P1", .date: "2026-01-09", .reason: "AM04"],
    .debtNotice: [
      .notice: "D1", .customer: "C1", .invoice: "I1", .sent: "2026-02-20", .channel: "registeredLetter",
      .amount: "12.3", .currency: "EUR", .type: "restrictionWarning", .contract: "K1",
      .deadline: "2026-03-20", .principal: "10", .interest: "1.2", .penalty: "1.00", .costs: ".1",
      .addressKind: "declared", .contentHash: String(repeating: "0f", count: 32),
      .template: "restrictionWarning/2", .language: "et",
    ],
    .dispute: [
      .dispute: "S1", .customer: "C1", .invoice: "I1", .opened: "2026-01-06", .amount: "5", .currency: "EUR",
      .closed: "2026-01-30", .outcome: "partlyUpheld",
    ],
    .registerEntry: [
      .entry: "G1", .identifierScheme: "EE-REGISTRY", .identifier: "10421629", .register: "äriregister",
      .type: "insolvency", .since: "2026-03-01", .until: "2026-05-01",
    ],
    .arrearsEntry: [
      .entry: "A1", .customer: "C1", .register: "bureau", .reported: "2026-03-01", .ageMonths: "3",
      .cleared: "2026-03-01", .amount: "99999.99999", .currency: "EUR",
    ],
    .noticeDelivery: [
      .delivery: "V1", .customer: "C1", .notice: "D1", .event: "delivered", .date: "2026-02-24",
      .evidence: "RR123456789LV",
    ],
    .complaint: [
      .complaint: "O1", .customer: "C1", .contract: "K1", .invoice: "I1", .kind: "objection",
      .opened: "2026-02-25", .closed: "2026-03-20", .written: "yes", .repliedOn: "2026-03-10",
      .outcome: "rejected",
    ],
    .paymentPlan: [
      .plan: "L1", .customer: "C1", .contract: "K1", .agreed: "2026-03-01", .ended: "2026-05-01",
      .endReason: "broken",
    ],
    .planInstalment: [
      .instalment: "L1-1", .customer: "C1", .plan: "L1", .agreed: "2026-03-01", .due: "2026-04-01",
      .amount: "40", .currency: "EUR",
    ],
    .protection: [
      .protection: "X1", .customer: "C1", .kind: "temporaryInsolvency", .from: "2026-03-01",
      .until: "2026-09-01", .withProof: "yes",
    ],
    .dwelling: [
      .dwelling: "W1", .customer: "C1", .deliveryPoint: "T1", .from: "2019-04-01", .until: "2026-01-31",
      .permanentHome: "yes", .needsElectricityToHeat: "no",
    ],
    .deposit: [
      .deposit: "E1", .customer: "C1", .contract: "K1", .date: "2026-03-05", .amount: "-50",
      .currency: "EUR",
    ],
    .operatorConfirmation: [
      .confirmation: "B1", .customer: "C1", .contract: "K1", .request: "fx-1", .event: "disconnected",
      .date: "2026-04-02",
    ],
    .claimAssignment: [
      .assignment: "M1", .customer: "C1", .contract: "K1", .date: "2026-05-02", .collector: "Pasaku Parādi",
      .returned: "2026-06-01",
    ],
    .hold: [
      .hold: "H1", .customer: "C1", .contract: "K1", .invoice: "I1", .from: "2026-03-01",
      .until: "2026-04-01", .reason: "bereavement", .placedBy: "anna",
    ],
  ]

  @Test(arguments: FactKind.allCases)
  func `a good record becomes a fact that gives its fields back`(kind: FactKind) throws {
    let fields = try #require(FactMakingTests.good[kind])
    let fact = try Fact.make(kind, fields: text(fields))
    #expect(fact.kind == kind)
    #expect(.text(fact.id) == text(fields)[kind.fields[0].name])
    #expect(fact.warnings.isEmpty)
    #expect(try Fact.make(kind, values: fact.fieldValues) == fact)
    #expect(try Fact.make(kind, values: fact.fieldValues.map { .text($0.text) }) == fact)
    // Spaces around a value and another spelling of a number are the same fact.
    let spaced = try Fact.make(kind, fields: fields.mapValues { .text(" \t\($0) ") })
    #expect(spaced == fact)
    #expect(spaced.contentHash == fact.contentHash)
  }

  @Test(arguments: FactKind.allCases)
  func `each required field is missed and each field belongs to the content`(kind: FactKind) throws {
    let fields = try #require(FactMakingTests.good[kind])
    let fact = try Fact.make(kind, fields: text(fields))
    for description in kind.fields {
      var less = text(fields)
      less[description.name] = .text("  ")
      if description.isRequired {
        let error = failure(kind, less)
        #expect(error?.rule == .missingValue && error?.field == description.name)
      } else if let other = try? Fact.make(kind, fields: less), fields[description.name] != nil {
        #expect(other.contentHash != fact.contentHash, "\(description.name) is not hashed")
      }
    }
  }

  @Test(arguments: FactKind.allCases)
  func `only the optional fields may be left out`(kind: FactKind) throws {
    var fields = try #require(FactMakingTests.good[kind])
    for description in kind.fields where !description.isRequired { fields[description.name] = nil }
    if kind == .registerEntry || kind == .arrearsEntry {
      #expect(failure(kind, text(fields))?.rule == .customerNotNamed)
      fields[.customer] = "C1"
    }
    let fact = try Fact.make(kind, fields: text(fields))
    #expect(fact.customer == .number("C1"))
  }

  @Test(arguments: [
    (FactKind.invoice, FieldName.amount, "1,234.5x", FactError.Rule.notANumber),
    (.invoice, .amount, "1 234", .notANumber), (.invoice, .amount, "1E+5", .notANumber),
    (.invoice, .amount, "1e5", .notANumber), (.invoice, .amount, "NaN", .notANumber),
    (.invoice, .amount, "--1", .notANumber), (.invoice, .amount, "0x10", .notANumber),
    (.invoice, .amount, "١٢", .notANumber), (.invoice, .amount, "10000000000000", .amountTooLarge),
    (.invoice, .amount, "-10000000000000.00", .amountTooLarge),
    (.invoice, .amount, "0.000001", .amountTooPrecise), (.invoice, .amount, "1.1234560", .amountTooPrecise),
    (.invoice, .currency, "EURO", .unknownCurrency), (.invoice, .currency, "eur", .unknownCurrency),
    (.invoice, .currency, "ERU", .unknownCurrency), (.invoice, .issued, "2026-02-30", .impossibleDate),
    (.invoice, .issued, "2026-13-01", .impossibleDate), (.invoice, .issued, "2025-02-29", .impossibleDate),
    (.invoice, .issued, "30.06.2026", .notADate), (.invoice, .issued, "2026-6-1", .notADate),
    (.invoice, .issued, "2026-06-30T00:00:00", .notADate), (.invoice, .issued, "0026-06-30", .dateOutOfRange),
    (.invoice, .issued, "2200-01-01", .dateOutOfRange), (.invoice, .due, "2026-01-04", .dueBeforeIssued),
    (.payment, .amount, "0", .amountNotPositive), (.payment, .amount, "-0.01", .amountNotPositive),
    (.creditNote, .amount, "-5", .amountNotPositive), (.contract, .end, "2019-03-31", .endBeforeStart),
    (.contract, .commodity, "Gas", .unknownWord), (.dispute, .closed, "2026-01-05", .endBeforeStart),
    (.dispute, .outcome, "won", .unknownWord), (.dispute, .closed, "", .outcomeWhileOpen),
    (.dispute, .currency, "", .currencyMissing), (.dispute, .amount, "", .amountMissing),
    (.arrearsEntry, .ageMonths, "-1", .notAMonthCount), (.arrearsEntry, .ageMonths, "2.5", .notAMonthCount),
    (.arrearsEntry, .ageMonths, "1201", .notAMonthCount),
    (.arrearsEntry, .ageMonths, "99999999999999999999", .notAMonthCount),
    (.customer, .jurisdiction, "Latvia", .unknownCountry), (.customer, .jurisdiction, "lv", .unknownCountry),
    (.customer, .identifier, "161175-1999", .identifierForm),
    (.customer, .identifier, "310275-19997", .identifierBirthDate),
    (.registerEntry, .identifier, "10421628", .identifierCheckDigit),
    (.registerEntry, .identifierScheme, "", .schemeMissing),
    (.registerEntry, .identifier, "", .identifierMissing),
    (.registerEntry, .until, "2026-02-28", .endBeforeStart),
    (.customer, .name, "a\u{1B}[2J", .controlCharacter),
    (.customer, .name, "a\nb", .controlCharacter),
    (.contract, .jurisdiction, "Estonia", .unknownCountry), (.contract, .claimant, "seller", .unknownWord),
    (.contract, .customerType, "prospect", .unknownWord), (.invoice, .subject, "fine", .unknownWord),
    (.debtNotice, .type, "threat", .unknownWord), (.debtNotice, .addressKind, "Pasaku iela 1", .unknownWord),
    (.debtNotice, .deadline, "2026-02-19", .deadlineBeforeSent),
    (.debtNotice, .principal, "-10", .amountNegative), (.debtNotice, .costs, "-0.00001", .amountNegative),
    (.debtNotice, .amount, "12.31", .partsNotSum), (.debtNotice, .amount, "-12.3", .amountNotPositive),
    (.debtNotice, .contentHash, "0f", .notADigest), (.debtNotice, .language, "ru", .unknownWord),
    (.noticeDelivery, .event, "lost", .unknownWord), (.noticeDelivery, .notice, "", .missingValue),
    (.complaint, .written, "true", .unknownWord), (.complaint, .kind, "rant", .unknownWord),
    (.complaint, .closed, "2026-02-24", .endBeforeStart), (.complaint, .closed, "", .outcomeWhileOpen),
    (.complaint, .repliedOn, "2026-02-24", .endBeforeStart),
    (.paymentPlan, .ended, "2026-02-28", .endBeforeStart), (.paymentPlan, .ended, "", .endReasonWhileOpen),
    (.planInstalment, .plan, "", .missingValue), (.planInstalment, .due, "2026-02-28", .dueBeforeAgreed),
    (.planInstalment, .amount, "0", .amountNotPositive), (.protection, .kind, "illness", .unknownWord),
    (.protection, .withProof, "1", .unknownWord), (.dwelling, .deliveryPoint, "", .missingValue),
    (.dwelling, .until, "2019-03-31", .endBeforeStart), (.deposit, .amount, "0.00", .amountZero),
    (.deposit, .contract, "", .missingValue), (.operatorConfirmation, .request, "", .missingValue),
    (.operatorConfirmation, .event, "delivered", .unknownWord),
    (.claimAssignment, .returned, "2026-05-01", .endBeforeStart),
    (.hold, .until, "2026-02-28", .endBeforeStart), (.hold, .reason, " ", .missingValue),
    (.customer, .name, "a\u{9B}b", .controlCharacter),
  ])
  func `a broken rule names field, rule and value`(
    kind: FactKind, field: FieldName, value: String, rule: FactError.Rule
  ) throws {
    var fields = text(try #require(FactMakingTests.good[kind]))
    fields[field] = .text(value)
    let error = try #require(failure(kind, fields))
    #expect(error.rule == rule)
    #expect(error.kind == kind)
    let blamed: FieldName =
      switch rule {
      case .outcomeWhileOpen: .outcome
      case .endReasonWhileOpen: .endReason
      default: field
      }
    #expect(error.field == blamed)
    if blamed == field { #expect(error.value == value) }
    #expect(error.sentence.contains(blamed.rawValue))
  }

  @Test func `numbers and dates from expressions are taken where they fit`() throws {
    var fields = text(try #require(FactMakingTests.good[.arrearsEntry]))
    fields[.customer] = .number(17)
    fields[.ageMonths] = .number(3)
    fields[.reported] = .date(try #require(CivilDate("2026-03-01")))
    let fact = try Fact.make(.arrearsEntry, fields: fields)
    #expect(fact.customer == .number("17"))
    fields[.customer] = .number(try #require(Decimal("1.5")))
    #expect(failure(.arrearsEntry, fields)?.rule == .wrongType)
    fields[.customer] = .date(try #require(CivilDate("2026-03-01")))
    #expect(failure(.arrearsEntry, fields)?.rule == .wrongType)
    fields[.customer] = .text("17")
    fields[.amount] = .date(try #require(CivilDate("2026-03-01")))
    #expect(failure(.arrearsEntry, fields)?.rule == .wrongType)
    fields[.amount] = .number(Decimal.greatestFiniteMagnitude)
    #expect(failure(.arrearsEntry, fields)?.rule == .amountTooLarge)
    fields[.amount] = .number(5)
    fields[.reported] = .number(20_260_301)
    #expect(failure(.arrearsEntry, fields)?.rule == .wrongType)
  }

  @Test func `a field of another kind is refused`() throws {
    var fields = text(try #require(FactMakingTests.good[.payment]))
    fields[.due] = .text("2026-01-01")
    let error = try #require(failure(.payment, fields))
    #expect(error.rule == .unknownField && error.field == .due)
    #expect(error.sentence.contains("payment, customer, date, amount, currency, invoice"))
  }

  @Test func `too long texts are refused and shown in part`() throws {
    var fields = text(try #require(FactMakingTests.good[.payment]))
    fields[.payment] = .text(String(repeating: "ā", count: 121))
    #expect(failure(.payment, fields)?.rule == .textTooLong)
    fields[.payment] = .text(String(repeating: "ā", count: 120))
    #expect(failure(.payment, fields) == nil)
    fields[.currency] = .text(String(repeating: "x", count: 2000))
    #expect((failure(.payment, fields)?.sentence.count ?? 9999) < 300)
  }

  @Test func `an unusual Latvian check digit is a warning`() throws {
    var fields = text(try #require(FactMakingTests.good[.customer]))
    fields[.identifier] = .text("161175-19990")
    let warnings = try Fact.make(.customer, fields: fields).warnings
    #expect(warnings.map(\.rule) == [.identifierCheckDigit])
    #expect(warnings.first?.sentence.contains("16117519990") == true)
  }

  @Test func `no two facts share their canonical content`() throws {
    let one = try Fact.make(.reversal, values: ["a", "b", "c", "2026-01-01", "d"].map { .text($0) })
    let two = try Fact.make(.reversal, values: ["a", "b1:c", "c", "2026-01-01", "d"].map { .text($0) })
    #expect(one.canonicalContent == "reversal\n1:a\n1:b\n1:c\n10:2026-01-01\n1:d")
    #expect(one.contentHash != two.contentHash)
  }

  @Test func `a record that does not fill what came later is the fact that it was before`() throws {
    let contract = try Fact.make(
      .contract, values: ["K1", "C1", "gas", "", "2019-04-01", ""].map { .text($0) })
    #expect(contract.canonicalContent == "contract\n2:K1\n2:C1\n3:gas\n0:\n10:2019-04-01\n0:")
    let notice = try Fact.make(
      .debtNotice, values: ["D1", "C1", "", "2026-02-20", "email", "", "", "", "K1"].map { .text($0) })
    #expect(notice.canonicalContent.hasSuffix("\n5:email\n0:\n0:\n0:\n2:K1"))
    for kind in FactKind.allCases {
      let later = kind.fields.drop { !$0.isAddition }
      #expect(later.startIndex == kind.foundingFieldCount)
      #expect(later.allSatisfy { $0.isAddition && !$0.isRequired })
      #expect(later.isEmpty || FactKind.rating.contains(kind))
    }
  }

  @Test func `parts of a notice need the amount that they are parts of`() throws {
    var fields = text(try #require(FactMakingTests.good[.debtNotice]))
    fields[.amount] = nil
    fields[.currency] = nil
    let error = try #require(failure(.debtNotice, fields))
    #expect(error.rule == .partsWithoutAmount && error.field == .principal)
    for part in [FieldName.principal, .interest, .penalty, .costs] { fields[part] = nil }
    #expect(failure(.debtNotice, fields) == nil)
  }

  @Test func `the layouts are those that the world knows`() {
    let headers = [
      "customer,kind,jurisdiction,language,customer_since,name,identifier_scheme,identifier,address",
      "contract,customer,commodity,delivery_point,start,end,jurisdiction,customer_type,claimant",
      "invoice,customer,contract,issued,due,amount,currency,subject",
      "credit_note,customer,invoice,issued,amount,currency",
      "payment,customer,date,amount,currency,invoice", "reversal,customer,payment,date,reason",
      "notice,customer,invoice,sent,channel,amount,currency,type,contract,deadline,principal,interest,penalty,"
        + "costs,address_kind,content_hash,template,language",
      "dispute,customer,invoice,opened,amount,currency,closed,outcome",
      "entry,customer,identifier_scheme,identifier,register,type,since,until",
      "entry,customer,identifier_scheme,identifier,register,reported,age_months,cleared,amount,currency",
      "delivery,customer,notice,event,date,evidence",
      "complaint,customer,contract,invoice,kind,opened,closed,written,replied_on,outcome",
      "plan,customer,contract,agreed,ended,end_reason",
      "instalment,customer,plan,agreed,due,amount,currency",
      "protection,customer,kind,from,until,with_proof",
      "dwelling,customer,delivery_point,from,until,permanent_home,needs_electricity_to_heat",
      "deposit,customer,contract,date,amount,currency",
      "confirmation,customer,contract,request,event,date",
      "assignment,customer,contract,date,collector,returned",
      "hold,customer,contract,invoice,from,until,reason,placed_by",
    ]
    #expect(FactKind.allCases.map { $0.fields.map(\.name.rawValue).joined(separator: ",") } == headers)
    #expect(Set(FactKind.allCases.map(\.layout)).count == FactKind.allCases.count)
  }

  @Test func `random values never trap, and what is made gives its fields back`() throws {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "", " ", "C1", "2026-01-05", "2026-02-30", "LV", "EUR", "12.5", "-3", "household", "gas", "insolvency",
      "LV-PERSONAL", "161175-19997", "10421629", "EE-REGISTRY", "email", "\u{0}", "💡", "9e999",
      "99999999999999",
    ]
    var made = 0
    for _ in 0..<20_000 {
      let kind = FactKind.allCases[random.number(below: FactKind.allCases.count)]
      let good = FactMakingTests.good[kind] ?? [:]
      let values: [FieldValue] = (0..<random.number(below: 20)).map { place in
        if random.number(below: 8) != 0, place < kind.fields.count, let text = good[kind.fields[place].name] {
          return .text(text)
        }
        switch random.number(below: 8) {
        case 0: return .missing
        case 1: return .number(Decimal(random.number(below: 2000) - 1000))
        case 2: return .date(CivilDate(dayNumber: random.number(below: 2_000_000) - 1_000_000))
        default: return .text(pieces[random.number(below: pieces.count)])
        }
      }
      do throws(FactError) {
        let fact = try Fact.make(kind, values: values)
        #expect(try Fact.make(kind, values: fact.fieldValues) == fact)
        made += 1
      } catch {
        #expect(error.kind == kind && error.sentence.contains(error.field.rawValue))
      }
    }
    #expect(made > 500)
  }
}
