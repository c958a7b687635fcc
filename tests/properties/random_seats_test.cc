// Random changes of seats, in any order and many to a block: whatever is asked, the set of every
// epoch is legal, and differs from the one before by no more than it may.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "protocol/limits.h"
#include "protocol/validators/seat_machine.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"
#include "tests/support/prng.h"
#include "tests/support/test_chain.h"

namespace validators {
namespace {

using namespace labor::v1;  // NOLINT: states by name.
using execution::Context;
using testing_support::secret_key;

std::string public_key(std::uint64_t number) {
  return secret_key(number).public_key().str();
}

class RandomSeats {
 public:
  RandomSeats(int validators, std::uint64_t seed)
      : chain_{testing_support::test_chain(testing_support::test_genesis(validators))},
        prng_{seed},
        state_{execution::genesis_block(chain_).state} {}

  // A block of some acts; the changes that its boundary made, 0 if it is none.
  void block() {
    ++height_;
    auto before = present_set(*state_, epoch_);
    for (auto acts = prng_.below(6); acts > 0; --acts) {
      state::Overlay attempt{state_};
      Context context{attempt, at(), {}};
      if (act(context)) state_->absorb(std::move(attempt));
    }
    Context context{*state_, at(), {}};
    auto const next = end_epoch(context, epoch_);
    if (!next) return;
    epoch_ = epoch_.next();
    check(before, *next);
  }

  std::uint64_t boundaries() const { return epoch_.value(); }

 private:
  execution::BlockTime at() const {
    return {.height = protocol::Height{height_},
            .time = protocol::TimeMs{testing_support::genesis_time_ms + height_},
            .genesis = chain_.hash()};
  }

  // Whether it was allowed.
  bool act(Context& context) {
    Changes changes;
    switch (prng_.below(4)) {
      case 0: {
        auto const number = 10'000 + 2 * ++made_;
        auto& validator = *changes.Add()->mutable_admit()->mutable_validator();
        validator.set_name("new" + std::to_string(number));
        validator.set_consensus_key(public_key(number));
        validator.set_node_key(public_key(number + 1));
        return may_make(context, changes) && make(context, changes);
      }
      case 1:
        changes.Add()->mutable_remove()->set_consensus_key(
            any(context).validator().consensus_key());
        return may_make(context, changes) && make(context, changes);
      case 2:
        return become(context, {{SEAT_STATE_ADMITTED, SEAT_STATE_READY},
                                {SEAT_STATE_SEATED, SEAT_STATE_TURNING}});
      default:
        return become(context, {{SEAT_STATE_SEATED, SEAT_STATE_OFFENDED},
                                {SEAT_STATE_TURNING, SEAT_STATE_OFFENDED},
                                {SEAT_STATE_LEAVING, SEAT_STATE_OFFENDED}});
    }
  }

  Seat any(Context const& context) { return prng_.pick(seats(context.state())); }

  // What Ready, rotation and evidence leave behind; their own rules are tested elsewhere.
  bool become(Context& context, std::vector<std::pair<SeatState, SeatState>> const& ways) {
    auto seat = any(context);
    for (auto const& [from, to] : ways) {
      if (seat.state() != from) continue;
      seat.set_state(to);
      if (to == SEAT_STATE_TURNING) {
        auto const number = 10'000 + 2 * ++made_;
        seat.set_new_consensus_key(public_key(number));
        seat.set_new_node_key(public_key(number + 1));
      }
      if (seat.turn() == 0) {
        seat.set_turn(context.counter(turn_counter) + 1);
        context.set_counter(turn_counter, seat.turn());
        context.set_counter(waiting_counter, 1);
      }
      context.put(seat, "test");
      return true;
    }
    return false;
  }

  void check(ValidatorSet const& before, ValidatorSet const& after) const {
    auto const n = static_cast<std::size_t>(before.validators_size());
    auto const size = static_cast<std::size_t>(after.validators_size());
    RC_ASSERT(size <= protocol::limits::validators_max);
    RC_ASSERT(size >= std::min(n, protocol::limits::validators_min));
    RC_ASSERT(after.epoch() == before.epoch() + 1);
    RC_ASSERT(after.first_height() == height_ + 1);
    std::set<std::string> then;
    std::set<std::string> now;
    std::set<std::string> names;
    for (auto const& validator : before.validators()) then.insert(validator.consensus_key());
    std::string last;
    for (auto const& validator : after.validators()) {
      RC_ASSERT(last < validator.consensus_key());
      last = validator.consensus_key();
      now.insert(last);
      names.insert(validator.name());
    }
    RC_ASSERT(names.size() == size);
    std::vector<std::string> gone;
    std::vector<std::string> come;
    std::ranges::set_difference(then, now, std::back_inserter(gone));
    std::ranges::set_difference(now, then, std::back_inserter(come));
    auto const most = std::max<std::size_t>(1, (n - 1) / 3);
    RC_ASSERT(gone.size() <= most);
    RC_ASSERT(come.size() <= most);
    RC_ASSERT(gone.size() + come.size() > 0);  // No boundary for nothing.
  }

  protocol::Chain chain_;
  sim::Prng prng_;
  std::shared_ptr<state::Overlay> state_;
  protocol::Epoch epoch_{};
  std::uint64_t height_ = 0;
  std::uint64_t made_ = 0;
};

RC_GTEST_PROP(RandomSeats, NeverMakeAnIllegalSet, ()) {
  auto const validators = *rc::gen::inRange(1, 14);
  auto const seed = *rc::gen::arbitrary<std::uint64_t>();
  RandomSeats world{validators, seed};
  for (int i = 0; i < 60; ++i) world.block();
  RC_TAG(world.boundaries() > 0 ? "with boundaries" : "without");
}

}  // namespace
}  // namespace validators
