import FactStore
import Facts
import SQLite
import Values

extension LoadedSources {
  /// Which registers had been loaded as of a point in time.
  public init(_ reader: FactReader, asOf: AsOf) throws(SQLiteError) {
    self.init(
      arrearsRegister: try reader.hasLoaded(.arrearsEntry, asOf: asOf),
      publicRegisters: try reader.hasLoaded(.registerEntry, asOf: asOf))
  }
}
