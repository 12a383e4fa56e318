import Synchronization

#if arch(x86_64)
  import _Builtin_intrinsics.intel.cpuid
#endif

/// Lets a program that knows instructions for SHA-256 have all hashes made with them.
///
/// Code for such instructions is compiled for processors that have them, which a library that others build upon must not be: so a
/// program hands it over at its start (`SHA256Instructions`), and whoever does not gets the same digests more slowly.
public enum SHA256Acceleration {
  /// Compresses whole blocks of 64 bytes into a state of eight words (FIPS 180-4, 6.2.2).
  public typealias Compress =
    @convention(c) (
      _ state: UnsafeMutablePointer<UInt32>, _ blocks: UnsafeRawPointer, _ count: Int
    ) -> Void

  /// The address of the function; 0 where there is none.
  private static let address = Atomic<UInt>(0)

  /// Has all hashes from now on made with a function; nil for the one that any processor can run.
  public static func use(_ compress: Compress?) {
    address.store(unsafeBitCast(compress, to: UInt.self), ordering: .releasing)
  }

  /// The function to use; nil where none was handed over.
  static var compress: Compress? {
    unsafeBitCast(address.load(ordering: .acquiring), to: Compress?.self)
  }

  /// Whether the processor has the SHA extensions of x86-64, with SSSE3 and SSE4.1 beside them (Intel SDM, CPUID leaves 1 and 7).
  public static let isSupported: Bool = {
    #if arch(x86_64)
      var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
      guard __get_cpuid_count(7, 0, &a, &b, &c, &d) == 1, b & 1 << 29 != 0 else { return false }
      return __get_cpuid_count(1, 0, &a, &b, &c, &d) == 1 && c & 1 << 9 != 0 && c & 1 << 19 != 0
    #else
      return false
    #endif
  }()
}
