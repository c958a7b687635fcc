// How vettings read. Part of show_record.h.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "protocol/justice/vetting.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/show_record.h"

namespace wallet {

using labor::v1::Vetting;
using protocol::Amount;
using protocol::TimeMs;

namespace {

std::string said(Vetting const& vetting, labor::v1::JurorSeat const& seat, bool of_vetters) {
  if (seat.state() != labor::v1::JUROR_SEAT_STATE_REVEALED) {
    return state_name(*labor::v1::JurorSeatState_descriptor(), seat.state());
  }
  auto words = fmt::format("{} of 100", seat.award());
  if (of_vetters && seat.stake() != 0) {
    words += fmt::format(", answers with {}", show(Amount{seat.stake()}, vetting.asset()));
  }
  return words;
}

void add_panel(Facts& facts, Session& session, Vetting const& vetting, int number) {
  for (auto const& seat : vetting.panels(number).seats()) {
    facts.emplace_back(
        number == 0 ? "Vetter" : "Juror",
        fmt::format("{}: {}", full_label(session, seat.juror()), said(vetting, seat, number == 0)));
  }
}

std::string state_of(Vetting const& vetting) {
  return state_name(*labor::v1::VettingState_descriptor(), vetting.state());
}

}  // namespace

Facts facts_of(Session& session, Vetting const& vetting) {
  Facts facts{{"Vetting", fmt::format("{}", vetting.id())},
              {"State", state_of(vetting)},
              {"Of", full_label(session, vetting.account())},
              {"Skill", fmt::format("{} at level {} of 5", vetting.skill(), vetting.level())},
              {"Evidence hash", base::hex(vetting.evidence_hash())},
              {"Read it by", fmt::format("labor document get {}, where it is of a text",
                                         base::hex(vetting.evidence_hash()))}};
  add_panel(facts, session, vetting, 0);
  if (vetting.vetted_at_ms() != 0) {
    facts.emplace_back("Vetted", show_time(TimeMs{vetting.vetted_at_ms()}));
    facts.emplace_back("Finding", fmt::format("{} of 100", vetting.panels(0).award()));
  }
  if (vetting.challenges() > 0) {
    facts.emplace_back("Challenged by", full_label(session, vetting.challenger()));
    facts.emplace_back("Reason hash", base::hex(vetting.reason_hash()));
    add_panel(facts, session, vetting, 1);
  }
  if (vetting.until_ms() != 0) {
    facts.emplace_back(
        justice::stands(vetting) && vetting.bond() == 0 ? "Stands until" : "This state ends",
        show_time(TimeMs{vetting.until_ms()}));
  }
  return facts;
}

std::vector<std::string> row_of(Session& session, Vetting const& vetting) {
  return {fmt::format("{}", vetting.id()), state_of(vetting),
          short_label(session, vetting.account()), fmt::format("{}", vetting.level()),
          vetting.skill()};
}

}  // namespace wallet
