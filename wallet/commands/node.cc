// labor node: status, supply.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "wallet/commands/arguments.h"
#include "wallet/dates.h"
#include "wallet/supply.h"

namespace wallet {

namespace {

Result<Output> status(Session& session) {
  TRY(chain, session.chain());
  TRY(info, chain->info());
  std::string proved = "not checked (--no-verify)";
  if (chain->checking() == Checking::on) {
    TRY(head, chain->head());
    proved = fmt::format("height {} carries a certificate of the genesis' validators",
                         head.header.height());
  }
  auto const now = protocol::TimeMs{info.now_ms()};
  auto const block_time = protocol::TimeMs{info.block_time_ms()};
  Table peers{.head = {"PEER", "CONNECTED"}, .rows = {}};
  auto const connected = std::ranges::count_if(info.peers(), &labor::v1::PeerInfo::connected);
  Facts const facts{
      {"Node", fmt::format("{} at {}", info.name(), chain->client().api())},
      {"Version", info.version()},
      {"Chain", fmt::format("{}{}", info.chain_id(), info.devnet() ? " (a devnet)" : "")},
      {"Height", fmt::format("{}, {}", info.height(), show_distance(block_time, now))},
      {"Proved", proved},
      {"Role", info.validator() ? fmt::format("validator {}", info.validator_index()) : "observer"},
      {"Peers", fmt::format("{} of {} connected", connected, info.peers_size())},
      {"Waiting", fmt::format("{} transactions", info.mempool_transactions())},
      {"Its clock", show_time(now)}};
  return Output{.data = to_json(info, session.address_network()), .text = show(facts)};
}

Result<Output> supply(Session& session) {
  TRY(chain, session.chain());
  TRY(answer, chain->client().supply());
  Table table{.head = {"HELD AS"}, .rows = {}};
  for (auto const& [name, amount] : holders_of(labor::v1::SupplyRow{})) {
    table.rows.push_back({std::string{name}});
  }
  table.rows.push_back({"supply"});
  table.rows.push_back({""});
  for (auto const& row : answer.rows()) {
    auto const money = [&](std::uint64_t amount) {
      return show(protocol::Amount{amount}, row.asset());
    };
    table.head.emplace_back(name_of(row.asset()));
    std::size_t line = 0;
    for (auto const& [name, amount] : holders_of(row)) {
      table.rows[line++].push_back(money(amount));
    }
    table.rows[line++].push_back(money(row.supply()));
    table.rows[line].emplace_back(held(row) == row.supply() ? "adds up" : "DOES NOT ADD UP");
  }
  auto data = to_json(answer, session.address_network());
  return Output{.data = std::move(data), .text = show(table)};
}

}  // namespace

void add_node(Menu& menu) {
  auto noun = menu.noun("node", "The node that is asked");
  auto& session = menu.session();
  noun.verb("status", "How it is, and whether its last block is proved",
            [&session] { return status(session); });
  noun.verb("supply", "Each asset and who holds it; the node's word",
            [&session] { return supply(session); });
}

}  // namespace wallet
