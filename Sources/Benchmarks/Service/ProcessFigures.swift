import Foundation
import Glibc

/// What Linux tells of a process: CPU time and memory.
struct ProcessFigures {
  /// User and system time of all its threads, in microseconds; Linux counts it in ticks of 10 ms.
  let cpuMicroseconds: Int
  let residentKibibytes: Int
  let peakResidentKibibytes: Int

  /// The figures of a process; nil where there is none with this id.
  init?(of process: Int) {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      // The name of the program stands in parentheses and may hold anything.
      let end = stat.lastIndex(of: ")")
    else { return nil }
    // proc_pid_stat(5): utime and stime are fields 14 and 15, the one after the name is field 3.
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
    cpuMicroseconds = (user + system) * (1_000_000 / max(1, sysconf(Int32(_SC_CLK_TCK))))
    func kibibytes(_ name: String) -> Int {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
      return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
        ?? 0
    }
    residentKibibytes = kibibytes("VmRSS:")
    peakResidentKibibytes = kibibytes("VmHWM:")
  }

  /// CPU time of this process, in microseconds.
  static func ownCPUMicroseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}

/// Nanoseconds of the monotonic clock.
func monotonicNanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
