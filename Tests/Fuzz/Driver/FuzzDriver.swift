import Glibc

/// Hands a fuzz target over to libFuzzer, which the toolchain carries.
///
/// libFuzzer has a `main` of its own, but the package manager gives every executable one; `LLVMFuzzerRunDriver` is
/// libFuzzer's door for programs that keep theirs (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library").
public enum FuzzDriver {
  /// Runs the target on inputs that libFuzzer makes; does not return while nothing is found.
  public static func run(_ target: @escaping @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt) -> Never {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, target))
  }

  /// The input as an array, for parsers that take one.
  public static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
