/// A record id such as `I0000017-03`: what it is, whose it is and which one of them.
struct RecordID {
  let letter: UInt8
  let customer: Int
  let sequence: Int?

  static func customer(_ customer: Int) -> RecordID {
    RecordID(letter: UInt8(ascii: "C"), customer: customer, sequence: nil)
  }
}
