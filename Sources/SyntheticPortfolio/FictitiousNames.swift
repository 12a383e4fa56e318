/// Names and addresses that nobody bears: surnames and places out of fairy tales, postcodes of zeros.
enum FictitiousNames {
  static func person(isLatvian: Bool, isFemale: Bool, _ random: inout SplitMix64) -> String {
    if isLatvian {
      let given = random.pick(isFemale ? latvianWomen : latvianMen)
      let ending = random.pick(latvianEndings)
      return "\(given) \(random.pick(latvianStems))\(isFemale ? ending.woman : ending.man)"
    }
    let given = random.pick(isFemale ? estonianWomen : estonianMen)
    return "\(given) \(random.pick(estonianStems))\(random.pick(estonianEndings))"
  }

  static func company(isLatvian: Bool, _ random: inout SplitMix64) -> String {
    let number = random.number(1...999)
    if isLatvian { return "SIA \"Paraugs \(random.pick(latvianTrades)) \(number)\"" }
    return "Näidis \(random.pick(estonianTrades)) \(number) OÜ"
  }

  static func address(isLatvian: Bool, isFlat: Bool, _ random: inout SplitMix64) -> String {
    let house = random.number(1...120)
    let number = isFlat ? "\(house)-\(random.number(1...60))" : "\(house)"
    if isLatvian {
      return "\(random.pick(latvianStreets)) iela \(number), \(random.pick(latvianTowns)), LV-0000"
    }
    return "\(random.pick(estonianStreets)) tn \(number), \(random.pick(estonianTowns)), 00000"
  }

  private static let latvianWomen = [
    "Anna", "Ilze", "Līga", "Inese", "Kristīne", "Baiba", "Zane", "Dace", "Elīna", "Marta",
  ]
  private static let latvianMen = [
    "Jānis", "Andris", "Juris", "Edgars", "Mārtiņš", "Kārlis", "Pēteris", "Aivars", "Roberts", "Toms",
  ]
  private static let latvianStems = [
    "Pasaku", "Sapņu", "Teiku", "Mēness", "Zvaigžņu", "Rasas", "Miglas", "Burvju", "Dzintara", "Varavīksnes",
  ]
  private static let latvianEndings: [(man: String, woman: String)] = [
    ("kalns", "kalna"), ("bērzs", "bērza"), ("ezers", "ezera"), ("ozols", "ozola"), ("lauks", "lauka"),
    ("mežs", "meža"), ("krasts", "krasta"),
  ]
  private static let estonianWomen = [
    "Anu", "Liis", "Kadri", "Maarja", "Tiina", "Piret", "Kersti", "Triin", "Helena", "Mari",
  ]
  private static let estonianMen = [
    "Jaan", "Mart", "Tõnu", "Andres", "Rein", "Priit", "Kalle", "Urmas", "Siim", "Toomas",
  ]
  private static let estonianStems = [
    "Muinas", "Une", "Kuu", "Tähe", "Udu", "Haldja", "Kaste", "Merevaigu", "Vikerkaare", "Võlu",
  ]
  private static let estonianEndings = ["mets", "mägi", "saar", "järv", "laas", "salu", "nõmm"]
  private static let latvianTrades = [
    "Maiznīca", "Galdniecība", "Kafejnīca", "Darbnīca", "Veikals", "Noliktava", "Siltumnīca",
  ]
  private static let estonianTrades = [
    "Pagar", "Puidutöö", "Kohvik", "Töökoda", "Pood", "Ladu", "Kasvuhoone",
  ]
  private static let latvianStreets = ["Pasaku", "Izdomas", "Sapņu", "Varavīksnes", "Zvaigžņu", "Rūķu"]
  private static let estonianStreets = ["Muinasjutu", "Unelma", "Vikerkaare", "Haldja", "Päkapiku", "Tähe"]
  private static let latvianTowns = ["Sapņupils", "Teikukalns", "Pasakmala"]
  private static let estonianTowns = ["Unelinn", "Muinasküla", "Haldjasaare"]
}
