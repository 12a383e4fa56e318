import DebtManagement
import Formats
import FuzzDriver
import Values

/// Plans of any bytes: refused with a sentence, or read so that they are written out again as the same plan.
///
/// A digest that does not fit refuses nearly everything, so each is also read with one that does.
@main
enum FuzzPlan {
  static func main() { FuzzDriver.run(target) }

  static func read(_ bytes: [UInt8]) {
    do {
      let plan = try DebtPlan(bytes)
      precondition(
        (try? DebtPlan(plan.json.canonicalBytes)) == plan, "a plan that was read reads back as another")
    } catch {
      precondition(!error.sentence.isEmpty && !error.code.isEmpty)
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = FuzzDriver.bytes(start, count)
  FuzzPlan.read(bytes)
  if case .object(var statement)? = try? JSONReader.parse(bytes) {
    statement["digest"] = nil
    statement["digest"] = .string(SHA256.hash(JSONValue.object(statement).canonical).hexadecimal)
    FuzzPlan.read(JSONValue.object(statement).canonicalBytes)
  }
  return 0
}
