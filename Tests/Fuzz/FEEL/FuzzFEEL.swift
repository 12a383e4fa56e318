import FEEL
import FuzzDriver
import Values

/// FEEL of any text, as expression and as unary tests, compiled and evaluated within a small budget.
@main
enum FuzzFEEL {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: FuzzDriver.bytes(start, count), as: UTF8.self)
  var scope = Scope()
  let number = scope.declare("a", type: .number)
  let string = scope.declare("days past due", type: .string)
  var limits = Evaluation.Limits()
  limits.steps = 20_000
  limits.listItems = 2_000
  limits.stringLength = 20_000
  let now = CivilDateTime("2026-06-30T12:00:00Z")

  let expression = FEEL.compile(expression: text, in: scope)
  var evaluation = Evaluation(now: now, limits: limits)
  let frame = Frame(count: expression.slotCount)
  frame[number] = .number(7)
  frame[string] = .string("seven")
  _ = expression.evaluate(frame, &evaluation)

  let tests = FEEL.compile(unaryTests: text, in: scope, inputType: .number)
  var testing = Evaluation(now: now, limits: limits)
  let testFrame = Frame(count: tests.slotCount)
  _ = tests.evaluate(.number(7), testFrame, &testing)
  return 0
}
