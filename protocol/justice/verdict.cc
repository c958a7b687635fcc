#include "protocol/justice/verdict.h"

#include <algorithm>
#include <expected>
#include <string_view>
#include <utility>

#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/justice/dispute.h"
#include "protocol/justice/report.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/justice/vetting.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::JurorSeat;
using labor::v1::Panel;
using protocol::Address;

namespace {

JurorSeat* seat_of(Panel& panel, std::string_view juror) {
  for (auto& seat : *panel.mutable_seats()) {
    if (seat.juror() == juror) return &seat;
  }
  return nullptr;
}

// Runs a row for a seat of the panel, which keeps what has become of it.
Done step(VerdictAct& act, JurorSeat& seat, std::string_view name) {
  act.seat = seat;
  TRY(row, verdict_machine().run(name, act.seat.state(), act));
  act.seat.set_state(row->to);
  seat = act.seat;
  return {};
}

// What a message says of whose verdict on what.
struct Said {
  std::uint64_t dispute = 0;
  std::uint64_t vetting = 0;
  std::uint64_t report = 0;
  std::string_view juror;
  std::string_view hash;
  std::uint32_t award = 0;
};

template <class M>
Said said_in(M const& message) {
  Said said;
  said.dispute = message.dispute();
  said.vetting = message.vetting();
  said.report = message.report();
  return said;
}

// On the case that keeps the panel.
template <class Case>
Done say_on(Context& context, std::string_view name, Said const& said, Case about) {
  auto* const seat = seat_of(*about.mutable_panels()->rbegin(), said.juror);
  if (seat == nullptr) return fail(labor::v1::TX_STATUS_NOT_ON_PANEL);
  VerdictAct act;
  act.context = &context;
  act.account = context.sender();
  act.now = context.time();
  act.sitting = sitting_on(about);
  act.hash = said.hash;
  act.award = said.award;
  TRY_VOID(step(act, *seat, name));
  context.put(about, act.cause);
  return {};
}

Done say(Context& context, std::string_view name, Said const& said) {
  TRY_VOID(execution::must_be_hash(said.hash));
  if (said.award > limits::award_max) return fail(labor::v1::TX_STATUS_INVALID_AWARD);
  auto const named = {said.dispute, said.vetting, said.report};
  if (std::ranges::count(named, 0u) != 2) return fail(labor::v1::TX_STATUS_INVALID_CASE);
  if (said.vetting != 0) {
    TRY(vetting, find_vetting(context, said.vetting));
    return say_on(context, name, said, vetting);
  }
  if (said.report != 0) {
    TRY(report, find_report(context, said.report));
    return say_on(context, name, said, report);
  }
  TRY(dispute, find_dispute(context, said.dispute));
  return say_on(context, name, said, dispute);
}

// Of the block.
VerdictAct act_on(Context& context, Sitting const& sitting) {
  VerdictAct verdict;
  verdict.context = &context;
  verdict.now = context.time();
  verdict.sitting = sitting;
  return verdict;
}

}  // namespace

protocol::Hash verdict_commitment(Sitting const& sitting, Address const& juror,
                                  protocol::Hash const& salt, std::uint32_t award) {
  auto said = base::big_endian(sitting.id);
  base::append_big_endian(said, sitting.panel);
  said += juror.str() + salt.str();
  base::append_big_endian(said, static_cast<std::uint8_t>(award));
  return crypto::hash(sitting.verdicts, {base::bytes_of(said)});
}

Done apply(Context& context, labor::v1::CommitVerdict const& message) {
  auto said = said_in(message);
  said.juror = context.sender().chars();
  said.hash = message.commitment();
  return say(context, "commit", said);
}

Done apply(Context& context, labor::v1::RevealVerdict const& message) {
  auto said = said_in(message);
  said.juror = context.sender().chars();
  said.hash = message.salt();
  said.award = message.award();
  return say(context, "reveal", said);
}

Done apply(Context& context, labor::v1::ExposeVerdict const& message) {
  auto said = said_in(message);
  said.juror = message.juror();
  said.hash = message.salt();
  said.award = message.award();
  return say(context, "expose", said);
}

Done seat_jurors(Context& context, Sitting const& sitting, std::vector<Address> const& jurors,
                 Panel& panel) {
  for (auto const& juror : jurors) {
    auto verdict = act_on(context, sitting);
    auto& seat = *panel.add_seats();
    seat.set_juror(juror.str());
    TRY_VOID(step(verdict, seat, "draw"));
  }
  return {};
}

Done note_absent(Context& context, Sitting const& sitting, Panel& panel) {
  for (auto& seat : *panel.mutable_seats()) {
    auto verdict = act_on(context, sitting);
    if (!verdict_machine().find("miss", seat.state(), verdict)) continue;
    TRY_VOID(step(verdict, seat, "miss"));
  }
  return {};
}

}  // namespace justice
