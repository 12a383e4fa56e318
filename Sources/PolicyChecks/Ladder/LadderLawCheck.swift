import DMN
import DebtManagement
import FEEL
import Values

/// Proves that the policy takes no step that the safeguards would refuse for the tool, a clock or a bar.
///
/// The safeguards stand in any case; a policy that leans on them does not go into force.
struct LadderLawCheck {
  private let check: LadderCheck
  private let law: LadderLaw
  private var space: LadderSpace { check.space }

  init(_ check: LadderCheck, _ law: LadderLaw) {
    self.check = check
    self.law = law
  }

  func findings() -> [PolicyFinding] { tools() + breaches() + floors() }

  /// Steps where no provision gives the tool.
  private func tools() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for (place, rung) in space.rungs.enumerated()
    where LadderStep(rawValue: rung.step)?.isRestriction ?? false {
      let whole = space.axes.map(\.all)
      let allowed = law.permissions.filter { $0.step == rung.step }.compactMap {
        space.narrowed(whole, $0.tests)
      }
      for box in space.regions[place] ?? [] {
        guard let rest = BoxCover.rest(of: box, without: allowed) else {
          findings.append(check.finding(.ladderNotProven(what: "'\(rung.step)'"), rules: [rung.id]))
          break
        }
        guard let unlawful = rest.first else { continue }
        findings.append(
          check.finding(
            .unlawfulTool(step: rung.step, region: space.words(unlawful)), rules: [rung.id],
            example: check.example.customer(in: unlawful, step: rung.step)))
        break
      }
    }
    return findings
  }

  /// Steps that could be taken although a clock runs or a bar stands.
  private func breaches() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    var told: Set<[String]> = []
    for bar in law.bars {
      if let missing = bar.tests.first(where: { space.place($0.variable) == nil })?.variable {
        guard told.insert([missing]).inserted else { continue }
        findings.append(
          check.finding(.ladderNotProven(what: "\(bar.provision), which turns on '\(missing)'")))
        continue
      }
      for (place, rung) in space.rungs.enumerated() where rung.step == bar.step {
        for box in space.regions[place] ?? [] {
          guard let forbidden = space.narrowed(box, bar.tests) else { continue }
          guard let rest = space.free(forbidden, for: rung.step) else {
            findings.append(check.finding(.ladderNotProven(what: "'\(rung.step)'"), rules: [rung.id]))
            break
          }
          guard let breach = rest.first else { continue }
          // One sentence a rule and a region: the same may be barred by several provisions.
          let region = space.words(breach)
          guard told.insert([rung.id, bar.provision, region]).inserted else { continue }
          findings.append(
            check.finding(
              .breach(step: rung.step, provision: bar.provision, region: region), rules: [rung.id],
              decision: .waits, example: check.example.customer(in: breach, step: rung.step, isTaken: true)))
          break
        }
      }
    }
    return findings
  }

  /// Minimum amounts below what a provision asks for.
  private func floors() -> [PolicyFinding] {
    guard let floor = law.floors.max(by: { $0.amount < $1.amount }),
      let table = space.model.table(of: RestrictionModel.Name.minimumAmount.rawValue)
    else { return [] }
    return table.rules.compactMap { rule in
      guard let amount = table.view.outputConstant(rule: rule)?.number else {
        return check.finding(
          .ladderNotProven(what: "a minimum amount that is no number"), rules: [table.id(rule)])
      }
      guard amount < floor.amount else { return nil }
      return check.finding(
        .belowFloor(amount: amount.description, floor: floor.amount.description, provision: floor.provision),
        rules: [table.id(rule)], decision: .minimumAmount)
    }
  }
}
