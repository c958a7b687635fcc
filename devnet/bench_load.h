// The load of a benchmark: transactions signed for its accounts, submitted to one validator each by
// a thread of its own, and followed until they are final.
//
// Threads: LoadSource belongs to one submitter; Flight is shared.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "devnet/bench_accounts.h"
#include "devnet/node_client.h"
#include "protocol/types.h"

namespace devnet {

struct LoadTransaction {
  protocol::TransactionId id{};
  std::string bytes;
};

struct LoadChain {
  std::string chain_id;
  protocol::GenesisHash genesis{};
  std::uint64_t valid_until_ms = 0;
  // In the order of their numbers. Made once: deriving a key costs more than a signature.
  std::vector<protocol::Address> accounts;
};

// Transactions made for it are valid for an hour. Nothing without an answer.
std::optional<LoadChain> load_chain(NodeClient const& node, std::uint64_t accounts);
// An hour from now, by the clock of `node`.
std::uint64_t valid_until_ms(labor::v1::GetNodeInfoResponse const& info);

struct LoadSender {
  crypto::SecretKey key;
  protocol::Address address{};
  std::uint64_t sequence = 0;  // Of the next transaction.
};

LoadSender load_sender(std::uint64_t number);
// Its next transaction.
LoadTransaction sign_next(LoadSender& sender, LoadChain const& chain,
                          std::vector<labor::v1::Message> messages);

// Of one submission.
inline constexpr std::size_t load_batch_max = 50;
// Before what a validator did not admit is submitted again.
inline constexpr auto load_full_pause = std::chrono::milliseconds{5};

// Gives a validator the batch, and takes back what it did not admit: in order, to be submitted
// again. Of the reasons the last one, for people.
struct LoadRefused {
  std::vector<LoadTransaction> transactions;
  std::string reason;
};
LoadRefused submit(NodeClient const& node, std::vector<LoadTransaction> batch);

// Those that send transfers.
inline constexpr std::size_t transfer_senders_max = 2'000;

// Transfers of 1 minor unit from senders first, first + step, ... in turn to all accounts in turn.
// Each sender's sequence counts up, so its transactions must be submitted in order.
class LoadSource {
 public:
  // `chain` outlives it.
  LoadSource(LoadChain const& chain, std::size_t first, std::size_t step);
  LoadTransaction next();

 private:
  LoadChain const& chain_;
  std::vector<LoadSender> senders_;
  std::size_t turn_ = 0;
  std::size_t to_ = 0;
};

// What is on its way, and how long what has arrived took.
class Flight {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Flight(std::size_t window) : window_{window} {}

  // Blocks while the window is full; false once landed() is over (stop() was called).
  bool depart(std::vector<LoadTransaction> const& batch);
  // Not admitted after all.
  void withdraw(protocol::TransactionId const& id);
  void land(protocol::TransactionId const& id);
  void stop();

  // Latencies in ms of what landed between the two times, ascending.
  std::vector<double> latencies_ms(Clock::time_point from, Clock::time_point to) const;
  std::size_t in_flight() const;

 private:
  struct Landing {
    Clock::time_point at;
    double latency_ms = 0;
  };

  std::size_t window_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::map<protocol::TransactionId, Clock::time_point> flying_;
  std::vector<Landing> landings_;
  bool stopped_ = false;
};

}  // namespace devnet
