import Decisioning
import Explanation
import FactStore
import SQLite

extension DecisionState {
  /// What has become of a decision by now.
  public init(of record: DecisionRecord, in store: FactStore) throws(ReviewError) {
    self = try store.read { reader throws(ReviewError) in
      let newest = try ReviewError.wrapping { () throws(SQLiteError) in
        try DecisionStore.newest(inPlaceOf: record, in: reader.sql)
      }
      let open = try ReviewStore.open(about: record.id, in: reader.sql)
      return DecisionState(
        successor: newest == record.id ? nil : newest,
        open: open.compactMap { found in
          switch found.id.kind {
          case .contest: Matter(.contested, caseName: found.id.description, due: found.due)
          case .referral: Matter(.referred, caseName: found.id.description, due: found.due)
          case .approval, .dataProblem: nil
          }
        })
    }
  }
}
