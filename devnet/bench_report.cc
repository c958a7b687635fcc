#include "devnet/bench_report.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <regex>
#include <utility>

namespace devnet {
namespace {

namespace json = boost::json;

double percentile(std::vector<double> const& sorted, double share) {
  if (sorted.empty()) return 0;
  auto const position = share * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(position)];
}

double rounded(double value) {
  constexpr double hundredths = 100;
  return std::round(value * hundredths) / hundredths;
}

// json::serialize() writes every double as 1.5E1: right, and unreadable for people.
std::string readable(json::value const& value) {
  static std::regex const with_exponent{"-?[0-9]+([.][0-9]+)?E-?[0-9]+"};
  auto const text = json::serialize(value);
  std::string made;
  auto from = text.begin();
  for (std::sregex_iterator found{from, text.end(), with_exponent}, end; found != end; ++found) {
    auto const& number = (*found)[0];
    made.append(from, number.first);
    made += fmt::format("{}", std::stod(number.str()));
    from = number.second;
  }
  return made.append(from, text.end());
}

double rate_of(BenchFigures const& figures) {
  return static_cast<double>(figures.latencies_ms.size()) / figures.seconds;
}

json::object object_of(BenchOptions const& options, BenchFigures const& figures) {
  auto const finalized = static_cast<double>(figures.latencies_ms.size());
  auto const tps = rate_of(figures);
  auto const bound = figures.verify_per_second / options.validators;
  auto const each = std::max(1.0, finalized);
  auto const nodes = static_cast<double>(figures.spent.nodes);

  json::object cpu;
  for (auto const& [stage, us] : figures.spent.stage_cpu_us) {
    cpu[stage] = rounded(static_cast<double>(us) / each);
  }
  cpu["client"] = rounded(static_cast<double>(figures.client_cpu_us) / each);
  auto const per_node = [&](std::uint64_t bytes) {
    return rounded(static_cast<double>(bytes) / each / nodes);
  };
  constexpr double megabyte = 1e6;
  return {
      {"finalized_tps", rounded(tps)},
      {"bound_tps", rounded(bound)},
      {"ratio", rounded(tps / bound)},
      {"latency_ms", json::object{{"p50", rounded(percentile(figures.latencies_ms, 0.5))},
                                  {"p90", rounded(percentile(figures.latencies_ms, 0.9))},
                                  {"p99", rounded(percentile(figures.latencies_ms, 0.99))}}},
      {"cpu_us_per_tx", cpu},
      {"rss_mb", rounded(static_cast<double>(figures.spent.resident_bytes) / megabyte)},
      {"bytes_per_tx", json::object{{"disk", per_node(figures.spent.disk_bytes)},
                                    {"wire", per_node(figures.spent.wire_bytes)}}},
      {"blocks_per_second", rounded(static_cast<double>(figures.spent.height) / figures.seconds)},
      {"validators", options.validators},
      {"dead", options.dead},
      {"delay_ms", options.delay_ms},
      {"accounts", options.accounts},
      {"rate", options.rate},
      {"seconds", options.seconds},
  };
}

json::object object_of(MixFigures const& network) {
  auto object = object_of(network.options, network.common);
  object["contracts"] = network.options.contracts;
  object["contracts_open"] = network.contracts_open;
  object["seed"] = network.options.seed;
  object["set_up_seconds"] = rounded(network.set_up_seconds);
  json::array rates;
  for (auto const rate : network.rates) rates.push_back(rounded(rate));
  object["tps_by_slice"] = std::move(rates);
  std::uint64_t refused = 0;
  json::object messages;
  for (auto const& [name, tally] : network.messages) {
    messages[name] = json::object{{"count", tally.done}, {"refused", tally.refused}};
    refused += tally.refused;
  }
  object["refused"] = refused;
  object["messages"] = std::move(messages);
  return object;
}

void print_lines(json::object const& report) {
  for (auto const& [key, value] : report) {
    fmt::print("{:18} {}\n", std::string{key}, readable(value));
  }
}

// In the text of a mix its messages are a table.
void print_mix(MixFigures const& network) {
  fmt::print("{:24}{:>9}{:>9}\n", "message", "count", "refused");
  for (auto const& [name, tally] : network.messages) {
    fmt::print("{:24}{:>9}{:>9}\n", name, tally.done, tally.refused);
  }
  fmt::print("\n");
  auto object = object_of(network);
  object.erase("messages");
  print_lines(object);
}

}  // namespace

void add(NodeTotals& totals, labor::v1::GetNodeInfoResponse const& info) {
  for (auto const& stage : info.stages()) totals.stage_cpu_us[stage.stage()] += stage.cpu_us();
  totals.wire_bytes += info.peer_bytes_sent();
  totals.disk_bytes += info.disk_bytes_written();
  totals.resident_bytes = std::max(totals.resident_bytes, info.resident_bytes());
  totals.height = std::max(totals.height, info.height());
  ++totals.nodes;
}

std::uint64_t process_cpu_us() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto const us = [](timeval const& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000u +
           static_cast<std::uint64_t>(time.tv_usec);
  };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

NodeTotals spent_between(NodeTotals const& before, NodeTotals const& after) {
  auto spent = after;
  for (auto& [stage, us] : spent.stage_cpu_us) {
    auto const found = before.stage_cpu_us.find(stage);
    if (found != before.stage_cpu_us.end()) us -= found->second;
  }
  spent.wire_bytes -= before.wire_bytes;
  spent.disk_bytes -= before.disk_bytes;
  spent.height -= before.height;
  return spent;
}

NodeTotals spent_in_both(NodeTotals const& first, NodeTotals const& second) {
  auto both = second;
  for (auto const& [stage, us] : first.stage_cpu_us) both.stage_cpu_us[stage] += us;
  both.wire_bytes += first.wire_bytes;
  both.disk_bytes += first.disk_bytes;
  both.height += first.height;
  return both;
}

void print_report(BenchOptions const& options, BenchFigures const& figures) {
  auto const report = object_of(options, figures);
  if (options.json) {
    fmt::print("{}\n", readable(report));
  } else {
    print_lines(report);
  }
}

void print_mix_report(MixFigures const& first, MixFigures const* against) {
  auto const ratio =
      against == nullptr ? 0 : rounded(rate_of(first.common) / rate_of(against->common));
  if (first.options.json) {
    auto report = object_of(first);
    if (against != nullptr) {
      report["against"] = object_of(*against);
      report["rate_to_against"] = ratio;
    }
    fmt::print("{}\n", readable(report));
    return;
  }
  print_mix(first);
  if (against == nullptr) return;
  fmt::print("\nagainst\n\n");
  print_mix(*against);
  fmt::print("\n{:18} {}\n", "rate_to_against", ratio);
}

}  // namespace devnet
