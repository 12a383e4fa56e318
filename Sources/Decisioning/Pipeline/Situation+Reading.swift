import FactStore
import Facts
import SQLite
import Values

extension LoadedSources {
  /// Which registers had been loaded as of a point in time.
  ///
  /// - Parameter earlier: what was found as of an earlier point: what had been loaded by then stays so, since facts are
  ///   only added and an erasure leaves word of them.
  public init(_ reader: FactReader, asOf: AsOf, earlier: LoadedSources? = nil) throws(SQLiteError) {
    var (arrears, registers) = (earlier?.arrearsRegister ?? false, earlier?.publicRegisters ?? false)
    if !arrears { arrears = try reader.hasLoaded(.arrearsEntry, asOf: asOf) }
    if !registers { registers = try reader.hasLoaded(.registerEntry, asOf: asOf) }
    self.init(arrearsRegister: arrears, publicRegisters: registers)
  }
}
