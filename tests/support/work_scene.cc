#include "tests/support/work_scene.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>

#include "protocol/bank/account.h"
#include "protocol/bank/conservation.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/vesting.h"
#include "protocol/base/check.h"
#include "protocol/execution/deadline.h"
#include "protocol/execution/dispatch.h"
#include "protocol/execution/form.h"
#include "protocol/work/escrow.h"
#include "tests/support/invariants.h"
#include "tests/support/memory_state.h"
#include "tests/support/real_time.h"

namespace testing_support {

using namespace labor::v1;  // This file names most of the schema.

namespace {

template <class R>
std::optional<protocol::TimeMs> deadline_in(std::string const& value) {
  return state::deadline_of(execution::decode_record<R>(value));
}

// The clock that a record of this key has, by the kind of its key (state/keys.h).
std::optional<protocol::TimeMs> deadline_of_value(state::Key const& key, std::string const& value) {
  if (key.module == state::Module::justice) {
    if (key.logical.front() == 'd') return deadline_in<Dispute>(value);
    if (key.logical.front() == 'v') return deadline_in<Vetting>(value);
    return key.logical.front() == 'r' ? deadline_in<Report>(value) : std::nullopt;
  }
  if (key.module == state::Module::accounts) {
    if (key.logical.front() == 'r') return deadline_in<Recovery>(value);
    return key.logical.front() == 'm' ? deadline_in<Mandate>(value) : std::nullopt;
  }
  if (key.module == state::Module::talent) {
    if (key.logical.front() == 't') return deadline_in<Team>(value);
    return key.logical.front() == 'a' ? deadline_in<Attestation>(value) : std::nullopt;
  }
  if (key.module != state::Module::work) return std::nullopt;
  switch (key.logical.front()) {
    case 'j':
      return deadline_in<Job>(value);
    case 'p':
      return deadline_in<Proposal>(value);
    case 'o':
      return deadline_in<Offer>(value);
    case 'c':
      return deadline_in<Contract>(value);
    case 'm':
      return deadline_in<Milestone>(value);
    case 'h':
      return deadline_in<Week>(value);
    case 'f':
      return deadline_in<Feedback>(value);
    case 'i':
      return deadline_in<Invitation>(value);
    default:
      return std::nullopt;
  }
}

struct Locked {
  std::uint64_t escrow = 0;
  std::uint32_t parts = 0;
};

// What the panels of a case hold; what its seats lock is added to each juror's.
template <class Case>
std::uint64_t held_by_panels(Case const& about, std::map<std::string, std::uint64_t>& stakes) {
  std::uint64_t held = 0;
  for (auto const& panel : about.panels()) {
    held += panel.held();
    for (auto const& seat : panel.seats()) stakes[seat.juror()] += seat.stake();
  }
  return held;
}

// What runs and holds money has a clock; what is over has neither, and has lent nothing.
void check_dispute(Dispute const& dispute, std::map<std::string, std::uint64_t>& stakes) {
  auto const over = dispute.until_ms() == 0;
  CHECK(over == (held_by_panels(dispute, stakes) == 0));
  if (over) CHECK(dispute.panels(0).lent() == 0);
}

// Only a challenge holds money, and only while it runs.
void check_vetting(Vetting const& vetting, std::map<std::string, std::uint64_t>& stakes) {
  auto const held = vetting.bond() + held_by_panels(vetting, stakes);
  auto const over = vetting.until_ms() == 0;
  CHECK(over == (vetting.leaves_at_ms() != 0));
  auto const rests = over || vetting.state() == VETTING_STATE_VETTED || vetting.challenges() == 0;
  CHECK(rests == (held == 0));
}

void check_report(Report const& report, std::map<std::string, std::uint64_t>& stakes) {
  auto const over = report.until_ms() == 0;
  CHECK(over == (report.leaves_at_ms() != 0));
  CHECK(over == (report.bond() + held_by_panels(report, stakes) == 0));
}

void check_milestone(Milestone const& milestone, std::map<std::uint64_t, Locked>& sums) {
  auto const over = milestone.state() == MILESTONE_STATE_ACCEPTED ||
                    milestone.state() == MILESTONE_STATE_REFUNDED ||
                    milestone.state() == MILESTONE_STATE_SETTLED;
  auto const locked = work::locked_amount(milestone);
  CHECK(milestone.released() + milestone.refunded() <= milestone.funded());
  CHECK(milestone.fee_taken() + milestone.fee_returned() <= milestone.fee());
  if (over) CHECK(locked == 0 && work::unearned_fee(milestone) == 0);
  // No money without a clock: a disputed milestone's is its dispute's.
  auto const disputed = milestone.state() == MILESTONE_STATE_DISPUTED;
  if (locked > 0) CHECK(state::deadline_of(milestone).has_value() != disputed);
  sums[milestone.contract()].escrow += locked + work::unearned_fee(milestone);
  if (locked > 0) ++sums[milestone.contract()].parts;
}

void check_week(Week const& week, std::map<std::uint64_t, Locked>& sums) {
  auto const over = week.state() == WEEK_STATE_PAID || week.state() == WEEK_STATE_SETTLED;
  auto const locked = work::locked_amount(week);
  CHECK(week.released() + week.refunded() <= week.funded());
  CHECK(week.fee_taken() + week.fee_returned() <= week.fee());
  CHECK(over == (locked == 0));
  if (over) CHECK(work::unearned_fee(week) == 0);
  auto const disputed = week.state() == WEEK_STATE_DISPUTED;
  CHECK(state::deadline_of(week).has_value() == (!over && !disputed));
  sums[week.contract()].escrow += locked + work::unearned_fee(week);
  if (locked > 0) ++sums[week.contract()].parts;
}

}  // namespace

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
  check_invariants();
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
  check_invariants();
}

void WorkScene::must(protocol::Address const& by, google::protobuf::Message const& message) {
  CHECK(run(by, wrap(message)) == TX_STATUS_OK);
}

bool WorkScene::saw(std::string_view cause) const {
  return std::ranges::any_of(events_, [&](Event const& event) {
    return event.record_changed().cause() == cause || event.record_removed().cause() == cause;
  });
}

// ---- what must always hold (4-labor.md, Invariants) ----

void WorkScene::check_invariants() const {
  bank::Audit audit;
  std::map<std::uint64_t, Locked> sums;
  std::map<std::string, std::uint64_t> stakes;
  std::size_t clocks = 0;
  std::size_t entries = 0;
  for (auto const& [key, value] : state_->changes()) {
    if (!value) continue;
    audit.add(key, *value);
    if (key.module == state::Module::deadlines) ++entries;
    if (auto const due = deadline_of_value(key, *value)) {
      ++clocks;
      CHECK(state_->get(state::keys::deadline(*due, key)).has_value());
    }
    if (key.module == state::Module::work && key.logical.front() == 'm') {
      check_milestone(execution::decode_record<Milestone>(*value), sums);
    }
    if (key.module == state::Module::work && key.logical.front() == 'h') {
      check_week(execution::decode_record<Week>(*value), sums);
    }
    if (key.module == state::Module::justice && key.logical.front() == 'd') {
      check_dispute(execution::decode_record<Dispute>(*value), stakes);
    }
    if (key.module == state::Module::justice && key.logical.front() == 'v') {
      check_vetting(execution::decode_record<Vetting>(*value), stakes);
    }
    if (key.module == state::Module::justice && key.logical.front() == 'r') {
      check_report(execution::decode_record<Report>(*value), stakes);
    }
  }
  CHECK(clocks == entries);  // One entry per record with a clock, and the reverse.
  CHECK(audit.balanced());
  for (auto const& [id, locked] : sums) {
    auto const contract = this->contract(id);
    CHECK(contract && contract->escrow() == locked.escrow);
    CHECK(contract->parts_locked() == locked.parts);
  }
  for (auto const& [account, locked] : stakes) {
    auto const known = juror_record(execution::address_in(account));
    CHECK(known && known->locked() == locked && locked <= known->stake());
  }
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
