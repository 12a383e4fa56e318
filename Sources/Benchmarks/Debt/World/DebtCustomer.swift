import DebtManagement
import Facts
import Values

/// One invented customer.
struct DebtCustomer: Sendable {
  /// How a customer pays.
  enum Temper: Hashable, Sendable {
    case prompt, late, parts, never
    /// Pays after this step of the ladder has come.
    case after(LadderStep)
  }

  /// Under which law the customer is supplied, and by whom.
  enum Setting: CaseIterable, Hashable, Sendable {
    case latvianElectricity, latvianGas, latvianBoth, estonianSeller, estonianOperator
  }

  let number: String
  let setting: Setting
  let isHousehold: Bool
  let hasElectricHeating: Bool
  let temper: Temper
  let contracts: [Contract]
  let language: Customer.Language
  /// Whether a second source tells of contracts, bills and money too.
  let isToldTwice: Bool

  var reference: CustomerReference { .number(number) }

  init(_ place: Int, _ world: DebtWorld) {
    number = "N-\(place)"
    var chance = world.chance("customer \(number)")
    setting = chance.pick(
      [
        (34, .latvianElectricity), (14, .latvianGas), (14, .latvianBoth), (16, .estonianSeller),
        (22, .estonianOperator),
      ],
      or: .latvianElectricity)
    isHousehold = chance.happens(800)
    hasElectricHeating = isHousehold && chance.happens(300)
    temper = Self.temper(&chance, setting, world)
    var sources = world.chance("sources \(number)")
    isToldTwice = sources.happens(world.rate(20, trouble: 60))
    language = chance.pick([(6, .latvian), (3, .estonian), (2, .english)], or: .english)
    let isEstonian = setting == .estonianSeller || setting == .estonianOperator
    let supplied: [Contract.Commodity] =
      switch setting {
      case .latvianGas: [.gas]
      case .latvianBoth: [.electricity, .gas]
      default: [.electricity]
      }
    var contracts: [Contract] = []
    for (part, commodity) in supplied.enumerated() {
      contracts.append(
        Contract(
          id: "L-\(place)-\(part)", customer: .number(number), commodity: commodity,
          deliveryPoint: "P-\(place)-\(part)", start: world.first.after(-400),
          jurisdiction: isEstonian ? .estonia : .latvia, customerType: isHousehold ? .household : .business,
          claimant: setting == .estonianOperator ? .networkOperator : .supplier))
    }
    self.contracts = contracts
  }

  private static func temper(_ chance: inout DebtChance, _ setting: Setting, _ world: DebtWorld) -> Temper {
    if world.mix == .portfolio, chance.happens(650) { return .prompt }
    let steps: [(Int, LadderStep)] =
      switch setting {
      case .estonianSeller:
        [(1, .reminder), (2, .debtNotice), (3, .terminationNotice), (2, .contractTermination)]
      case .estonianOperator:
        [
          (1, .reminder), (2, .restrictionWarning), (2, .powerLimit), (4, .disconnectionRequest),
          (1, .terminationNotice),
        ]
      default:
        [
          (1, .reminder), (2, .debtNotice), (2, .restrictionWarning), (1, .planOffer), (1, .noNewOrders),
          (6, .disconnectionRequest), (1, .terminationNotice),
        ]
      }
    let step = chance.pick(steps.map { ($0.0, $0.1) }, or: .reminder)
    return chance.pick([(20, .late), (12, .parts), (25, .never), (43, .after(step))], or: .never)
  }

  /// What is known of the customer from the beginning.
  func facts(_ world: DebtWorld) -> [Fact] {
    let since = world.first.after(-400)
    let isEstonian = setting == .estonianSeller || setting == .estonianOperator
    var facts: [Fact] = [
      .customer(
        Customer(
          number: number, kind: isHousehold ? .household : .business,
          jurisdiction: isEstonian ? .estonia : .latvia,
          language: language, customerSince: since, name: "Customer \(number)",
          address: "Main Street 1, \(number)"))
    ]
    facts += contracts.map { .contract($0) }
    if hasElectricHeating {
      facts += contracts.filter { $0.commodity == .electricity }.map {
        .dwelling(
          Dwelling(
            id: "W-\($0.id)", customer: reference, deliveryPoint: $0.deliveryPoint ?? "", from: since,
            isPermanentHome: true, needsElectricityToHeat: true))
      }
    }
    return facts
  }
}
