#include "devnet/bench_report.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

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
  if (auto const* number = value.if_double()) return fmt::format("{}", *number);
  auto const* object = value.if_object();
  if (object == nullptr) return json::serialize(value);
  std::string text;
  for (auto const& [key, member] : *object) {
    text += fmt::format("{}{}:{}", text.empty() ? "" : ",", json::serialize(json::string{key}),
                        readable(member));
  }
  return "{" + text + "}";
}

}  // namespace

void add(NodeTotals& totals, labor::v1::GetNodeInfoResponse const& info) {
  for (auto const& stage : info.stages()) totals.stage_cpu_us[stage.stage()] += stage.cpu_us();
  totals.wire_bytes += info.peer_bytes_sent();
  totals.disk_bytes += info.disk_bytes_written();
  totals.resident_bytes_max = std::max(totals.resident_bytes_max, info.resident_bytes());
  totals.height_max = std::max(totals.height_max, info.height());
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

void print_report(BenchOptions const& options, BenchFigures const& figures) {
  auto const finalized = static_cast<double>(figures.latencies_ms.size());
  auto const tps = finalized / figures.seconds;
  auto const bound = figures.verify_per_second / options.validators;
  auto const each = std::max(1.0, finalized);
  auto const nodes = static_cast<double>(figures.after.nodes);

  json::object cpu;
  for (auto const& [stage, us] : figures.after.stage_cpu_us) {
    auto const before = figures.before.stage_cpu_us.find(stage);
    auto const spent = us - (before == figures.before.stage_cpu_us.end() ? 0 : before->second);
    cpu[stage] = rounded(static_cast<double>(spent) / each);
  }
  cpu["client"] = rounded(static_cast<double>(figures.client_cpu_us) / each);
  auto const per_node = [&](std::uint64_t after, std::uint64_t before) {
    return rounded(static_cast<double>(after - before) / each / nodes);
  };
  constexpr double megabyte = 1e6;
  json::object const report{
      {"finalized_tps", rounded(tps)},
      {"bound_tps", rounded(bound)},
      {"ratio", rounded(tps / bound)},
      {"latency_ms", json::object{{"p50", rounded(percentile(figures.latencies_ms, 0.5))},
                                  {"p90", rounded(percentile(figures.latencies_ms, 0.9))},
                                  {"p99", rounded(percentile(figures.latencies_ms, 0.99))}}},
      {"cpu_us_per_tx", cpu},
      {"rss_mb", rounded(static_cast<double>(figures.after.resident_bytes_max) / megabyte)},
      {"bytes_per_tx",
       json::object{{"disk", per_node(figures.after.disk_bytes, figures.before.disk_bytes)},
                    {"wire", per_node(figures.after.wire_bytes, figures.before.wire_bytes)}}},
      {"blocks_per_second",
       rounded(static_cast<double>(figures.after.height_max - figures.before.height_max) /
               figures.seconds)},
      {"validators", options.validators},
      {"dead", options.dead},
      {"delay_ms", options.delay_ms},
      {"accounts", options.accounts},
      {"rate", options.rate},
      {"seconds", options.seconds},
  };
  if (options.json) {
    fmt::print("{}\n", readable(report));
    return;
  }
  for (auto const& [key, value] : report)
    fmt::print("{:18} {}\n", std::string{key}, readable(value));
}

}  // namespace devnet
