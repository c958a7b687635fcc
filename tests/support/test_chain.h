// A chain of one process without consensus: transactions in, blocks executed and final at once.
// Every block is built by one replica and executed from its bytes by another on a state of its own;
// CHECKs that both get the same header.

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/genesis.pb.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/execution/block.h"
#include "protocol/execution/context.h"
#include "tests/support/memory_state.h"
#include "tests/support/person.h"

namespace testing_support {

inline constexpr std::uint64_t second_ms = 1000;
inline constexpr std::uint64_t hour_ms = 3600 * second_ms;
inline constexpr std::uint64_t day_ms = 24 * hour_ms;
// 2026-01-05 00:00 UTC, a Monday.
inline constexpr std::uint64_t genesis_time_ms = 1'767'571'200'000;
inline constexpr std::uint64_t lbr = 1'000'000;
inline constexpr std::uint64_t usd = 1'000'000;

// A devnet "test" with validators "v0".. whose keys are Persons 1000.. (consensus) and 2000..
// (node).
labor::v1::Genesis test_genesis(int validators = 4);

// Adds an account with balances; amounts of zero are left out.
void endow(labor::v1::Genesis& genesis, Person const& who, bool member, std::uint64_t lbr_amount,
           std::uint64_t usd_amount);

// In place of an earlier value.
void set_parameter(labor::v1::Genesis& genesis, labor::v1::Parameter parameter,
                   std::uint64_t value);

// Who attests persons where the genesis names nobody else.
Person issuer_of_persons();

// Makes somebody a person, attested by an issuer, whose vote no cap cuts.
void make_person(labor::v1::Genesis& genesis, Person const& who);

// The same, and on the council.
void make_councillor(labor::v1::Genesis& genesis, Person const& who);

protocol::Chain test_chain(labor::v1::Genesis const& genesis);

struct TransactionOptions {
  Person const* fee_payer = nullptr;
  std::uint64_t fee_limit = 0;
  std::optional<std::uint64_t> sequence = std::nullopt;  // Else the account's.
  std::string memo = {};
  // Whose keys sign for the account, instead of its own.
  std::vector<Person const*> signers = {};
};

class TestChain {
 public:
  explicit TestChain(labor::v1::Genesis const& genesis);

  // Tries something and takes it back: the chain is as it was when a Fork goes out of scope.
  class Fork {
   public:
    explicit Fork(TestChain& chain);
    ~Fork();
    Fork(Fork const&) = delete;
    Fork& operator=(Fork const&) = delete;

   private:
    TestChain& chain_;
    MemoryState values_;
    execution::Parent tip_;
    std::size_t blocks_;
  };

  protocol::Chain const& chain() const { return chain_; }
  state::Reader const& state() const { return *final_; }
  MemoryState const& values() const { return *final_; }
  execution::Parent parent() const;
  protocol::TimeMs time() const { return tip_.time; }

  // Signed and checked; CHECKs that the form is good.
  execution::CheckedPtr transaction(Person const& who, std::vector<labor::v1::Message> messages,
                                    TransactionOptions const& options = {}) const;

  // A block of the transaction at the next second, and its receipt; CHECKs that it is admissible.
  labor::v1::Receipt send(Person const& who, std::vector<labor::v1::Message> messages,
                          TransactionOptions const& options = {});

  // A block `later_ms` after the last (at least a second) of those that are admissible.
  execution::ExecutedBlock const& block(std::vector<execution::CheckedPtr> const& transactions,
                                        std::uint64_t later_ms = second_ms);

  // Empty blocks until nothing is due `later_ms` from now.
  void advance(std::uint64_t later_ms);

  // Writes what no transaction could, for every replica, and as final as all the rest.
  template <class F>
  void tamper(F&& change) {
    state::Overlay overlay{final_};
    change(overlay);
    settle(overlay);
  }
  template <class R>
  void tamper_with(R const& record) {
    tamper([&](state::Overlay& overlay) {
      overlay.put(state::key_of(record), canonical::encode(record));
    });
  }

  template <class R>
  std::optional<R> find(state::Key const& key) const {
    return execution::find_record<R>(*final_, key);
  }

  // Bytes of every block since genesis.
  std::vector<std::string> const& blocks() const { return blocks_; }
  execution::ExecutedBlock const& last() const { return last_; }

 private:
  void commit(execution::ExecutedBlock block);
  void settle(state::Overlay& tampered);

  protocol::Chain chain_;
  std::shared_ptr<MemoryState> final_;
  std::shared_ptr<MemoryState> replica_;
  execution::Parent tip_;  // Its state is final_.
  execution::ExecutedBlock last_;
  std::vector<std::string> blocks_;
};

}  // namespace testing_support
