import DebtManagement
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// Effects that leave to a folder, and what is there after a kill.
@Suite struct OutboxFolderTests {
  private let house: OutboxHouse
  private let make: EffectMaker
  private let folder: TemporaryFolder

  init() throws {
    house = try OutboxHouse()
    make = EffectMaker(customer: house.customer)
    folder = try TemporaryFolder()
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func aLetterIsAFileWithItsEvent() throws {
    let letter = try make.letter()
    guard case .letter(let notice) = letter.kind else {
      Issue.record("no letter")
      return
    }
    try house.append([letter])
    _ = try house.sender(.folder(folder.path)).run()
    #expect(try files() == [letter.id + ".json"])
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file(letter.id + ".json"))))
    let event = try JSONReader.parse(bytes)
    #expect(event.canonicalBytes == bytes)
    #expect(event["specversion"] == "1.0")
    #expect(event["id"]?.stringValue == letter.id)
    #expect(event["source"] == "/bonitas")
    #expect(event["type"] == "bonitas.letter.debtNotice")
    #expect(event["subject"] == "L-22")
    #expect(event["partitionkey"] == "L-22")
    #expect(event["time"]?.stringValue == OutboxHouse.monday.description)
    #expect(event["data"]?["customer"] == "CAST-22")
    #expect(event["data"]?["text"]?.stringValue == notice.letter.text)
    #expect(event["data"]?["contentHash"]?.stringValue == SHA256.hash(notice.letter.text).hexadecimal)
    #expect(event["data"]?["amount"]?["total"]?.numberValue == 1210)
  }

  @Test func aRequestCarriesItsCertificateByteForByte() throws {
    let certificate = "{\"b\":\"ņ \\u0001\",\"a\":1.50}"
    let request = make.request(certificate: certificate)
    try house.append([request])
    _ = try house.sender(.folder(folder.path)).run()
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file(request.id + ".json"))))
    let event = try JSONReader.parse(bytes)
    #expect(event["type"] == "bonitas.request.disconnectionRequest")
    #expect(event["data"]?["certificate"]?.stringValue == certificate)
    #expect(event["data"]?["deliveryPoint"] == "43Z-22")
  }

  /// The file is there and nobody noted it: the process was killed between the two.
  ///
  /// What the disk holds at that moment is taken over by another process.
  @Test func afterAKillTheSameEffectIsTheSameFile() throws {
    let letter = try make.letter()
    let request = make.request()
    try house.append([letter, request])
    let disk = try TemporaryFolder()
    let (house, folder) = (house, folder)
    let real = OutboxDestination.folder(folder.path)
    let killed = OutboxDestination(timeoutMilliseconds: 1000) { event, now in
      let outcome = real.deliver(event, now)
      for name in ["facts.db", "facts.db-wal"] {
        let target = disk.file(name)
        if !FileManager.default.fileExists(atPath: target) {
          try? FileManager.default.copyItem(atPath: house.folder.file(name), toPath: target)
        }
      }
      return outcome
    }
    _ = try house.sender(killed, batch: 1).run()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file(letter.id + ".json")))
    try FileManager.default.removeItem(atPath: folder.file(request.id + ".json"))

    let next = try OutboxHouse(folder: disk)
    #expect(try next.effect(letter.id).state == .pending)
    #expect(try next.effect(letter.id).attempts == 1)
    let sender = next.sender(.folder(folder.path))
    // As long as the killed one might still be sending, nothing of the contract moves.
    #expect(try sender.run().sent == [])
    next.pass(seconds: 60)
    #expect(try sender.run().sent == [letter.id, request.id])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file(letter.id + ".json"))) == before)
    #expect(try files() == [letter.id + ".json", request.id + ".json"].sorted())
    #expect(try next.facts().debtNotices.count == 1)
    #expect(try next.isAuditSound())
  }

  @Test func aFolderThatIsNotThereIsWaitedFor() throws {
    let letter = try make.letter()
    try house.append([letter])
    let missing = folder.file("later")
    let sender = house.sender(.folder(missing))
    #expect(try sender.run().delayed == [letter.id: "folder-missing"])
    try FileManager.default.createDirectory(atPath: missing, withIntermediateDirectories: true)
    house.pass(seconds: 10)
    #expect(try sender.run().sent == [letter.id])
  }

  @Test func nothingIsLeftOfAFileThatCouldNotBeNamed() throws {
    let letter = try make.letter()
    try house.append([letter])
    try FileManager.default.createDirectory(
      atPath: folder.file(letter.id + ".json"), withIntermediateDirectories: true)
    #expect(try house.sender(.folder(folder.path)).run().delayed == [letter.id: "file-not-renamed"])
    #expect(try files() == [letter.id + ".json"])
  }
}
