import DMN
import FEEL

/// Finds inputs, components of types, features and expressions that speak of what may not decide (AD-10, AD-31).
///
/// Told by names: a policy that hides a subject behind an innocent name is not found here but by people.
enum ForbiddenInputCheck {
  static func findings(_ policy: Policy) -> [PolicyFinding] {
    // Few different names stand in many places.
    var subjects: [String: [ForbiddenSubject]] = [:]
    return policy.models.flatMap { model -> [PolicyFinding] in
      let definitions = model.model.definitions
      var findings: [PolicyFinding] = []
      var seen: Set<[String]> = []
      func look(_ name: String, at element: String, _ part: String) {
        let meant: [ForbiddenSubject]
        if let known = subjects[name] {
          meant = known
        } else {
          let words = ForbiddenSubject.words(of: name)
          meant = ForbiddenSubject.all.filter { $0.isMeant(by: words) }
          subjects[name] = meant
        }
        for subject in meant where seen.insert([subject.name, name, element]).inserted {
          findings.append(
            PolicyFinding(
              .forbidden(name: name, subject: subject.name, ground: subject.ground, part: part),
              file: model.file, decision: element))
        }
      }
      for input in definitions.inputData {
        look(input.identity.name, at: input.identity.name, "the name of an input")
      }
      for decision in definitions.decisions {
        look(decision.identity.name, at: decision.identity.name, "the name of a decision")
      }
      for item in definitions.itemDefinitions { lookAt(item, look) }
      for text in definitions.texts {
        for name in FEELText(text.text).names { look(name, at: text.element, text.part) }
      }
      return findings
    }
  }

  private static func lookAt(_ item: ItemDefinition, _ look: (String, String, String) -> Void) {
    for component in item.components {
      look(component.identity.name, item.identity.name, "a component of the type")
      lookAt(component, look)
    }
  }
}

extension FEELText {
  /// Words that may be names or parts of names, each alone: a name of several words is declared somewhere.
  fileprivate var names: [String] {
    let phrases = zip(words, words.dropFirst()).map { "\($0) \($1)" }
    return words + phrases.filter { !$0.isEmpty }
  }
}
