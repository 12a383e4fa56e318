import DMN
import DebtManagement
import Decisioning
import FEEL

/// Proves that no step of the ladder can be skipped, that every state has a way out, and that a paid debt leads back.
struct LadderCheck {
  let space: LadderSpace
  let example: LadderExample

  /// How many findings of one kind are told.
  static let limit = 10

  init(_ space: LadderSpace) {
    self.space = space
    example = LadderExample(space)
  }

  func findings() -> [PolicyFinding] { skips() + exits() + endlessWaits() + relief() }

  /// What keeps anything from being proved.
  var unproven: PolicyFinding? {
    if !space.vague.isEmpty {
      return finding(.ladderNotProven(what: space.vague.map { "'\($0)'" }.joinedByAnd))
    }
    return space.regions.contains { $0 == nil } ? finding(.ladderNotProven(what: "the whole table")) : nil
  }

  func finding(
    _ fault: PolicyFinding.Fault, rules: [String] = [], decision: LadderSpace.Name = .ladderStep,
    example: ExampleCustomer? = nil
  ) -> PolicyFinding {
    PolicyFinding(
      fault, file: space.model.file, decision: decision.rawValue, rules: rules, example: example)
  }

  // MARK: - No step is skipped

  /// The place of a step on the ladder, -1 before the first; nil for what is no rung.
  static func rank(_ step: String) -> Int? {
    if step == LadderSpace.none { return -1 }
    guard let known = LadderStep(rawValue: step), known != .release, known != .withdrawal else { return nil }
    return LadderStep.allCases.firstIndex(of: known)
  }

  private func isRung(_ step: String) -> Bool { (Self.rank(step) ?? -1) >= 0 }

  /// A step that comes from a stage although another step lies between that the same customer would be given elsewhere.
  private func skips() -> [PolicyFinding] {
    guard let stage = space.place(LadderSpace.stage) else {
      return [finding(.ladderNotProven(what: "a ladder that does not look at the stage"))]
    }
    var findings: [PolicyFinding] = []
    for (place, rung) in space.rungs.enumerated() where isRung(rung.step) {
      guard let rank = Self.rank(rung.step) else { continue }
      // Told once for a pair of a stage and a step left out.
      var told: Set<[String]> = []
      for box in space.regions[place] ?? [] {
        for atom in box[stage].members {
          guard let from = space.axes[stage].atoms[atom].sample.string, let start = Self.rank(from) else {
            continue
          }
          var here = box
          here[stage] = AtomSet([atom], count: space.axes[stage].atoms.count)
          if start >= rank {
            guard told.insert([from, ""]).inserted else { continue }
            findings.append(
              finding(
                .stepBack(step: rung.step, from: from, region: space.words(here)), rules: [rung.id],
                example: example.customer(in: here, step: rung.step)))
            continue
          }
          for (other, between) in space.rungs.enumerated() {
            guard let middle = Self.rank(between.step), start < middle, middle < rank,
              let part = leftOut(between, other, by: place, in: here, stage),
              told.insert([from, between.step]).inserted
            else { continue }
            var skipping = part
            skipping[stage] = here[stage]
            findings.append(
              finding(
                .skippedStep(
                  step: rung.step, from: from, skipped: between.step, region: space.words(skipping)),
                rules: [rung.id, between.id], example: example.customer(in: skipping, step: rung.step)))
          }
        }
      }
    }
    return Array(findings.prefix(Self.limit))
  }

  /// The part of a region whose customers another rung would be given at its own stage.
  private func leftOut(
    _ between: LadderSpace.Rung, _ other: Int, by place: Int, in region: [AtomSet], _ stage: Int
  ) -> [AtomSet]? {
    var elsewhere = region
    elsewhere[stage] = between.box[stage]
    guard let both = space.common(elsewhere, between.box) else { return nil }
    let before = space.rungs[..<other].enumerated().filter { $0.offset != place }.map(\.element.box)
    return BoxCover.rest(of: both, without: before)?.first
  }

  // MARK: - Every state has a way out

  /// A stage that a step leads to and that no rule names: the ladder ends there without anybody having said so.
  private func exits() -> [PolicyFinding] {
    guard let stage = space.place(LadderSpace.stage) else { return [] }
    var findings: [PolicyFinding] = []
    var told: Set<[String]> = []
    let boxes = space.rungs.map(\.box)
    for (place, rung) in space.rungs.enumerated() where isRung(rung.step) {
      guard let atom = space.axes[stage].atom(of: .string(rung.step)) else { continue }
      for box in space.regions[place] ?? [] {
        var reached = box
        reached[stage] = AtomSet([atom], count: space.axes[stage].atoms.count)
        for (next, rule) in space.rungs.enumerated() where rule.step == LadderSpace.none && !rule.namesStage {
          guard let both = space.common(reached, rule.box),
            let left = BoxCover.rest(of: both, without: Array(boxes[..<next]))?.first,
            told.insert([rung.step, rule.id]).inserted
          else { continue }
          findings.append(
            finding(
              .noExit(stage: rung.step, region: space.words(left)), rules: [rung.id, rule.id],
              example: example.customer(in: left, step: LadderSpace.none)))
        }
      }
    }
    return Array(findings.prefix(Self.limit))
  }

  /// Whose step waits whatever the days say: the wait never ends.
  private func endlessWaits() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    let subject = ["Jurisdiction", "Commodity", "Claimant", "Customer type"].compactMap(space.place)
    for (place, rung) in space.rungs.enumerated() where isRung(rung.step) {
      var stuck: [AtomSet]?
      var free: Set<[Int]> = []
      var blocked: [[Int]: [AtomSet]] = [:]
      for box in space.regions[place] ?? [] {
        for atoms in Self.combinations(subject.map { box[$0].members }) {
          if free.contains(atoms) { continue }
          var part = box
          for (place, atom) in zip(subject, atoms) {
            part[place] = AtomSet([atom], count: space.axes[place].atoms.count)
          }
          if let rest = space.free(part, for: rung.step), rest.isEmpty {
            blocked[atoms] = part
          } else {
            free.insert(atoms)
          }
        }
      }
      for (atoms, part) in blocked where !free.contains(atoms) {
        stuck = stuck.map { Self.wider($0, part) } ?? part
      }
      if let stuck {
        findings.append(
          finding(
            .endlessWait(step: rung.step, region: space.words(stuck)), rules: [rung.id],
            decision: .waits, example: example.customer(in: stuck, step: rung.step, isTaken: false)))
      }
    }
    return Array(findings.prefix(Self.limit))
  }

  private static func wider(_ one: [AtomSet], _ other: [AtomSet]) -> [AtomSet] {
    zip(one, other).map { $0.union($1) }
  }

  private static func combinations(_ choices: [[Int]]) -> [[Int]] {
    choices.reduce([[]]) { heads, next in heads.flatMap { head in next.map { head + [$0] } } }
  }

  // MARK: - A paid debt leads back

  private func relief() -> [PolicyFinding] {
    func isPaid(_ value: Value) -> Bool { value.boolean == true }
    guard let restriction = space.place("Restriction"), space.place("Debt paid") != nil else {
      return [finding(.ladderNotProven(what: "a ladder that does not look at 'Restriction' and 'Debt paid'"))]
    }
    let wanted = [
      "none": LadderSpace.none, "requested": LadderStep.withdrawal.rawValue,
      "in effect": LadderStep.release.rawValue,
    ]
    var findings: [PolicyFinding] = []
    for (place, rung) in space.rungs.enumerated() {
      for box in space.regions[place] ?? [] {
        guard let paid = space.narrowed(box, [("Debt paid", isPaid)]) else { continue }
        let wrong = paid[restriction].members.filter { atom in
          space.axes[restriction].atoms[atom].sample.string.flatMap { wanted[$0] } != rung.step
        }
        guard !wrong.isEmpty else { continue }
        var part = paid
        part[restriction] = AtomSet(wrong, count: space.axes[restriction].atoms.count)
        findings.append(
          finding(
            .paidLeadsOn(step: rung.step, region: space.words(part)), rules: [rung.id],
            example: example.customer(in: part, step: rung.step)))
        break
      }
    }
    for wait in space.waits {
      for step in [LadderStep.release.rawValue, LadderStep.withdrawal.rawValue]
      where wait.steps.contains(step) {
        // It may only wait for itself: what is on its way is not sent twice.
        guard let box = space.narrowed(wait.box, [("Step in hand", { $0.string != step })]) else { continue }
        findings.append(
          finding(
            .reliefWaits(step: step, region: space.words(box)), rules: [wait.id], decision: .waits))
      }
    }
    return Array(findings.prefix(Self.limit))
  }
}

extension PolicyModel {
  /// The model of debts of a rule set, cut where the law turns too; nil where it cannot be read.
  static func restriction(_ files: RuleSetFiles, _ law: LadderLaw?) -> PolicyModel? {
    let path = RestrictionModel.path
    let others = files.paths.filter { $0 != path && $0.hasSuffix(".dmn") }
      .map { ModelFile(name: $0, bytes: files[$0] ?? []) }
    guard let bytes = files[path],
      let model = try? DecisionModel(ModelFile(name: path, bytes: bytes), others: others)
    else { return nil }
    return PolicyModel(
      file: path, model, nullable: RestrictionModel.optionalInputs, foreign: law?.points ?? [:])
  }
}

extension LadderCheck {
  /// All that is wrong with the ladder of a rule set, and nothing else; nothing where its model or the law is not sound.
  static func findings(_ files: RuleSetFiles) -> [PolicyFinding] {
    guard let law = try? LadderLaw.read(files), let model = PolicyModel.restriction(files, law), model.isSound
    else { return [] }
    return findings(model, law)
  }

  /// All that is wrong with the ladder of a model.
  static func findings(_ model: PolicyModel, _ law: LadderLaw?) -> [PolicyFinding] {
    guard let space = LadderSpace(model) else { return [] }
    let check = LadderCheck(space)
    if let unproven = check.unproven { return [unproven] }
    return check.findings() + (law.map { LadderLawCheck(check, $0).findings() } ?? [])
  }
}
