#include "protocol/governance/tally.h"

#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace governance {

using labor::v1::Ballot;
using labor::v1::Choice;
using labor::v1::House;
using labor::v1::Tally;

namespace {

__extension__ using u128 = unsigned __int128;

// part / whole >= share / 10000
bool at_least(std::uint64_t part, std::uint64_t share, std::uint64_t whole) {
  return u128{part} * 10'000 >= u128{share} * whole;
}

std::uint64_t weight_for(Tally const& tally, Choice choice) {
  switch (choice) {
    case labor::v1::CHOICE_YES:
      return tally.yes();
    case labor::v1::CHOICE_NO:
      return tally.no();
    case labor::v1::CHOICE_VETO:
      return tally.veto();
    case labor::v1::CHOICE_ABSTAIN:
      return tally.abstain();
    default:
      UNREACHABLE();
  }
}

void set_weight(Tally& tally, Choice choice, std::uint64_t weight) {
  switch (choice) {
    case labor::v1::CHOICE_YES:
      return tally.set_yes(weight);
    case labor::v1::CHOICE_NO:
      return tally.set_no(weight);
    case labor::v1::CHOICE_VETO:
      return tally.set_veto(weight);
    case labor::v1::CHOICE_ABSTAIN:
      return tally.set_abstain(weight);
    default:
      UNREACHABLE();
  }
}

}  // namespace

// The sum fits: it is at most the LBR eligible.
std::uint64_t cast(Tally const& tally) {
  return tally.yes() + tally.no() + tally.veto() + tally.abstain();
}

std::uint64_t threshold_of(labor::v1::BallotClass ballot_class) {
  switch (ballot_class) {
    case labor::v1::BALLOT_CLASS_ORDINARY:
      return ordinary_threshold;
    case labor::v1::BALLOT_CLASS_FEE:
    case labor::v1::BALLOT_CLASS_VALIDATORS:
    case labor::v1::BALLOT_CLASS_UPGRADE:
      return fee_threshold;
    default:
      return constitution_threshold;
  }
}

bool has_quorum(House const& house) {
  auto const all = cast(house.tally());
  return all > 0 && at_least(all, quorum_share, house.eligible());
}

bool passes(House const& house, labor::v1::BallotClass ballot_class) {
  auto const& tally = house.tally();
  auto const decided = tally.yes() + tally.no() + tally.veto();
  return tally.yes() > 0 && at_least(tally.yes(), threshold_of(ballot_class), decided);
}

bool vetoed(House const& house) {
  return has_quorum(house) && at_least(house.tally().veto(), veto_share, cast(house.tally()));
}

bool has_quorum(Ballot const& ballot) {
  return has_quorum(ballot.tokens()) && has_quorum(ballot.members());
}

bool passes(Ballot const& ballot) {
  return passes(ballot.tokens(), ballot.ballot_class()) &&
         passes(ballot.members(), ballot.ballot_class());
}

bool vetoed(Ballot const& ballot) {
  return vetoed(ballot.tokens()) || vetoed(ballot.members());
}

void add_vote(Tally& tally, Choice choice, std::uint64_t weight) {
  set_weight(tally, choice, weight_for(tally, choice) + weight);
}

execution::Done remove_vote(Tally& tally, Choice choice, std::uint64_t weight) {
  TRY_VOID(execution::must_hold(weight_for(tally, choice) >= weight));
  set_weight(tally, choice, weight_for(tally, choice) - weight);
  return {};
}

}  // namespace governance
