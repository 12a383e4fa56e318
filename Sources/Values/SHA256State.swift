/// The state and the compression function of SHA-256 (FIPS 180-4, 6.2.2).
struct SHA256State: Sendable {
  private var a: UInt32 = 0x6a09_e667
  private var b: UInt32 = 0xbb67_ae85
  private var c: UInt32 = 0x3c6e_f372
  private var d: UInt32 = 0xa54f_f53a
  private var e: UInt32 = 0x510e_527f
  private var f: UInt32 = 0x9b05_688c
  private var g: UInt32 = 0x1f83_d9ab
  private var h: UInt32 = 0x5be0_cd19

  /// The constants of FIPS 180-4, 4.2.2.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  /// Compresses whole blocks of 64 bytes.
  ///
  /// Sixteen rounds are written out, with the names of the eight variables rotated instead of their values, and
  /// the message schedule is kept in a window of sixteen words: without this the moves cost as much as the rounds.
  mutating func compress(_ bytes: UnsafeRawPointer, blocks: Int) {
    if let compress = SHA256Acceleration.compress {
      var words: InlineArray<8, UInt32> = [a, b, c, d, e, f, g, h]
      var state = words.mutableSpan
      state.withUnsafeMutableBufferPointer { state in
        if let state = state.baseAddress { compress(state, bytes, blocks) }
      }
      (a, b, c, d) = (words[0], words[1], words[2], words[3])
      (e, f, g, h) = (words[4], words[5], words[6], words[7])
      return
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { window in
      guard let w = window.baseAddress else { return }
      for block in 0..<blocks {
        compress(bytes + block * 64, w)
      }
    }
  }

  private mutating func compress(_ block: UnsafeRawPointer, _ w: UnsafeMutablePointer<UInt32>) {
    for place in 0..<16 {
      w[place] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
    }
    var (a, b, c, d) = (self.a, self.b, self.c, self.d)
    var (e, f, g, h) = (self.e, self.f, self.g, self.h)
    var t = 0
    while true {
      SHA256State.round(a, b, c, &d, e, f, g, &h, SHA256State.constants[t + 0] &+ w[0])
      SHA256State.round(h, a, b, &c, d, e, f, &g, SHA256State.constants[t + 1] &+ w[1])
      SHA256State.round(g, h, a, &b, c, d, e, &f, SHA256State.constants[t + 2] &+ w[2])
      SHA256State.round(f, g, h, &a, b, c, d, &e, SHA256State.constants[t + 3] &+ w[3])
      SHA256State.round(e, f, g, &h, a, b, c, &d, SHA256State.constants[t + 4] &+ w[4])
      SHA256State.round(d, e, f, &g, h, a, b, &c, SHA256State.constants[t + 5] &+ w[5])
      SHA256State.round(c, d, e, &f, g, h, a, &b, SHA256State.constants[t + 6] &+ w[6])
      SHA256State.round(b, c, d, &e, f, g, h, &a, SHA256State.constants[t + 7] &+ w[7])
      SHA256State.round(a, b, c, &d, e, f, g, &h, SHA256State.constants[t + 8] &+ w[8])
      SHA256State.round(h, a, b, &c, d, e, f, &g, SHA256State.constants[t + 9] &+ w[9])
      SHA256State.round(g, h, a, &b, c, d, e, &f, SHA256State.constants[t + 10] &+ w[10])
      SHA256State.round(f, g, h, &a, b, c, d, &e, SHA256State.constants[t + 11] &+ w[11])
      SHA256State.round(e, f, g, &h, a, b, c, &d, SHA256State.constants[t + 12] &+ w[12])
      SHA256State.round(d, e, f, &g, h, a, b, &c, SHA256State.constants[t + 13] &+ w[13])
      SHA256State.round(c, d, e, &f, g, h, a, &b, SHA256State.constants[t + 14] &+ w[14])
      SHA256State.round(b, c, d, &e, f, g, h, &a, SHA256State.constants[t + 15] &+ w[15])
      t += 16
      if t == 64 { break }
      SHA256State.extend(w, 0, 1, 9, 14)
      SHA256State.extend(w, 1, 2, 10, 15)
      SHA256State.extend(w, 2, 3, 11, 0)
      SHA256State.extend(w, 3, 4, 12, 1)
      SHA256State.extend(w, 4, 5, 13, 2)
      SHA256State.extend(w, 5, 6, 14, 3)
      SHA256State.extend(w, 6, 7, 15, 4)
      SHA256State.extend(w, 7, 8, 0, 5)
      SHA256State.extend(w, 8, 9, 1, 6)
      SHA256State.extend(w, 9, 10, 2, 7)
      SHA256State.extend(w, 10, 11, 3, 8)
      SHA256State.extend(w, 11, 12, 4, 9)
      SHA256State.extend(w, 12, 13, 5, 10)
      SHA256State.extend(w, 13, 14, 6, 11)
      SHA256State.extend(w, 14, 15, 7, 12)
      SHA256State.extend(w, 15, 0, 8, 13)
    }
    self.a &+= a
    self.b &+= b
    self.c &+= c
    self.d &+= d
    self.e &+= e
    self.f &+= f
    self.g &+= g
    self.h &+= h
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ input: UInt32
  ) {
    let upper = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let choice = g ^ (e & (f ^ g))
    let first = h &+ upper &+ choice &+ input
    let lower = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    let majority = (a & b) | (c & (a | b))
    d = d &+ first
    h = first &+ lower &+ majority
  }

  @inline(__always)
  private static func extend(_ w: UnsafeMutablePointer<UInt32>, _ t: Int, _ t15: Int, _ t7: Int, _ t2: Int) {
    let x = w[t15]
    let y = w[t2]
    let lower = rotate(x, 7) ^ rotate(x, 18) ^ (x &>> 3)
    let upper = rotate(y, 17) ^ rotate(y, 19) ^ (y &>> 10)
    w[t] = w[t] &+ lower &+ w[t7] &+ upper
  }

  @inline(__always)
  private static func rotate(_ value: UInt32, _ bits: UInt32) -> UInt32 {
    value &>> bits | value &<< (32 &- bits)
  }

  /// The state as a digest.
  var digest: Digest {
    Digest(
      words: Digest.InlineWords(
        a: UInt64(a) << 32 | UInt64(b), b: UInt64(c) << 32 | UInt64(d),
        c: UInt64(e) << 32 | UInt64(f), d: UInt64(g) << 32 | UInt64(h)))
  }
}
