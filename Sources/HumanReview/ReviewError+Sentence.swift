import Access
import Decisioning
import FactStore
import SQLite
import Values

extension ReviewError {
  /// What is wrong, and how to mend it.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .facts(let error): error.sentence
    case .decisions(let error): error.sentence
    case .rating(let error): error.sentence
    case .activations(let error): error.sentence
    case .evidence(let error): error.sentence
    case .damaged(let id):
      "The stored record of case \(id) cannot be read: the database was changed or is damaged. Restore it from a "
        + "backup; 'bonitas audit verify' names what was changed."
    case .unknownCase(let id, let near):
      "There is no case \(id)."
        + (near.map { " There is \($0)." } ?? " 'bonitas review list' shows the cases.")
    case .unknownDecision(let id): "There is no decision \(id)."
    case .otherCustomer(let id, let named):
      "Decision \(id) is not about customer '\(named)', so '\(named)' cannot contest it. Check the number on the "
        + "customer's letter; nothing was entered."
    case .notAllowed(let actor, let permission):
      "\(actor) may not do this: it takes the role \(Self.roles(permission)). An administrator gives roles with "
        + "'bonitas users grant'."
    case .needsSenior(let id):
      "Case \(id) was escalated, so a senior decides it. 'bonitas review next' finds you another one."
    case .decidedBefore(let id, let decision):
      "You took part in decision \(decision), which case \(id) contests, so somebody else has to answer."
    case .activatedPolicy(let id, let version):
      "You put rule set \(version.short) in force, by which case \(id) was decided, so somebody else reviews it."
    case .closed(let id, let closing): closed(id, closing)
    case .notClaimed(let id):
      "Case \(id) is not claimed by you. Claim it first: 'bonitas review claim \(id)'."
    case .claimedByAnother(let id, let holder, let until):
      "Case \(id) is claimed by \(holder) until \(RigaTime.minute(at: until)). It comes back by itself when the claim is not renewed."
    case .leaseOver(let id, let at):
      "Your claim of case \(id) ran out at \(RigaTime.minute(at: at)), and others may have claimed it since; nothing was changed. Claim it "
        + "again: 'bonitas review claim \(id)'."
    case .changed(let id, let expected, let latest):
      "Case \(id) was changed since you looked at it (version \(expected)): \(latest.actor) \(latest.kind.words) at "
        + "\(RigaTime.minute(at: latest.at)). Look at it again; nothing was changed."
    case .superseded(let id, let old, let new):
      "Case \(id) is about decision \(old), and decision \(new) has taken its place; nothing was decided. Look at the "
        + "case again: it moves to the new decision, or is closed where nothing is left to decide."
    case .awaitsSecondPerson(let id, let reviewer):
      "Case \(id) was decided by \(reviewer) and waits for a second person to approve it or send it back."
    case .noProposal(let id): "Nothing of case \(id) waits for a second person."
    case .ownProposal(let id):
      "You decided case \(id) yourself, so somebody else has to approve it. You can take it back: "
        + "'bonitas review return \(id)'."
    case .notOpened(let id):
      "You have not looked at case \(id) since it was decided, and whoever approves answers for it, too. Look first: "
        + "'bonitas review show \(id)'."
    case .notDecidable(let id):
      "Case \(id) is about records in quarantine and closes by itself when all of them are settled: 'bonitas quarantine "
        + "list' shows them, reading a mended file stores them, and 'bonitas quarantine discard' settles what is not needed."
    case .draft(let id, let fault): "Case \(id): \(fault.sentence)"
    case .text(let id, let fault): (id.map { "Case \($0): " } ?? "") + fault.sentence
    case .snooze(let id, let latest, let isPast):
      isPast
        ? "Case \(id) can be put off until tomorrow at the earliest, and until \(latest) at the latest."
        : "Case \(id) can be put off until \(latest) at the latest."
    }
  }

  private static func roles(_ permission: Permission) -> String {
    permission.roles.sorted().map(\.rawValue).joined(separator: " or ")
  }

  private func closed(_ id: CaseID, _ closing: ReviewCase.Closing) -> String {
    let decision = closing.decision.map { " by decision \($0)" } ?? ""
    return switch closing.kind {
    case .overtaken:
      "Case \(id) was overtaken\(decision) at \(RigaTime.minute(at: closing.at)): nothing is left to decide."
    case .settled:
      "Case \(id) was closed at \(RigaTime.minute(at: closing.at)), when the last of its records was settled."
    default:
      "Case \(id) was decided by \(closing.by) at \(RigaTime.minute(at: closing.at))"
        + (closing.decision.map { ": see decision \($0)." } ?? ".")
    }
  }
}

extension ReviewEventKind {
  /// What the actor did, to follow a name.
  var words: String {
    switch self {
    case .opened: "opened it"
    case .joined: "added what arrived"
    case .moved: "moved it to a newer decision"
    case .claimed: "claimed it"
    case .released: "gave it back"
    case .snoozed: "put it off"
    case .woken: "brought it back"
    case .escalated: "escalated it"
    case .noted: "wrote a note"
    case .attached: "attached evidence"
    case .viewed: "looked at it"
    case .corrected: "corrected inputs"
    case .proposed: "proposed a decision"
    case .sentBack: "sent it back"
    case .decided: "decided it"
    case .overtaken: "closed it as overtaken"
    case .settled: "closed it as settled"
    }
  }
}

extension ReviewError.DraftFault {
  var sentence: String {
    switch self {
    case .noReasons: "A decision needs at least one reason. Name its code with --code."
    case .unknownReason(let code, let known):
      "There is no reason '\(code)'. The reasons are: \(known.joined(separator: ", "))."
    case .unknownRating(let rating): "The policy knows no rating '\(rating)'."
    case .refers: "'refer' leaves the order undecided; name another outcome."
    case .referralConfirmed:
      "The engine has decided nothing here that could be confirmed. Change it: name an outcome or a rating."
    case .setsSomething(let resolution):
      "'\(resolution.rawValue)' sets neither a rating nor an outcome; 'changed' does."
    case .nothingChanged:
      "This rating and this outcome are what was decided already. Confirm the decision, or name another one."
    case .nothingCorrected(let id):
      "Nothing about the customer has become known since the decision, so the rules would only say the same again. "
        + "Correct the records first: 'bonitas review correct \(id) FILE'."
    case .untilPast(let until, let on):
      "The decision is to stand until \(until), but today is \(on). Name a later day."
    case .untilTooFar(let until, let latest):
      "The decision is to stand until \(until), but the policy allows \(latest) at the latest."
    case .noRestriction: "A proposed restriction is either approved or lifted; say which."
    case .unexpectedRestriction: "No restriction was proposed, so none can be approved or lifted."
    case .noOrder:
      "The decision names no order, so it can only hold for the customer. Use the scope 'customer'."
    }
  }
}

extension ReviewError.TextFault {
  var sentence: String {
    switch self {
    case .tooShort(let least):
      "Give the reason in your own words, in \(least) letters or more."
    case .tooLong(let most):
      "The text is longer than \(most) letters. Shorten it, or attach it as a document."
    }
  }
}
