import DebtManagement
import Explanation
import Facts
import Foundation
import TestSupport
import Testing

/// Every letter in every language as people read it.
///
/// `BONITAS_RECORD=1` writes the files anew; review them like code.
@Suite struct LetterGoldenTests {
  private static let folder = Repository.root.appending(path: "Tests/DebtManagementTests/Golden")
  private static let isRecording = ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1"

  /// To whom each letter is written.
  private static func circumstances(
    _ type: DebtNotice.NoticeType
  ) -> [(name: String, circumstances: LetterCircumstances)] {
    var all = [("household-lv", LetterSamples.circumstances())]
    // Those that the law has say other things to others.
    if [.restrictionWarning, .depositRequest, .terminationNotice, .debtNotice].contains(type) {
      all.append(("business-lv-gas", LetterSamples.circumstances(.latvia, .gas, .business, .email)))
      all.append(
        (
          "household-ee-operator",
          LetterSamples.circumstances(.estonia, claimant: .networkOperator, .electricity, .household, .letter)
        ))
    }
    return all
  }

  @Test(arguments: DebtNotice.NoticeType.allCases, Language.allCases)
  func lettersReadAsTheyDid(type: DebtNotice.NoticeType, language: Language) throws {
    let writer = try LetterWriter(try LetterSamples.rules())
    for (name, circumstances) in Self.circumstances(type) {
      let letter = try writer.letter(try LetterSamples.content(type, language, circumstances))
      #expect(letter.template == "\(type.rawValue)-\(language.rawValue)-1")
      let file = Self.folder.appending(path: "\(type.rawValue)-\(name)-\(language.rawValue).txt")
      if Self.isRecording {
        try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
        try Data(letter.text.utf8).write(to: file)
      }
      let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(letter.text == golden, "\(file.lastPathComponent)")
    }
  }
}
