import Formats

/// The registers that are simulated, and their scripts.
public struct RegisterScripts: Sendable {
  /// The scripts of each register, in the order of their files.
  public let registers: [String: [RegisterScript]]

  /// Reads files by their path below the folder: `arrears-register/disputed.json` belongs to the register
  /// `arrears-register`; files that lie in no register's folder are left alone.
  ///
  /// - Parameter folder: the name of the folder, for messages.
  /// - Throws: everything that is wrong with them at once.
  public init(_ files: [String: [UInt8]], folder: String) throws(RegisterScriptError) {
    var registers: [String: [RegisterScript]] = [:]
    var findings: [JSONFinding] = []
    var holders: [String: [RegisterScript.Subject: String]] = [:]
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].hasSuffix(".json") else { continue }
      let register = String(parts[0])
      let file = "\(folder)/\(path)"
      var reader = RegisterScriptReader(file: file)
      let script = reader.script(bytes)
      findings += reader.findings.all
      guard let script, reader.findings.all.isEmpty else { continue }
      if let other = holders[register, default: [:]].updateValue(file, forKey: script.subject) {
        findings.append(
          JSONFinding(
            file: file, pointer: "/subject", message: "\(other) is about this subject already. Remove one."))
      }
      registers[register, default: []].append(script)
    }
    guard findings.isEmpty else { throw .invalid(findings) }
    guard !registers.isEmpty else { throw .empty(folder: folder) }
    self.registers = registers
  }
}
