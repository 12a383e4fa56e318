import Access
import Decisioning
import FactStore
import Foundation
import HumanReview
import SQLite
import Values

/// Times the queue with many open cases.
///
///     Benchmarks review-queue [CASES]
///
/// CASES orders (100,000) of 2,000 customers are referred and followed into cases; then lists, the next case and one
/// case are read, each time with the file opened anew, as a command does.
struct ReviewQueueBenchmark {
  private static let customers = 2_000
  private static let runs = 41
  private static let reviewer = Actor(name: "benchmark", roles: [.reviewer])

  static func run(_ words: [String]) -> Bool {
    let count = words.first.flatMap(Int.init) ?? 100_000
    do {
      let house = try ReviewHouse(customers: customers)
      defer { house.remove() }
      return try measure(house, count)
    } catch {
      print("The benchmark ended: \(error)")
      return false
    }
  }

  private static func measure(_ house: ReviewHouse, _ count: Int) throws -> Bool {
    try house.refer(count)
    var start = wallSeconds()
    let report = try house.desk.follow(on: house.day, at: ReviewHouse.opening)
    let seconds = wallSeconds() - start
    print("open cases                \(report[.opened])")
    print("following them took       \(milliseconds(seconds)), \(Int(Double(count) / seconds)) a second")
    start = wallSeconds()
    _ = try house.desk.follow(on: house.day, at: ReviewHouse.opening)
    print("following nothing new     \(milliseconds(wallSeconds() - start))")
    // Some are at work, some put off, as on any day.
    for _ in 0..<32 { _ = try house.desk.claimNext(by: reviewer, at: ReviewHouse.opening) }
    let now = ReviewHouse.opening
    let middle = try house.store.read { reader throws(ReviewError) in
      try ReviewStore.list(limit: count / 2, at: now, in: reader).last
    }
    let name = try house.store.read { reader throws(ReviewError) in
      try ReviewStore.list(limit: 1, at: now, in: reader).first?.name ?? ""
    }
    let id = middle?.id ?? CaseID(.referral, 1)
    try time("list, first page of 50", house) { reader throws(ReviewError) in
      try ReviewStore.list(limit: 50, at: now, in: reader).count
    }
    try time("list, a page in the middle", house) { reader throws(ReviewError) in
      try ReviewStore.list(after: middle, limit: 50, at: now, in: reader).count
    }
    let filters: [(String, QueueFilter)] = [
      ("list, contests (there are none)", QueueFilter(kinds: [.contest])),
      ("list, claimed", QueueFilter(states: [.claimed])), ("list, mine", QueueFilter(holder: reviewer.name)),
      ("list, overdue (none)", QueueFilter(overdueOn: house.day)),
      ("list, one customer by name", QueueFilter(customer: name)),
    ]
    for (words, filter) in filters {
      try time(words, house) { reader throws(ReviewError) in
        try ReviewStore.list(filter, limit: 50, at: now, in: reader).count
      }
    }
    try time("the queue in numbers", house) { reader throws(ReviewError) in
      try ReviewStore.figures(on: house.day, in: reader.sql).total
    }
    try time("next", house) { reader throws(ReviewError) in
      try ReviewStore.next(for: reviewer, at: now, in: reader)?.version ?? 0
    }
    try time("one case and its events", house) { reader throws(ReviewError) in
      try ReviewStore.read(id, at: now, in: reader).version + ReviewStore.events(of: id, in: reader.sql).count
    }
    try time("one case with its whole file", house) { reader throws(ReviewError) in
      do {
        return try CaseFile(id, on: house.day, at: now, reader).timeline.count
      } catch {
        throw .damaged(id)
      }
    }
    return report[.opened] == count
  }

  private static func time(
    _ words: String, _ house: ReviewHouse, _ body: (FactReader) throws(ReviewError) -> Int
  ) throws {
    var times: [Double] = []
    for _ in 0..<runs {
      let start = wallSeconds()
      let store = try FactStore(path: house.path, mode: .existing, contributed: ReviewHouse.migrations)
      _ = try store.read(body)
      times.append(wallSeconds() - start)
    }
    times.sort()
    let label = words + String(repeating: " ", count: max(1, 34 - words.count))
    print("\(label)median \(milliseconds(times[runs / 2])), most \(milliseconds(times[runs - 1]))")
  }

  static func milliseconds(_ seconds: Double) -> String { "\((seconds * 100_000).rounded() / 100) ms" }
}
