import Foundation
import Glibc

/// What was answered to which request, so that it can be compared after the service was killed.
///
/// The first line is the seed of the requests; then for each request a line `NUMBER STATUS LENGTH` and so many bytes of
/// body, and a line end. Status 0 means that the request was sent and its answer never came.
final class AnswerFile {
  struct Answer {
    let number: Int
    let status: Int
    let body: [UInt8]
  }

  private let file: UnsafeMutablePointer<FILE>

  init(writing path: String, seed: UInt64) throws(LoadError) {
    guard let file = fopen(path, "w") else { throw .file("\(path) cannot be written.") }
    self.file = file
    fputs("\(seed)\n", file)
  }

  func answered(_ number: Int, _ answer: ServiceAnswer) {
    fputs("\(number) \(answer.status) \(answer.body.count)\n", file)
    fwrite(answer.body.baseAddress, 1, answer.body.count, file)
    fputs("\n", file)
  }

  func unanswered(_ number: Int) { fputs("\(number) 0 0\n\n", file) }

  func close() { fclose(file) }

  /// Reads a file back; nil where it is none.
  static func read(_ path: String) -> (seed: UInt64, answers: [Answer])? {
    guard let bytes = FileManager.default.contents(atPath: path).map({ [UInt8]($0) }) else { return nil }
    var place = 0
    func line() -> [Substring]? {
      guard let end = bytes[place...].firstIndex(of: 0x0A) else { return nil }
      defer { place = end + 1 }
      return String(decoding: bytes[place..<end], as: UTF8.self).split(separator: " ")
    }
    guard let first = line(), first.count == 1, let seed = UInt64(first[0]) else { return nil }
    var answers: [Answer] = []
    while place < bytes.count {
      guard let words = line(), words.count == 3, let number = Int(words[0]), let status = Int(words[1]),
        let length = Int(words[2]), length >= 0, place + length < bytes.count
      else { return nil }
      answers.append(Answer(number: number, status: status, body: Array(bytes[place..<(place + length)])))
      place += length + 1
    }
    return (seed, answers)
  }
}
