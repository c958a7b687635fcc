#include "protocol/governance/tally.h"

#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace governance {

using labor::v1::Choice;
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

bool has_quorum(Tally const& tally, std::uint64_t eligible) {
  return cast(tally) > 0 && at_least(cast(tally), quorum_share, eligible);
}

bool passes(Tally const& tally, labor::v1::BallotClass ballot_class) {
  auto const threshold =
      ballot_class == labor::v1::BALLOT_CLASS_ORDINARY ? ordinary_threshold : fee_threshold;
  auto const decided = tally.yes() + tally.no() + tally.veto();
  return tally.yes() > 0 && at_least(tally.yes(), threshold, decided);
}

bool vetoed(Tally const& tally, std::uint64_t eligible) {
  return has_quorum(tally, eligible) && at_least(tally.veto(), veto_share, cast(tally));
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
