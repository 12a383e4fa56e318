// Filled by the work on the order-intake service.
