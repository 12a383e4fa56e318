import DebtManagement
import Foundation
import Synchronization
import SyntheticPortfolio
import Values

/// The other side of the outbox, which keeps what it gets: in memory, or as files of a folder.
final class DebtReceiver: Sendable {
  /// What came under one id.
  struct Arrival: Hashable, Sendable {
    /// The place of its first arrival.
    var place: Int
    /// How often it came.
    var times: Int
    /// The bytes of the first, and whether any later ones were others.
    var hash: Digest
    var isSteady = true
  }

  private let arrivals = Mutex<[String: Arrival]>([:])
  private let random: Mutex<SplitMix64>
  /// Of a thousand deliveries so many are not answered, or only after they arrived.
  private let trouble: Int
  private let folder: String?

  init(seed: UInt64, trouble: Int, folder: String? = nil) {
    random = Mutex(SplitMix64(seed: seed))
    self.trouble = trouble
    self.folder = folder
  }

  /// A folder does not tell in which order files came.
  var keepsNoOrder: Bool { folder != nil }

  var destination: OutboxDestination {
    if let folder { return .folder(folder) }
    return OutboxDestination(timeoutMilliseconds: 1000) { [self] event, _ in
      let luck = random.withLock { Int.random(in: 0..<1000, using: &$0) }
      if luck < trouble { return .later(code: "status-503", afterSeconds: nil) }
      take(event)
      return luck < 2 * trouble ? .unreachable(code: "timeout") : .delivered
    }
  }

  private func take(_ event: CloudEvent) {
    let hash = SHA256.hash(event.body)
    arrivals.withLock { arrivals in
      guard var known = arrivals[event.id] else {
        arrivals[event.id] = Arrival(place: arrivals.count, times: 1, hash: hash)
        return
      }
      known.times += 1
      if known.hash != hash { known.isSteady = false }
      arrivals[event.id] = known
    }
  }

  /// All that came, by id.
  func all() throws -> [String: Arrival] {
    guard let folder else { return arrivals.withLock { $0 } }
    var found: [String: Arrival] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".json") && name.first != "." {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
      found[String(name.dropLast(5))] = Arrival(place: 0, times: 1, hash: SHA256.hash(bytes))
    }
    return found
  }
}
