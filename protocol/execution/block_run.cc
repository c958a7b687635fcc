#include "protocol/execution/block_run.h"

#include <utility>

#include "protocol/bank/conservation.h"
#include "protocol/bank/holders.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/execution/admission.h"
#include "protocol/execution/deadline.h"
#include "protocol/execution/dispatch.h"
#include "protocol/execution/form.h"
#include "protocol/execution/recent_blocks.h"
#include "protocol/limits.h"
#include "protocol/state/tree.h"
#include "protocol/validators/set.h"

namespace execution {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file fills receipts, events and headers.

namespace {

constexpr std::string_view outage_counter = "outage_ms";
// Whatever else a transaction changes, it changes its account.
constexpr std::size_t charge_changes = 1;

// An overlay of its own for one transaction or deadline. It does not outlive the block's, so it
// need not own it.
state::Overlay attempt_over(std::shared_ptr<state::Overlay> const& state) {
  return state::Overlay{std::shared_ptr<state::Reader const>{std::shared_ptr<void>{}, state.get()}};
}

void report(Receipt& receipt, Failure const& failure, std::size_t message) {
  receipt.set_status(failure.status);
  receipt.set_failed_message(static_cast<std::uint32_t>(message));
  for (auto const& detail : failure.details) {
    auto& entry = *receipt.add_details();
    entry.set_name(std::string{detail.name});
    entry.set_value(detail.value);
  }
}

void append(google::protobuf::RepeatedPtrField<Event>& to, std::vector<Event>& events) {
  for (auto& event : events) *to.Add() = std::move(event);
}

// The sequence and allowance go up and down without an event: the receipt says both.
void apply_charge(std::shared_ptr<state::Overlay> const& state, BlockTime const& block,
                  Charge const& charge, Receipt& receipt) {
  state->put(state::key_of(charge.account), canonical::encode(charge.account));
  if (charge.fee_payer) {
    state->put(state::key_of(*charge.fee_payer), canonical::encode(*charge.fee_payer));
  }
  Context context{*state, block, charge.payer};
  auto const paid = context.move(bank::account_holder(charge.payer), bank::treasury_holder(),
                                 ASSET_LBR, charge.fee, "fee");
  CHECK(paid.has_value());  // admit() has seen the balance; the treasury holds less than all.
  append(*receipt.mutable_events(), context.events());
  receipt.set_fee_charged(charge.fee.value());
  receipt.set_allowance_used(charge.allowance_used);
}

protocol::Hash receipt_hash(std::string_view encoded) {
  return crypto::hash(crypto::domains::receipt, {base::bytes_of(encoded)});
}

}  // namespace

std::uint64_t outages_ms(state::Reader const& state) {
  return counter_of(state, outage_counter);
}

ChainTime chain_time(protocol::Chain const& chain, Parent const& parent, protocol::TimeMs time) {
  auto outage_ms = outages_ms(*parent.state);
  auto const gap = time.value() - parent.time.value();
  // Before the first block nobody had anything to lose.
  auto const counts = !chain.devnet() && parent.height.value() > 0 && gap > outage_gap_ms;
  if (counts) outage_ms += gap;
  return {.time = protocol::TimeMs{time.value() - outage_ms}, .outage_ms = outage_ms};
}

Ran run_transaction(std::shared_ptr<state::Overlay> const& state, BlockTime const& block,
                    TransactionBody const& body, protocol::TransactionId const& id,
                    Charge const& charge) {
  Ran ran;
  auto& receipt = ran.receipt;
  receipt.set_transaction_id(id.str());
  apply_charge(state, block, charge, receipt);

  auto attempt = attempt_over(state);
  Context context{attempt, block, address_in(body.account())};
  for (std::size_t i = 0; std::cmp_less(i, body.messages_size()); ++i) {
    auto const done = dispatch(context, body.messages(static_cast<int>(i)));
    ran.changes = charge_changes + attempt.changes().size() + context.looked_at();
    if (!done) {
      report(receipt, done.error(), i);
      return ran;
    }
  }
  if (!bank::conserved(attempt, *state)) {
    report(receipt, Failure{TX_STATUS_INTERNAL, {}}, 0);
    return ran;
  }
  state->absorb(std::move(attempt));
  receipt.set_status(TX_STATUS_OK);
  append(*receipt.mutable_events(), context.events());
  for (auto const created : context.created_ids()) receipt.add_created_ids(created);
  return ran;
}

BlockRun::BlockRun(protocol::Chain const& chain, Parent const& parent, protocol::TimeMs time)
    : chain_{chain},
      parent_{parent},
      time_{time},
      state_{std::make_shared<state::Overlay>(parent.state)} {
  auto const now = chain_time(chain, parent, time);
  if (now.outage_ms != outages_ms(*state_)) {
    set_counter(*state_, outage_counter, now.outage_ms);
  }
  block_ = BlockTime{.height = parent.height.next(), .time = now.time, .genesis = chain.hash()};
  note_block(*state_, parent);
  fire_deadlines();
}

void BlockRun::fire_deadlines() {
  std::size_t changes = 0;
  auto const may_fire = [&](std::size_t fired) {
    return fired < limits::deadlines_per_block_max &&
           changes < limits::deadline_changes_per_block_max;
  };
  auto entry = state_->next(state::Module::deadlines, {});
  for (std::size_t fired = 0; entry && may_fire(fired); ++fired) {
    if (parse_deadline(*entry).time > block_.time) return;
    changes += fire_one(*entry);
    work_used_ += limits::deadline_units;
    entry = state_->next(state::Module::deadlines, *entry + '\0');
  }
  done_.deadlines_left = entry && parse_deadline(*entry).time <= block_.time;
}

// A deadline that cannot be worked off (a defect: its effect refused, or made money) is put off,
// again and again until a fix works it off: it stops neither the others nor the node.
std::size_t BlockRun::fire_one(std::string const& entry) {
  auto const [time, record] = parse_deadline(entry);
  auto const key = state::Key{.module = state::Module::deadlines, .logical = entry};
  auto attempt = attempt_over(state_);
  Context context{attempt, block_, protocol::Address{}};
  auto const done = fire(context, record);
  auto const changes = attempt.changes().size() + context.looked_at();
  if (!done || !bank::conserved(attempt, *state_)) {
    auto const again_at = protocol::TimeMs{block_.time.value() + limits::deadline_retry_ms};
    state_->erase(key);
    state_->put(state::keys::deadline(again_at, record), {});
    return changes;
  }
  state_->absorb(std::move(attempt));
  append(*done_.events.mutable_begin(), context.events());
  // Context::put() takes away the entry of the clock that has run out, not one that was put off.
  if (clock_of(*state_, record) != time) state_->erase(key);
  return changes;
}

bool BlockRun::full() const {
  return changes_ >= limits::changes_per_block_max;
}

Done BlockRun::add(CheckedPtr const& transaction) {
  auto const charge = admit(*state_, *transaction, {.block_time = time_});
  if (!charge) return std::unexpected{charge.error()};
  auto ran = run_transaction(state_, block_, transaction->body(), transaction->id(), *charge);
  changes_ += ran.changes;
  done_.encoded_receipts.push_back(canonical::encode(ran.receipt));
  done_.receipts.push_back(std::move(ran.receipt));
  done_.transactions.push_back(transaction);
  bytes_used_ += transaction->bytes().size();
  work_used_ += transaction->units();
  return {};
}

void BlockRun::end_epoch() {
  Context context{*state_, block_, protocol::Address{}};
  done_.next_set = validators::end_epoch(context, parent_.epoch);
  append(*done_.events.mutable_end(), context.events());
}

ExecutedBlock BlockRun::finish(protocol::ValidatorIndex proposer) && {
  std::vector<protocol::Hash> wires;
  std::vector<protocol::Hash> receipts;
  wires.reserve(done_.transactions.size());
  receipts.reserve(done_.transactions.size() + 1);
  Block block;
  for (auto const& transaction : done_.transactions) {
    wires.push_back(protocol::Hash{transaction->wire().data});
    block.add_transactions(transaction->bytes());
  }
  end_epoch();
  for (auto const& encoded : done_.encoded_receipts) receipts.push_back(receipt_hash(encoded));
  done_.encoded_events = canonical::encode(done_.events);
  receipts.push_back(receipt_hash(done_.encoded_events));

  auto& header = done_.header;
  header.set_version(block_version);
  header.set_genesis_hash(chain_.hash().str());
  header.set_epoch(parent_.epoch.value());
  header.set_height(block_.height.value());
  header.set_parent_hash(parent_.hash.str());
  header.set_time_ms(time_.value());
  header.set_proposer(proposer.value());
  header.set_transactions_root(crypto::list_root(std::move(wires)).str());
  header.set_receipts_root(crypto::list_root(std::move(receipts)).str());
  header.set_state_root(state::update_tree(*state_).str());
  if (done_.next_set) header.set_next_set_hash(validators::hash_of(*done_.next_set).str());
  header.set_bytes_used(bytes_used_);
  header.set_work_used(work_used_);

  block.set_header(canonical::encode(header));
  done_.hash = block_hash(block.header());
  done_.bytes = canonical::encode(block);
  done_.state = std::move(state_);
  return std::move(done_);
}

}  // namespace execution
