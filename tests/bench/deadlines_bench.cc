// What deadlines cost on one core: blocks that find as many due as their argument says, of reviews
// that are over (each pays a milestone and its fee, and grants ownership to both sides). fire_due
// is one block of them, and `in_block` how many the cap on a block's work lets it fire
// (protocol/limits.h); fire_all is all the blocks that it takes, one after the other.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocol/execution/block.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace {

using namespace labor::v1;  // The world is made of most messages of a job.
using testing_support::message;
using testing_support::Person;
using testing_support::TestChain;

// Contracts of one message each, in transactions as full as they may be.
constexpr std::size_t messages_each = protocol::limits::messages_per_transaction_max;

// `contracts` milestones delivered within a few seconds, nothing else due.
class Delivered {
 public:
  explicit Delivered(std::size_t contracts) {
    // Nobody runs out of allowance, open contracts or money.
    constexpr std::size_t contracts_each = 96;
    auto const pairs = (contracts + contracts_each - 1) / contracts_each;
    auto genesis = testing_support::test_genesis();
    for (std::size_t i = 0; i < 2 * pairs; ++i) {
      people_.emplace_back(i + 1);
      testing_support::endow(genesis, people_.back(), true, 1000 * testing_support::lbr,
                             1'000'000 * testing_support::usd);
    }
    testing_support::endow(genesis, issuer_, true, 1000 * testing_support::lbr, 0);
    auto& issuer = *genesis.add_issuers();
    issuer.set_address(issuer_.address().str());
    issuer.set_name("An issuer");
    genesis.set_community_pool(1'000'000 * testing_support::lbr);
    chain_ = std::make_unique<TestChain>(genesis);
    open_profiles(pairs);
    for (auto const& person : people_) identify(person);
    for (std::size_t made = 0; made < contracts;) {
      for (std::size_t pair = 0; pair < pairs && made < contracts; ++pair) {
        auto const count = std::min(messages_each, contracts - made);
        deliver(people_[2 * pair], people_[2 * pair + 1], count);
        made += count;
      }
    }
  }

  TestChain const& chain() const { return *chain_; }

 private:
  void open_profiles(std::size_t pairs) {
    CreateProfile create;
    create.mutable_details()->set_kind(PROFILE_KIND_PERSON);
    create.mutable_details()->set_headline("Does things");
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      send(people_[2 * pair + 1], {message(create), message(PublishProfile{})});
    }
  }

  void identify(Person const& person) {
    Attest attest;
    attest.set_subject(person.address().str());
    attest.set_schema("identity");
    attest.set_data_hash(person.address().str());  // Nobody else's.
    attest.set_expires_at_ms(chain_->time().value() + 365 * protocol::limits::day_ms);
    send(issuer_, {message(attest)});
  }

  void send(Person const& who, std::vector<Message> const& messages) {
    CHECK(chain_->send(who, messages, {.fee_limit = testing_support::lbr}).status() ==
          TX_STATUS_OK);
  }

  void deliver(Person const& client, Person const& talent, std::size_t count) {
    std::vector<Message> offers;
    std::vector<Message> acceptances;
    std::vector<Message> fundings;
    std::vector<Message> deliveries;
    for (std::size_t i = 0; i < count; ++i) {
      MakeOffer make;
      make.set_talent(talent.address().str());
      make.mutable_terms()->set_title("Work");
      make.mutable_terms()->set_asset(ASSET_USD);
      auto& milestone = *make.mutable_terms()->add_milestones();
      milestone.set_title("All of it");
      milestone.set_amount(5 * testing_support::usd);
      milestone.set_due_days(30);
      offers.push_back(message(make));
    }
    send(client, offers);
    for (std::size_t i = 0; i < count; ++i) {
      auto const id = ++contracts_;
      auto const offer = *chain_->find<Offer>(state::keys::offer(id));
      AcceptOffer accept;
      accept.set_offer(id);
      accept.set_version(1);
      accept.set_terms_hash(offer.terms_hash());
      acceptances.push_back(message(accept));
      FundMilestone fund;
      fund.set_contract(id);
      fundings.push_back(message(fund));
      SubmitMilestone submit;
      submit.set_contract(id);
      submit.set_delivery_hash(std::string(32, 'd'));
      deliveries.push_back(message(submit));
    }
    send(talent, acceptances);
    send(client, fundings);
    send(talent, deliveries);
  }

  Person const issuer_{1'000'000};
  std::vector<Person> people_;
  std::unique_ptr<TestChain> chain_;
  std::uint64_t contracts_ = 0;
};

std::size_t paid_in(execution::ExecutedBlock const& block) {
  auto const is_payment = [](Event const& event) {
    return event.record_changed().record().has_milestone();
  };
  return static_cast<std::size_t>(std::ranges::count_if(block.events.begin(), is_payment));
}

void fire_due(benchmark::State& state) {
  auto const due = static_cast<std::size_t>(state.range(0));
  Delivered const world{due};
  auto const& chain = world.chain().chain();
  auto const time = protocol::TimeMs{world.chain().time().value() + 15 * protocol::limits::day_ms};
  auto const built =
      execution::build(chain, world.chain().parent(), {}, {.time = time, .proposer = {}});
  auto const parsed = execution::parse_block(built.bytes, chain);
  std::size_t in_block = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto const executed = execution::execute(chain, world.chain().parent(), *parsed, {});
    if (!executed) state.SkipWithError("refused");
    in_block = paid_in(*executed);
  }
  state.counters["due"] = static_cast<double>(due);
  state.counters["in_block"] = static_cast<double>(in_block);
}
BENCHMARK(fire_due)->Arg(100)->Arg(1000)->Arg(2048)->Arg(10'000)->Unit(benchmark::kMillisecond);

void fire_all(benchmark::State& state) {
  auto const due = static_cast<std::size_t>(state.range(0));
  Delivered const world{due};
  auto const& chain = world.chain().chain();
  auto const later_ms = 15 * protocol::limits::day_ms;
  std::uint64_t blocks = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto parent = world.chain().parent();
    auto time = protocol::TimeMs{parent.time.value() + later_ms};
    for (bool left = true; left; ++blocks) {
      auto const block = execution::build(chain, parent, {}, {.time = time, .proposer = {}});
      left = block.deadlines_left;
      parent = execution::parent_of(block);
      time = protocol::TimeMs{time.value() + testing_support::second_ms};
    }
  }
  state.counters["due"] = static_cast<double>(due);
  state.counters["blocks"] = static_cast<double>(blocks) / static_cast<double>(state.iterations());
}
BENCHMARK(fire_all)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
