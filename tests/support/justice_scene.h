// Disputes in the work scene: validators who tell random values, jurors with a stake, and the usual
// way of a case about milestone 0 of contract 1.

#pragma once

#include <labor/v1/justice.pb.h>
#include <labor/v1/validators.pb.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "protocol/types.h"
#include "tests/support/work_scene.h"

namespace testing_support {

inline constexpr std::uint64_t juror_stake = 1000 * usd;
// Of a claim of 500 USD: 25 for three.
inline constexpr std::uint64_t seat_fee = 25 * usd / 3;

// Juror i, from 0; the first is the scene's.
protocol::Address juror_address(std::size_t i);
// Of validator i's node.
protocol::PublicKey node_key(std::size_t i);
// x(i) of what a validator commits to: x(0) is the tip.
protocol::Hash random_value(std::size_t validator, std::size_t i);

// Four validators with seats and a commitment, older by a millisecond than what follows.
void add_validators(WorkScene& scene);
void add_jurors(WorkScene& scene, std::size_t count);

labor::v1::TxStatus commit_randomness(WorkScene& scene, std::size_t validator, std::size_t value);
labor::v1::TxStatus reveal_randomness(WorkScene& scene, std::size_t validator, std::uint64_t round,
                                      std::size_t value);
// All of them, whatever they have told before: for the dispute's draw, or that of a round.
void reveal_all(WorkScene& scene);
void reveal_round(WorkScene& scene, std::uint64_t round);

labor::v1::OpenDispute dispute_opening(std::uint32_t milestone = 0);
template <class M>
M on_dispute() {
  M message;
  message.set_dispute(1);
  return message;
}
labor::v1::AnswerDispute dispute_answer();
labor::v1::AddDisputeEvidence dispute_evidence();
labor::v1::OfferDisputeSplit dispute_split(std::uint64_t to_talent);
labor::v1::AgreeDisputeSplit dispute_agreement(std::uint64_t to_talent);
labor::v1::CommitVerdict verdict(WorkScene const& scene, protocol::Address const& juror,
                                 std::uint32_t award);
labor::v1::RevealVerdict verdict_reveal(std::uint32_t award);
labor::v1::ExposeVerdict verdict_exposure(protocol::Address const& juror, std::uint32_t award);

// Waits for the dispute's clock and fires it.
void next_step(WorkScene& scene);

// ---- the usual way: each starts with those before it ----

// Delivered, and disputed by the client, with three jurors (or more) and four validators.
void open_case(WorkScene& scene, std::size_t jurors = 3);
// By the talent, with nothing delivered and a refund refused.
void open_undelivered_case(WorkScene& scene);
void answer_case(WorkScene& scene, std::size_t jurors = 3);
void gather_evidence(WorkScene& scene, std::size_t jurors = 3);
// Waits for the panel, everybody having told.
void await_panel(WorkScene& scene, std::size_t jurors = 3);
void seat_panel(WorkScene& scene, std::size_t jurors = 3);
// Who sits now, in the order of the draw.
std::vector<protocol::Address> panel(WorkScene const& scene);
// The panel that sits commits to these awards, one each, in the order of the draw.
void commit_verdicts(WorkScene& scene, std::vector<std::uint32_t> const& awards);
// Waits for the reveals, and reveals the same.
void reveal_verdicts(WorkScene& scene, std::vector<std::uint32_t> const& awards);
void rule(WorkScene& scene, std::vector<std::uint32_t> const& awards, std::size_t jurors = 3);
// Of a ruling of 60%, with ten jurors; the client appeals.
void appeal_case(WorkScene& scene);

}  // namespace testing_support
