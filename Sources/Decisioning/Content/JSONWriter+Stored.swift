import Facts
import Formats
import Values

/// How parts of a decision are written into its stored form.
extension JSONWriter {
  mutating func text(_ text: String?) {
    if let text { string(text) } else { null() }
  }

  mutating func texts(_ texts: [String]) { array(texts) { $0.string($1) } }

  mutating func array<Elements: Collection>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  mutating func order(_ order: Order?) {
    guard let order else { return null() }
    beginArray()
    for text in [order.reference, order.product, order.commodity.rawValue, order.jurisdiction.code] {
      string(text)
    }
    if let amount = order.expectedMonthlyAmount {
      number(amount.amount)
      string(amount.currency.code)
    } else {
      null()
      null()
    }
    text(order.deliveryPoint)
    endArray()
  }

  mutating func previous(_ previous: PreviousRating?) {
    guard let previous else { return null() }
    beginArray()
    string(previous.rating)
    string(previous.since.description)
    text(previous.downgradedOn?.description)
    endArray()
  }
}
