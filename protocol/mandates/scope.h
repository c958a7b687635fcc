// What may be done for another account (MandatedAct of the schema), and what a mandate for it is
// called.

#pragma once

#include <labor/v1/mandate.pb.h>
#include <labor/v1/transaction.pb.h>

#include <optional>

namespace mandates {

// MANDATE_SCOPE_UNSPECIFIED where nothing is set.
labor::v1::MandateScope scope_of(labor::v1::MandatedAct const& act);

// The same, as the account itself would say it, and back: nothing for what is no mandate's.
labor::v1::Message as_message(labor::v1::MandatedAct const& act);
std::optional<labor::v1::MandatedAct> as_act(labor::v1::Message const& message);

}  // namespace mandates
