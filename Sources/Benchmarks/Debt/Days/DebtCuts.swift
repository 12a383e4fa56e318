import DebtManagement
import Synchronization
import SyntheticPortfolio
import Values

/// Drops work in hand between two transactions, now and then: what was done stays, what was going to be done does not come.
final class DebtCuts: Sendable {
  private let state: Mutex<(random: SplitMix64, isCut: Bool, count: Int)>
  /// How often of a thousand.
  private let rate: Int

  init(seed: UInt64, rate: Int) {
    state = Mutex((SplitMix64(seed: seed), false, 0))
    self.rate = rate
  }

  var count: Int { state.withLock { $0.count } }

  /// Whether work ends here.
  func happens() -> Bool {
    if rate == 0 { return false }
    return state.withLock { state in
      guard Int.random(in: 0..<1000, using: &state.random) < rate else { return false }
      state.isCut = true
      state.count += 1
      return true
    }
  }

  /// Does work, and where it was cut begins it anew with what is stored.
  func withoutEnd<Result>(_ clock: DebtClock, _ body: () throws -> Result) throws -> Result {
    while true {
      do {
        return try body()
      } catch {
        let wasCut = state.withLock { state in
          defer { state.isCut = false }
          return state.isCut
        }
        guard wasCut else { throw error }
        // As long as a contract is kept from others after a sender was killed.
        clock.pass(seconds: 20)
      }
    }
  }
}
