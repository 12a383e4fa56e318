import DebtManagement
import Decisioning
import FactStore
import Facts
import SQLite
import Values

/// Lives one world of `debt-histories` again, and tells all about a customer with whom a judge found fault.
///
///     Benchmarks debt-world SEED FIRST-DAY CUSTOMERS [CUSTOMER | EFFECT]
///
/// To be run where the folder `rules` lies; the store is made in /dev/shm and removed.
enum DebtWorldAgain {
  static func run(_ words: [String]) -> Bool {
    guard words.count >= 3, let seed = UInt64(words[0]), let first = CivilDate(words[1]),
      let size = Int(words[2])
    else {
      print("Say which: debt-world SEED FIRST-DAY CUSTOMERS [CUSTOMER | EFFECT]")
      return false
    }
    do {
      let world = DebtHistories.world(seed: seed, first: first, size: size)
      return try DebtHistories.live(world, in: "/dev/shm", try RuleSet(folder: "rules")) {
        house, runner, verdict in
        DebtDays.report(runner.tally, verdict)
        if words.count > 3 { try tell(words[3], house) }
        return verdict.isClean
      }
    } catch {
      print("The world ended: \(DebtDays.sentence(error))")
      return false
    }
  }

  /// - Parameter name: the number of a customer, or the id of an effect.
  private static func tell(_ name: String, _ house: DebtHouse) throws {
    try house.store.read { reader throws(DebtError) in
      let (key, effects): (Int, [(StoredEffect, [OutboxEvent])])
      do throws(OutboxError) {
        let customer = try OutboxError.wrapping { () throws(SQLiteError) in try reader.key(of: .number(name))
        }
        if let customer {
          key = customer
        } else {
          key = try OutboxStore.effect(name, in: reader.sql).effect.customerKey
        }
        var told: [(StoredEffect, [OutboxEvent])] = []
        for stored in try OutboxStore.list(customerKey: key, in: reader.sql) {
          told.append((stored, try OutboxStore.events(of: stored.effect.id, in: reader.sql)))
        }
        effects = told
      } catch {
        throw .outbox(error)
      }
      let facts = try house.desk.facts(of: key, on: house.world.end, knownAt: house.clock.now, reader)
      var lines = effects.map { stored, events in
        let effect = stored.effect
        var line = "\(stored.at) \(effect.step.rawValue) \(effect.id) of \(effect.contract ?? "-"): "
        line += "\(effect.amount.principal) for \(effect.invoices.joined(separator: ", "))"
        if case .operatorRequest(let request) = effect.kind, let other = request.concerning {
          line += ", concerning \(other)"
        }
        return line + events.map { "; \($0.state.rawValue) \($0.reason ?? "") \($0.at)" }.joined()
      }
      func add<Content>(_ records: [Recorded<Content>]) {
        lines += records.map { "\($0.provenance.knownFrom) \($0.fact)" }
      }
      add(facts.contracts)
      add(facts.invoices)
      add(facts.payments)
      add(facts.reversals)
      add(facts.disputes)
      add(facts.complaints)
      add(facts.paymentPlans)
      add(facts.planInstalments)
      add(facts.protections)
      add(facts.operatorConfirmations)
      add(facts.registerEntries)
      add(facts.claimAssignments)
      add(facts.holds)
      add(facts.noticeDeliveries)
      for line in lines.sorted() { print(line) }
    }
  }
}
