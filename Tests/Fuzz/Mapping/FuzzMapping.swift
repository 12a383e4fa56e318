import FuzzDriver
import Ingestion

/// Mapping files of any bytes: compiled or refused with a sentence.
@main
enum FuzzMapping {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    _ = try Mapping(json: FuzzDriver.bytes(start, count), file: "fuzz.json")
  } catch {
    precondition(!error.sentence.isEmpty)
  }
  return 0
}
