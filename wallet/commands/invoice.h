// labor contract invoice: what a contract has paid, payment by payment.

#pragma once

#include <cstdint>

#include "wallet/session.h"

namespace wallet {

// The payments are read off the client's events, the node's word; their sums must be those of the
// contract's record, which is proved: INVOICE_INCOMPLETE otherwise. NOTHING_PAID.
Result<Output> show_invoice(Session& session, std::uint64_t contract);

}  // namespace wallet
