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
/// own, with more the last one asked about stays. 131,072 places take some 60 MB.
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
    var sequence = 0
    var basis: [UInt8] = []
    var features: [UInt8] = []
  }

  private struct State {
    var edition: Edition?
    /// The last write that a reader of this edition could see when it began.
    var begunAt = 0
    var places: [Place] = []
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
    let place = state.withLock { state in state.edition == edition ? state.places[key & mask] : Place() }
    // A snapshot knows all writes up to its own, and this reader may see fewer.
    guard place.customerKey == key, place.sequence <= moment.asOf.sequence ?? 0 else { return nil }
    return FeatureSnapshotStore.Stored(
      sequence: place.sequence, basis: place.basis, features: place.features)
  }

  /// Keeps a snapshot that was read at this moment.
  func keep(
    _ stored: FeatureSnapshotStore.Stored, of key: Int, _ moment: OnlineRater.Moment, ruleSetKey: Int
  ) {
    let edition = Self.edition(moment, ruleSetKey)
    let sequence = moment.asOf.sequence ?? 0
    let place = Place(
      customerKey: key, sequence: stored.sequence, basis: stored.basis, features: stored.features)
    state.withLock { state in
      if state.edition != edition {
        // One who still reads an earlier state does not throw away what the later one has found.
        guard state.edition == nil || sequence > state.begunAt else { return }
        state.edition = edition
        state.begunAt = sequence
        state.places = Array(repeating: Place(), count: mask + 1)
      }
      state.places[key & mask] = place
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
