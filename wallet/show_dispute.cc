// How disputes and jurors read. Part of show_record.h.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/justice/panel.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/show_record.h"

namespace wallet {

using protocol::Amount;
using protocol::TimeMs;

namespace {

void add_panel(Facts& facts, Session& session, labor::v1::Dispute const& dispute, int number) {
  auto const& panel = dispute.panels(number);
  auto const* const name = number == 0 ? "Juror" : "Juror of appeal";
  for (auto const& seat : panel.seats()) {
    auto said = state_name(*labor::v1::JurorSeatState_descriptor(), seat.state());
    if (seat.state() == labor::v1::JUROR_SEAT_STATE_REVEALED) {
      said = fmt::format("{}% to the talent", seat.award());
    }
    facts.emplace_back(name, fmt::format("{}: {}", full_label(session, seat.juror()), said));
  }
}

// From the first ruling on.
bool has_ruling(labor::v1::Dispute const& dispute) {
  return dispute.panels_size() > 1 || dispute.state() == labor::v1::DISPUTE_STATE_RULED ||
         dispute.state() == labor::v1::DISPUTE_STATE_FINAL;
}

}  // namespace

std::string subject_of(labor::v1::Dispute const& dispute) {
  return fmt::format("{} {}/{}", dispute.about_hours() ? "week" : "milestone", dispute.contract(),
                     dispute.milestone());
}

Facts facts_of(Session& session, labor::v1::Dispute const& dispute) {
  auto const money = [&](std::uint64_t amount) { return show(Amount{amount}, dispute.asset()); };
  auto const over = dispute.until_ms() == 0;
  Facts facts{
      {"Dispute", fmt::format("{}", dispute.id())},
      {"About", subject_of(dispute)},
      {"State", state_name(*labor::v1::DisputeState_descriptor(), dispute.state())},
      {"Client", full_label(session, dispute.client())},
      {"Talent", full_label(session, dispute.talent())},
      {"Opened by", full_label(session, dispute.opener())},
      {"Claim", money(dispute.claim())},
      {"Fee of each juror", money(dispute.juror_fee())},
      {"Opened", show_time(TimeMs{dispute.opened_at_ms()})},
      {"Reason hash", base::hex(dispute.reason_hash())},
  };
  if (!dispute.statement_hash().empty()) {
    facts.emplace_back("Answer hash", base::hex(dispute.statement_hash()));
  }
  for (auto const& piece : dispute.evidence()) {
    facts.emplace_back("Evidence", fmt::format("{}, by {}", base::hex(piece.hash()),
                                               full_label(session, piece.author())));
  }
  facts.emplace_back("Read them by", "labor document get HASH, where they are of texts");
  if (dispute.has_split()) {
    facts.emplace_back("Split offered",
                       fmt::format("{} to the talent, by {}", money(dispute.split().to_talent()),
                                   full_label(session, dispute.split().author())));
  }
  if (dispute.panels(0).lent() != 0) {
    facts.emplace_back(
        "On loan", fmt::format("{} of the fees, of the treasury", money(dispute.panels(0).lent())));
  }
  for (int i = 0; i < dispute.panels_size(); ++i) add_panel(facts, session, dispute, i);
  if (has_ruling(dispute)) {
    facts.emplace_back("Ruling", fmt::format("{}% to the talent", dispute.panels(0).award()));
  }
  if (dispute.panels_size() > 1 && over && justice::median_award(dispute.panels(1))) {
    facts.emplace_back("Ruling on appeal",
                       fmt::format("{}% to the talent", dispute.panels(1).award()));
  }
  if (over) facts.emplace_back("Paid to talent", money(dispute.to_talent()));
  if (!over) facts.emplace_back("This state ends", show_time(TimeMs{dispute.until_ms()}));
  return facts;
}

Facts facts_of(Session& session, labor::v1::Juror const& juror) {
  auto const money = [&](std::uint64_t amount) { return show(Amount{amount}, juror.asset()); };
  return {{"Juror", full_label(session, juror.account())},
          {"Number", fmt::format("{}", juror.number())},
          {"Stake", money(juror.stake())},
          {"Locked for panels", money(juror.locked())}};
}

std::vector<std::string> row_of(Session& session, labor::v1::Dispute const& dispute) {
  return {fmt::format("{}", dispute.id()),
          subject_of(dispute),
          state_name(*labor::v1::DisputeState_descriptor(), dispute.state()),
          short_label(session, dispute.client()),
          short_label(session, dispute.talent()),
          show(Amount{dispute.claim()}, dispute.asset())};
}

std::vector<std::string> row_of(Session& session, labor::v1::Juror const& juror) {
  return {short_label(session, juror.account()), show(Amount{juror.stake()}, juror.asset()),
          show(Amount{juror.locked()}, juror.asset())};
}

}  // namespace wallet
