import Decisioning
import FactStore
import Formats
import HTTPServer
import SQLite
import Values

/// Whether the service can decide now, and if not, why: `GET /readyz`.
struct Readiness {
  /// One thing that has to hold.
  struct Check: Hashable {
    let name: String
    /// What is wrong, and how to mend it; nil where all is well.
    let fault: String?
  }

  let checks: [Check]

  /// Whether everything holds.
  var isReady: Bool { checks.allSatisfy { $0.fault == nil } }

  /// Looks at everything; asks for the write lock, so not to be called where nothing may wait.
  init(_ core: ServiceCore) {
    checks = [
      Check(name: "store", fault: Self.store(core)), Check(name: "rules", fault: Self.rules(core)),
      Check(name: "disk", fault: Self.disk(core)), Check(name: "clock", fault: Self.clock(core)),
      Check(name: "queue", fault: Self.queue(core)),
    ]
  }

  /// The answer: 200 or 503, with every check.
  func response(_ requestID: String) -> HTTPResponse {
    var json = JSONWriter()
    json.beginObject()
    json.member("ready", isReady)
    json.key("checks")
    json.beginObject()
    for check in checks {
      json.key(named: check.name)
      json.string(check.fault ?? "ok")
    }
    json.endObject()
    json.endObject()
    var fields: HTTPFields = [
      "Content-Type": "application/json", "Cache-Control": "no-store", "X-Request-Id": requestID,
    ]
    if !isReady { fields.append("Retry-After", "5") }
    return HTTPResponse(status: isReady ? 200 : 503, fields: fields, body: json.bytes)
  }

  private static func store(_ core: ServiceCore) -> String? {
    do throws(SQLiteError) {
      try core.store.database.checkWritable()
      return nil
    } catch {
      // The whole sentence names files; the log has it.
      core.log.event("store-not-writable", ["cause": error.sentence])
      return Problem(error).kind.title
    }
  }

  private static func rules(_ core: ServiceCore) -> String? {
    do throws(Problem) {
      let day = core.businessDate(at: core.clock.now())
      _ = try core.store.read { reader throws(Problem) in try core.rules.rules(on: day, in: reader.sql) }
      return nil
    } catch {
      core.log.event("no-rules", ["cause": error.detail])
      return error.kind.title
    }
  }

  private static func disk(_ core: ServiceCore) -> String? {
    guard let free = try? core.store.database.freeBytes() else {
      return "the free space of the disk cannot be told"
    }
    guard free < core.options.leastFreeBytes else { return nil }
    return "\(free >> 20) MiB are free, \(core.options.leastFreeBytes >> 20) are wanted: free some space"
  }

  private static func clock(_ core: ServiceCore) -> String? {
    do throws(Problem) {
      _ = try core.instant()
      return nil
    } catch {
      return "the clock stands before the last write that was recorded: set it"
    }
  }

  private static func queue(_ core: ServiceCore) -> String? {
    let depth = core.queueDepth().now
    guard depth * 2 > core.options.queueLimit else { return nil }
    return "\(depth) requests wait for their commit"
  }
}
