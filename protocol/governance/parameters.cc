#include "protocol/governance/parameters.h"

#include <algorithm>
#include <iterator>

#include "protocol/base/check.h"

namespace governance {

using namespace labor::v1;  // This file names every parameter.

namespace {

constexpr std::uint64_t second = 1000;
constexpr std::uint64_t minute = 60 * second;
constexpr std::uint64_t hour = 60 * minute;
constexpr std::uint64_t day = 24 * hour;
constexpr std::uint64_t unit = 1'000'000;  // Of LBR and of USD.

// Both sides of a contract may have been introduced, and what the treasury then has is what grants
// are a share of: whoever trades with oneself must lose, whatever is voted.
constexpr std::uint64_t ownership_bps_most = 5000;
constexpr std::uint64_t referral_bps_most = 1000;
constexpr std::uint64_t app_bps_most = 2000;
constexpr std::uint64_t vetting_bps_most = 900;
static_assert(2 * referral_bps_most + app_bps_most + vetting_bps_most + ownership_bps_most <
              10'000);

// clang-format off
constexpr ParameterRow rows[] = {
  {PARAMETER_CLIENT_FEE_BPS, 1000, 0, 1500, "bps",
   "What the client pays on top of what the talent gets; the ceiling is 15% whatever is voted."},
  {PARAMETER_FIRST_REVIEW_MS, 14 * day, 3 * day, 60 * day, "ms",
   "Silence after a first delivery accepts it; a client on holiday must have time to look."},
  {PARAMETER_LATER_REVIEW_MS, 7 * day, 2 * day, 30 * day, "ms",
   "As above for deliveries after a change request, which the client knows already."},
  {PARAMETER_CHANGES_ANSWER_MS, 14 * day, 3 * day, 60 * day, "ms",
   "A change request unanswered for so long refunds the client."},
  {PARAMETER_DUE_GRACE_MS, 2 * day, 0, 14 * day, "ms",
   "A delivery that is late by less than this is still a delivery."},
  {PARAMETER_REFUND_ANSWER_MS, 7 * day, 2 * day, 30 * day, "ms",
   "A refund request unanswered for so long refunds the client."},
  {PARAMETER_CHANGE_REQUESTS_MAX, 3, 1, 10, "count",
   "Rounds of changes before the client must accept, release or dispute."},
  {PARAMETER_JOB_IDLE_MS, 30 * day, 7 * day, 180 * day, "ms",
   "A job without activity for so long expires, so that listings are alive."},
  {PARAMETER_PROPOSAL_LAPSE_MS, 14 * day, 3 * day, 60 * day, "ms",
   "An unanswered proposal gives its place back to the talent."},
  {PARAMETER_OFFER_LAPSE_MS, 7 * day, 1 * day, 30 * day, "ms",
   "An offer binds its maker for so long and no longer."},
  {PARAMETER_MILESTONE_MIN_USD, 5 * unit, unit / 100, 1000 * unit, "USD minor units",
   "Below this a milestone costs the network more than its fee earns."},
  {PARAMETER_BLOCK_INTERVAL_MIN_MS, 10, 1, 10 * second, "ms",
   "Low, so that latency is the network's; operators of slow disks vote it up."},
  {PARAMETER_BALLOT_DEPOSIT, 1000 * unit, unit, 1'000'000 * unit, "LBR minor units",
   "Attention of all owners is not free; returned unless vetoed or ignored."},
  {PARAMETER_BALLOT_DEPOSIT_MS, 14 * day, 1 * day, 30 * day, "ms",
   "Time to find others who back the ballot."},
  {PARAMETER_BALLOT_REVIEW_MS, 7 * day, 1 * day, 30 * day, "ms",
   "Time to read before anyone votes."},
  {PARAMETER_BALLOT_VOTING_MS, 7 * day, 3 * day, 30 * day, "ms",
   "No weekend decides alone."},
  {PARAMETER_BALLOT_EXTENSION_MS, 2 * day, 1 * day, 7 * day, "ms",
   "Answers a quorum that comes at the last minute, once."},
  {PARAMETER_BALLOT_TIMELOCK_MS, 2 * day, 1 * day, 30 * day, "ms",
   "Time to leave before a decision binds."},
  {PARAMETER_FEE_PER_UNIT, 10, 1, 1'000'000, "LBR minor units",
   "Price of a unit beyond the allowance: never free, or a flood would be."},
  {PARAMETER_CONTRACT_IDLE_MS, 90 * day, 30 * day, 365 * day, "ms",
   "A contract with nothing locked for so long ends."},
  {PARAMETER_EPOCH_BLOCKS_MAX, 100'000, 4, 10'000'000, "blocks",
   "Bounds what one set of validators signs; a set change ends an epoch sooner."},
  {PARAMETER_DISPUTE_ANSWER_MS, 7 * day, 2 * day, 30 * day, "ms",
   "A dispute unanswered for so long goes to who opened it."},
  {PARAMETER_DISPUTE_SETTLING_MS, 7 * day, 0, 30 * day, "ms",
   "Most disputes end here: time to agree before anybody judges."},
  {PARAMETER_DISPUTE_EVIDENCE_MS, 3 * day, 1 * day, 14 * day, "ms",
   "Time to bring what the jurors should see."},
  {PARAMETER_VERDICT_COMMIT_MS, 3 * day, 1 * day, 14 * day, "ms",
   "Time to read the case and to decide unseen by the other jurors."},
  {PARAMETER_VERDICT_REVEAL_MS, 2 * day, 1 * day, 7 * day, "ms",
   "Revealing is one command; a weekend must not cost a stake."},
  {PARAMETER_DISPUTE_APPEAL_MS, 3 * day, 1 * day, 14 * day, "ms",
   "Time to appeal before money moves."},
  {PARAMETER_DISPUTE_FEE_BPS, 500, 100, 1000, "bps",
   "Of what is claimed: justice costs a share of the claim, so that small claims live."},
  {PARAMETER_DISPUTE_FEE_MIN_USD, 3 * unit, unit / 100, 100 * unit, "USD minor units",
   "Below this no juror reads a case."},
  {PARAMETER_DISPUTE_FEE_MAX_USD, 300 * unit, 100 * unit, 10'000 * unit, "USD minor units",
   "A large claim takes no longer to read than a middling one."},
  {PARAMETER_OWNERSHIP_BPS, 5000, 0, ownership_bps_most, "bps",
   "Of each fee that reaches the treasury, granted as LBR: whoever works comes to own."},
  {PARAMETER_LBR_RATE_USD, unit, unit / 1000, 1000 * unit, "USD minor units",
   "What one LBR counts for where grants are measured; a tenth up or down in 90 days at most."},
  {PARAMETER_REFERRAL_BPS, 500, 0, referral_bps_most, "bps",
   "Of the fee, to whoever brought a side here: growth is paid for by those it brings."},
  {PARAMETER_REFERRAL_MS, 365 * day, 30 * day, 730 * day, "ms",
   "For so long after an introduction: one level, one year."},
  {PARAMETER_REFERRAL_CAP_USD, 500 * unit, unit, 10'000 * unit, "USD minor units",
   "For each account introduced: a thank-you, not an income."},
  {PARAMETER_APP_BPS_MAX, 2000, 0, app_bps_most, "bps",
   "Of the fee, to the app that the work comes from, at most: businesses live here, too."},
  {PARAMETER_VETTING_BPS, 500, 0, vetting_bps_most, "bps",
   "Of the fee, to those together who vouched for what the talent can do."},
  {PARAMETER_VETTING_SHARE_MS, 365 * day, 30 * day, 730 * day, "ms",
   "For so long after a vetting: what it is worth shows in the first year."},
  {PARAMETER_VETTING_VALID_MS, 730 * day, 180 * day, 1460 * day, "ms",
   "A skill that nobody has looked at for so long is a claim again."},
  {PARAMETER_VETTING_STAKE_USD, 60 * unit, unit, 1000 * unit, "USD minor units",
   "What each who vouches may lose: as much as a challenge costs, so that one pays for it."},
  {PARAMETER_VETTING_BOND_USD, 60 * unit, unit, 1000 * unit, "USD minor units",
   "Put down to challenge a vetting: half of it pays a jury of three."},
  {PARAMETER_REPORT_BOND_USD, 30 * unit, unit, 1000 * unit, "USD minor units",
   "Put down to report a job: half of it pays a jury of three."},
  {PARAMETER_HOLDER_CAP_BPS, 500, 100, 10'000, "bps",
   "Of the LBR eligible, what one person's vote weighs at most: no whale decides alone."},
  {PARAMETER_HOUSE_MEMBERS_MIN, 25, 1, 1000, "count",
   "With fewer enrolled, the council of the genesis sits for the members' house."},
  {PARAMETER_MEMBER_FEES_USD, 20 * unit, unit, 1000 * unit, "USD minor units",
   "Fees brought in a year that make a member: more than an account bought for a vote is worth."},
  {PARAMETER_SPENDING_BPS, 1000, 0, 2500, "bps",
   "Of what the treasury has when a quarter's spending begins: no ballot empties it."},
};
// clang-format on

static_assert(std::size(rows) == Parameter_MAX, "every parameter has its row");
static_assert(std::ranges::all_of(rows, [](ParameterRow const& row) {
  return row.least <= row.initial && row.initial <= row.most;
}));

// When a parameter that moves once in so long may move again; 0 = no vote has changed it yet.
std::uint64_t again_at_ms(ParameterValue const& now, std::uint64_t period_ms) {
  return now.changed_at_ms() == 0 ? 0 : now.changed_at_ms() + period_ms;
}

// A rate that could be voted to anything would be a way to empty the pool.
execution::Done may_move_rate(ParameterChange const& change, ParameterValue const& now,
                              protocol::TimeMs when) {
  auto const again_at = again_at_ms(now, rate_period_ms);
  auto const moves = std::max(change.value(), now.value()) - std::min(change.value(), now.value());
  if (moves <= now.value() / rate_part_max && when.value() >= again_at) return {};
  return execution::fail(TX_STATUS_RATE_MOVES_TOO_FAST,
                         {{"have", now.value()}, {"got", change.value()}, {"until_ms", again_at}});
}

}  // namespace

std::span<ParameterRow const> parameters() {
  return rows;
}

ParameterRow const* find_parameter(Parameter parameter) {
  auto const* const row = std::ranges::find(rows, parameter, &ParameterRow::parameter);
  return row == std::end(rows) ? nullptr : row;
}

BallotClass class_of(Parameter parameter) {
  switch (parameter) {
    case PARAMETER_CLIENT_FEE_BPS:
      return BALLOT_CLASS_FEE;
    case PARAMETER_HOLDER_CAP_BPS:
    case PARAMETER_HOUSE_MEMBERS_MIN:
    case PARAMETER_MEMBER_FEES_USD:
    case PARAMETER_SPENDING_BPS:
      return BALLOT_CLASS_CONSTITUTION;
    default:
      return BALLOT_CLASS_ORDINARY;
  }
}

execution::Done may_change(ParameterChange const& change, ParameterValue const& now,
                           protocol::TimeMs when) {
  auto const* const row = find_parameter(change.parameter());
  if (row == nullptr) {
    return execution::fail(TX_STATUS_UNKNOWN_PARAMETER,
                           {{"got", static_cast<std::uint64_t>(change.parameter())}});
  }
  if (change.value() < row->least || change.value() > row->most) {
    return execution::fail(TX_STATUS_PARAMETER_OUT_OF_BOUNDS,
                           {{"got", change.value()}, {"least", row->least}, {"most", row->most}});
  }
  if (change.parameter() == PARAMETER_LBR_RATE_USD) return may_move_rate(change, now, when);
  if (change.parameter() != PARAMETER_CLIENT_FEE_BPS || change.value() <= now.value()) return {};

  auto const again_at = again_at_ms(now, fee_rise_period_ms);
  auto const too_much = change.value() - now.value() > fee_rise_bps_max;
  if (too_much || when.value() < again_at) {
    return execution::fail(
        TX_STATUS_FEE_RISES_TOO_FAST,
        {{"have", now.value()}, {"got", change.value()}, {"until_ms", again_at}});
  }
  return {};
}

}  // namespace governance
