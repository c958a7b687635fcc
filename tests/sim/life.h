// One life of a simulated node, from start to crash: the product's runner between simulated ports,
// one after another as epochs end (R17).
//
// Whatever reaches the world passes the power first, and is told to the oracle as it leaves.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "consensus/shell/journaled_signer.h"
#include "consensus/shell/runner.h"
#include "consensus/shell/trace_replay.h"
#include "node/store/block_log.h"
#include "node/store/vote_journal.h"
#include "protocol/crypto/sign.h"
#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/deviation.h"
#include "tests/sim/epochs.h"
#include "tests/sim/ledger_oracle.h"
#include "tests/sim/network.h"
#include "tests/sim/oracle.h"
#include "tests/sim/rule_watch.h"
#include "tests/sim/simulated_disk.h"
#include "tests/sim/simulated_executor.h"
#include "tests/sim/trace.h"
#include "tests/sim/wire.h"

namespace sim {

// What all nodes of one seed share.
struct Surroundings {
  protocol::Chain const& chain;
  Epochs& epochs;
  FaultRates const& rates;
  EventQueue& events;
  Network& network;
  Opener& opener;
  Oracle& oracle;
  LedgerOracle const& ledger;
  Trace& trace;
  FaultCounts& faults;
  RuleCounts& rules;
  // Whether the node is honest, by index.
  std::vector<bool> const& honest;
  // A block is final on some node.
  std::function<void(protocol::Height, std::vector<execution::CheckedPtr> const&)> final;
  // A node stops for its disk, and says why. It must not be destroyed yet.
  std::function<void(std::size_t, std::string const&)> stopped;
};

// A wall clock that is off.
struct NodeClock {
  std::int64_t skew_ms = 0;
  std::uint64_t leapt_ms = 0;  // Days that passed in a moment, for all.

  protocol::TimeMs at(std::uint64_t now_us) const;
};

// What outlives a life of one node.
struct Remains {
  SimulatedDisk& disk;
  crypto::SecretKey const& key;
  NodeClock const& clock;
  // Of a key that was not spent, if its journal lies there.
  std::string journal_folder;
  // Of a key in the place of a spent one: the journal that the database knows is the other's.
  bool begins_journal = false;
  // The journal is gone or damaged, and so the key spent: the node may only observe.
  bool spent = false;
};

class Life final : private consensus::Journal,
                   private consensus::SigningKey,
                   private consensus::Network,
                   private consensus::Timers,
                   private consensus::Clock,
                   private consensus::Trace,
                   private ExecutorListener {
 public:
  // `deviation` may be empty: the node is as the product makes it. Throws Stopped where the disk
  // does not let it start, as start() does.
  Life(std::size_t self, Surroundings const& around, Remains const& remains,
       std::shared_ptr<Power> power, Prng prng, MakeDeviation const& deviation);
  ~Life() override = default;

  void start();
  void receive(Packet const& packet);
  // A person sends a transaction to this node.
  void submit(std::string const& transaction);
  // The stream to `peer` is up (again).
  void connected(std::size_t peer);

  // Somebody reads the node's database; its disk may stop it at that.
  void look(std::function<void(node::Store const&)> const& at) {
    events_.live([&] { at(*store_); });
  }

  Power& power() { return *power_; }
  consensus::State const& state() const { return runner().state(); }

 private:
  // What lives as long as an epoch.
  struct EpochRun {
    KnownEpoch const& known;
    std::shared_ptr<node::VoteJournal> journal;  // Null: the key is spent.
    // Nothing: the node observes.
    std::optional<consensus::ValidatorIndex> self{};
    std::unique_ptr<Deviation> deviation{};
    std::optional<consensus::JournaledSigner> signer{};
    std::optional<RuleWatch> watch{};  // Of an honest node.
    std::unique_ptr<consensus::Runner> runner{};
  };

  EpochRun& run() { return *runs_.back(); }
  EpochRun const& run() const { return *runs_.back(); }
  consensus::Runner& runner() { return *run().runner; }
  consensus::Runner const& runner() const { return *run().runner; }
  consensus::Committee const& committee() const { return run().known.committee; }
  bool observes() const { return !run().self; }
  // By the key that its Hello proves, the one it runs with. Nothing: it observes.
  std::optional<consensus::ValidatorIndex> place_of_peer(std::size_t node) const {
    return committee().validators.index_of(around_.epochs.key_of(node));
  }
  std::expected<void, consensus::DiskFailure> kept(
      std::expected<void, consensus::DiskFailure> done);

  // Ports.
  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const& entry) override;
  std::expected<void, consensus::DiskFailure> committed(consensus::View floor) override;
  consensus::Signature sign(consensus::Statement const& statement) override;
  void send(consensus::SignerSet to, consensus::Vote const& vote) override;
  void send(consensus::SignerSet to, consensus::Certificate const& certificate) override;
  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override;
  void fetch_view(consensus::ValidatorIndex from, consensus::View view) override;
  void fetch_body(consensus::ValidatorIndex from, consensus::BlockHash const& block) override;
  void fetch_blocks(consensus::PublicKey const& from, consensus::Height first,
                    std::uint32_t count_max) override;
  void gossip_again() override;
  void arm(consensus::TimerId timer, std::uint64_t delay_ms) override;
  void cancel(consensus::TimerId timer) override;
  protocol::TimeMs now() override;
  bool wanted() const override { return true; }
  void line(std::string_view text) override;

  // Results of execution.
  void now_built(consensus::Block const& block) override;
  void found_no_work() override { work_.reset(); }
  void answer(std::function<void(consensus::Runner&)> const& give) override;
  void found_invalid(consensus::Block const& block, std::string const& why) override;
  void now_final(consensus::FinalBlock const& block,
                 execution::ExecutedBlock const& executed) override;
  void epoch_begins(std::shared_ptr<node::VoteJournal> journal) override;
  void now_diverged(consensus::BlockRef const& block) override;
  void disk_failed(std::string const& what) override;

  // Epochs: life_epochs.cc.
  void begin_epoch(std::shared_ptr<node::VoteJournal> journal,
                   consensus::JournalEntry const& journaled);
  void tell_oracle_of_start();
  void tell_oracle_of_set();
  void judge_state();
  // True where the message is of another epoch than this node's, and dealt with.
  bool of_another_epoch(Packet const& packet, Opened const& message);
  void send_finalization(std::size_t peer, consensus::Height height);
  void obeyed(Rule rule);

  void read(Packet const& packet);
  void read(std::string const& transaction);
  void greet(std::size_t peer);
  // What has come, one overload per kind.
  void on(std::size_t from, Refused const& refused);
  void on(std::size_t from, consensus::Verified<consensus::Vote> const& vote);
  void on(std::size_t from, consensus::Verified<consensus::Certificate> const& certificate);
  void on(std::size_t from, consensus::ReceivedProposal const& proposal);
  void on(std::size_t from, ViewRequest const& request);
  void on(std::size_t from, BodyRequest const& request);
  void on(std::size_t from, BlocksRequest const& request);
  void on(std::size_t from, consensus::Block const& block);
  void on(std::size_t from, consensus::FinalRange const& range);
  void on(std::size_t from, Transactions const& transactions);
  bool take(execution::CheckedPtr const& transaction, node::Origin const& origin);

  void turn();
  void obey();
  void look_for_work();
  void tick();
  struct Posted {
    bool left = false;     // The power was on.
    std::uint64_t to = 0;  // A bit for each node that it is on its way to.
  };
  Posted post(std::size_t to, Payload const& payload);
  // To places in the set of an epoch, the present one unless a deviation has waited.
  Posted post(KnownEpoch const& epoch, consensus::SignerSet const& to, Payload const& payload);
  void post_to_validators(Payload const& payload);
  KnownEpoch const& epoch_of(consensus::Statement const& statement) const {
    return around_.epochs.at(statement.epoch);
  }
  std::size_t node_of(consensus::ValidatorIndex place) const { return run().known.node_of(place); }
  void note(Happening what, consensus::Statement const& said, Posted const& posted);
  void note(Happening what, std::uint64_t number, std::uint64_t detail);
  void tell_oracle(consensus::Vote const& vote);

  std::size_t self_;
  Surroundings const& around_;
  Remains remains_;
  std::shared_ptr<Power> power_;
  LifeEvents events_;
  Prng prng_;
  std::uint64_t clock_rate_permille_;
  NodeStore store_;
  node::Mempool mempool_;
  MakeDeviation deviation_;
  node::VoteJournal::Opened opened_;            // What the journal said at the start.
  std::shared_ptr<node::VoteJournal> journal_;  // That one; null: the node observes.
  std::unique_ptr<node::BlockLog> log_;
  SimulatedExecutor executor_;
  // The present one is the last; what deviations have put off may still speak of those before.
  std::vector<std::unique_ptr<EpochRun>> runs_;
  // Of the next epoch: the first of each kind of each peer.
  std::map<std::pair<std::size_t, std::size_t>, Packet> early_;
  std::map<std::size_t, std::uint64_t> answered_us_;   // Who was an epoch behind, and when.
  std::map<consensus::TimerId, std::uint64_t> armed_;  // With the number of the arming.
  std::uint64_t armings_ = 0;
  std::optional<consensus::Work> work_;
  bool look_again_ = true;
  std::optional<std::string> disk_failure_;
  // Of the first honest node: what it tells of itself must be what a replay of it does.
  std::optional<consensus::TraceReplay> replay_;
};

}  // namespace sim
