// Those who change the set of validators under load: an owner who passes one ballot, and an
// operator for each node, who says that it is ready and has its key rotated. Each sends one
// transaction at a time, decided by the state that the chain has come to, and again until it is
// final.
//
// What a ballot takes lasts days of chain time. So days pass: World moves all clocks at once.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/store/snapshot.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/block.h"
#include "protocol/genesis.h"
#include "tests/sim/counts.h"
#include "tests/support/prng.h"

namespace sim {

enum class SetChange : std::uint8_t {
  grown,
  shrunk,
  replaced,
  rotated,
  during_partition,  // Any of these, for some node.
};
inline constexpr std::size_t set_change_kinds =
    static_cast<std::size_t>(SetChange::during_partition) + 1;
using SetChangeCounts = Counts<SetChange, set_change_kinds>;

std::string_view name_of(SetChange change);

// What is to become of the first set in one seed.
struct SetPlan {
  std::uint64_t epoch_blocks = 0;
  std::size_t spares = 0;    // Nodes beyond the first set; all are admitted.
  std::size_t removals = 0;  // Of the first set.
  bool rotates = false;
  // One node is cut off until the keys of all the others have rotated, each once.
  bool cuts_off = false;
  std::size_t least = 0;  // No set is smaller.

  bool votes() const { return spares + removals > 0; }
  // As many come as go: otherwise the set grows, or shrinks, or first one and then the other.
  bool replaces() const { return votes() && spares == removals; }
  // That many may fail at the same time in every set of the seed.
  std::size_t faults_max() const { return (least - 1) / 3; }
};

SetPlan draw_set_plan(std::size_t validators, Prng& prng);

class Operators {
 public:
  // `numbers`: by node, of its known keys "consensus" and "node".
  Operators(protocol::Chain const& chain, SetPlan const& plan, std::vector<std::size_t> numbers);

  // The owner is beyond the last node.
  std::size_t accounts() const { return accounts_.size(); }
  std::size_t owner() const { return accounts_.size() - 1; }

  // Nothing: it waits for no transaction. One that has become void is dropped.
  std::optional<std::string> pending(std::size_t account, std::uint64_t now_ms);
  void begin(std::size_t account, labor::v1::Message const& message, std::uint64_t now_ms);
  // A final block held this one.
  void final(protocol::Address const& account, std::uint64_t sequence);

  // What the owner does next, with the first set's nodes that are to go. `lasting_ms`: beyond
  // all ballots.
  std::optional<labor::v1::Message> next_of_owner(state::Reader const& state,
                                                  std::vector<std::size_t> const& to_go) const;
  // How far the clock must move for the ballot to go on.
  std::uint64_t to_wait_ms(state::Reader const& state, std::uint64_t now_ms) const;

  // Ready, where a seat waits for the key that its node runs with; as of the node's last block.
  std::optional<labor::v1::Message> readiness(state::Reader const& state, node::Head const& head,
                                              crypto::SecretKey const& key,
                                              std::uint64_t now_ms) const;
  labor::v1::Message rotation(std::size_t node, crypto::SecretKey const& from,
                              crypto::SecretKey const& to) const;

 private:
  struct Account {
    crypto::SecretKey key;
    protocol::Address address{};
    std::uint64_t sequence = 0;
    std::string pending{};  // Empty: none.
    std::uint64_t valid_until_ms = 0;
  };

  protocol::Chain const& chain_;
  SetPlan plan_;
  std::vector<std::size_t> numbers_;
  std::vector<Account> accounts_;
};

}  // namespace sim
