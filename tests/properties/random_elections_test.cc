// Random people lock, delegate, take back and vote on random ballots in random order; what the
// chain has counted, step by step, is what a recount from nothing but the definitions gives:
//
//   own(p)        p's locks made before the snapshot, lasting beyond the ballot
//   delegated(p)  own(q) of every q whose delegate was p at the snapshot and who has not voted
//   weight(p)     min(own(p) + delegated(p), cap), of who is a person
//
// RC_PARAMS=max_success=100000 runs as many.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "protocol/bank/messages.h"
#include "protocol/governance/ballots.h"
#include "protocol/governance/delegation.h"
#include "tests/support/prng.h"
#include "tests/support/test_chain.h"

namespace testing_support {
namespace {

using namespace labor::v1;  // NOLINT: messages by name.
using protocol::TimeMs;

constexpr std::size_t voters = 6;  // Persons.
constexpr std::size_t people = 8;  // The others are attested by nobody.
constexpr std::uint64_t cap_bps = 3000;

Person const& person(std::size_t index) {
  static std::vector<Person> const all = [] {
    std::vector<Person> made;
    for (std::size_t i = 0; i < people; ++i) made.emplace_back(i + 1);
    return made;
  }();
  return all[index];
}

std::shared_ptr<MemoryState const> beginning() {
  static auto const state = [] {
    auto genesis = test_genesis();
    for (std::size_t i = 0; i < people; ++i) endow(genesis, person(i), true, 100'000 * lbr, 0);
    for (std::size_t i = 0; i < voters; ++i) make_person(genesis, person(i));
    set_parameter(genesis, PARAMETER_HOLDER_CAP_BPS, cap_bps);
    return std::make_shared<MemoryState const>(TestChain{genesis}.values());
  }();
  return state;
}

// What happened, as people would tell it.
struct Told {
  struct Locked {
    std::size_t by = 0;
    std::uint64_t amount = 0;
    std::uint64_t until_ms = 0;
    std::size_t step = 0;
  };
  struct Delegated {
    std::size_t by = 0;
    std::size_t to = people;  // Nobody.
    std::size_t step = 0;
  };
  struct Put {
    std::uint64_t ballot = 0;
    std::size_t step = 0;
    std::map<std::size_t, Choice> votes = {};
  };
  std::vector<Locked> locks;
  std::vector<Delegated> delegations;
  std::vector<Put> ballots;
};

std::size_t delegate_at(Told const& told, std::size_t who, std::size_t step) {
  auto delegate = people;
  for (auto const& one : told.delegations) {
    if (one.by == who && one.step < step) delegate = one.to;
  }
  return delegate;
}

std::uint64_t own_of(Told const& told, std::size_t who, Told::Put const& put,
                     std::uint64_t beyond_ms) {
  std::uint64_t own = 0;
  for (auto const& lock : told.locks) {
    auto const counts = lock.by == who && lock.step < put.step && lock.until_ms >= beyond_ms;
    if (counts) own += lock.amount;
  }
  return own;
}

House recount(Told const& told, Told::Put const& put, std::uint64_t beyond_ms) {
  std::vector<std::uint64_t> own;
  House house;
  for (std::size_t i = 0; i < people; ++i) {
    own.push_back(own_of(told, i, put, beyond_ms));
    house.set_eligible(house.eligible() + own.back());
  }
  auto const cap = house.eligible() * cap_bps / 10'000;
  auto& tally = *house.mutable_tally();
  for (auto const& [voter, choice] : put.votes) {
    auto raw = own[voter];
    for (std::size_t i = 0; i < people; ++i) {
      auto const lent = delegate_at(told, i, put.step) == voter && !put.votes.contains(i);
      if (lent) raw += own[i];
    }
    auto const weight = std::min(raw, cap);
    if (choice == CHOICE_YES) tally.set_yes(tally.yes() + weight);
    if (choice == CHOICE_NO) tally.set_no(tally.no() + weight);
    if (choice == CHOICE_VETO) tally.set_veto(tally.veto() + weight);
    if (choice == CHOICE_ABSTAIN) tally.set_abstain(tally.abstain() + weight);
  }
  return house;
}

class Election {
 public:
  explicit Election(std::uint64_t seed)
      : prng_{seed}, overlay_{std::make_shared<state::Overlay>(beginning())} {}

  // Empty, or what differs.
  std::string run() {
    auto const before = 4 + prng_.below(14);
    for (std::size_t i = 0; i < before; ++i) prepare();
    if (told_.ballots.empty()) put_ballot();
    open_all();
    auto const after = 4 + prng_.below(14);
    for (std::size_t i = 0; i < after; ++i) {
      vote_or_change();
      if (auto differs = difference(); !differs.empty()) return differs;
    }
    return {};
  }

 private:
  std::size_t somebody() { return prng_.below(people); }

  // Whether it was done; what is refused leaves nothing behind.
  template <class M>
  bool act(std::size_t who, M const& message) {
    state::Overlay child{overlay_};
    execution::Context context{
        child, {.height = protocol::Height{1}, .time = TimeMs{now_ms_}}, person(who).address()};
    bool done = false;
    if constexpr (std::same_as<M, LockTokens>) {
      done = bank::apply(context, message).has_value();
    } else {
      done = governance::apply(context, message).has_value();
    }
    if (done) overlay_->absorb(std::move(child));
    ++step_;
    return done;
  }

  void lock() {
    LockTokens message;
    message.set_amount((1 + prng_.below(1000)) * lbr);
    message.set_until_ms(now_ms_ + (20 + prng_.below(40)) * day_ms);
    auto const who = somebody();
    auto const step = step_;
    if (!act(who, message)) return;
    // At the start of a UTC day, as the bank rounds it.
    auto const until = (message.until_ms() + day_ms - 1) / day_ms * day_ms;
    told_.locks.push_back({.by = who, .amount = message.amount(), .until_ms = until, .step = step});
  }
  void delegate() {
    Delegate message;
    auto const who = somebody();
    auto const to = prng_.below(voters + 1);
    if (to < voters) message.set_to(person(to).address().str());
    auto const step = step_;
    if (!act(who, message)) return;
    told_.delegations.push_back({.by = who, .to = to < voters ? to : people, .step = step});
  }
  void put_ballot() {
    SubmitBallot message;
    message.set_title("A question");
    message.set_deposit(1000 * lbr);
    auto const step = step_;
    if (!act(somebody(), message)) return;
    told_.ballots.push_back({.ballot = told_.ballots.size() + 1, .step = step});
  }
  void prepare() {
    now_ms_ += prng_.below(2) * day_ms / 8;
    switch (prng_.below(5)) {
      case 0:
      case 1:
        return lock();
      case 2:
      case 3:
        return delegate();
      default:
        if (told_.ballots.size() < 4) put_ballot();
    }
  }
  Ballot ballot(Told::Put const& put) const {
    return *execution::find_record<Ballot>(*overlay_, state::keys::ballot(put.ballot));
  }
  void open_all() {
    for (auto const& put : told_.ballots) now_ms_ = std::max(now_ms_, ballot(put).ends_at_ms());
    execution::Context context{
        *overlay_, {.height = protocol::Height{1}, .time = TimeMs{now_ms_}}, {}};
    for (auto const& put : told_.ballots) CHECK(governance::fire(context, ballot(put)));
  }
  void vote_or_change() {
    if (prng_.below(4) == 0) return prng_.below(2) == 0 ? lock() : delegate();
    auto& put = told_.ballots[prng_.below(told_.ballots.size())];
    CastVote message;
    message.set_ballot(put.ballot);
    message.set_choice(static_cast<Choice>(1 + prng_.below(4)));
    auto const who = somebody();
    if (act(who, message)) put.votes[who] = message.choice();
  }
  std::string difference() const {
    for (auto const& put : told_.ballots) {
      auto counted = ballot(put).tokens();
      counted.mutable_tally();  // There before the first vote, too.
      auto const expected = recount(told_, put, ballot(put).locked_until_ms());
      if (counted.SerializeAsString() == expected.SerializeAsString()) continue;
      return "ballot " + std::to_string(put.ballot) + " counted " + counted.ShortDebugString() +
             ", a recount gives " + expected.ShortDebugString();
    }
    return {};
  }

  sim::Prng prng_;
  std::shared_ptr<state::Overlay> overlay_;
  std::uint64_t now_ms_ = genesis_time_ms + day_ms;
  std::size_t step_ = 0;
  Told told_;
};

RC_GTEST_PROP(RandomElections, AreCountedAsARecountFromTheDefinitionsCounts, ()) {
  auto const first = *rc::gen::inRange<std::uint64_t>(0, 1ull << 40);
  for (std::uint64_t seed = first; seed < first + 20; ++seed) {
    auto const differs = Election{seed}.run();
    if (!differs.empty()) RC_LOG() << "seed " << seed << '\n';
    RC_ASSERT(differs == "");
  }
}

}  // namespace
}  // namespace testing_support
