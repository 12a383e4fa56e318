import Facts
import Testing

/// Public vectors of python-stdnum and the Latvian and Estonian registers.
struct IdentifierTests {
  private func problem(_ scheme: IdentifierScheme, _ code: String) -> IdentifierProblem? {
    do throws(IdentifierProblem) {
      _ = try Identifier(scheme: scheme, code: code)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["161175-19997", "16117519997", "240581-15799", "240581-15790"])
  func `old Latvian personal codes`(code: String) throws {
    let identifier = try Identifier(scheme: .latvianPersonal, code: code)
    #expect(identifier.code == code.filter { $0 != "-" })
    #expect(identifier.hasUnusualCheckDigit == (code == "240581-15790"))
  }

  @Test func `new Latvian personal codes are random and have no check digit`() throws {
    for first in 32...39 {
      for last in 0...9 {
        let identifier = try Identifier(
          scheme: .latvianPersonal, code: "\(first)1234-5678\(last)")
        #expect(!identifier.hasUnusualCheckDigit)
      }
    }
    #expect(try Identifier(scheme: .latvianPersonal, code: "327654-32198").code == "32765432198")
  }

  @Test func `a Latvian personal code needs a real birth date`() {
    #expect(problem(.latvianPersonal, "300275-19997") == .birthDate)
    #expect(problem(.latvianPersonal, "161375-19997") == .birthDate)
    #expect(problem(.latvianPersonal, "161175-39997") == .birthDate)
    #expect(problem(.latvianPersonal, "290200-19997") == .birthDate)
    #expect(problem(.latvianPersonal, "290200-29997") == nil)
    #expect(problem(.latvianPersonal, "310275-19997") == .birthDate)
  }

  @Test(arguments: ["40103550818", "41502039692", "40008234596", "41202013815", "90000069281"])
  func `Latvian registration numbers`(code: String) throws {
    #expect(try Identifier(scheme: .latvianRegistration, code: code).code == code)
    let wrong = String(code.dropLast()) + (code.hasSuffix("0") ? "1" : "0")
    #expect(problem(.latvianRegistration, wrong) == .checkDigit)
  }

  @Test func `wrong Latvian registration numbers`() {
    #expect(problem(.latvianRegistration, "40003521601") == .checkDigit)
    #expect(problem(.latvianRegistration, "LV40103550818") == .form)
    #expect(problem(.latvianRegistration, "401035-50818") == .form)
  }

  @Test(arguments: ["36805280109", "37605030299", "49010100007", "49010101640"])
  func `Estonian personal codes`(code: String) throws {
    #expect(try Identifier(scheme: .estonianPersonal, code: code).code == code)
    for digit in 0...9 where !code.hasSuffix("\(digit)") {
      #expect(problem(.estonianPersonal, "\(code.dropLast())\(digit)") == .checkDigit)
    }
  }

  @Test func `an Estonian personal code needs a real birth date and century`() {
    #expect(problem(.estonianPersonal, "36802300109") == .birthDate)
    #expect(problem(.estonianPersonal, "06805280109") == .birthDate)
    #expect(problem(.estonianPersonal, "96805280109") == .birthDate)
  }

  @Test(arguments: ["10421629", "16130213", "12345678", "70000310"])
  func `Estonian registry codes`(code: String) throws {
    #expect(try Identifier(scheme: .estonianRegistry, code: code).code == code)
    for digit in 0...9 where !code.hasSuffix("\(digit)") {
      #expect(problem(.estonianRegistry, "\(code.dropLast())\(digit)") == .checkDigit)
    }
  }

  @Test func `one wrong digit is always found in the codes with a modulus of eleven`() throws {
    let code = Array("40103550818".utf8)
    for place in code.indices {
      for digit in UInt8(0x30)...0x39 where digit != code[place] {
        var wrong = code
        wrong[place] = digit
        #expect(problem(.latvianRegistration, String(decoding: wrong, as: UTF8.self)) == .checkDigit)
      }
    }
  }

  @Test(arguments: [
    "", "1", "-", "------", "161175--19997", "1611751-9997", "161175-1999", "161175-199971", "16117519997-",
    "１６１１７５19997", "16117 519997", "+6117519997", "161175-1999a", "\u{0}61175-19997",
  ])
  func `hostile spellings are refused`(code: String) {
    for scheme in IdentifierScheme.allCases where scheme != .other {
      #expect(problem(scheme, code) == .form)
    }
  }

  @Test func `another scheme is taken as it stands`() throws {
    #expect(try Identifier(scheme: .other, code: "FI 0112038-9").code == "FI 0112038-9")
  }
}
