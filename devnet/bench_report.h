// What a benchmark measured, and how it is printed.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "devnet/bench.h"
#include "devnet/bench_contracts.h"

namespace devnet {

// Sums over all living validators, since they started or over a stretch of time.
struct NodeTotals {
  std::map<std::string, std::uint64_t> stage_cpu_us;
  std::uint64_t wire_bytes = 0;
  std::uint64_t disk_bytes = 0;
  std::uint64_t resident_bytes = 0;  // Of the largest.
  std::uint64_t height = 0;          // Of the highest.
  std::uint64_t nodes = 0;
};

void add(NodeTotals& totals, labor::v1::GetNodeInfoResponse const& info);

// What came between two times; of memory and of the number of nodes, what is true now.
NodeTotals spent_between(NodeTotals const& before, NodeTotals const& after);
// Two such stretches as one.
NodeTotals spent_in_both(NodeTotals const& first, NodeTotals const& second);

struct BenchFigures {
  double verify_per_second = 0;  // On all cores.
  double seconds = 0;
  std::vector<double> latencies_ms;  // Of all that became final, ascending.
  NodeTotals spent;
  std::uint64_t client_cpu_us = 0;
};

// Of a network under the labor mix, besides.
struct MixFigures {
  BenchFigures common;
  BenchOptions options;  // Its own accounts and contracts.
  double set_up_seconds = 0;
  std::vector<double> rates;         // Transactions a second, slice by slice.
  std::uint64_t contracts_open = 0;  // At the end.
  BenchTallies messages;
};

// One JSON object with the keys of the header of bench.h and tests/bench/README.md, or lines for
// people.
void print_report(BenchOptions const& options, BenchFigures const& figures);
// The same of a network under the mix; of the one that it was measured against, if any, within,
// and how the two rates compare.
void print_mix_report(MixFigures const& first, MixFigures const* against);

// CPU time of this process.
std::uint64_t process_cpu_us();

}  // namespace devnet
