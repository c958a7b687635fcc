#include "protocol/execution/dispatch.h"

#include "protocol/bank/messages.h"
#include "protocol/base/big_endian.h"
#include "protocol/governance/ballots.h"

namespace execution {

using namespace labor::v1;  // This file names every message.

Done dispatch(Context& context, Message const& message) {
  switch (message.message_case()) {
    case Message::kTransfer:
      return bank::apply(context, message.transfer());
    case Message::kSponsorAccount:
      return bank::apply(context, message.sponsor_account());
    case Message::kLockTokens:
      return bank::apply(context, message.lock_tokens());
    case Message::kUnlockTokens:
      return bank::apply(context, message.unlock_tokens());
    case Message::kSubmitBallot:
      return governance::apply(context, message.submit_ballot());
    case Message::kAddDeposit:
      return governance::apply(context, message.add_deposit());
    case Message::kCastVote:
      return governance::apply(context, message.cast_vote());
    default:
      return fail(TX_STATUS_INTERNAL);
  }
}

Done fire(Context& context, state::Key const& record) {
  auto const kind = record.logical.empty() ? '\0' : record.logical.front();
  if (record.module == state::Module::governance && kind == 'b') {
    return governance::fire(context, *context.find<Ballot>(record));
  }
  return fail(TX_STATUS_INTERNAL);
}

Deadline parse_deadline(std::string_view logical) {
  Deadline deadline;
  deadline.time = protocol::TimeMs{base::read_big_endian<std::uint64_t>(logical)};
  logical.remove_prefix(8);
  deadline.record.module = state::Module{base::read_big_endian<std::uint16_t>(logical)};
  logical.remove_prefix(2);
  deadline.record.logical = logical;
  return deadline;
}

}  // namespace execution
