import Formats
import Foundation
import Glibc
import TestSupport
import Testing

/// Debt management as people type it, on the cast and the debtors of the sample data as of 30 June 2026.
@Suite struct DebtCommandTests {
  @Test func aDebtIsShownWithItsTimeLine() throws {
    let desk = try DebtOffice()
    var told = ""
    for line in [
      "debt list", "debt show DEBT-01", "debt show DEBT-03", "debt show DEBT-05", "debt show CAST-02",
    ] {
      let outcome = try desk.type(line)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
      told += "$ bonitas \(line)\n" + outcome.output + "\n"
    }
    Golden.expect(desk.masked(told), named: "debt-show.txt")
    let one = try desk.json("debt show DEBT-01 --contract CON-D1")
    #expect(one["cases"]?.arrayValue?.count == 1)
    #expect(one["cases"]?[0]?["next"] == "disconnection request")
    #expect(try desk.json("debt show DEBT-01 --contract NONE")["cases"]?.arrayValue?.isEmpty == true)
    #expect(try desk.json("debt list --step disconnection-request --due")["found"]?.integerValue == 2)
    #expect(try desk.type("debt list", on: "2019-01-01").output == "No debt is open on 2019-01-01.\n")
  }

  /// Which debts may be reported to a bureau, what was reported, and what comes of it.
  @Test func theGateOfReports() throws {
    let desk = try DebtOffice()
    var told = ""
    for line in [
      "debt report", "debt report --reportable --limit 2", "debt report CAST-14 --language lv",
      "debt report DEBT-01 --language et", "debt report DEBT-04 --contract CON-D4",
    ] {
      let outcome = try desk.type(line)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
      told += "$ bonitas \(line)\n" + outcome.output + "\n"
    }
    for (line, day) in [
      ("debt report DEBT-04 --record", "2026-06-30"), ("debt report DEBT-04", "2026-07-01"),
      ("debt hold DEBT-04 --reason 'meter is being checked'", "2026-07-10"),
      ("debt report --duty correct", "2026-07-10"), ("debt report DEBT-04 --record", "2026-07-10"),
    ] {
      let outcome = try desk.type(line, on: day)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
      if line.hasPrefix("debt report") {
        told += "$ bonitas \(line) --business-date \(day)\n" + outcome.output + "\n"
      }
    }
    Golden.expect(desk.masked(told), named: "debt-report.txt")
    let one = try desk.json("debt report DEBT-04", on: "2026-07-05")
    #expect(one["decisions"]?[0]?["duty"] == "nothing" && one["decisions"]?[0]?["mayReport"] == true)
    #expect(one["decisions"]?[0]?["sentences"]?.arrayValue?.count == 1)
    #expect(try desk.json("debt report --duty report --record", as: "liga")["recorded"]?.integerValue != 0)
    let entries = try desk.json("audit log --kind decision --limit 1", as: "dace", on: nil)
    #expect(entries[0]?["payload"]?["about"]?["reporting"] == "told", "\(entries)")
    #expect(try desk.type("audit verify", on: nil).status == 0)
  }

  @Test func wrongInputOfAReport() throws {
    let desk = try DebtOffice()
    for (line, code, sentence) in [
      ("debt report NOBODY", 1, "There is no customer NOBODY."),
      ("debt report DEBT-01 --contract CON-99", 1, "DEBT-01 has no contract CON-99 on 2026-06-30."),
      ("debt report --contract CON-D1", 2, "name the customer as well"),
      ("debt report --language de", 2, "de"), ("debt report --duty nothing", 2, "nothing"),
      ("debt report --limit 0", 2, "0"), ("debt report --record", 1, "This takes the role"),
    ] as [(String, Int32, String)] {
      let outcome = try desk.type(line, as: line.hasSuffix("record") ? "janis" : "liga")
      #expect(
        outcome.status == code && outcome.errors.contains(sentence),
        "\(line): \(outcome.status) \(outcome.errors)")
    }
    let date = try desk.type("debt report", on: "2026-02-30")
    #expect(date.status == 2 && date.errors.contains("2026-02-30"), "\(date.errors)")
    #expect(
      try desk.type("debt report", on: "2019-01-01").output
        == "No such debt is open on 2019-01-01, and nothing of the kind was reported.\n")
  }

  /// From the plan to the request in a folder, with what people see.
  @Test func fromPlanToOutbox() throws {
    let desk = try DebtOffice()
    var told = ""
    func type(_ line: String, status: Int32 = 0) throws {
      let takesDay = line.hasPrefix("debt plan") || line.hasPrefix("debt apply")
      let outcome = try desk.type(line, on: takesDay ? "2026-06-30" : nil)
      #expect(outcome.status == status, "\(line): \(outcome.errors)")
      told += "$ bonitas \(line)\n" + outcome.output + outcome.errors + "\n"
    }
    let plan = desk.scratch.path("plan.json")
    try type("debt plan")
    try type("debt plan --output \(plan)")
    try type("debt apply \(plan)")
    try type("debt apply \(plan)")
    try type("outbox list")
    try type("debt revert \(plan)")
    try type("debt revert \(plan)", status: 1)
    try type("outbox list --state pending")
    Golden.expect(desk.masked(told), named: "debt-plan.txt")
    #expect(try desk.type("audit verify", on: nil).status == 0)
  }

  @Test func aLetterAndItsProof() throws {
    let desk = try DebtOffice()
    #expect(try desk.type("debt apply \(try desk.plan())").status == 0)
    let list = try desk.json("outbox list --customer CAST-14", on: nil)
    let effect = try #require(list[0]?["effect"]?.stringValue)
    let shown = try desk.type("debt notice \(effect)", on: nil)
    #expect(shown.status == 0 && shown.output.contains("Siim Udunõmm"))
    #expect(shown.errors.contains("pending, by letter, SHA-256"))
    let early = try desk.type("debt notice \(effect) --event delivered --date 2026-07-02", on: nil)
    #expect(early.status == 1 && early.errors.contains("The letter has not left yet"))
    let folder = desk.scratch.path("outbox")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(try desk.type("outbox send --folder \(folder)").status == 0)
    // Whoever only reads starts no clock of the law.
    let reader = try desk.type(
      "debt notice \(effect) --event delivered --date 2026-07-02", as: "dace", on: nil)
    #expect(reader.status == 1 && reader.errors.contains("This takes the role"), "\(reader.errors)")
    #expect(try desk.type("debt notice \(effect)", as: "dace", on: nil).status == 0)
    let proof = "debt notice \(effect) --event delivered --date 2026-07-02"
    #expect(try desk.type(proof, on: nil).output == "Entered: delivered on 2026-07-02.\n")
    #expect(try desk.type(proof, on: nil).output == "That was known already.\n")
    let text = try desk.json("debt notice \(effect)", on: nil)
    #expect(text["state"] == "sent" && text["contentHash"]?.stringValue?.count == 64)
    #expect(try desk.type("debt show CAST-14", on: "2026-07-02").output.contains("delivered"))
    #expect(try desk.type("audit verify", on: nil).status == 0)
  }

  @Test func aHoldAndItsEnd() throws {
    let desk = try DebtOffice()
    let held = try desk.type("debt hold DEBT-01 --reason 'meter is being checked' --until 2026-08-01")
    #expect(held.status == 0, "\(held.errors)")
    #expect(
      held.output.contains(
        "everything of DEBT-01 is left alone from 2026-06-30 to the day before 2026-08-01."))
    let id = try #require(held.output.firstMatch(of: /H-\d+/)).output
    #expect(
      try desk.type("debt show DEBT-01").output.contains("\(id): meter is being checked, until 2026-08-01"))
    #expect(
      try desk.json("debt list --customer DEBT-01")["cases"]?[0]?["waits"]?.arrayValue?.contains("W-HOLD")
        == true)
    let lifted = try desk.type("debt hold DEBT-01 --lift \(id) --reason 'meter is right'", on: "2026-07-10")
    #expect(lifted.output == "Hold \(id) ends on 2026-07-10.\n", "\(lifted.errors)")
    #expect(
      try desk.json("debt list --customer DEBT-01", on: "2026-07-10")["cases"]?[0]?["waits"]?.arrayValue?
        .isEmpty == true)
    for (line, code, sentence) in [
      ("debt hold NOBODY --reason 'a reason'", 1, "There is no customer NOBODY."),
      ("debt hold DEBT-01 --contract CON-99 --reason 'a reason'", 1, "DEBT-01 has no contract CON-99"),
      ("debt hold DEBT-01 --invoice INV-99 --reason 'a reason'", 1, "DEBT-01 has no invoice INV-99"),
      ("debt hold DEBT-01 --reason '...'", 1, "A reason in words is needed"),
      ("debt hold DEBT-01", 2, "--reason"),
      ("debt hold DEBT-01 --reason 'a reason' --until 2026-06-30", 2, "is not after 2026-06-30"),
      ("debt hold DEBT-01 --reason 'a reason' --lift H-99999", 1, "There is no hold H-99999 of DEBT-01."),
    ] as [(String, Int32, String)] {
      let outcome = try desk.type(line)
      #expect(outcome.status == code && outcome.errors.contains(sentence), "\(line): \(outcome.errors)")
    }
    let readOnly = try desk.type("debt hold DEBT-01 --reason 'a reason'", as: "janis")
    #expect(readOnly.status == 1 && readOnly.errors.contains("This takes the role"), "\(readOnly.errors)")
  }

  @Test func aRequestLeavesWithItsCertificate() throws {
    let desk = try DebtOffice()
    try desk.approveRequest()
    let folder = desk.scratch.path("outbox")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let sent = try desk.json("outbox send --folder \(folder)")
    let effect = try #require(sent["sent"]?[0]?.stringValue)
    #expect(sent["sent"]?.arrayValue?.count == 1)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count == 1 && files[0].hasPrefix(effect))
    let event = folder + "/" + files[0]
    let accepted = try Program(folder: desk.scratch.folder).run(
      ["debt", "verify", event, "--law", Repository.root.appending(path: "rules").path])
    #expect(
      accepted.status == 0 && accepted.output.hasPrefix("accepted"), "\(accepted.output)\(accepted.errors)")
    #expect(accepted.output.contains("CON-D1"))
    // Without the law at hand it says so.
    let alone = try Program(folder: desk.scratch.folder).run(["debt", "verify", event])
    #expect(alone.status == 0 && alone.output.contains("No law was at hand"))

    let json = try JSONReader.parse([UInt8](try Data(contentsOf: URL(fileURLWithPath: event))))
    let certificate = Array(try #require(json["data"]?["certificate"]?.stringValue).utf8)
    let whole = try desk.scratch.write("certificate.json", bytes: certificate)
    #expect(try desk.house.run(["debt", "verify", whole]).status == 0)
    for place in stride(from: 0, to: certificate.count, by: max(1, certificate.count / 12)) {
      var changed = certificate
      changed[place] ^= 1
      let file = try desk.scratch.write("changed.json", bytes: changed)
      let outcome = try desk.house.run(["debt", "verify", file])
      #expect(outcome.status == 1 && outcome.output.hasPrefix("rejected"), "byte \(place): \(outcome.output)")
      let told = try JSONReader.parse(try desk.house.run(["debt", "verify", file, "--json"]).output)
      #expect(told["accepted"] == false && told["code"]?.stringValue?.isEmpty == false)
    }
    let cut = try desk.scratch.write("cut.json", bytes: Array(certificate.dropLast(7)))
    #expect(try desk.house.run(["debt", "verify", cut]).status == 1)
    #expect(try desk.house.run(["debt", "verify", desk.scratch.path("none.json")]).status == 1)
    #expect(try desk.type("audit verify", on: nil).status == 0)
    #expect(try desk.type("replay --all", on: nil).status == 0)
  }

  /// The certificate that the help page verifies.
  @Test func theSampleCertificateIsAccepted() throws {
    let outcome = try Program(folder: Repository.root).run("debt verify sample-data/debt/certificate.json")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("accepted"), "\(outcome.output)\(outcome.errors)")
  }

  @Test func wrongInputIsToldAsASentence() throws {
    let desk = try DebtOffice()
    let plan = try desk.plan()
    let text = try String(contentsOfFile: plan, encoding: .utf8)
    let edited = try desk.scratch.write("edited.json", text.replacing("\"reminder\"", with: "\"release\""))
    let cut = try desk.scratch.write("cut.json", String(text.prefix(text.count / 2)))
    let other = try desk.scratch.write("other.json", "{\"hello\": 1}\n")
    #expect(text.contains("\"reminder\""))
    let folder = desk.scratch.path("outbox")
    for (line, code, sentence) in [
      ("debt apply \(edited)", 1, "The plan was changed after it was written, so nothing of it is done."),
      ("debt apply \(cut)", 1, "The plan is no JSON"),
      ("debt apply \(other)", 1, "The file is no plan of this program."),
      ("debt apply \(desk.scratch.path("none.json"))", 1, "none.json"),
      ("debt revert \(edited)", 1, "The plan was changed after it was written"),
      ("debt revert R-0123456789abcdef", 1, "Nothing of a run R-0123456789abcdef waits or has left."),
      ("debt show NOBODY", 1, "There is no customer NOBODY."),
      ("debt notice E-00", 1, "E-00"),
      ("debt list --step nowhere", 2, "nowhere"),
      ("outbox list --customer NOBODY", 1, "There is no such customer."),
      ("outbox list --state lost", 2, "lost"),
      ("outbox send", 2, "Say where to, one of the two"),
      ("outbox send --folder \(folder) --url http://127.0.0.1:9/", 2, "Say where to, one of the two"),
      ("outbox send --folder \(folder)", 1, "there is no such folder; make it, or mount what belongs there."),
      (
        "outbox send --url http://127.0.0.1:9/", 1, "put the key, at least 16 bytes, into BONITAS_OUTBOX_KEY."
      ),
      ("outbox retry E-00", 1, "E-00"),
      ("outbox retry", 2, "Say which"),
      ("outbox retry E-00 --state failed", 2, "Say which"),
    ] as [(String, Int32, String)] {
      let takesDate = !["debt revert", "debt notice", "outbox list", "outbox retry"].contains {
        line.hasPrefix($0)
      }
      let outcome = try desk.type(line, on: takesDate ? "2026-06-30" : nil)
      #expect(
        outcome.status == code && outcome.errors.contains(sentence),
        "\(line): \(outcome.status) \(outcome.errors)")
    }
    #expect(try desk.json("outbox list", on: nil).arrayValue?.isEmpty == true)
    let short = try desk.type(
      "outbox send --url http://127.0.0.1:9/", environment: ["BONITAS_OUTBOX_KEY": "short"])
    #expect(short.status == 1 && short.errors.contains("16"), "\(short.errors)")
  }

  @Test func aPlanThatNoLongerHoldsIsRefused() throws {
    let desk = try DebtOffice()
    let plan = try desk.plan("plan.json", "--customer CAST-14")
    let rules = desk.scratch.path("rules")
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: "rules"), to: URL(fileURLWithPath: rules))
    let creditor = URL(fileURLWithPath: rules + "/creditor.json")
    try (try Data(contentsOf: creditor) + Data("\n".utf8)).write(to: creditor)
    let others = try desk.type("debt apply \(plan) --rules \(rules)")
    #expect(others.status == 1 && others.output.contains("other-rules"), "\(others.output)\(others.errors)")
    let late = try desk.type("debt apply \(plan)", on: "2026-07-08")
    #expect(late.status == 1 && late.output.contains("plan-out-of-date"))
    #expect(try desk.type("debt hold CAST-14 --reason 'meter is being checked'").status == 0)
    let changed = try desk.type("debt apply \(plan)")
    #expect(changed.status == 1 && changed.output.contains("facts-changed"))
    #expect(try desk.json("outbox list", on: nil).arrayValue?.isEmpty == true)
  }

  /// What goes to this machine goes there directly, whatever proxy the environment names.
  @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
  func aProxyHearsNothingOfWhatStaysHere(_ variable: String) throws {
    let desk = try DebtOffice()
    #expect(try desk.type("debt apply \(try desk.plan("plan.json", "--customer CAST-14"))").status == 0)
    let proxy = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(proxy) }
    // The system chooses a port, and takes connections that nobody accepts.
    #expect(listen(proxy, 16) == 0)
    var (address, length) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(proxy, $0, &length) }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
    let sent = try desk.type(
      "outbox send --url http://127.0.0.1:9/",
      environment: [
        "BONITAS_OUTBOX_KEY": "a key of sixteen bytes", variable: "http://127.0.0.1:\(port)",
        "no_proxy": "register.example",
      ])
    #expect(sent.status == 0 && sent.output.contains("0 effects sent."), "\(sent.output)\(sent.errors)")
    var waiting = pollfd(fd: proxy, events: Int16(POLLIN), revents: 0)
    #expect(poll(&waiting, 1, 0) == 0)
  }

  @Test func whatFailedIsTriedAgain() throws {
    let desk = try DebtOffice()
    #expect(try desk.type("debt apply \(try desk.plan("plan.json", "--customer CAST-14"))").status == 0)
    // Nobody listens there.
    let first = try desk.type(
      "outbox send --url http://127.0.0.1:9/", environment: ["BONITAS_OUTBOX_KEY": "a key of sixteen bytes"])
    #expect(first.status == 0 && first.output.contains("0 effects sent."), "\(first.output)\(first.errors)")
    #expect(first.output.contains("later"))
    #expect(
      try desk.type("outbox retry --state failed", on: nil).output.contains("0 effects will be tried again"))
    let effect = try #require(try desk.json("outbox list", on: nil)[0]?["effect"]?.stringValue)
    let retried = try desk.type("outbox retry \(effect)", on: nil)
    #expect(retried.status == 1 && retried.errors.contains(effect), "\(retried.errors)")
    #expect(
      try desk.json("outbox list --customer CAST-14 --customer DEBT-01", on: nil).arrayValue?.count == 1)
  }
}
