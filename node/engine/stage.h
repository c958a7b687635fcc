// Where the CPU time of this process goes, by stage of a transaction's way.
//
// A Stopwatch charges the CPU time of its thread, from its making to its end, to one stage. What
// no stopwatch covers (gRPC, kernel work on its threads) is the network's share: all of the
// process less the sum of the stages.
//
// Threads: any; counters are relaxed atomics, so sums are exact and snapshots are not.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace node {

enum class Stage : std::uint8_t { verify, execute, store, consensus };
inline constexpr std::array stages{Stage::verify, Stage::execute, Stage::store, Stage::consensus};

// "verify", as GetNodeInfo and the benchmark name it.
std::string_view name_of(Stage stage);

class StageCosts {
 public:
  void charge(Stage stage, std::uint64_t cpu_ns) {
    cpu_ns_[static_cast<std::size_t>(stage)].fetch_add(cpu_ns, std::memory_order_relaxed);
  }
  std::uint64_t cpu_us(Stage stage) const {
    return cpu_ns_[static_cast<std::size_t>(stage)].load(std::memory_order_relaxed) / 1000;
  }
  // Of the whole process since it started.
  static std::uint64_t process_cpu_us();

 private:
  std::array<std::atomic<std::uint64_t>, stages.size()> cpu_ns_{};
};

class Stopwatch {
 public:
  Stopwatch(StageCosts& costs, Stage stage);
  ~Stopwatch();
  Stopwatch(Stopwatch const&) = delete;
  Stopwatch& operator=(Stopwatch const&) = delete;

 private:
  StageCosts& costs_;
  Stage stage_;
  std::uint64_t started_ns_;
};

}  // namespace node
