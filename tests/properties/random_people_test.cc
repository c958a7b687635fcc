// Random people do random things, legal and not, and after each of them everything that must
// hold of the state holds. A failing run prints its seed and shrinks to the few acts that matter.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <iostream>
#include <map>
#include <ostream>
#include <string>

#include "protocol/execution/block.h"
#include "tests/support/event_replay.h"
#include "tests/support/invariants.h"
#include "tests/support/prng.h"
#include "tests/support/random_people.h"

namespace rc {

template <>
struct Arbitrary<testing_support::Act> {
  static Gen<testing_support::Act> arbitrary() {
    using testing_support::Act;
    // Not the small numbers that a short run would begin with: every kind from the first act on.
    auto const any = gen::inRange<std::uint32_t>(0, 1u << 20);
    return gen::build<Act>(
        gen::set(&Act::kind, gen::inRange<std::uint32_t>(0, testing_support::act_kinds())),
        gen::set(&Act::who, gen::inRange<std::uint32_t>(0, 24)),
        gen::set(&Act::draws, gen::container<std::array<std::uint32_t, 3>>(any)));
  }
};

}  // namespace rc

namespace testing_support {
namespace {

using namespace labor::v1;  // NOLINT: statuses by name.

void show(Act const& act, std::ostream& out) {
  out << name_of(act) << " {" << act.kind << ", " << act.who << ", {" << act.draws[0] << ", "
      << act.draws[1] << ", " << act.draws[2] << "}}";
}
[[maybe_unused]] std::ostream& operator<<(std::ostream& out, Act const& act) {
  show(act, out);
  return out;
}

std::string first_of(std::vector<std::string> const& sentences) {
  return sentences.empty() ? std::string{} : sentences.front();
}

std::vector<Act> acts(std::size_t count) {
  return *rc::gen::container<std::vector<Act>>(count, rc::gen::arbitrary<Act>());
}

TestChain& world() {
  static TestChain chain = crowded_chain();
  return chain;
}

// Few lives that begin in peace get as far as a jury.
TestChain& quarrelsome_world() {
  static TestChain chain = quarrelsome_chain();
  return chain;
}

RC_GTEST_PROP(RandomPeople, NeverBreakWhatMustHold, ()) {
  auto& chain = **rc::gen::element(&world(), &quarrelsome_world());
  TestChain::Fork const fork{chain};
  for (auto const& act : acts(60)) {
    auto const status = perform(chain, act);
    RC_ASSERT(status != TX_STATUS_INTERNAL);
    RC_ASSERT(first_of(violations(chain.values())) == "");
  }
}

RC_GTEST_PROP(RandomPeople, BreakNothingByNumbersAtTheirEnds, ()) {
  auto& chain = **rc::gen::element(&world(), &quarrelsome_world());
  TestChain::Fork const fork{chain};
  for (auto const& act : acts(60)) {
    auto const status = act.draws[0] % 2 == 0 ? perform(chain, act) : perform_at_an_end(chain, act);
    RC_ASSERT(status != TX_STATUS_INTERNAL);
    RC_ASSERT(first_of(violations(chain.values())) == "");
  }
  for (int i = 0; i < 60; ++i) chain.advance(10 * day_ms);
  RC_ASSERT(money_with_a_clock(chain.values()) == 0u);
}

RC_GTEST_PROP(RandomPeople, TimeAloneFreesAllMoney, ()) {
  auto& chain = **rc::gen::element(&world(), &quarrelsome_world());
  TestChain::Fork const fork{chain};
  for (auto const& act : acts(60)) perform(chain, act);
  // Longer than any clock: due days, grace, reviews, idle contracts, ballots.
  for (int i = 0; i < 60; ++i) chain.advance(10 * day_ms);
  RC_ASSERT(first_of(violations(chain.values())) == "");
  RC_ASSERT(money_with_a_clock(chain.values()) == 0u);
}

RC_GTEST_PROP(RandomPeople, ReplayFromGenesisGivesTheSameStateByBlocksAndByEvents, ()) {
  auto& chain = **rc::gen::element(&world(), &quarrelsome_world());
  TestChain::Fork const fork{chain};
  for (auto const& act : acts(40)) perform(chain, act);

  auto const state = std::make_shared<MemoryState>();
  auto const genesis = execution::genesis_block(chain.chain());
  state->apply(*genesis.state);
  auto parent = execution::parent_of(genesis);
  EventReplay replay{*state};
  for (auto const& bytes : chain.blocks()) {
    parent.state = state;
    auto const executed = execution::execute(chain.chain(), parent, bytes);
    RC_ASSERT(executed.has_value());
    state->apply(*executed->state);
    parent = execution::parent_of(*executed);
    replay.add(*executed);
  }
  RC_ASSERT(parent.hash == chain.parent().hash);
  RC_ASSERT(state->values() == chain.values().values());
  RC_ASSERT(first_of(replay.differences(*state)) == "");
}

// The properties above prove little if nothing ever succeeds: over short lives of fixed acts, each
// message must succeed, and each must be refused as well.
TEST(RandomActs, MakeEveryMessageSucceedAndFail) {
  std::map<std::string, std::map<std::string, int>> outcomes;  // By message and status.
  for (std::uint64_t seed = 1; seed <= 240; ++seed) {
    auto& chain = seed % 2 == 0 ? world() : quarrelsome_world();
    TestChain::Fork const fork{chain};
    sim::Prng prng{seed};
    auto const draw = [&](std::uint64_t bound) {
      return static_cast<std::uint32_t>(prng.below(bound));
    };
    for (int i = 0; i < 800; ++i) {
      auto const act = Act{.kind = draw(act_kinds()),
                           .who = draw(24),
                           .draws = {draw(1u << 20), draw(1u << 20), draw(1u << 20)}};
      auto const status = perform(chain, act);
      ++outcomes[name_of(act)][execution::reason_of(status)];
    }
    ASSERT_EQ(first_of(violations(chain.values())), "") << "seed " << seed;
  }
  auto const* const messages = Message::descriptor()->oneof_decl(0);
  for (int i = 0; i < messages->field_count(); ++i) {
    auto const& name = messages->field(i)->name();
    auto const& counts = outcomes[name];
    EXPECT_TRUE(counts.contains("OK")) << name << " never succeeded";
    EXPECT_GT(counts.size(), 1u) << name << " was never refused";
    std::cout << name << ':';
    for (auto const& [status, count] : counts) std::cout << ' ' << status << ' ' << count;
    std::cout << '\n';
  }
}

}  // namespace
}  // namespace testing_support
