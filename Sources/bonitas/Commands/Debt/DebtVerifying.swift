import Access
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import Ingestion
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas debt verify`: checks a certificate.
  static let debtVerify = Command(
    "debt verify",
    summary: "Check the certificate of a restriction; needs neither database nor policy.",
    discussion: """
      Counts every clock again from what started it, adds up the amounts, and compares the digest. With the law files of \
      --law it also compares the provisions with the law; without them it says so. Exit code 1 when it is rejected. The \
      event of a request, as it lies in the folder of the outbox, will do too: its certificate is taken.
      """,
    positionals: [Verifying.certificate], options: [Verifying.law], needs: .nobody,
    examples: [
      Example(
        "bonitas debt verify sample-data/debt/certificate.json", "Accepted, or rejected with the reason.")
    ],
    run: Verifying.run)
}

private enum Verifying {
  static let certificate = Positional("CERTIFICATE", .path("FILE"), "The certificate's file.")
  static let law = Option(
    "law", .path("FOLDER"),
    "A rules folder with law/ and calendars/ (default that of --rules, where it is there).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let path = try arguments.required(certificate)
    let bytes = try failing { try ByteSource(path: path).readAll(limit: 16 << 20) }
    let folder = arguments[law] ?? arguments.rules(edge)
    let files = try? RuleSetFiles(folder: folder)
    if files == nil, arguments[law] != nil { _ = try failing { try RuleSetFiles(folder: folder) } }
    let data = try failing {
      try files.map { files in
        (
          try DebtLaw(files: files.jsonFiles(in: "law")),
          try DebtCalendars(files: files.jsonFiles(in: "calendars"))
        )
      }
    }
    // A file ends with a line break where an editor or a shell has touched it; the certificate is what stands before.
    let text = certificate(of: bytes) ?? (bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes)
    do throws(CertificateRejection) {
      let accepted = try CertificateChecker.verify(text, law: data?.0, calendars: data?.1)
      let request = accepted.report.request
      if arguments.wantsJSON {
        edge.output.json([
          "accepted": true, "digest": .string(accepted.digest.hexadecimal),
          "tool": .string(request.tool.rawValue),
          "contract": .string(request.contract), "on": .string(request.on.description),
          "lawCompared": .bool(data != nil),
        ])
      } else {
        edge.output.line(
          edge.output.style(.good, "accepted") + " "
            + visible("\(request.tool.rawValue) of \(request.contract) on \(request.on), ")
            + "\(DebtOptions.amount(request.amount)), earliest \(accepted.report.earliest?.description ?? "-")"
        )
        edge.output.line("digest \(accepted.digest.hexadecimal)")
        if data == nil {
          edge.output.line("No law was at hand to compare the provisions with: name it with --law.")
        }
      }
      return .done
    } catch {
      if arguments.wantsJSON {
        edge.output.json([
          "accepted": false, "code": .string(error.code), "place": .string(error.place),
          "detail": .string(error.detail),
        ])
      } else {
        edge.output.line(
          edge.output.style(.bad, "rejected") + " "
            + visible("\(error.code) at \(error.place): \(error.detail)"))
      }
      return .refused
    }
  }

  /// The certificate that an event of the outbox carries; nil for anything else.
  private static func certificate(of bytes: [UInt8]) -> [UInt8]? {
    let event = try? JSONReader.parse(bytes, limits: JSONLimits(depth: 16, bytes: 16 << 20))
    guard event?["specversion"] != nil else { return nil }
    return event?["data"]?["certificate"]?.stringValue.map { Array($0.utf8) }
  }
}
