import FuzzDriver
import Values

@main
enum FuzzValues {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = FuzzDriver.bytes(start, count)
  if bytes.count > 3 && bytes[0] == 66 && bytes[1] == 67 && bytes[2] == 70 { fatalError("found") }
  return 0
}
