import DMN
import FEEL

/// Finds what would let the same facts be decided differently on another day: the clock, and zones by name.
enum VolatilityCheck {
  static func findings(_ policy: Policy) -> [PolicyFinding] {
    policy.models.flatMap { model in
      model.model.definitions.texts.flatMap { text in
        FEELText(text.text).volatileParts.map { part in
          let fault: PolicyFinding.Fault =
            switch part {
            case .clock(let function): .clock(function: function, part: text.part)
            case .zone(let id): .zone(id: id, part: text.part)
            }
          return PolicyFinding(fault, file: model.file, decision: text.element)
        }
      }
    }
  }
}
