#include "protocol/work/feedback.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/feedback_machine.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Contract;
using labor::v1::ContractSide;
using labor::v1::Feedback;
using labor::v1::FeedbackContent;

namespace limits = protocol::limits;

namespace {

constexpr auto client = labor::v1::CONTRACT_SIDE_CLIENT;
constexpr auto talent = labor::v1::CONTRACT_SIDE_TALENT;

Done must_be_content(FeedbackContent const& content) {
  TRY_VOID(execution::must_be_hash_or_empty(content.text_hash()));
  for (auto const rating :
       {content.quality(), content.communication(), content.punctuality(), content.again()}) {
    if (rating < 1 || rating > limits::rating_max) return fail(labor::v1::TX_STATUS_INVALID_RATING);
  }
  return {};
}

// The view of a side; without a state where it has not given it.
Feedback view_of(Context const& context, Contract const& contract, ContractSide side) {
  auto const found = context.find<Feedback>(state::keys::feedback(contract.id(), side));
  return found ? *found : no_feedback(contract, side);
}

FeedbackAct act_on(Context& context, Contract const& contract, ContractSide side) {
  FeedbackAct act;
  act.context = &context;
  act.account = context.sender();
  act.now = context.time();
  act.contract = contract;
  act.feedback = view_of(context, contract, side);
  act.other = view_of(context, contract, other_side(side));
  return act;
}

// Of the sender; who is no side is refused as if they were the talent.
std::expected<FeedbackAct, execution::Failure> own_act(Context& context, std::uint64_t id) {
  auto const contract = context.find<Contract>(state::keys::contract(id));
  if (!contract) return fail(labor::v1::TX_STATUS_CONTRACT_NOT_FOUND);
  return act_on(context, *contract, side_of(*contract, context.sender()).value_or(talent));
}

Done step(FeedbackAct& act, std::string_view name) {
  return execution::transition(*act.context, feedback_machine(), name, act, act.feedback);
}

}  // namespace

protocol::Hash feedback_commitment(std::uint64_t contract, protocol::Address const& author,
                                   protocol::Hash const& salt, FeedbackContent const& content) {
  auto const preimage =
      base::big_endian(contract) + author.str() + salt.str() + canonical::encode(content);
  return crypto::hash(crypto::domains::feedback, {base::bytes_of(preimage)});
}

std::optional<ContractSide> side_of(Contract const& contract, protocol::Address const& account) {
  if (account.chars() == contract.client()) return client;
  if (account.chars() == contract.talent()) return talent;
  return std::nullopt;
}

ContractSide other_side(ContractSide side) {
  return side == client ? talent : client;
}

Feedback no_feedback(Contract const& contract, ContractSide side) {
  Feedback feedback;
  feedback.set_contract(contract.id());
  feedback.set_side(side);
  feedback.set_author(side == client ? contract.client() : contract.talent());
  feedback.set_subject(side == client ? contract.talent() : contract.client());
  return feedback;
}

Done apply(Context& context, labor::v1::CommitFeedback const& message) {
  TRY_VOID(execution::must_be_hash(message.commitment()));
  TRY(act, own_act(context, message.contract()));
  act.hash = message.commitment();
  return step(act, "commit");
}

Done apply(Context& context, labor::v1::PostFeedback const& message) {
  TRY_VOID(must_be_content(message.content()));
  TRY(act, own_act(context, message.contract()));
  act.content = message.content();
  return step(act, "post");
}

Done apply(Context& context, labor::v1::RevealFeedback const& message) {
  TRY_VOID(execution::must_be_hash(message.salt()));
  TRY_VOID(must_be_content(message.content()));
  TRY(act, own_act(context, message.contract()));
  if (act.feedback.state() == labor::v1::FEEDBACK_STATE_UNSPECIFIED) {
    return fail(labor::v1::TX_STATUS_FEEDBACK_NOT_FOUND);
  }
  act.hash = message.salt();
  act.content = message.content();
  return step(act, "reveal");
}

Done apply(Context& context, labor::v1::ReplyToFeedback const& message) {
  TRY_VOID(execution::must_be_hash(message.reply_hash()));
  TRY(own, own_act(context, message.contract()));
  auto act = act_on(context, own.contract, other_side(own.feedback.side()));
  if (act.feedback.state() == labor::v1::FEEDBACK_STATE_UNSPECIFIED) {
    return fail(labor::v1::TX_STATUS_FEEDBACK_NOT_FOUND);
  }
  act.hash = message.reply_hash();
  return step(act, "reply");
}

Done fire(Context& context, Feedback const& feedback) {
  auto const contract = context.find<Contract>(state::keys::contract(feedback.contract()));
  if (!contract) return execution::must_hold(false);  // It outlives its feedback.
  auto act = act_on(context, *contract, feedback.side());
  act.account = {};
  return execution::transition_when_due(context, feedback_machine(), act, act.feedback);
}

}  // namespace work
