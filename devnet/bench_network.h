// A network of its own for a benchmark, which runs as long as this lives, and what can be measured
// of any network: what its validators have used, and how fast this machine checks signatures.

#pragma once

#include <memory>
#include <vector>

#include "devnet/bench.h"
#include "devnet/bench_report.h"
#include "devnet/network.h"
#include "devnet/node_client.h"

namespace devnet {

class BenchNetwork {
 public:
  // Made anew in the home of `options`, with its accounts, validators and delay; ready, and its
  // dead killed.
  static Result<BenchNetwork> start(BenchOptions const& options);
  ~BenchNetwork();
  BenchNetwork(BenchNetwork&&) noexcept = default;
  BenchNetwork& operator=(BenchNetwork&&) = delete;
  BenchNetwork(BenchNetwork const&) = delete;
  BenchNetwork& operator=(BenchNetwork const&) = delete;

  // Earlier than by the destructor: whoever reads from a node is waiting for its end.
  Result<> stop() { return network_->stop_all(); }

  Network& network() { return *network_; }
  // The living ones; they outlive moves of this.
  std::vector<NodeClient> const& nodes() const { return *nodes_; }
  // What they have used since they started.
  Result<NodeTotals> totals() const;

 private:
  BenchNetwork() = default;

  std::unique_ptr<Network> network_;
  std::unique_ptr<std::vector<NodeClient>> nodes_;
};

// Finished signature checks a second, on all cores at once.
double measure_verify_rate();

}  // namespace devnet
