// Every row of the seats' table, fired and refused. The seat is 1; the client operates it.

#include <gtest/gtest.h>

#include "consensus/certificate/encoding.h"
#include "protocol/base/big_endian.h"
#include "protocol/validators/changes.h"
#include "protocol/validators/seat_machine.h"
#include "protocol/validators/seats.h"
#include "tests/support/person.h"
#include "tests/support/table_coverage.h"

namespace validators {
namespace {

using namespace labor::v1;        // The cases name every state and status.
using namespace testing_support;  // And are written in the words of the scene.
using execution::Context;
using protocol::Address;

constexpr auto none = SEAT_STATE_UNSPECIFIED;
constexpr auto admitted = SEAT_STATE_ADMITTED;
constexpr auto ready = SEAT_STATE_READY;
constexpr auto seated = SEAT_STATE_SEATED;
constexpr auto rotating = SEAT_STATE_ROTATING;
constexpr auto turning = SEAT_STATE_TURNING;
constexpr auto leaving = SEAT_STATE_LEAVING;
constexpr auto offended = SEAT_STATE_OFFENDED;
constexpr auto gone = SEAT_STATE_GONE;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;

// Numbers of the keys of the seat, and of those that it rotates to.
constexpr std::uint64_t consensus_key = 1;
constexpr std::uint64_t node_key = 2;
constexpr std::uint64_t new_consensus_key = 3;
constexpr std::uint64_t new_node_key = 4;

protocol::GenesisHash const genesis{};
protocol::Height const block_height{7};
protocol::BlockHash const block_hash{address(7).data};

std::string key(std::uint64_t number) {
  return secret_key(number).public_key().str();
}
std::string signature(std::uint64_t number, std::string const& message) {
  return secret_key(number).sign(base::bytes_of(message)).str();
}

Validator validator() {
  Validator made;
  made.set_name("v");
  made.set_consensus_key(key(consensus_key));
  made.set_node_key(key(node_key));
  made.set_operator_(WorkScene{}.client.str());
  return made;
}

// ---- arrangements ----

// What surrounds the seat: five others that are seated, epoch 0's set of this validator alone, a
// block that a Ready may name.
execution::Done surround(Context& context) {
  ValidatorSet set;
  *set.add_validators() = validator();
  context.put(set, "test");
  for (std::uint64_t id = 2; id <= 6; ++id) {
    Seat other;
    other.set_id(id);
    other.set_state(seated);
    other.mutable_validator()->set_name("v" + std::to_string(id));
    context.put(other, "test");
  }
  context.index(state::keys::recent_block(block_height),
                base::big_endian(block_height.value()) + block_hash.str());
  context.set_counter("seat", 6);
  return {};
}

Arrange in(SeatState state) {
  return [state](WorkScene& scene) {
    ASSERT_EQ(scene.follow(surround), TX_STATUS_OK);
    Seat seat;
    seat.set_id(1);
    seat.set_state(state);
    *seat.mutable_validator() = validator();
    if (state == rotating || state == turning) {
      seat.set_new_consensus_key(key(new_consensus_key));
      seat.set_new_node_key(key(new_node_key));
    }
    auto const waits = state == ready || state == turning || state == leaving || state == offended;
    if (waits) seat.set_turn(1);
    auto const registered = [&](Context& context) -> execution::Done {
      register_key(context, key(consensus_key), 1);
      register_key(context, key(node_key), 1);
      context.put(seat, "test");
      return {};
    };
    ASSERT_EQ(scene.follow(registered), TX_STATUS_OK);
  };
}

void from_nothing(WorkScene& scene) {
  ASSERT_EQ(scene.follow(surround), TX_STATUS_OK);
  ASSERT_EQ(scene.follow([](Context& context) -> execution::Done {
    context.set_counter("seat", 0);  // The next id is 1.
    return {};
  }),
            TX_STATUS_OK);
}

// ---- acts ----

TxStatus admit(WorkScene& scene, Address const&) {
  Changes changes;
  *changes.Add()->mutable_admit()->mutable_validator() = validator();
  return scene.follow([&](Context& context) { return make(context, changes); });
}
TxStatus remove(WorkScene& scene, Address const&) {
  Changes changes;
  changes.Add()->mutable_remove()->set_consensus_key(key(consensus_key));
  return scene.follow([&](Context& context) { return make(context, changes); });
}
TxStatus reach_boundary(WorkScene& scene, Address const&) {
  return scene.follow([](Context& context) -> execution::Done {
    make_changes(context, next_changes(seats(context.state())));
    return {};
  });
}

ReadySeat ready_of(std::uint64_t signer) {
  ReadySeat message;
  message.set_consensus_key(key(consensus_key));
  message.set_height(block_height.value());
  message.set_block_hash(block_hash.str());
  message.set_signature(signature(signer, ready_bytes(genesis, 1, block_height, block_hash)));
  return message;
}
Run be_ready(std::uint64_t signer) {
  return [=](WorkScene& scene, Address const& by) { return scene.act(by, ready_of(signer)); };
}
TxStatus be_ready_at_another_block(WorkScene& scene, Address const& by) {
  auto message = ready_of(consensus_key);
  message.set_block_hash(hash_of(8));
  return scene.act(by, message);
}
TxStatus be_ready_at_an_old_block(WorkScene& scene, Address const& by) {
  auto message = ready_of(consensus_key);
  message.set_height(block_height.value() + 256);
  return scene.act(by, message);
}

RotateValidatorKeys rotation(std::uint64_t to, std::uint64_t node, std::uint64_t signer) {
  RotateValidatorKeys message;
  message.set_consensus_key(key(consensus_key));
  message.set_new_consensus_key(key(to));
  message.set_new_node_key(key(node));
  message.set_proof(signature(signer, rotation_bytes(genesis, message)));
  return message;
}
Run rotate(std::uint64_t to, std::uint64_t node, std::uint64_t signer) {
  return [=](WorkScene& scene, Address const& by) {
    return scene.act(by, rotation(to, node, signer));
  };
}

std::string vote(consensus::Statement const& statement, std::uint64_t signer) {
  auto const message = consensus::signing_bytes(genesis, statement);
  return consensus::encode(
      consensus::Vote{.statement = statement,
                      .voter = {},
                      .signature = secret_key(signer).sign(base::bytes_of(message))});
}
TxStatus accuse(WorkScene& scene, Address const& by, std::uint64_t signer) {
  auto const skip = consensus::nullify(protocol::Epoch{0}, protocol::View{9});
  auto end = skip;
  end.kind = consensus::VoteKind::finalize;
  SubmitEvidence message;
  message.set_first_vote(vote(skip, consensus_key));
  message.set_second_vote(vote(end, signer));
  return scene.act(by, message);
}
TxStatus offend(WorkScene& scene, Address const& by) {
  return accuse(scene, by, consensus_key);
}
TxStatus slander(WorkScene& scene, Address const& by) {
  return accuse(scene, by, new_node_key);
}
// The seat has turned to other keys since the votes.
void turn_away(WorkScene& scene) {
  auto seat = scene.find<Seat>(state::keys::seat(1)).value();
  seat.mutable_validator()->set_consensus_key(key(new_consensus_key));
  scene.put(seat);
}

// ---- cases ----

std::vector<Broken> not_ready(std::uint64_t other_key) {
  return {{"another hash", {}, TX_STATUS_BLOCK_NOT_RECENT, be_ready_at_another_block},
          {"a block that is gone", {}, TX_STATUS_BLOCK_NOT_RECENT, be_ready_at_an_old_block},
          {"another key's", {}, TX_STATUS_BAD_KEY_PROOF, be_ready(other_key)}};
}

// To fresh keys, since a rotation that runs has registered others.
constexpr std::uint64_t fresh = 5;
constexpr std::uint64_t fresh_node = 6;

RowCase rotation_from(SeatState from) {
  return {.act = "rotate",
          .from = from,
          .to = rotating,
          .by = "its operator",
          .arrange = in(from),
          .run = rotate(fresh, fresh_node, fresh),
          .who = client,
          .strangers = {{talent, TX_STATUS_NOT_YOUR_SEAT}},
          .broken = {{"to its own consensus key",
                      {},
                      TX_STATUS_VALIDATOR_KEY_TAKEN,
                      rotate(consensus_key, fresh_node, consensus_key)},
                     {"to its own consensus key as node key",
                      {},
                      TX_STATUS_VALIDATOR_KEY_TAKEN,
                      rotate(fresh, consensus_key, fresh)},
                     {"without a proof",
                      {},
                      TX_STATUS_BAD_KEY_PROOF,
                      rotate(fresh, fresh_node, consensus_key)}}};
}
RowCase readiness(SeatState from, SeatState to, std::uint64_t signer, std::uint64_t other) {
  return {.act = "ready",
          .from = from,
          .to = to,
          .by = "anyone",
          .arrange = in(from),
          .run = be_ready(signer),
          .who = talent,
          .strangers = {},
          .broken = not_ready(other)};
}
RowCase offence(SeatState from) {
  return {.act = "offend",
          .from = from,
          .to = offended,
          .by = "anyone",
          .arrange = in(from),
          .run = offend,
          .who = talent,
          .strangers = {},
          .broken = {{"signed by another", {}, TX_STATUS_BAD_VOTE_SIGNATURE, slander},
                     {"of a key given up", turn_away, TX_STATUS_EVIDENCE_STALE}}};
}
RowCase followed(std::string_view act, SeatState from, SeatState to, std::string_view by, Run run) {
  return {.act = act,
          .from = from,
          .to = to,
          .by = by,
          .arrange = from == none ? Arrange{from_nothing} : in(from),
          .run = std::move(run)};
}

std::vector<RowCase> cases() {
  return {followed("admit", none, admitted, "a ballot", admit),
          readiness(admitted, ready, consensus_key, new_consensus_key),
          readiness(rotating, turning, new_consensus_key, consensus_key),
          rotation_from(seated),
          rotation_from(rotating),
          rotation_from(turning),
          offence(seated),
          offence(rotating),
          offence(turning),
          offence(leaving),
          followed("remove", admitted, gone, "a ballot", remove),
          followed("remove", ready, gone, "a ballot", remove),
          followed("remove", seated, leaving, "a ballot", remove),
          followed("remove", rotating, leaving, "a ballot", remove),
          followed("remove", turning, leaving, "a ballot", remove),
          followed("seat", ready, seated, "a boundary", reach_boundary),
          followed("turn", turning, seated, "a boundary", reach_boundary),
          followed("go", leaving, gone, "a boundary", reach_boundary),
          followed("go", offended, gone, "a boundary", reach_boundary)};
}

TEST(SeatTable, EveryRowFiresAndIsRefused) {
  auto const state = [](WorkScene const& scene) {
    auto const seat = scene.find<Seat>(state::keys::seat(1));
    return seat ? static_cast<int>(seat->state()) : 0;
  };
  auto const deadline = [](WorkScene const&) { return std::optional<std::uint64_t>{}; };
  TableCoverage<SeatAct, SeatState>{seat_machine(), {state, deadline}, cases()}.check_all();
}

}  // namespace
}  // namespace validators
