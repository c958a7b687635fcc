// What seats contribute to the chain's randomness, by whole engines: nobody has to ask them.

#include <labor/v1/validators.pb.h>

#include <set>

#include "protocol/state/keys.h"
#include "tests/unit/engine/changing_set.h"

namespace node {
namespace {

class BeaconTest : public ChangingSet {
 protected:
  std::set<std::string> tips() {
    std::set<std::string> found;
    auto const snapshot = mesh().store(0).latest();
    for (auto const& seat : validators::seats(*snapshot)) {
      auto const known = execution::find_record<labor::v1::SeatRandomness>(
          *snapshot, state::keys::seat_randomness(seat.id()));
      if (known) found.insert(known->tip());
    }
    return found;
  }
};

TEST_F(BeaconTest, EverySeatCommitsToAChainOfItsOwnAndNobodyElseDoes) {
  begin({.validators = 4, .observers = 1});
  EXPECT_TRUE(mesh().eventually([&] { return tips().size() == 4; })) << states();
  auto const before = tips();
  ASSERT_NO_FATAL_FAILURE(pay());
  mesh().stop(1);
  mesh().start(1);
  ASSERT_NO_FATAL_FAILURE(pay());
  EXPECT_EQ(tips(), before);  // Which it knows again when it comes back.
}

// Two transactions of one account in one moment, which the pool must not take for the same.
TEST_F(BeaconTest, AValidatorThatJoinsSaysThatItIsReadyAndCommitsInOneMoment) {
  begin({.validators = 4, .observers = 1, .ready = true});
  Changes changes;
  admit(changes, 4);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  EXPECT_TRUE(mesh().eventually([&] { return tips().size() == 5; })) << states();
}

}  // namespace
}  // namespace node
