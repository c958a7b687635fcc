// A small world for the tests of talent and work: a client with money, a talent with a profile, an
// outsider with neither, a clock that moves only when told, and every invariant checked after
// every step.

#pragma once

#include <google/protobuf/message.h>
#include <labor/v1/record.pb.h>
#include <labor/v1/transaction.pb.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/state/overlay.h"
#include "protocol/types.h"
#include "tests/support/work_messages.h"

namespace testing_support {

class WorkScene {
 public:
  WorkScene();

  protocol::Address const client = address(0xC1);
  protocol::Address const talent = address(0x7A);
  protocol::Address const outsider = address(0x0F);
  protocol::Address const juror = address(0x21);  // Once there are jurors (justice_scene.h).
  protocol::Address const issuer = address(0x15);

  // Runs one message as one transaction: applied if it succeeds, dropped if not.
  template <class M>
  labor::v1::TxStatus act(protocol::Address const& by, M const& message) {
    return run(by, wrap(message));
  }
  // Of the last act, {} if it succeeded.
  execution::Failure const& failure() const { return failure_; }

  state::Reader const& state() const { return *state_; }
  std::uint64_t now_ms() const { return now_ms_; }
  // Moves the clock; nothing fires before fire_due().
  void wait(std::uint64_t ms) { now_ms_ += ms; }
  void set_time(std::uint64_t ms) { now_ms_ = ms; }
  // What the start of a block does. The number of deadlines fired.
  std::size_t fire_due();
  // A block of a network that does not travel in time, so long after the last: what is due fires,
  // and more than ten minutes are an outage (real_time.h).
  void block_after(std::uint64_t ms);

  template <class R>
  std::optional<R> find(state::Key const& key) const {
    return execution::find_record<R>(*state_, key);
  }
  std::optional<labor::v1::Job> job(std::uint64_t id = 1) const;
  std::optional<labor::v1::Proposal> proposal(std::uint64_t id = 1) const;
  std::optional<labor::v1::Offer> offer(std::uint64_t id = 1) const;
  std::optional<labor::v1::Contract> contract(std::uint64_t id = 1) const;
  std::optional<labor::v1::Milestone> milestone(std::uint32_t index = 0) const;
  // A side's view, of contract 1.
  std::optional<labor::v1::Feedback> feedback(labor::v1::ContractSide side) const;
  std::optional<labor::v1::Profile> profile() const;  // The talent's.
  std::optional<labor::v1::Dispute> dispute(std::uint64_t id = 1) const;
  std::optional<labor::v1::Juror> juror_record(protocol::Address const& of) const;

  std::optional<labor::v1::Attestation> attestation(std::uint64_t id = 1) const;
  std::optional<labor::v1::Invitation> invitation() const;  // Of the talent, to job 1.
  std::optional<labor::v1::Vesting> vesting(protocol::Address const& of) const;

  std::uint64_t balance(protocol::Address const& of,
                        labor::v1::Asset asset = labor::v1::ASSET_USD) const;
  std::uint64_t treasury() const;
  // What contracts, bonds and cases hold: time alone has to free it (invariants.h).
  std::uint64_t held() const;

  void set_parameter(labor::v1::Parameter parameter, std::uint64_t value);
  void set_balance(protocol::Address const& of, std::uint64_t amount);
  void set_treasury(std::uint64_t amount);
  // The community pool: what it has, LBR minor units, and had at genesis.
  void set_pool(std::uint64_t amount, std::uint64_t at_genesis);
  // Attested by the issuer, for a year.
  void identify(protocol::Address const& who);
  template <class R>
  void put(R const& record) {
    in_context(client, [&](execution::Context& context) { context.put(record, "test"); });
  }

  // What follows from no message of its own: applied if it succeeds, dropped if not.
  template <class F>
  labor::v1::TxStatus follow(F&& f) {
    state::Overlay child{state_};
    execution::Context context{
        child, {.height = protocol::Height{1}, .time = protocol::TimeMs{now_ms_}}, {}};
    auto const done = f(context);
    if (!done) return done.error().status;
    CHECK(finish(std::move(child), context).has_value());
    return labor::v1::TX_STATUS_OK;
  }

  // Whether a transition has run since the last forget_events().
  bool saw(std::string_view cause) const;
  void forget_events() { events_.clear(); }
  std::size_t events_seen() const { return events_.size(); }

  // The usual way to work, in steps that must succeed. Each starts with those before it.
  void post_job(std::uint64_t bond = 0);
  void propose();
  void make_offer(std::vector<std::uint64_t> const& amounts = {500 * usd, 300 * usd});
  void sign(std::vector<std::uint64_t> const& amounts = {500 * usd, 300 * usd});
  void fund(std::uint32_t index = 0);
  void submit(std::uint32_t index = 0);
  void request_changes(std::uint32_t index = 0);

  // Pays the first milestone as a whole and ends the contract.
  void end_after_paying();

  // Accepts offer 1 as it is now.
  labor::v1::AcceptOffer acceptance() const;
  // Agrees to the amendment that is offered to contract 1; to none, if there is none.
  labor::v1::AgreeAmendment agreement() const;

 private:
  static labor::v1::Message wrap(google::protobuf::Message const& message);
  labor::v1::TxStatus run(protocol::Address const& by, labor::v1::Message const& message);
  void must(protocol::Address const& by, google::protobuf::Message const& message);
  void settle_in();
  void hold(protocol::Address const& of, labor::v1::Asset asset, std::uint64_t amount);

  template <class F>
  execution::Done in_context(protocol::Address const& by, F&& f) {
    state::Overlay child{state_};
    execution::Context context{
        child, {.height = protocol::Height{1}, .time = protocol::TimeMs{now_ms_}}, by};
    f(context);
    return finish(std::move(child), context);
  }
  execution::Done finish(state::Overlay&& child, execution::Context& context);

  std::shared_ptr<state::Overlay> state_;
  std::uint64_t now_ms_ = 1'800'000'000'000;
  execution::Failure failure_;
  std::vector<labor::v1::Event> events_;
};

}  // namespace testing_support
