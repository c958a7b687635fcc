#include "protocol/justice/verdict.h"

#include <expected>
#include <string_view>
#include <utility>

#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/justice/dispute.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Dispute;
using labor::v1::JurorSeat;
using protocol::Address;

namespace {

labor::v1::Panel& last_panel(Dispute& dispute) {
  return *dispute.mutable_panels(dispute.panels_size() - 1);
}

// Of the panel that sits now.
JurorSeat* seat_of(Dispute& dispute, std::string_view juror) {
  for (auto& seat : *last_panel(dispute).mutable_seats()) {
    if (seat.juror() == juror) return &seat;
  }
  return nullptr;
}

// Runs a row for a seat of the dispute, which keeps what has become of it.
Done step(VerdictAct& act, JurorSeat& seat, std::string_view name) {
  act.seat = seat;
  TRY(row, verdict_machine().run(name, act.seat.state(), act));
  act.seat.set_state(row->to);
  seat = act.seat;
  return {};
}

// What a message says of whose verdict on which dispute.
struct Said {
  std::uint64_t dispute = 0;
  std::string_view juror;
  std::string_view hash;
  std::uint32_t award = 0;
};

Done say(Context& context, std::string_view name, Said const& said) {
  TRY_VOID(execution::must_be_hash(said.hash));
  if (said.award > limits::award_max) return fail(labor::v1::TX_STATUS_INVALID_AWARD);
  TRY(dispute, find_dispute(context, said.dispute));
  auto* const seat = seat_of(dispute, said.juror);
  if (seat == nullptr) return fail(labor::v1::TX_STATUS_NOT_ON_PANEL);
  VerdictAct act;
  act.context = &context;
  act.account = context.sender();
  act.now = context.time();
  act.dispute = dispute;
  act.hash = said.hash;
  act.award = said.award;
  TRY_VOID(step(act, *seat, name));
  context.put(dispute, act.cause);
  return {};
}

// Of the block.
VerdictAct act_on(DisputeAct const& act) {
  VerdictAct verdict;
  verdict.context = act.context;
  verdict.now = act.now;
  verdict.dispute = act.dispute;
  return verdict;
}

}  // namespace

protocol::Hash verdict_commitment(Dispute const& dispute, Address const& juror,
                                  protocol::Hash const& salt, std::uint32_t award) {
  auto said = base::big_endian(dispute.id());
  base::append_big_endian(said, static_cast<std::uint8_t>(dispute.panels_size()));
  said += juror.str() + salt.str();
  base::append_big_endian(said, static_cast<std::uint8_t>(award));
  return crypto::hash(crypto::domains::verdict, {base::bytes_of(said)});
}

Done apply(Context& context, labor::v1::CommitVerdict const& message) {
  return say(context, "commit",
             {.dispute = message.dispute(),
              .juror = context.sender().chars(),
              .hash = message.commitment()});
}

Done apply(Context& context, labor::v1::RevealVerdict const& message) {
  return say(context, "reveal",
             {.dispute = message.dispute(),
              .juror = context.sender().chars(),
              .hash = message.salt(),
              .award = message.award()});
}

Done apply(Context& context, labor::v1::ExposeVerdict const& message) {
  return say(context, "expose",
             {.dispute = message.dispute(),
              .juror = message.juror(),
              .hash = message.salt(),
              .award = message.award()});
}

Done seat_juror(DisputeAct& act, Address const& juror) {
  auto verdict = act_on(act);
  auto& seat = *last_panel(act.dispute).add_seats();
  seat.set_juror(juror.str());
  return step(verdict, seat, "draw");
}

Done note_absent(DisputeAct& act) {
  for (auto& seat : *last_panel(act.dispute).mutable_seats()) {
    auto verdict = act_on(act);
    if (!verdict_machine().find("miss", seat.state(), verdict)) continue;
    TRY_VOID(step(verdict, seat, "miss"));
  }
  return {};
}

}  // namespace justice
