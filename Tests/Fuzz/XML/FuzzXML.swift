import DMN
import Formats
import FuzzDriver

/// XML of any bytes, and DMN models made of it: an error with its place, never a crash.
@main
enum FuzzXML {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = FuzzDriver.bytes(start, count)
  do {
    _ = try XMLReader.parse(bytes)
  } catch {
    precondition(!error.sentence.isEmpty)
    return 0
  }
  if let model = try? DecisionModel(ModelFile(name: "fuzz.dmn", bytes: bytes)) {
    for finding in model.findings { precondition(!finding.sentence.isEmpty) }
  }
  return 0
}
