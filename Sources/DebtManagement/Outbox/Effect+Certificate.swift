import Facts
public import Safeguards
import Values

extension Effect {
  /// Why a certificate does not allow this effect, as a code; nil where it does: what `OutboxGuards.refusal` asks.
  ///
  /// The checker accepts it, by the law at hand, and it is about this very effect: its id, so that the certificate of an
  /// earlier run allows nothing again, its tool, contract, invoices and amounts.
  public func refusal(of certificate: [UInt8], law: DebtLaw, calendars: DebtCalendars) -> String? {
    let request: RestrictionRequest
    do throws(CertificateRejection) {
      request = try CertificateChecker.verify(certificate, law: law, calendars: calendars).report.request
    } catch {
      return error.code
    }
    guard request.id == id, request.tool.rawValue == step.word, request.contract == contract,
      request.invoices.sorted() == invoices.sorted(),
      request.amount == Money(amount.principal, amount.currency), request.interest == amount.interest,
      request.penalty == amount.penalty, request.costs == amount.costs
    else { return "certificate-of-another" }
    return nil
  }
}
