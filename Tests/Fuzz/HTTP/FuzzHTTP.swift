import Formats
import FuzzDriver

/// JSON of any bytes: what is read is written, in both forms, so that it reads back the same.
@main
enum FuzzJSON {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let value: JSONValue
  do {
    value = try JSONReader.parse(FuzzDriver.bytes(start, count))
  } catch {
    precondition(!error.sentence.isEmpty)
    return 0
  }
  // Plain digits of a number such as 1E+400 may be longer than the reader's limit, so the limit is lifted here.
  let limits = JSONLimits(digits: 10_000)
  precondition(
    (try? JSONReader.parse(value.canonicalBytes, limits: limits)) == value, "canonical form differs")
  precondition((try? JSONReader.parse(value.pretty, limits: limits)) == value, "pretty form differs")
  return 0
}
