import Dispatch
import Synchronization

/// Gathers jobs and hands them in batches to one thread: all that wait when it comes round share a commit.
///
/// The larger the load, the larger the batches, and the less a commit costs each.
final class CommitQueue<Job: Sendable>: Sendable {
  /// What to do with a batch; called on the queue's own thread, one call after the other.
  private let perform: @Sendable ([Job]) -> Void
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let end = DispatchSemaphore(value: 0)
  private let limit: Int
  private let batchLimit: Int
  private let largestBatch: Int
  private let gathering: CommitGathering
  /// Nobody signals it: to wait for a time.
  private let pause = DispatchSemaphore(value: 0)

  private struct State {
    var waiting: [Job] = []
    var isStopping = false
    var isSignalled = false
    var largest = 0
  }

  /// - Parameters:
  ///   - limit: jobs that may wait; more are refused.
  ///   - batchLimit: jobs of one batch, which keeps the write lock for as long as they take.
  ///   - largestBatch: jobs of one batch where twice as many wait: on a disk that is slow to sync, or after a pause, they are
  ///     caught up with only by larger batches, and waiting is longer than the lock then. As `batchLimit` where it is nil.
  ///   - gathering: how long a commit waits for company.
  init(
    limit: Int, batchLimit: Int, largestBatch: Int? = nil, gathering: CommitGathering = .none,
    perform: @escaping @Sendable ([Job]) -> Void
  ) {
    self.limit = limit
    self.batchLimit = batchLimit
    self.largestBatch = max(batchLimit, largestBatch ?? batchLimit)
    self.gathering = gathering
    self.perform = perform
    let loop = Worker { [self] in run() }
    loop.start()
  }

  /// Takes jobs over; gives those back for which there is no room.
  func submit(_ jobs: [Job]) -> ArraySlice<Job> {
    if jobs.isEmpty { return [] }
    let (refused, mustWake) = state.withLock { state -> (ArraySlice<Job>, Bool) in
      let room = state.isStopping ? 0 : max(0, limit - state.waiting.count)
      state.waiting.append(contentsOf: jobs.prefix(room))
      state.largest = max(state.largest, state.waiting.count)
      let mustWake = !state.isSignalled && !state.waiting.isEmpty
      if mustWake { state.isSignalled = true }
      return (jobs.dropFirst(room), mustWake)
    }
    if mustWake { wake.signal() }
    return refused
  }

  /// How many jobs wait, and how many have at most since this was last asked.
  func depth() -> (now: Int, largest: Int) {
    state.withLock { state in
      defer { state.largest = state.waiting.count }
      return (state.waiting.count, state.largest)
    }
  }

  /// Does what waits, takes nothing more, and returns when all is done.
  func stop() {
    state.withLock { $0.isStopping = true }
    wake.signal()
    end.wait()
    end.signal()
  }

  private func gather(behind jobs: Int, since began: DispatchTime) {
    let microseconds = gathering.microseconds(behind: jobs)
    guard microseconds > 0,
      state.withLock({ !$0.isStopping && $0.waiting.count < batchLimit })
    else { return }
    _ = pause.wait(timeout: began + .microseconds(microseconds))
  }

  private func run() {
    while true {
      wake.wait()
      while true {
        let batch = state.withLock { state -> [Job] in
          state.isSignalled = false
          let size = min(largestBatch, max(batchLimit, state.waiting.count / 2))
          let batch = Array(state.waiting.prefix(size))
          state.waiting.removeFirst(batch.count)
          return batch
        }
        if batch.isEmpty { break }
        let began = DispatchTime.now()
        perform(batch)
        gather(behind: batch.count, since: began)
      }
      if state.withLock({ $0.isStopping && $0.waiting.isEmpty }) { break }
    }
    end.signal()
  }
}
