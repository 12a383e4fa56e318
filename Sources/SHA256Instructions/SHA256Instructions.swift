import Values

#if arch(x86_64)
  import _Builtin_intrinsics.intel
#endif

/// SHA-256 by the SHA extensions of x86-64: four rounds in two instructions, some five times as fast as in words of 32 bits
/// (`Benchmarks digest`).
///
/// This room alone is compiled for processors that have them (Package.swift), and its code is entered only there.
public enum SHA256Instructions {
  /// Has all hashes of the program made with them, where the processor can.
  ///
  /// - Returns: whether it can.
  @discardableResult
  public static func use() -> Bool {
    #if arch(x86_64)
      guard SHA256Acceleration.isSupported else { return false }
      SHA256Acceleration.use { SHA256Instructions.compress($0, $1, $2) }
      return true
    #else
      return false
    #endif
  }
}

#if arch(x86_64)
  /// Four words of the state or of the message schedule; the lowest stands first.
  private typealias Words = SIMD4<UInt32>

  extension SHA256Instructions {
    /// Compresses whole blocks of 64 bytes (FIPS 180-4, 6.2.2; Intel SDM, SHA256RNDS2 and the two that schedule the message).
    static func compress(_ state: UnsafeMutablePointer<UInt32>, _ blocks: UnsafeRawPointer, _ count: Int) {
      // The instructions want a, b, e and f in one register and the others in another one, each from the end.
      var abef = Words(state[5], state[4], state[1], state[0])
      var cdgh = Words(state[7], state[6], state[3], state[2])
      for block in 0..<count {
        let bytes = blocks + 64 * block
        let (firstABEF, firstCDGH) = (abef, cdgh)
        var w0 = bigEndianWords(bytes)
        var w1 = bigEndianWords(bytes + 16)
        var w2 = bigEndianWords(bytes + 32)
        var w3 = bigEndianWords(bytes + 48)
        for sixteen in 0..<4 {
          fourRounds(&abef, &cdgh, w0, 4 * sixteen)
          fourRounds(&abef, &cdgh, w1, 4 * sixteen + 1)
          fourRounds(&abef, &cdgh, w2, 4 * sixteen + 2)
          fourRounds(&abef, &cdgh, w3, 4 * sixteen + 3)
          if sixteen == 3 { break }
          w0 = scheduled(w0, w1, w2, w3)
          w1 = scheduled(w1, w2, w3, w0)
          w2 = scheduled(w2, w3, w0, w1)
          w3 = scheduled(w3, w0, w1, w2)
        }
        abef = abef &+ firstABEF
        cdgh = cdgh &+ firstCDGH
      }
      (state[0], state[1], state[4], state[5]) = (abef[3], abef[2], abef[1], abef[0])
      (state[2], state[3], state[6], state[7]) = (cdgh[3], cdgh[2], cdgh[1], cdgh[0])
    }

    @inline(__always)
    private static func fourRounds(_ abef: inout Words, _ cdgh: inout Words, _ w: Words, _ four: Int) {
      let input = w &+ constants[four]
      cdgh = words(_mm_sha256rnds2_epu32(register(cdgh), register(abef), register(input)))
      let rest = Words(input[2], input[3], input[2], input[3])
      abef = words(_mm_sha256rnds2_epu32(register(abef), register(cdgh), register(rest)))
    }

    /// The four words of the message schedule that follow sixteen.
    @inline(__always)
    private static func scheduled(_ a: Words, _ b: Words, _ c: Words, _ d: Words) -> Words {
      let sum = words(_mm_sha256msg1_epu32(register(a), register(b))) &+ Words(c[1], c[2], c[3], d[0])
      return words(_mm_sha256msg2_epu32(register(sum), register(d)))
    }

    @inline(__always)
    private static func bigEndianWords(_ bytes: UnsafeRawPointer) -> Words {
      let order = SIMD16<UInt8>(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
      return words(
        _mm_shuffle_epi8(bytes.loadUnaligned(as: __m128i.self), unsafeBitCast(order, to: __m128i.self)))
    }

    @inline(__always)
    private static func words(_ register: __m128i) -> Words { unsafeBitCast(register, to: Words.self) }

    @inline(__always)
    private static func register(_ words: Words) -> __m128i { unsafeBitCast(words, to: __m128i.self) }

    /// The constants of FIPS 180-4, 4.2.2.
    private static let constants: InlineArray<16, Words> = [
      Words(0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5),
      Words(0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5),
      Words(0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3),
      Words(0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174),
      Words(0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc),
      Words(0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da),
      Words(0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7),
      Words(0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967),
      Words(0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13),
      Words(0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85),
      Words(0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3),
      Words(0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070),
      Words(0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5),
      Words(0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3),
      Words(0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208),
      Words(0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2),
    ]
  }
#endif
