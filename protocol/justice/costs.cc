#include "protocol/justice/costs.h"

#include <algorithm>
#include <cstdint>

#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/loan.h"
#include "protocol/justice/panel.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/payout.h"

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

Done return_unspent(DisputeAct& act, Panel& panel) {
  auto const lost = !is_first(act, panel) && has_ruled(panel) && !was_moved(act.dispute);
  auto const to_treasury = lost || panel.lent() > 0;
  auto const to = to_treasury ? bank::treasury_holder() : account(panel.payer());
  auto const unspent = panel.held();
  panel.set_held(0);
  panel.set_lent(panel.lent() - std::min(panel.lent(), unspent));
  return act.context->move(bank::dispute_holder(act.dispute.id()), to, act.dispute.asset(),
                           Amount{unspent}, act.cause);
}

// What each side has of the claim, and has not paid on.
struct Shares {
  std::uint64_t client = 0;
  std::uint64_t talent = 0;
};

// As much of it as the side has: of what members of a team have, without what rounding leaves.
Done take(DisputeAct& act, std::uint64_t& has, bool of_client, Panel& panel, std::uint64_t owed) {
  auto const amount = std::min(owed, has);
  auto const to = panel.lent() > 0 ? bank::treasury_holder() : account(panel.payer());
  std::uint64_t taken = 0;
  auto const take_from = [&](labor::v1::Holder const& from, std::uint64_t part) {
    taken += part;
    return act.context->move(from, to, act.dispute.asset(), Amount{part}, act.cause);
  };
  if (of_client) {
    TRY_VOID(take_from(account(act.dispute.client()), amount));
  } else {
    auto const contract =
        act.context->find<labor::v1::Contract>(state::keys::contract(act.dispute.contract()));
    if (!contract) return execution::must_hold(false);  // It outlives its disputes.
    for (auto const& worker : work::workers(*contract)) {
      TRY_VOID(take_from(bank::account_holder(worker.account),
                         base::share(amount, worker.bps, limits::bps_of_all)));
    }
  }
  has -= taken;
  panel.set_lent(panel.lent() - std::min(panel.lent(), taken));
  return {};
}

// What the side that did not put it down owes of what the panel was paid.
std::uint64_t owed_by_other(DisputeAct const& act, Panel const& panel, std::uint64_t paid) {
  auto const& dispute = act.dispute;
  if (!is_first(act, panel)) return has_ruled(panel) && was_moved(dispute) ? paid : 0;
  auto const by_client = base::share(paid, dispute.to_talent(), dispute.claim());
  return panel.payer() == dispute.client() ? paid - by_client : by_client;
}

}  // namespace

Done settle_costs(DisputeAct& act, bool as_ruled) {
  auto& dispute = act.dispute;
  Shares has{.client = dispute.claim() - dispute.to_talent(), .talent = dispute.to_talent()};
  Payroll const payroll{.from = bank::dispute_holder(dispute.id()),
                        .asset = dispute.asset(),
                        .fee = dispute.juror_fee(),
                        .cause = act.cause};
  for (auto& panel : *dispute.mutable_panels()) {
    TRY(paid, pay_panel(*act.context, payroll, panel,
                        [&](JurorSeat const& seat) { return earns(act, seat, as_ruled); }));
    TRY_VOID(return_unspent(act, panel));
    auto const by_client = panel.payer() == dispute.client();
    auto& payer = by_client ? has.client : has.talent;
    auto& other = by_client ? has.talent : has.client;
    TRY_VOID(take(act, other, !by_client, panel, owed_by_other(act, panel, paid)));
    if (panel.lent() > 0) TRY_VOID(take(act, payer, by_client, panel, panel.lent()));
    write_off(*act.context, panel, act.cause);
  }
  return {};
}

}  // namespace justice
