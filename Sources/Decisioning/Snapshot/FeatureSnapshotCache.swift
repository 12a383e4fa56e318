import FactStore
import SQLite
import Synchronization
import Values

/// Feature snapshots that were read, kept in memory: reading one costs an event loop several pages, which it forgets with
/// every commit of another connection.
///
/// It knows snapshots of one day and rule set. Whether one still holds is asked of the change feed as ever; what else puts one
/// out of date moves the generation on (`FeatureSnapshotStore.generation`), at which everything here is forgotten.
///
/// A customer has one place, found by the key, which is given in turn: with as many customers as places everybody has their
/// own, with more the last one asked about stays. 131,072 places take some 85 MB.
public final class FeatureSnapshotCache: Sendable {
  private let state = Mutex(State())
  private let mask: Int

  /// What all snapshots here have in common.
  private struct Edition: Hashable {
    var businessDate: Int
    var ruleSetKey: Int
    var generation: Int
  }

  private struct Place {
    var customerKey = 0
    var stored: FeatureSnapshotStore.Stored?
  }

  private struct State {
    var edition: Edition?
    /// The last write that a reader of this edition could see when it began.
    var begunAt = 0
    var places: [Place] = []

    /// Forgets everything for a reader that shows a later state than this edition; one who still reads an earlier one throws
    /// away nothing.
    mutating func adopt(_ edition: Edition, at sequence: Int, places count: Int) -> Bool {
      if self.edition == edition { return true }
      guard self.edition == nil || sequence > begunAt else { return false }
      self.edition = edition
      begunAt = sequence
      places = Array(repeating: Place(), count: count)
      return true
    }
  }

  /// A cache of at least so many places.
  public init(places: Int = 131_072) {
    var size = 1
    while size < places { size *= 2 }
    mask = size - 1
  }

  /// The snapshot of a customer as it is kept, if a reader of this moment may use it; whether it holds is to be asked.
  func stored(_ key: Int, _ moment: OnlineRater.Moment, ruleSetKey: Int) -> FeatureSnapshotStore.Stored? {
    let edition = Self.edition(moment, ruleSetKey)
    let sequence = moment.asOf.sequence ?? 0
    let place = state.withLock { state in
      state.adopt(edition, at: sequence, places: mask + 1) ? state.places[key & mask] : Place()
    }
    // A snapshot knows all writes up to its own, and this reader may see fewer.
    guard place.customerKey == key, let stored = place.stored, stored.sequence <= sequence else { return nil }
    return stored
  }

  /// Keeps a snapshot that was read at this moment, without its basis where it was rated.
  func keep(
    _ stored: FeatureSnapshotStore.Stored, of key: Int, _ moment: OnlineRater.Moment, ruleSetKey: Int
  ) {
    let edition = Self.edition(moment, ruleSetKey)
    let sequence = moment.asOf.sequence ?? 0
    let place = Place(customerKey: key, stored: stored.withoutBasis)
    state.withLock { state in
      if state.adopt(edition, at: sequence, places: mask + 1) { state.places[key & mask] = place }
    }
  }

  /// How many customers it may keep.
  var capacity: Int { mask + 1 }

  private static func edition(_ moment: OnlineRater.Moment, _ ruleSetKey: Int) -> Edition {
    Edition(
      businessDate: moment.asOf.businessDate.dayNumber, ruleSetKey: ruleSetKey,
      generation: moment.snapshotGeneration)
  }
}
