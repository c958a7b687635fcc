// How ballots read: what changes and from when, what each house says, what is still needed. Part of
// show_record.h.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "protocol/governance/election.h"
#include "protocol/governance/tally.h"
#include "wallet/actions.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/parameter.h"
#include "wallet/show_record.h"

namespace wallet {

using labor::v1::ASSET_LBR;
using labor::v1::Ballot;
using labor::v1::House;
using protocol::Amount;
using protocol::TimeMs;

namespace {

// How a house counts: LBR, or heads.
using Count = std::string (*)(std::uint64_t);

std::string tokens(std::uint64_t amount) {
  return show(Amount{amount}, ASSET_LBR);
}
std::string heads(std::uint64_t number) {
  return fmt::format("{}", number);
}

// What a ratio of ten-thousandths needs of a whole, rounded up: as tally.h compares.
std::uint64_t least_of(std::uint64_t whole, std::uint64_t share) {
  constexpr std::uint64_t all = 10'000;
  return (whole / all) * share + ((whole % all) * share + all - 1) / all;
}

std::string tally_of(House const& house, Count count) {
  auto const& tally = house.tally();
  return fmt::format("yes {}, no {}, veto {}, abstain {}, of {} eligible", count(tally.yes()),
                     count(tally.no()), count(tally.veto()), count(tally.abstain()),
                     count(house.eligible()));
}

// "passes so far" or what is missing.
std::string standing_of(House const& house, labor::v1::BallotClass about, Count count) {
  auto const cast = governance::cast(house.tally());
  if (house.eligible() == 0) return "nobody is eligible: it cannot pass";
  if (governance::vetoed(house)) return "vetoed so far: the ballot dies and its deposit is burnt";
  if (!governance::has_quorum(house)) {
    auto const need =
        std::max<std::uint64_t>(least_of(house.eligible(), governance::quorum_share), 1);
    return fmt::format("no quorum yet: {} more must vote, in any way", count(need - cast));
  }
  if (governance::passes(house, about)) return "passes so far";
  return fmt::format("fails so far: yes needs {} of yes, no and veto",
                     show_bps(governance::threshold_of(about)));
}

void add_house(Facts& facts, std::string const& name, House const& house, Ballot const& ballot,
               Count count) {
  facts.emplace_back(name, tally_of(house, count));
  if (ballot.state() == labor::v1::BALLOT_STATE_REVIEW) return;
  facts.emplace_back("", standing_of(house, ballot.ballot_class(), count));
}

// Of an election: candidates, the highest standing first, then those whom a house has not approved.
void add_standings(Facts& facts, Session& session, Ballot const& ballot) {
  auto const& candidates = ballot.actions().election().candidates();
  auto const ahead = governance::elected(ballot);
  for (int i = 0; i < candidates.size(); ++i) {
    auto const& approval = ballot.approvals(i);
    auto const leads = std::ranges::find(ahead, candidates[i]) != ahead.end();
    facts.emplace_back(fmt::format("Candidate {}", i),
                       fmt::format("{}: approved by {} and {} heads{}",
                                   full_label(session, candidates[i]), tokens(approval.tokens()),
                                   approval.members(), leads ? "; among the elected so far" : ""));
  }
}

std::string next_of(Ballot const& ballot) {
  auto const ends = show_time(TimeMs{ballot.ends_at_ms()});
  switch (ballot.state()) {
    case labor::v1::BALLOT_STATE_DEPOSIT:
      return fmt::format("lapses at {} unless the rest of the deposit is put down", ends);
    case labor::v1::BALLOT_STATE_REVIEW:
      return fmt::format("voting begins at {}", ends);
    case labor::v1::BALLOT_STATE_VOTING:
      return fmt::format("voting ends at {}{}", ends,
                         ballot.extended() ? ", extended for a late quorum" : "");
    case labor::v1::BALLOT_STATE_TIMELOCK:
      return fmt::format("takes effect at {}", ends);
    case labor::v1::BALLOT_STATE_EXECUTED:
    case labor::v1::BALLOT_STATE_REJECTED:
    case labor::v1::BALLOT_STATE_VETOED:
    case labor::v1::BALLOT_STATE_FAILED:
      if (ballot.votes_left()) return "over; its votes have left the state";
      return ballot.ends_at_ms() == 0 ? std::string{} : fmt::format("its votes leave at {}", ends);
    default:
      return {};
  }
}

}  // namespace

Facts facts_of(Session& session, Ballot const& ballot) {
  Facts facts{{"Ballot", fmt::format("{}", ballot.id())},
              {"Title", ballot.title()},
              {"State", state_name(*labor::v1::BallotState_descriptor(), ballot.state())},
              {"Class", state_name(*labor::v1::BallotClass_descriptor(), ballot.ballot_class())},
              {"Author", full_label(session, ballot.author())}};
  if (!ballot.summary().empty()) facts.emplace_back("Summary", ballot.summary());
  auto const effects = effects_of(
      ballot.actions(), [&](std::string const& address) { return full_label(session, address); });
  for (auto const& effect : effects) facts.emplace_back("Would", effect);
  if (effects.empty()) facts.emplace_back("Would", "change nothing on chain");
  if (!ballot.document_hash().empty()) {
    auto const hash = base::hex(ballot.document_hash());
    facts.emplace_back("Document hash", hash);
    facts.emplace_back("Read it by", fmt::format("labor document get {}", hash));
  }
  facts.emplace_back("Deposit", fmt::format("{} of {}", tokens(ballot.deposit()),
                                            tokens(ballot.deposit_needed())));
  if (ballot.snapshot() != 0) {
    add_house(facts, "Owners", ballot.tokens(), ballot, tokens);
    add_house(facts, ballot.council() ? "Council" : "Members", ballot.members(), ballot, heads);
    facts.emplace_back("One vote weighs", fmt::format("at most {}", tokens(ballot.holder_cap())));
    add_standings(facts, session, ballot);
  }
  facts.emplace_back("Counts locks until", show_time(TimeMs{ballot.locked_until_ms()}));
  if (auto next = next_of(ballot); !next.empty()) facts.emplace_back("Next", std::move(next));
  return facts;
}

}  // namespace wallet
