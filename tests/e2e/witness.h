// What clients were told is final, by whom: through the event stream of every validator, by the
// answers about single transactions, and as the last block of GetNodeInfo. In the end all of it is
// held against the chain.
//
// Threads: any. The first two statements that contradict each other are kept as an objection.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "devnet/network.h"
#include "protocol/types.h"

namespace e2e {

class Witness {
 public:
  using Clock = std::chrono::steady_clock;

  // Validators are told apart by their number, up to 64 of them.
  explicit Witness(std::size_t validators);

  // An event of a transaction, and an answer about one.
  void told(unsigned validator, protocol::TransactionId const& id,
            labor::v1::WatchEventsResponse const& event);
  void answered(unsigned validator, protocol::TransactionId const& id,
                labor::v1::GetTransactionResponse const& answer);
  // A last final block; an event stream's cursor.
  void showed(unsigned validator, labor::v1::GetNodeInfoResponse const& info);
  void reached(unsigned validator, std::uint64_t height);

  // The highest block of which anybody, or one validator, has said that it is final.
  std::uint64_t height() const;
  std::uint64_t height(unsigned validator) const;
  // What the clocks of the validators say, as far as their last block tells.
  std::uint64_t now_ms() const;
  // Whether a higher block came within the time; one that was made at `time_ms` or later.
  bool wait_beyond(std::uint64_t height, int timeout_ms) const;
  bool wait_made_since(std::uint64_t time_ms, int timeout_ms) const;
  bool wait_reached(unsigned validator, std::uint64_t height, int timeout_ms) const;
  // The longest time without a new final block, since this was asked last.
  Clock::duration take_longest_silence();

  std::size_t transactions() const;
  std::size_t receipts() const;
  std::string objection() const;

  // Checks one block of the chain, height by height from 1; then that nothing is missing and that
  // every validator's stream told all of it.
  devnet::Result<> hold_against(labor::v1::GetBlockResponse const& block);
  devnet::Result<> nothing_lost() const;

 private:
  struct Told {
    std::uint64_t height = 0;
    std::uint64_t by = 0;  // One bit a validator.
    bool found = false;    // In the chain, by hold_against().
  };
  struct Answer {
    std::uint32_t index = 0;
    protocol::Hash receipt;
  };
  struct Shown {
    std::string block_hash;
    std::string state_root;
  };

  Told& note(unsigned validator, protocol::TransactionId const& id, std::uint64_t height);
  void rise(unsigned validator, std::uint64_t height);
  bool wait(int timeout_ms, std::function<bool()> const& holds) const;
  devnet::Result<> check_receipt(std::uint64_t height, std::uint32_t index,
                                 labor::v1::Receipt const& receipt);

  mutable std::mutex mutex_;
  mutable std::condition_variable risen_;
  std::map<protocol::TransactionId, Told> told_;
  std::map<protocol::TransactionId, Answer> answers_;
  std::map<std::uint64_t, Shown> shown_;
  std::uint64_t held_to_ = 0;  // The height that hold_against() has come to.
  std::vector<std::uint64_t> heights_;
  std::uint64_t height_ = 0;
  std::uint64_t time_ms_ = 0;  // Of the newest block.
  Clock::time_point risen_at_ = Clock::now();
  Clock::time_point silent_since_ = Clock::now();
  Clock::duration longest_silence_{};
  std::string objection_;
};

}  // namespace e2e
