// Carries what people have to say of their contracts (bench_contracts.h) to the validators of one
// network, and what becomes of it back: receipts of the final blocks of validator 0, in order.
//
// Threads: one, besides one that submits for each validator.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "devnet/bench_contracts.h"
#include "devnet/bench_load.h"
#include "devnet/bench_submitter.h"
#include "devnet/network.h"
#include "devnet/node_client.h"

namespace devnet {

class BenchLabor {
 public:
  using Clock = Flight::Clock;

  // `nodes` outlive it.
  static Result<std::unique_ptr<BenchLabor>> begin(std::vector<NodeClient> const& nodes,
                                                   BenchContracts::Options const& options);

  // Until every contract is open and rests. The error says who was refused, or that nothing becomes
  // final any more: so it is of the others.
  Result<> hire();
  // Of those at rest, at most a few hundred at once.
  Result<> work_until(Clock::time_point end);
  // Says nothing more, until all that was said is final.
  Result<> drain();

  // In ms, ascending, of all that became final between the two times.
  std::vector<double> latencies_ms(Clock::time_point from, Clock::time_point to) const {
    return flight_.latencies_ms(from, to);
  }
  BenchContracts const& contracts() const { return contracts_; }

 private:
  enum class Speaking : std::uint8_t { on, off };

  BenchLabor(std::vector<NodeClient> const& nodes, LoadChain chain, std::uint64_t height,
             BenchContracts::Options const& options);
  Result<> go_on_until(Speaking speaking, std::function<bool()> const& done);
  bool hear();
  bool speak();
  std::string silence() const;

  std::vector<NodeClient> const& nodes_;
  LoadChain chain_;
  std::uint64_t height_;  // Of the last block that was heard.
  BenchContracts contracts_;
  Flight flight_;
  std::vector<std::unique_ptr<BenchSubmitter>> submitters_;
};

}  // namespace devnet
