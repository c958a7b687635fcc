#include "tests/support/final_chain.h"

#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/state/keys.h"
#include "protocol/state/tree.h"

namespace testing_support {

protocol::Address address(std::uint64_t n) {
  protocol::Address made;
  made.data[0] = static_cast<std::uint8_t>(n);
  made.data[31] = 1;
  return made;
}

protocol::TransactionId transaction_id(std::uint64_t n) {
  auto const bytes = base::bytes_of(std::string_view{reinterpret_cast<char const*>(&n), sizeof n});
  return crypto::hash_as<protocol::TransactionId>(crypto::domains::transaction, {bytes});
}

labor::v1::Event paid(std::uint64_t from, std::uint64_t to, std::string const& cause) {
  labor::v1::Event event;
  auto& moved = *event.mutable_money_moved();
  moved.mutable_from()->set_address(address(from).str());
  moved.mutable_to()->set_address(address(to).str());
  moved.set_cause(cause);
  return event;
}

labor::v1::Receipt receipt(std::uint64_t transaction, std::vector<labor::v1::Event> const& events) {
  labor::v1::Receipt made;
  made.set_transaction_id(transaction_id(transaction).str());
  made.set_status(labor::v1::TX_STATUS_OK);
  for (auto const& event : events) *made.add_events() = event;
  return made;
}

node::ExecutedFinal FinalChain::block(
    std::vector<std::pair<state::Key, std::optional<std::string>>> changes,
    std::vector<labor::v1::Receipt> receipts, labor::v1::BlockEvents events, bool boundary) {
  auto const height = history_.size();
  auto executed = std::make_shared<execution::ExecutedBlock>();
  auto const overlay = std::make_shared<state::Overlay>(state_);
  for (auto& [key, value] : changes) {
    if (value) {
      overlay->put(key, *value);
    } else {
      overlay->erase(key);
    }
  }
  labor::v1::Block block;
  std::vector<protocol::Hash> carried;
  if (carried_bytes_ > 0) {
    auto const& bytes = *block.add_transactions() = std::string(carried_bytes_, 'c');
    carried.push_back(crypto::hash(crypto::domains::wire, {base::bytes_of(bytes)}));
  }
  executed->header.set_version(execution::block_version);
  executed->header.set_genesis_hash(genesis_.str());
  executed->header.set_parent_hash(
      (blocks_.empty() ? protocol::BlockHash{} : blocks_.back().block->hash).str());
  executed->header.set_transactions_root(crypto::list_root(std::move(carried)).str());
  executed->header.set_height(height);
  executed->header.set_time_ms(1000 * height + 1);
  executed->header.set_state_root(update_tree(*overlay).str());
  if (boundary) executed->header.set_next_set_hash(std::string(32, 'n'));
  auto const header = canonical::encode(executed->header);
  executed->hash = execution::block_hash(header);
  block.set_header(header);
  executed->bytes = canonical::encode(block);
  for (auto& one : receipts) {
    executed->encoded_receipts.push_back(canonical::encode(one));
    executed->receipts.push_back(std::move(one));
  }
  executed->encoded_events = canonical::encode(events);
  executed->events = std::move(events);
  executed->state = overlay;
  state_->apply(*overlay);
  history_.push_back(state_->values());
  blocks_.push_back({.block = executed, .finalization = "final " + std::to_string(height)});
  return blocks_.back();
}

node::ExecutedFinal FinalChain::random_block() {
  std::vector<std::pair<state::Key, std::optional<std::string>>> changes;
  auto const count = prng_.between(1, 12);
  for (std::uint64_t i = 0; i < count; ++i) {
    auto const n = prng_.below(30);
    auto const kept = !prng_.one_in(3);
    labor::v1::Job job;
    job.set_id(n + 1);
    job.set_client(address(n % 3).str());
    job.set_state(prng_.one_in(2) ? labor::v1::JOB_STATE_OPEN : labor::v1::JOB_STATE_CLOSED);
    std::string const value(prng_.below(100), static_cast<char>('a' + n));
    std::pair<state::Key, std::string> const choices[] = {
        {state::keys::balance(address(n), labor::v1::ASSET_USD), value},
        {state::keys::job(n + 1), canonical::encode(job)},
        {state::keys::deadline(protocol::TimeMs{n}, state::keys::job(n + 1)), ""},
    };
    auto const& [key, bytes] = choices[prng_.below(3)];
    changes.emplace_back(key, kept ? std::optional{bytes} : std::nullopt);
  }
  auto const height = history_.size();
  return block(std::move(changes), {receipt(height, {paid(height % 5, height % 7)})});
}

}  // namespace testing_support
