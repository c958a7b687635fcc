#include "protocol/justice/costs.h"

#include <algorithm>
#include <cstdint>

#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/jurors.h"
#include "protocol/limits.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Done;
using labor::v1::Dispute;
using labor::v1::JurorSeat;
using labor::v1::Panel;
using protocol::Amount;

namespace {

labor::v1::Holder account(std::string_view address) {
  return bank::account_holder(execution::address_in(address));
}

std::uint32_t distance(std::uint32_t a, std::uint32_t b) {
  return a > b ? a - b : b - a;
}

bool is_first(DisputeAct const& act, Panel const& panel) {
  return &panel == &act.dispute.panels(0);
}

// Whether the second panel has ruled otherwise than the first.
bool was_moved(Dispute const& dispute) {
  return distance(dispute.panels(1).award(), dispute.panels(0).award()) >= limits::appeal_moves_min;
}

bool has_ruled(Panel const& panel) {
  return median_award(panel).has_value();
}

bool earns(DisputeAct const& act, JurorSeat const& seat, bool as_ruled) {
  auto const spoke = seat.state() == labor::v1::JUROR_SEAT_STATE_REVEALED ||
                     seat.state() == labor::v1::JUROR_SEAT_STATE_COMMITTED;
  return as_ruled ? is_coherent(seat, final_award(act.dispute)) : spoke;
}

// All that it paid.
std::expected<std::uint64_t, execution::Failure> pay_jurors(DisputeAct& act, Panel& panel,
                                                            bool as_ruled) {
  std::uint64_t paid = 0;
  for (auto& seat : *panel.mutable_seats()) {
    TRY_VOID(free_stake(*act.context, seat, act.cause));
    if (!earns(act, seat, as_ruled)) continue;
    TRY_VOID(act.context->move(bank::dispute_holder(act.dispute.id()), account(seat.juror()),
                               act.dispute.asset(), Amount{act.dispute.juror_fee()}, act.cause));
    paid += act.dispute.juror_fee();
  }
  TRY_VOID(execution::must_hold(paid <= panel.held()));
  panel.set_held(panel.held() - paid);
  return paid;
}

Done return_unspent(DisputeAct& act, Panel& panel) {
  auto const lost = !is_first(act, panel) && has_ruled(panel) && !was_moved(act.dispute);
  auto const to = lost ? bank::treasury_holder() : account(panel.payer());
  auto const unspent = Amount{panel.held()};
  panel.set_held(0);
  return act.context->move(bank::dispute_holder(act.dispute.id()), to, act.dispute.asset(), unspent,
                           act.cause);
}

// What the side that did not put it down owes of what the panel was paid.
std::uint64_t owed_by_other(DisputeAct const& act, Panel const& panel, std::uint64_t paid) {
  auto const& dispute = act.dispute;
  if (!is_first(act, panel)) return has_ruled(panel) && was_moved(dispute) ? paid : 0;
  auto const by_client = base::share(paid, dispute.to_talent(), dispute.claim());
  return panel.payer() == dispute.client() ? paid - by_client : by_client;
}

}  // namespace

bool is_coherent(JurorSeat const& seat, std::uint32_t decided) {
  return seat.state() == labor::v1::JUROR_SEAT_STATE_REVEALED &&
         distance(seat.award(), decided) <= limits::coherent_within;
}

Done settle_costs(DisputeAct& act, bool as_ruled) {
  auto& dispute = act.dispute;
  auto talent_has = dispute.to_talent();
  auto client_has = dispute.claim() - dispute.to_talent();
  for (auto& panel : *dispute.mutable_panels()) {
    TRY(paid, pay_jurors(act, panel, as_ruled));
    TRY_VOID(return_unspent(act, panel));
    auto const by_client = panel.payer() == dispute.client();
    auto& other_has = by_client ? talent_has : client_has;
    auto const& other = by_client ? dispute.talent() : dispute.client();
    auto const borne = std::min(owed_by_other(act, panel, paid), other_has);
    other_has -= borne;
    TRY_VOID(act.context->move(account(other), account(panel.payer()), dispute.asset(),
                               Amount{borne}, act.cause));
  }
  return {};
}

}  // namespace justice
