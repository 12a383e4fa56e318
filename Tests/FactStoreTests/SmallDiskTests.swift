import FactStore
import Facts
import Glibc
import SQLite
import TestSupport
import Testing
import Values

@Suite struct SmallDiskTests {
  /// A real disk that is too small, of many sizes, so that it fills up at every stage: creating, migrating, storing.
  ///
  /// Mounting needs privileges; without them it is said that nothing was tested here.
  @Test func aDiskThatFillsUpIsToldAtEveryStage() throws {
    var failedOpening = 0
    var failedStoring = 0
    for kilobytes in stride(from: 4, through: 640, by: 12) {
      let folder = try TemporaryFolder()
      guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
        print("left out: a small tmpfs cannot be mounted here (errno \(errno))")
        return
      }
      defer { umount2(folder.path, Int32(MNT_DETACH)) }
      let store: FactStore
      do throws(SQLiteError) {
        store = try FactStore(path: folder.file("store.db"))
      } catch {
        #expect(error.kind == .full, "opening on \(kilobytes) kB: \(error)")
        failedOpening += 1
        continue
      }
      var stored = 0
      for index in 0..<40 where stored == index {
        do throws(StoreError) {
          try store.load(
            (0..<20).map { Samples.invoice("I\(index)-\($0)", "C\(index)") }, Samples.file("f\(index)"))
          stored += 1
        } catch {
          guard case .storage(let error) = error, error.kind == .full else {
            Issue.record("storing on \(kilobytes) kB: \(error)")
            break
          }
        }
      }
      if stored < 40 { failedStoring += 1 }
      #expect(try store.figures.lastSequence == stored, "on \(kilobytes) kB")
      #expect(try store.figures.facts[.invoice] == stored * 20, "on \(kilobytes) kB")
    }
    #expect(failedOpening > 0 && failedStoring > 0)
  }
}
