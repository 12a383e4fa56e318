import DMN
import DebtManagement
import Decisioning
import HumanReview

/// Finds inputs that no decision uses and decisions that nothing asks for.
enum UsageCheck {
  static func findings(_ policy: Policy) -> [PolicyFinding] {
    policy.models.flatMap { model -> [PolicyFinding] in
      let definitions = model.model.definitions
      let asked: Set<String> =
        model === policy.rating
        ? Set(PolicyModel.askedDecisions + [PolicyName.knockOuts, PolicyName.heldBack])
        : model === policy.review
          ? Set(ReviewPolicy.decisions)
          : Set(model === policy.restriction ? RestrictionModel.decisions : model.featureNames)
      var required: Set<String> = []
      for decision in definitions.decisions {
        required.formUnion((decision.requiredInputs + decision.requiredDecisions).map(\.id))
      }
      for service in definitions.decisionServices {
        required.formUnion(service.inputData.map(\.id))
        required.formUnion((service.outputDecisions + service.encapsulatedDecisions).map(\.id))
      }
      func isUsed(_ identity: ElementIdentity) -> Bool { identity.id.map(required.contains) ?? false }
      let inputs = definitions.inputData.filter { !isUsed($0.identity) }.map {
        PolicyFinding(.unusedInput, file: model.file, decision: $0.identity.name)
      }
      let decisions = definitions.decisions.filter {
        !isUsed($0.identity) && !asked.contains($0.identity.name)
      }.map { PolicyFinding(.unusedDecision, file: model.file, decision: $0.identity.name) }
      return inputs + decisions
    }
  }
}
