#include "tests/support/random_ballots.h"

#include <algorithm>
#include <vector>

namespace testing_support {

using namespace labor::v1;  // This file makes every action.

namespace {

void add_parameter(Draws& draws, Actions& actions) {
  auto& change = *actions.add_parameters();
  change.set_parameter(draws.below(2) == 0 ? PARAMETER_CLIENT_FEE_BPS : PARAMETER_FIRST_REVIEW_MS);
  change.set_value(change.parameter() == PARAMETER_CLIENT_FEE_BPS ? 850 + draws.below(300)
                                                                  : draws.below(70) * day_ms);
}

void add_election(Draws& draws, Actions& actions) {
  auto& election = *actions.mutable_election();
  std::vector<std::string> candidates;
  for (auto i = draws.below(3) + 1; i > 0; --i) {
    candidates.push_back(draws.somebody().address().str());
  }
  std::ranges::sort(candidates);
  *election.mutable_candidates() = {candidates.begin(), candidates.end()};
  election.set_seats(1);
  election.set_term_ms((80 + draws.below(400)) * day_ms);
}

// One of the kinds that a ballot may hold besides.
void add_other(Draws& draws, Actions& actions) {
  switch (draws.below(7)) {
    case 0: {
      auto& change = *actions.add_arbiters();
      change.set_account(draws.somebody().address().str());
      change.set_recall(draws.below(3) == 0);
      return;
    }
    case 1: {
      auto& change = *actions.add_apps();
      change.set_name("app_" + std::to_string(draws.below(6)));
      change.set_strike(draws.below(3) > 0);
      return;
    }
    case 2: {
      // Seldom, for nobody is hired while it is closed.
      auto& change = *actions.add_assets();
      change.set_asset(ASSET_USD);
      change.set_close(draws.below(3) == 0);
      return;
    }
    case 3: {
      auto& upgrade = *actions.add_upgrades();
      upgrade.set_feature(static_cast<std::uint32_t>(draws.below(4)));
      upgrade.set_name("feature");
      upgrade.set_version("1.0.0");
      upgrade.set_blocks(10);
      return;
    }
    case 4: {
      auto& spend = *actions.add_spends();
      spend.set_to(draws.somebody().address().str());
      spend.set_asset(ASSET_USD);
      spend.set_amount(draws.below(2 * usd));
      return;
    }
    default:
      return add_election(draws, actions);
  }
}

}  // namespace

void fill(Draws& draws, SubmitBallot& message) {
  message.set_title("Change");
  message.set_deposit(draws.below(3) == 0 ? 1000 * lbr : draws.below(1100) * lbr);
  auto& actions = *message.mutable_actions();
  switch (draws.below(5)) {
    case 0:
      return;  // A text.
    case 1:
      return add_other(draws, actions);
    case 2:
      *actions.add_validators() = random_admission(drawn_by(draws));
      return add_parameter(draws, actions);
    default:
      return add_parameter(draws, actions);
  }
}

void fill(Draws& draws, AddDeposit& message) {
  message.set_ballot(draws.id("ballot"));
  message.set_amount(draws.below(1000) * lbr);
}

void fill(Draws& draws, CastVote& message) {
  message.set_ballot(draws.id("ballot"));
  message.set_choice(static_cast<Choice>(draws.below(5)));
  auto const ballot = draws.chain().find<Ballot>(state::keys::ballot(message.ballot()));
  auto const elects = ballot && ballot->actions().has_election();
  if (elects && message.choice() == CHOICE_YES && draws.below(4) > 0) message.add_approvals(0);
}

void fill(Draws& draws, Delegate& message) {
  if (draws.below(3) > 0) message.set_to(draws.somebody().address().str());
}

}  // namespace testing_support
