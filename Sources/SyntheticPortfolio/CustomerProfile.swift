import Facts
import Values

/// Who an invented customer is: everything but the payment history.
struct CustomerProfile {
  let index: Int
  let kind: Customer.Kind
  let isCompany: Bool
  let isLatvian: Bool
  let isEnglishSpeaking: Bool
  let customerSince: CivilDate
  let habit: PaymentHabit
  let name: String
  let address: String
  let scheme: IdentifierScheme
  let code: String

  init(index: Int, businessDate: CivilDate, _ random: inout SplitMix64) {
    self.index = index
    // The slot and not chance decides over country and legal form, so that codes can be dealt out without repeats.
    let slot = CustomerProfile.slots[(index - 1) % CustomerProfile.slots.count]
    let isLatvian = slot == UInt8(ascii: "L") || slot == UInt8(ascii: "l")
    let isCompany = slot == UInt8(ascii: "l") || slot == UInt8(ascii: "e")
    self.isLatvian = isLatvian
    self.isCompany = isCompany
    habit = PaymentHabit.pick(&random)
    let isProspect = random.happens(200)
    kind = isProspect ? .prospect : isCompany ? .business : .household
    isEnglishSpeaking = random.happens(500)
    let age =
      isProspect ? random.number(0...40) : habit == .thin ? random.number(10...95) : random.number(150...4800)
    customerSince = CivilDate(dayNumber: businessDate.dayNumber - age)
    let isFemale = random.happens(5200)
    if isCompany {
      name = FictitiousNames.company(isLatvian: isLatvian, &random)
      scheme = isLatvian ? .latvianRegistration : .estonianRegistry
      code =
        isLatvian
        ? FictitiousCodes.latvianRegistration(index) : FictitiousCodes.estonianRegistry(index / 25)
    } else {
      name = FictitiousNames.person(isLatvian: isLatvian, isFemale: isFemale, &random)
      scheme = isLatvian ? .latvianPersonal : .estonianPersonal
      code =
        isLatvian
        ? FictitiousCodes.latvianPersonal(index)
        : FictitiousCodes.estonianPersonal(index, isFemale: isFemale)
    }
    address = FictitiousNames.address(isLatvian: isLatvian, isFlat: !isCompany, &random)
  }

  // L and E: household in Latvia and Estonia, l and e: company there. 56, 32, 8 and 4 in a hundred.
  private static let slots = Array("LLELLEElLLELeLLELLELlELLE".utf8)
}
