// A network under load: clients that pay through its validators, followers of every validator's
// events, and the witness of all that they are told.
//
// Threads: one, but for those it has of its own.

#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "devnet/bench_load.h"
#include "devnet/network.h"
#include "devnet/node_client.h"
#include "tests/e2e/client.h"
#include "tests/e2e/witness.h"

namespace e2e {

struct LoadOptions {
  // The nth begins with the nth validator.
  std::size_t clients = 4;
  std::size_t transfers_at_once = 5;
};

class Load {
 public:
  // The network, which runs, outlives it.
  Load(devnet::Network& network, LoadOptions const& options);
  // Stops the network: streams end with their validators.
  ~Load();
  Load(Load const&) = delete;
  Load& operator=(Load const&) = delete;

  devnet::Result<> begin();
  // Until all that was sent is final, and every validator has told so.
  devnet::Result<> finish(int timeout_ms);

  // After finish(): validators are equal at every height, money adds up, and everything that
  // anybody was told is there. Says so; `look` is shown every header.
  devnet::Result<std::string> agreement(
      std::function<void(labor::v1::BlockHeader const&)> const& look = {});

  Witness& witness() { return witness_; }
  std::vector<devnet::NodeClient> const& nodes() const { return nodes_; }
  // Of clients and validators, with the ends of their logs, for people.
  std::string state() const;

  // In the genesis of the network.
  static constexpr std::uint64_t accounts = 200;

 private:
  devnet::Network& network_;
  LoadOptions const options_;
  std::vector<devnet::NodeClient> nodes_;  // By the validators' numbers.
  Witness witness_;
  std::optional<devnet::LoadChain> chain_;
  std::atomic<bool> over_ = false;
  std::vector<std::jthread> followers_;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace e2e
