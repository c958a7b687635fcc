// labor doctor: looks for what is wrong, from the files to the node.

#include <fmt/format.h>

#include <algorithm>

#include "wallet/commands/arguments.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

// A clock further off than this makes transactions expire early or late.
constexpr std::uint64_t clock_ms_max = 2ull * 60 * 1000;
// An idle chain makes a block a minute.
constexpr std::uint64_t behind_ms_max = 5ull * 60 * 1000;

struct Finding {
  std::string what;
  std::string verdict;
  std::string hint;
  bool good = true;
  Exit exit = Exit::unexpected;  // Of the command, if this is the first that is bad.
};

Finding finding_of(std::string what, Problem const& problem) {
  return {.what = std::move(what),
          .verdict = problem.message,
          .hint = problem.hint,
          .good = false,
          .exit = problem.exit};
}

template <class T>
Finding check(std::string what, Result<T> const& result, std::string verdict) {
  if (!result) return finding_of(std::move(what), result.error());
  return {.what = std::move(what), .verdict = std::move(verdict), .hint = {}, .good = true};
}

Finding clock_of(Session& session, labor::v1::GetNodeInfoResponse const& info) {
  auto const here = session.console().now_ms();
  auto const distance = std::max(here, info.now_ms()) - std::min(here, info.now_ms());
  if (info.devnet() || distance <= clock_ms_max)
    return {.what = "clock", .verdict = "agrees", .hint = {}};
  return {.what = "clock",
          .verdict = fmt::format("{} from the node's", show_duration(distance)),
          .hint = "Set this machine's clock, or ask another node.",
          .good = false};
}

Finding height_of(labor::v1::GetNodeInfoResponse const& info) {
  auto const age = info.now_ms() - std::min(info.now_ms(), info.block_time_ms());
  Finding finding{.what = "blocks",
                  .verdict = fmt::format("height {}, {} old", info.height(), show_duration(age)),
                  .hint = {}};
  if (info.height() > 0 && age > behind_ms_max) {
    finding.good = false;
    finding.exit = Exit::unreachable;
    finding.hint = "The node is behind or the chain stands still: ask another node.";
  }
  return finding;
}

std::vector<Finding> examine(Session& session) {
  std::vector<Finding> findings;
  auto const config = session.config();
  findings.push_back(check("settings", config, session.home().string()));
  auto const keys = session.keystore().list();
  findings.push_back(check("keys", keys, keys ? fmt::format("{} readable", keys->size()) : ""));
  auto const network = session.network();
  findings.push_back(check("network", network, network ? network->name : ""));
  if (!network) return findings;
  auto const chain = session.chain();
  findings.push_back(
      check("node", chain, fmt::format("{} serves {}", network->api, network->chain_id)));
  if (!chain) return findings;
  if ((*chain)->checking() == Checking::on) {
    findings.push_back(check("proof", (*chain)->head(), "the last block verifies"));
  }
  if (auto const info = (*chain)->info()) {
    findings.push_back(clock_of(session, *info));
    findings.push_back(height_of(*info));
  }
  return findings;
}

Result<Output> doctor(Session& session) {
  json::array data;
  Table table{.head = {"CHECK", "", "FINDING"}, .rows = {}};
  Finding const* bad = nullptr;
  auto const findings = examine(session);
  for (auto const& finding : findings) {
    data.push_back(json::object{{"check", finding.what},
                                {"good", finding.good},
                                {"finding", finding.verdict},
                                {"hint", finding.hint}});
    table.rows.push_back({finding.what, finding.good ? "good" : "BAD", finding.verdict});
    if (!finding.good && bad == nullptr) bad = &finding;
  }
  if (bad == nullptr) return Output{.data = std::move(data), .text = show(table)};
  session.say(show(table));
  return problem(bad->exit, "NOT_WELL", fmt::format("{}: {}", bad->what, bad->verdict), bad->hint);
}

}  // namespace

void add_doctor(Menu& menu) {
  menu.verb("doctor", "Find out what is wrong", [&menu] { return doctor(menu.session()); });
}

}  // namespace wallet
