#include "node/store/events.h"

#include <algorithm>

#include "protocol/state/records.h"

namespace node {

void for_each_event(labor::v1::BlockEvents const& events,
                    std::vector<labor::v1::Receipt> const& receipts, VisitEvent const& visit) {
  std::uint32_t index = 0;
  auto const all = [&](auto const& some, std::string_view transaction_id) {
    return std::ranges::all_of(
        some, [&](auto const& event) { return visit(++index, event, transaction_id); });
  };
  if (!all(events.begin(), "")) return;
  for (auto const& receipt : receipts) {
    if (!all(receipt.events(), receipt.transaction_id())) return;
  }
  all(events.end(), "");
}

bool matches(labor::v1::Event const& event, EventQuery const& query) {
  auto const& cause =
      event.has_money_moved() ? event.money_moved().cause() : event.record_changed().cause();
  if (!cause.starts_with(query.cause_prefix)) return false;
  if (query.account.empty()) return true;
  auto const accounts = state::accounts_of(event);
  return std::ranges::find(accounts, query.account) != accounts.end();
}

}  // namespace node
