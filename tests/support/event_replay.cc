#include "tests/support/event_replay.h"

#include "protocol/bank/holders.h"
#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/context.h"
#include "protocol/execution/form.h"
#include "protocol/state/keys.h"
#include "protocol/state/records.h"

namespace testing_support {

using namespace labor::v1;  // This file reads every kind of event.

namespace {

// Less what no event says; nothing where nothing is left.
std::string announced(Record record) {
  if (record.has_account()) {
    auto& account = *record.mutable_account();
    account.clear_authority();
    account.clear_sequence();
    account.clear_allowance();
    account.clear_allowance_at_ms();
    Account bare;
    bare.set_address(account.address());
    if (canonical::encode(account) == canonical::encode(bare)) return {};
  }
  return canonical::encode(record);
}

}  // namespace

EventReplay::Records EventReplay::records_of(MemoryState const& state) {
  Records records;
  for (auto const& [key, value] : state.values()) {
    auto const record = state::record_of(key, value);
    if (!record) continue;
    auto text = announced(*record);
    if (!text.empty()) records[key] = std::move(text);
  }
  return records;
}

EventReplay::EventReplay(MemoryState const& genesis) : records_{records_of(genesis)} {}

void EventReplay::add(execution::ExecutedBlock const& block) {
  for (auto const& event : block.events.begin()) add(event);
  for (auto const& receipt : block.receipts) {
    for (auto const& event : receipt.events()) add(event);
  }
  for (auto const& event : block.events.end()) add(event);
}

void EventReplay::add(Event const& event) {
  if (event.has_money_moved()) return move(event.money_moved());
  auto const removed = event.has_record_removed();
  auto const& record = removed ? event.record_removed().record() : event.record_changed().record();
  auto const key = state::key_of(record);
  CHECK(key.has_value());  // Execution wrote it.
  auto text = removed ? std::string{} : announced(record);
  if (text.empty()) {
    records_.erase(*key);
  } else {
    records_[*key] = std::move(text);
  }
}

void EventReplay::move(MoneyMoved const& move) {
  change(move.from(), move.asset(), move.amount(), false);
  if (move.has_to()) return change(move.to(), move.asset(), move.amount(), true);
  auto const key = state::keys::supply(move.asset());
  Record record;
  CHECK(record.ParseFromString(records_.at(key)));
  auto& supply = *record.mutable_supply();
  supply.set_amount(supply.amount() - move.amount());
  records_[key] = canonical::encode(record);
}

void EventReplay::change(Holder const& holder, Asset asset, std::uint64_t amount, bool more) {
  auto const address = bank::balance_address(holder);
  if (!address) return;  // A field of a record that announces itself.
  auto const key = state::keys::balance(*address, asset);
  Record record;
  if (auto const known = records_.find(key); known != records_.end()) {
    CHECK(record.ParseFromString(known->second));
  }
  auto& balance = *record.mutable_balance();
  balance.set_address(address->str());
  balance.set_asset(asset);
  balance.set_amount(more ? balance.amount() + amount : balance.amount() - amount);
  if (balance.amount() == 0) {
    records_.erase(key);
  } else {
    records_[key] = canonical::encode(record);
  }
}

std::vector<std::string> EventReplay::differences(MemoryState const& state) const {
  std::vector<std::string> found;
  auto const expected = records_of(state);
  auto const tell = [&](std::string const& what, std::string const& text) {
    Record record;
    CHECK(record.ParseFromString(text));
    found.push_back(what + ": " + record.ShortDebugString());
  };
  for (auto const& [key, text] : expected) {
    auto const known = records_.find(key);
    if (known == records_.end()) tell("no event brought", text);
    if (known != records_.end() && known->second != text) tell("events left it different", text);
  }
  for (auto const& [key, text] : records_) {
    if (!expected.contains(key)) tell("no event took away", text);
  }
  return found;
}

}  // namespace testing_support
