// The transactions one simulated node waits to see final, by account and sequence. Lost in a
// crash; people send theirs again.

#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "protocol/execution/admission.h"
#include "protocol/execution/transaction.h"

namespace sim {

class Pending {
 public:
  // Whether it was new.
  bool add(execution::CheckedPtr transaction) {
    auto const key = std::pair{transaction->account(), transaction->sequence()};
    return transactions_.emplace(key, std::move(transaction)).second;
  }

  // A final block held this one: it and whatever came before it in its account can go.
  void final(execution::CheckedTransaction const& transaction) {
    auto const first = std::pair{transaction.account(), protocol::Sequence{0}};
    auto const last = std::pair{transaction.account(), transaction.sequence()};
    transactions_.erase(transactions_.lower_bound(first), transactions_.upper_bound(last));
  }

  // In the order in which one account's can follow one another.
  std::vector<execution::CheckedPtr> all() const {
    std::vector<execution::CheckedPtr> out;
    for (auto const& [key, transaction] : transactions_) out.push_back(transaction);
    return out;
  }

  bool any_admissible(state::Reader const& state, protocol::TimeMs time) const {
    for (auto const& [key, transaction] : transactions_) {
      if (execution::admit(state, *transaction, {.block_time = time, .next_sequence = {}})) {
        return true;
      }
    }
    return false;
  }

 private:
  std::map<std::pair<protocol::Address, protocol::Sequence>, execution::CheckedPtr> transactions_;
};

}  // namespace sim
