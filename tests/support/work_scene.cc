#include "tests/support/work_scene.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/conservation.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/vesting.h"
#include "protocol/base/check.h"
#include "protocol/execution/deadline.h"
#include "protocol/execution/dispatch.h"
#include "protocol/execution/form.h"
#include "tests/support/invariants.h"
#include "tests/support/memory_state.h"
#include "tests/support/real_time.h"
#include "tests/support/scene_invariants.h"

namespace testing_support {

using namespace labor::v1;  // This file names most of the schema.

WorkScene::WorkScene() : state_{std::make_shared<state::Overlay>(std::make_shared<MemoryState>())} {
  set_balance(client, 1'000'000 * usd);
  settle_in();
}

void WorkScene::settle_in() {
  CreateProfile create;
  *create.mutable_details() = profile_details();
  must(talent, create);
  must(talent, PublishProfile{});
  Issuer admitted;
  admitted.set_account(issuer.str());
  admitted.set_name("An issuer");
  put(admitted);
  forget_events();
}

void WorkScene::set_balance(protocol::Address const& of, std::uint64_t amount) {
  hold(of, ASSET_USD, amount);
}

void WorkScene::set_treasury(std::uint64_t amount) {
  hold(bank::treasury_address(), ASSET_USD, amount);
}

void WorkScene::set_pool(std::uint64_t amount, std::uint64_t at_genesis) {
  hold(bank::pool_address(), ASSET_LBR, amount);
  execution::set_counter(*state_, bank::pool_counter, at_genesis);
}

void WorkScene::hold(protocol::Address const& of, Asset asset, std::uint64_t amount) {
  Balance balance;
  balance.set_address(of.str());
  balance.set_asset(asset);
  balance.set_amount(amount);
  auto const before = this->balance(of, asset);
  state_->put(state::key_of(balance), canonical::encode(balance));
  auto supply = find<Supply>(state::keys::supply(asset)).value_or(Supply{});
  supply.set_asset(asset);
  supply.set_amount(supply.amount() - before + amount);
  state_->put(state::key_of(supply), canonical::encode(supply));
}

void WorkScene::set_parameter(Parameter parameter, std::uint64_t value) {
  ParameterValue set;
  set.set_parameter(parameter);
  set.set_value(value);
  put(set);
}

// ---- acting ----

Message WorkScene::wrap(google::protobuf::Message const& message) {
  Message wrapped;
  auto const* one_of = Message::descriptor()->oneof_decl(0);
  for (int i = 0; i < one_of->field_count(); ++i) {
    auto const* field = one_of->field(i);
    if (field->message_type() != message.GetDescriptor()) continue;
    Message::GetReflection()->MutableMessage(&wrapped, field)->CopyFrom(message);
    return wrapped;
  }
  UNREACHABLE();
}

TxStatus WorkScene::run(protocol::Address const& by, Message const& message) {
  execution::Done done;
  state::Overlay child{state_};
  execution::Context context{
      child, {.height = protocol::Height{1}, .time = protocol::TimeMs{now_ms_}}, by};
  done = execution::dispatch(context, message);
  failure_ = done ? execution::Failure{TX_STATUS_OK, {}} : done.error();
  if (done) CHECK(finish(std::move(child), context).has_value());
  return failure_.status;
}

execution::Done WorkScene::finish(state::Overlay&& child, execution::Context& context) {
  CHECK(bank::conserved(child, *state_));
  state_->absorb(std::move(child));
  std::ranges::move(context.events(), std::back_inserter(events_));
  check_scene(*state_);
  return {};
}

std::size_t WorkScene::fire_due() {
  for (std::size_t fired = 0;; ++fired) {
    auto const entry = state_->next(state::Module::deadlines, {});
    if (!entry) return fired;
    auto const due = execution::parse_deadline(*entry);
    if (due.time.value() > now_ms_) return fired;
    CHECK(in_context({}, [&](execution::Context& context) {
            CHECK(execution::fire(context, due.record).has_value());
          }).has_value());
  }
}

void WorkScene::block_after(std::uint64_t ms) {
  put(ValidatorSet{});  // A block is of an epoch, and an epoch has a set.
  auto const block = real_block({.epoch = {},
                                 .height = protocol::Height{1},
                                 .hash = {},
                                 .time = protocol::TimeMs{now_ms_},
                                 .state = state_},
                                ms);
  now_ms_ = chain_time_of(block).value();
  state_->absorb(std::move(*block.state));
  std::ranges::copy(block.events.begin(), std::back_inserter(events_));
  check_scene(*state_);
}

void WorkScene::must(protocol::Address const& by, google::protobuf::Message const& message) {
  CHECK(run(by, wrap(message)) == TX_STATUS_OK);
}

bool WorkScene::saw(std::string_view cause) const {
  return std::ranges::any_of(events_, [&](Event const& event) {
    return event.record_changed().cause() == cause || event.record_removed().cause() == cause;
  });
}

// ---- looking ----

std::optional<Job> WorkScene::job(std::uint64_t id) const {
  return find<Job>(state::keys::job(id));
}
std::optional<Proposal> WorkScene::proposal(std::uint64_t id) const {
  return find<Proposal>(state::keys::proposal(id));
}
std::optional<Offer> WorkScene::offer(std::uint64_t id) const {
  return find<Offer>(state::keys::offer(id));
}
std::optional<Contract> WorkScene::contract(std::uint64_t id) const {
  return find<Contract>(state::keys::contract(id));
}
std::optional<Milestone> WorkScene::milestone(std::uint32_t index) const {
  return find<Milestone>(state::keys::milestone(1, index));
}
std::optional<Feedback> WorkScene::feedback(ContractSide side) const {
  return find<Feedback>(state::keys::feedback(1, side));
}
std::optional<Profile> WorkScene::profile() const {
  return find<Profile>(state::keys::profile(talent));
}
std::optional<Dispute> WorkScene::dispute(std::uint64_t id) const {
  return find<Dispute>(state::keys::dispute(id));
}
std::optional<Juror> WorkScene::juror_record(protocol::Address const& of) const {
  return find<Juror>(state::keys::juror(of));
}
std::optional<Attestation> WorkScene::attestation(std::uint64_t id) const {
  return find<Attestation>(state::keys::attestation(id));
}
std::optional<Invitation> WorkScene::invitation() const {
  return find<Invitation>(state::keys::invitation(1, talent));
}
std::optional<Vesting> WorkScene::vesting(protocol::Address const& of) const {
  return find<Vesting>(state::keys::vesting(of));
}
std::uint64_t WorkScene::balance(protocol::Address const& of, Asset asset) const {
  return bank::balance_of(*state_, of, asset).value();
}
std::uint64_t WorkScene::treasury() const {
  return balance(bank::treasury_address());
}
std::uint64_t WorkScene::held() const {
  MemoryState state;
  state.apply(*state_);
  return money_with_a_clock(state);
}

// ---- the usual way ----

void WorkScene::identify(protocol::Address const& who) {
  must(issuer, identity_of(who, now_ms_ + 365 * day_ms));
}

void WorkScene::post_job(std::uint64_t bond) {
  PostJob post;
  *post.mutable_details() = job_details();
  post.set_bond(bond);
  must(client, post);
}

void WorkScene::propose() {
  post_job();
  SubmitProposal proposal;
  proposal.set_job(1);
  proposal.set_summary("I have done this before");
  proposal.set_amount(800 * usd);
  must(talent, proposal);
}

void WorkScene::make_offer(std::vector<std::uint64_t> const& amounts) {
  propose();
  MakeOffer make;
  make.set_proposal(1);
  *make.mutable_terms() = terms_of(amounts);
  must(client, make);
}

AcceptOffer WorkScene::acceptance() const {
  auto const offer = this->offer();
  AcceptOffer accept;
  accept.set_offer(1);
  accept.set_version(offer->version());
  accept.set_terms_hash(offer->terms_hash());
  return accept;
}

void WorkScene::sign(std::vector<std::uint64_t> const& amounts) {
  make_offer(amounts);
  must(talent, acceptance());
}

AgreeAmendment WorkScene::agreement() const {
  AgreeAmendment agree;
  agree.set_contract(1);
  auto const offered = contract()->amendment().hash();
  agree.set_amendment_hash(offered.empty() ? hash_of(0) : offered);
  return agree;
}

void WorkScene::end_after_paying() {
  sign();
  fund();
  must(client, part(500 * usd));
  EndContract end;
  end.set_contract(1);
  must(client, end);
}

void WorkScene::fund(std::uint32_t index) {
  must(client, on_milestone<FundMilestone>(index));
}

void WorkScene::submit(std::uint32_t index) {
  must(talent, delivery(index));
}

void WorkScene::request_changes(std::uint32_t index) {
  must(client, change_request(index));
}

}  // namespace testing_support
