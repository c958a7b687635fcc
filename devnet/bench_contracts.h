// All contracts of a benchmark and the people who are their sides: who says what next.
//
//   profiles  every talent publishes one
//   hires     every contract is signed and funded; then it rests, open, its clock running
//   work      of those at rest, drawn by chance, a few are in hand at once: each goes on to its
//   end,
//             and the same two sides sign the next one, which rests. So as many stay open.
//
// A contract in hand says one thing at a time, and the next once that is final. While profiles are
// made and people are hired a transaction has all that its sender has to say, up to 16 messages;
// at work, one.
//
// No I/O, no clock, and chance of a seed: the same receipts give the same transactions.
// Threads: one.

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/transaction.pb.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "devnet/bench_chance.h"
#include "devnet/bench_contract.h"
#include "devnet/bench_load.h"

namespace devnet {

// Messages of one kind, by what became of them.
struct BenchTally {
  std::uint64_t done = 0;
  std::uint64_t refused = 0;
};
using BenchTallies = std::map<std::string, BenchTally>;  // By the message's name in the schema.

// How many of `accounts` are people, if they shall have so many contracts.
std::uint64_t bench_people(std::uint64_t accounts, std::uint64_t contracts);
// How many they may have open, so that nobody comes near limits::open_contracts_max.
std::uint64_t bench_contracts_max(std::uint64_t people);

class BenchContracts {
 public:
  struct Options {
    std::uint64_t people = 0;  // The first of the benchmark's accounts, at least 2.
    std::uint64_t contracts = 0;
    std::uint64_t seed = 0;
  };
  // `chain` outlives it; its valid_until_ms is read anew for each transaction.
  BenchContracts(LoadChain const& chain, Options const& options);

  struct Outgoing {
    std::size_t sender = 0;  // The number of its account; its transactions must keep their order.
    LoadTransaction transaction;
  };
  // The next transaction that can be sent; nothing until more has been heard.
  std::optional<Outgoing> next();
  // Of a final block of `time_ms`. Receipts of others' transactions are ignored.
  void hear(labor::v1::Receipt const& receipt, std::uint64_t time_ms);

  // Every contract rests, and nothing is on its way.
  bool hired() const { return phase_ == Phase::hires && begun_ == contracts_.size() && idle(); }
  // Once they are hired().
  void work();

  // Messages that were said and not heard of.
  std::size_t on_their_way() const { return on_their_way_; }
  std::size_t at_rest() const { return resting_.size(); }
  // As many as there are at rest, and of those in hand the ones that are signed and not ended.
  std::uint64_t open() const;
  // Since work().
  BenchTallies tallies() const;
  // Messages that were refused, in whatever phase, and a sentence on each of the first few.
  std::uint64_t refused() const { return refused_; }
  std::vector<std::string> const& refusals() const { return refusals_; }

 private:
  enum class Phase : std::uint8_t { profiles, hires, work };
  struct Said {
    labor::v1::Message message;
    std::size_t contract = 0;  // Nothing of interest in a profile.
  };
  struct Person {
    LoadSender sender;
    std::deque<Said> to_say;
  };
  using Sent = std::vector<Said>;

  bool idle() const { return in_hand_ == 0; }
  std::size_t in_hand_max() const;
  bool take_up();
  bool take_up_resting();
  void go_on(std::size_t contract);
  void say(std::size_t person, Said said);
  std::size_t client_of(std::size_t contract) const;
  std::size_t talent_of(std::size_t contract) const;
  BenchContract fresh(std::size_t contract);
  void hear_done(Sent const& sent, labor::v1::Receipt const& receipt);
  void hear_refused(Sent const& sent, labor::v1::Receipt const& receipt);

  LoadChain const& chain_;
  BenchChance chance_;
  std::vector<Person> people_;  // Even numbers are clients, odd ones talents.
  std::size_t group_ = 1;       // Contracts in a row that the same two sign.
  std::vector<BenchContract> contracts_;
  std::vector<std::size_t> resting_;

  Phase phase_ = Phase::profiles;
  std::size_t begun_ = 0;  // Of profiles, or of hires.
  std::size_t in_hand_ = 0;
  std::deque<std::size_t> speakers_;  // Those with something to say, each once.
  std::map<protocol::TransactionId, Sent> sent_;
  std::size_t on_their_way_ = 0;  // In sent_.
  std::uint64_t time_ms_ = 0;

  std::map<labor::v1::Message::MessageCase, BenchTally> tallies_;
  std::vector<std::string> refusals_;
  std::uint64_t refused_ = 0;
};

}  // namespace devnet
