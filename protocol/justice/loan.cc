#include "protocol/justice/loan.h"

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/execution/form.h"
#include "protocol/justice/dispute.h"
#include "protocol/limits.h"
#include "protocol/talent/identity.h"
#include "protocol/work/contribution.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Dispute;
using labor::v1::Panel;
using protocol::Amount;

LoanRequest loan_request(Context const& context, Dispute const& dispute) {
  auto const& state = context.state();
  LoanRequest request;
  request.asked = true;
  request.delivered = dispute.delivered();
  request.attested = talent::is_attested(state, context.sender());
  request.fees = limits::jury_size * juror_fee(dispute.frozen(), dispute.claim());
  request.treasury = bank::balance_of(state, bank::treasury_address(), dispute.asset()).value();
  request.contribution = work::contribution_of(state, context.sender());
  return request;
}

Done may_borrow(LoanRequest const& request, protocol::TimeMs now) {
  if (!request.delivered) return fail(labor::v1::TX_STATUS_NOTHING_DELIVERED);
  if (!request.attested) return fail(labor::v1::TX_STATUS_NOT_ATTESTED);
  auto const& contribution = request.contribution;
  auto const from = contribution.lent_at_ms() + limits::loan_interval_ms;
  if (contribution.lent_at_ms() != 0 && now.value() < from) {
    return fail(labor::v1::TX_STATUS_LOAN_TOO_SOON, {{"until_ms", from}});
  }
  auto const have = contribution.fees() - contribution.lost();
  if (request.fees > have) {
    return fail(labor::v1::TX_STATUS_LOAN_TOO_LARGE, {{"have", have}, {"need", request.fees}});
  }
  if (request.fees <= request.treasury) return {};
  return fail(labor::v1::TX_STATUS_LOAN_NOT_FUNDED,
              {{"have", request.treasury}, {"need", request.fees}});
}

Done lend(Context& context, Dispute const& dispute, Panel& panel, std::string_view cause) {
  auto contribution = work::contribution_of(context.state(), execution::address_in(panel.payer()));
  contribution.set_lent_at_ms(context.time().value());
  context.put(contribution, cause);
  panel.set_lent(panel.held());
  return context.move(bank::treasury_holder(), bank::dispute_holder(dispute.id()), dispute.asset(),
                      Amount{panel.held()}, cause);
}

void write_off(Context& context, Panel& panel, std::string_view cause) {
  if (panel.lent() == 0) return;
  auto contribution = work::contribution_of(context.state(), execution::address_in(panel.payer()));
  contribution.set_lost(contribution.lost() + panel.lent());
  context.put(contribution, cause);
  panel.set_lent(0);
}

}  // namespace justice
