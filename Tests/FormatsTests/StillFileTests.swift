import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite struct StillFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    return folder.file(name)
  }

  private func reason(_ path: String, limit: Int = 100, between: () -> Void = {}) -> ByteSourceError.Reason? {
    do {
      _ = try StillFile.read(path, limit: limit, between: between)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func readsTheBytesAsTheyAre() throws {
    let packed: [UInt8] = [0x1F, 0x8B, 8, 0, 1, 2, 3]
    #expect(try StillFile.read(try write("a.gz", packed), limit: 7) == packed)
    #expect(try StillFile.read(try write("empty", []), limit: 7).isEmpty)
  }

  @Test func refusesWhatIsNoFile() throws {
    #expect(reason(folder.file("none")) == .notFound)
    #expect(reason(folder.path) == .isDirectory)
    #expect(reason("/dev/zero") == .notOrdinary)
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(reason(pipe) == .notOrdinary)
  }

  @Test func refusesWhatIsTooLarge() throws {
    let path = try write("large", Array(repeating: 7, count: 101))
    #expect(reason(path) == .tooLarge(limit: 100))
    #expect(reason(path, limit: 101) == nil)
  }

  @Test func refusesWhatChangesMeanwhile() throws {
    let path = try write("grows", [1, 2, 3])
    let append = {
      let file = FileHandle(forWritingAtPath: path)
      file?.seekToEndOfFile()
      file?.write(Data([4]))
    }
    #expect(reason(path, between: append) == .changed)
    #expect(reason(path) == nil)

    // A writer that puts size and time back is still found out.
    let sly = try write("sly", [1, 2, 3])
    var before = stat()
    #expect(stat(sly, &before) == 0)
    let change = {
      let file = FileHandle(forWritingAtPath: sly)
      file?.write(Data([9]))
      try? file?.close()
      let times = [before.st_atim, before.st_mtim]
      _ = utimensat(AT_FDCWD, sly, times, 0)
    }
    #expect(reason(sly, between: change) == .changed)
  }
}
