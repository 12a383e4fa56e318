import Dispatch
import Synchronization
import Testing

@testable import DecisionService

/// Jobs gathered into batches.
@Suite struct CommitQueueTests {
  private final class Book: Sendable {
    let batches = Mutex<[[Int]]>([])
    let gate = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
  }

  @Test func jobsKeepTheirOrderAndBatchesTheirLimit() {
    let book = Book()
    let queue = CommitQueue<Int>(limit: 1000, batchLimit: 7) { batch in
      book.batches.withLock { $0.append(batch) }
    }
    for start in stride(from: 0, to: 500, by: 5) { #expect(queue.submit(Array(start..<start + 5)).isEmpty) }
    queue.stop()
    let batches = book.batches.withLock { $0 }
    #expect(batches.flatMap { $0 } == Array(0..<500))
    #expect(batches.allSatisfy { (1...7).contains($0.count) })
  }

  @Test func allThatWaitGoTogetherAndWhatIsTooMuchComesBack() {
    let book = Book()
    let queue = CommitQueue<Int>(limit: 4, batchLimit: 100) { batch in
      book.batches.withLock { $0.append(batch) }
      book.begun.signal()
      book.gate.wait()
    }
    #expect(queue.submit([1]).isEmpty)
    book.begun.wait()
    #expect(queue.submit([2, 3, 4]).isEmpty)
    #expect(Array(queue.submit([5, 6, 7])) == [6, 7])
    #expect(queue.depth() == (now: 4, largest: 4))
    for _ in 0..<2 { book.gate.signal() }
    queue.stop()
    #expect(book.batches.withLock { $0 } == [[1], [2, 3, 4, 5]])
    #expect(queue.depth() == (now: 0, largest: 4))
    #expect(queue.depth().largest == 0)
  }

  /// After a slow commit half of what waits goes together, in the order of its coming.
  @Test func batchesGrowWithWhatWaits() {
    let book = Book()
    let queue = CommitQueue<Int>(limit: 1000, batchLimit: 10, largestBatch: 60) { batch in
      book.batches.withLock { $0.append(batch) }
      book.begun.signal()
      book.gate.wait()
    }
    #expect(queue.submit([0]).isEmpty)
    book.begun.wait()
    #expect(queue.submit(Array(1...200)).isEmpty)
    for _ in 0..<20 { book.gate.signal() }
    queue.stop()
    let batches = book.batches.withLock { $0 }
    #expect(batches.flatMap { $0 } == Array(0...200))
    #expect(batches.map(\.count) == [1, 60, 60, 40, 20, 10, 10])
  }

  /// Where several come at a time, the next wait for company; a half second is more than two calls need.
  @Test func jobsGatherBehindSeveral() {
    let book = Book()
    let gathering = CommitGathering(microsecondsPerJob: 125_000, mostMicroseconds: 1_000_000)
    let queue = CommitQueue<Int>(limit: 100, batchLimit: 10, gathering: gathering) { batch in
      book.batches.withLock { $0.append(batch) }
      book.begun.signal()
    }
    #expect(queue.submit([1, 2, 3, 4]).isEmpty)
    book.begun.wait()
    for job in 5...7 { #expect(queue.submit([job]).isEmpty) }
    book.begun.wait()
    #expect(book.batches.withLock { $0 } == [[1, 2, 3, 4], [5, 6, 7]])
    queue.stop()
  }

  @Test func theWaitGrowsWithTheLoad() {
    let gathering = CommitGathering(microsecondsPerJob: 150, mostMicroseconds: 3_000)
    #expect([0, 1, 2, 10, 20, 1000].map(gathering.microseconds) == [0, 0, 300, 1_500, 3_000, 3_000])
    #expect(CommitGathering.none.microseconds(behind: 100) == 0)
    // At a rate, from commit to commit: nobody waits where fewer come than one in 150 µs.
    func settled(_ perSecond: Double) -> Double {
      var jobs = 50.0
      for _ in 0..<100 { jobs = max(1, Double(gathering.microseconds(behind: Int(jobs))) * perSecond / 1e6) }
      return jobs
    }
    #expect(settled(2_000) == 1)
    #expect(settled(5_000) == 1)
    #expect(settled(15_000) == 45)
  }

  @Test func whatWaitsIsDoneBeforeTheEndAndNothingIsTakenAfterIt() {
    let book = Book()
    let queue = CommitQueue<Int>(limit: 10, batchLimit: 1) { batch in
      book.batches.withLock { $0.append(batch) }
    }
    #expect(queue.submit([1, 2, 3]).isEmpty)
    queue.stop()
    #expect(book.batches.withLock { $0.count } == 3)
    #expect(Array(queue.submit([4])) == [4])
    #expect(queue.submit([]).isEmpty)
    // Once more changes nothing.
    queue.stop()
  }

  @Test func manyThreadsLoseNothing() {
    let book = Book()
    let queue = CommitQueue<Int>(limit: 100_000, batchLimit: 64) { batch in
      book.batches.withLock { $0.append(batch) }
    }
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 0..<500 { _ = queue.submit([thread * 1000 + number]) }
    }
    queue.stop()
    let all = book.batches.withLock { $0.flatMap { $0 } }
    #expect(all.count == 4000)
    for thread in 0..<8 {
      #expect(all.filter { $0 / 1000 == thread } == (0..<500).map { thread * 1000 + $0 })
    }
  }

  @Test func theSlowLaneTakesSoManyAtMost() {
    let lane = SlowLane(limit: 2)
    let gate = DispatchSemaphore(value: 0)
    let done = Mutex(0)
    let work: @Sendable () -> Void = {
      gate.wait()
      done.withLock { $0 += 1 }
    }
    #expect(lane.submit(work))
    #expect(lane.submit(work))
    #expect(!lane.submit(work))
    for _ in 0..<3 { gate.signal() }
    lane.stop()
    #expect(done.withLock { $0 } == 2)
    #expect(lane.submit(work))
    lane.stop()
  }
}
