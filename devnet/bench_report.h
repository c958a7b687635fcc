// What a benchmark measured, and how it is printed.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "devnet/bench.h"

namespace devnet {

// Sums over all living validators.
struct NodeTotals {
  std::map<std::string, std::uint64_t> stage_cpu_us;
  std::uint64_t wire_bytes = 0;
  std::uint64_t disk_bytes = 0;
  std::uint64_t resident_bytes_max = 0;
  std::uint64_t height_max = 0;
  std::uint64_t nodes = 0;
};

void add(NodeTotals& totals, labor::v1::GetNodeInfoResponse const& info);

struct BenchFigures {
  double verify_per_second = 0;  // On all cores.
  double seconds = 0;
  std::vector<double> latencies_ms;  // Of all that became final, ascending.
  NodeTotals before;
  NodeTotals after;
  std::uint64_t client_cpu_us = 0;
};

// One JSON object with the keys of the header of bench.h and tests/bench/README.md, or lines for
// people.
void print_report(BenchOptions const& options, BenchFigures const& figures);

// CPU time of this process.
std::uint64_t process_cpu_us();

}  // namespace devnet
