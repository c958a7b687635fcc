// What may be done next with a dispute, a vetting or a report (execution/next_actions.h): by its
// people, and by the jurors of the panel that sits.

#pragma once

#include <labor/v1/justice.pb.h>

#include "protocol/execution/next_actions.h"
#include "protocol/types.h"

namespace justice {

// Whether jurors can be drawn and an appeal be heard is not foreseen: they are taken to be free.
execution::NextActions next_actions(labor::v1::Dispute const& dispute,
                                    protocol::Address const& account, protocol::TimeMs now);

execution::NextActions next_actions(labor::v1::Vetting const& vetting,
                                    protocol::Address const& account, protocol::TimeMs now);
execution::NextActions next_actions(labor::v1::Report const& report,
                                    protocol::Address const& account, protocol::TimeMs now);

// Of the account's own seat on the panel that sits; no actions if it has none.
execution::NextActions next_verdict(labor::v1::Dispute const& dispute,
                                    protocol::Address const& account, protocol::TimeMs now);
execution::NextActions next_verdict(labor::v1::Vetting const& vetting,
                                    protocol::Address const& account, protocol::TimeMs now);
execution::NextActions next_verdict(labor::v1::Report const& report,
                                    protocol::Address const& account, protocol::TimeMs now);

}  // namespace justice
