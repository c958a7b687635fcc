#include "tests/support/mesh/mesh.h"

#include <unistd.h>

#include <atomic>
#include <latch>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "node/engine/recovery.h"
#include "protocol/base/check.h"

namespace node {
namespace {

constexpr std::uint64_t first_observer = 5000;  // Persons.
constexpr std::uint64_t first_observer_node = 6000;

class KeySigner final : public consensus::SigningKey {
 public:
  KeySigner(protocol::Chain const& chain, crypto::SecretKey const& key)
      : chain_{chain}, key_{key} {}
  protocol::Signature sign(consensus::Statement const& statement) override {
    auto const bytes = consensus::signing_bytes(chain_.hash(), statement);
    return key_.sign(base::bytes_of(bytes));
  }

 private:
  protocol::Chain const& chain_;
  crypto::SecretKey const& key_;
};

}  // namespace

protocol::TimeMs TestClock::now() const {
  auto const passed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - began_);
  return protocol::TimeMs{testing_support::genesis_time_ms + 1000 + ahead_ms_.load() +
                          static_cast<std::uint64_t>(passed.count())};
}

// A node's way to the others.
class Mesh::Link final : public Peers {
 public:
  Link(Mesh& mesh, std::size_t self) : mesh_{mesh}, self_{self} {}
  void send(PeerId const& to, labor::v1::PeerMessage const& message) override {
    for (std::size_t i = 0; i < mesh_.size(); ++i) deliver(i, to, message);
  }
  void broadcast(labor::v1::PeerMessage const& message) override {
    for (std::size_t i = 0; i < mesh_.size(); ++i) {
      if (i != self_) deliver(i, std::nullopt, message);
    }
  }
  std::vector<PeerStatus> status() const override { return {}; }
  std::uint64_t bytes_sent() const override { return 0; }

 private:
  // To the node at `to`, if it is the one with this key.
  void deliver(std::size_t to, std::optional<PeerId> const& key,
               labor::v1::PeerMessage const& message);

  Mesh& mesh_;
  std::size_t self_;
};

struct Mesh::Node {
  Node(Mesh& mesh, std::size_t index, crypto::SecretKey its_key, crypto::SecretKey its_node_key)
      : folder{mesh.folder_ / std::to_string(index)},
        key{std::move(its_key)},
        node_key{std::move(its_node_key)},
        signer{mesh.chain_, key},
        link{mesh, index} {}

  std::filesystem::path folder;
  crypto::SecretKey key;  // Changes while the node is stopped.
  crypto::SecretKey node_key;
  KeySigner signer;
  Link link;
  std::unique_ptr<Store> store;
  std::unique_ptr<BlockLog> block_log;
  std::shared_ptr<VoteJournal> votes;
  std::unique_ptr<Engine> engine;
  FinalBlocks::Subscription subscription;
  std::atomic<int> group = 0;
  bool unprepared = false;  // Changes while the node is stopped.
  // Guards the rest, and the key. Held for each delivery, so that stop() waits for them.
  std::mutex mutex;
  bool running = false;
  std::string halted;
};

void Mesh::Link::deliver(std::size_t to, std::optional<PeerId> const& key,
                         labor::v1::PeerMessage const& message) {
  auto const& own = *mesh_.nodes_[self_];
  auto& node = *mesh_.nodes_[to];
  std::lock_guard const lock{node.mutex};
  if (!node.running || node.group != own.group) return;
  if (key && node.key.public_key() != *key) return;
  auto const from = own.key.public_key();
  node.engine->deliver({.from = from, .message = message, .credit = nullptr});
}

Mesh::Mesh(std::vector<testing_support::Person> const& people) : Mesh{people, Options{}} {}

Mesh::Mesh(std::vector<testing_support::Person> const& people, Options const& options)
    : folder_{std::filesystem::temp_directory_path() / ("labor-mesh-" + std::to_string(getpid()))},
      options_{options},
      chain_{testing_support::paying_chain(people, options.validators, options.epoch_blocks)} {
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  auto keys = testing_support::validator_keys(options.validators);
  auto node_keys = testing_support::validator_node_keys(options.validators);
  for (int i = 0; i < options.observers; ++i) {
    auto const number = static_cast<std::uint64_t>(i);
    keys.push_back(testing_support::secret_key(first_observer + number));
    node_keys.push_back(testing_support::secret_key(first_observer_node + number));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    nodes_.push_back(std::make_unique<Node>(*this, i, std::move(keys[i]), std::move(node_keys[i])));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) start(i);
}

Mesh::~Mesh() {
  for (std::size_t i = 0; i < nodes_.size(); ++i) stop(i);
  nodes_.clear();
  std::filesystem::remove_all(folder_);
}

Engine& Mesh::engine(std::size_t index) {
  return *nodes_[index]->engine;
}
Store& Mesh::store(std::size_t index) {
  return *nodes_[index]->store;
}

Peers& Mesh::peers(std::size_t index) {
  return nodes_[index]->link;
}

std::filesystem::path Mesh::folder(std::size_t index) const {
  return nodes_[index]->folder;
}

crypto::SecretKey const& Mesh::key(std::size_t index) const {
  return nodes_[index]->key;
}

protocol::PublicKey Mesh::node_key(std::size_t index) const {
  return nodes_[index]->node_key.public_key();
}

void Mesh::prepare(std::size_t index, bool prepared) {
  auto& node = *nodes_[index];
  std::lock_guard const lock{node.mutex};
  CHECK(!node.running);
  node.unprepared = !prepared;
}

void Mesh::give_key(std::size_t index, crypto::SecretKey key) {
  auto& node = *nodes_[index];
  std::lock_guard const lock{node.mutex};
  CHECK(!node.running);
  node.key = std::move(key);
}

void Mesh::connect(std::size_t one, std::size_t other) {
  engine(one).connected(key(other).public_key());
  engine(other).connected(key(one).public_key());
}

void Mesh::part(std::vector<std::size_t> const& away, int group) {
  for (auto const index : away) nodes_[index]->group = group;
}

void Mesh::heal() {
  for (auto const& node : nodes_) node->group = 0;
  for (std::size_t one = 0; one < nodes_.size(); ++one) {
    for (std::size_t other = one + 1; other < nodes_.size(); ++other) {
      if (nodes_[one]->running && nodes_[other]->running) connect(one, other);
    }
  }
}

bool Mesh::runs(std::size_t index) const {
  return nodes_[index]->running;
}

std::string Mesh::halted(std::size_t index) {
  auto& node = *nodes_[index];
  std::lock_guard const lock{node.mutex};
  return node.halted;
}

void Mesh::start(std::size_t index) {
  auto& node = *nodes_[index];
  {
    std::lock_guard const lock{node.mutex};
    node.halted.clear();
  }
  auto& disk = machine_disk();
  auto store = Store::open({.folder = node.folder / "state",
                            .genesis = chain_.hash(),
                            .history_blocks = options_.history_blocks},
                           disk);
  CHECK(store.has_value());
  node.store = *std::move(store);
  if (!node.store->head()) node.store->commit(genesis_row(chain_), std::nullopt);
  auto log = BlockLog::open({.folder = node.folder / "blocks"}, disk);
  CHECK(log.has_value());
  node.block_log = *std::move(log);

  auto const committee = committee_of(chain_, *node.store->latest());
  auto const options = JournalOptions{.folder = node.folder / "votes",
                                      .epoch = committee.epoch,
                                      .validators = committee.validators};
  auto opened = VoteJournal::open(options, disk, node.store->journal());
  CHECK(opened.has_value());
  CHECK(opened->state != VoteJournal::Opened::State::lost);
  consensus::JournalEntry journaled;
  if (opened->state == VoteJournal::Opened::State::found) {
    node.votes = std::move(opened->journal);
    journaled = std::move(opened->entry);
  } else {
    auto created = VoteJournal::create(options, disk, {}, protocol::View{0});
    CHECK(created.has_value());
    node.votes = *std::move(created);
    node.store->record(node.votes->mark());
  }
  EngineOptions engine_options;
  engine_options.consensus_key = node.key.public_key();
  engine_options.keep_divergence = report;
  if (node.unprepared) engine_options.features = {};
  node.engine = std::make_unique<Engine>(
      EngineParts{.chain = chain_,
                  .store = *node.store,
                  .block_log = *node.block_log,
                  .votes = node.votes,
                  .key = &node.signer,
                  .clock = clock_,
                  .account = &node.node_key,
                  .sign_ready = options_.ready ? ready_signed_by(node.key, chain_) : SignReady{}},
      std::move(engine_options));
  node.engine->start(node.link, journaled, [this, &node](std::string const& why) {
    {
      std::lock_guard const lock{node.mutex};
      node.halted = why;
    }
    {
      std::lock_guard const lock{mutex_};
    }
    moved_.notify_all();
  });
  node.subscription = node.engine->final_blocks().subscribe([this](FinalNotice const&) {
    {
      std::lock_guard const lock{mutex_};
    }
    moved_.notify_all();
  });
  {
    std::lock_guard const lock{node.mutex};
    node.running = true;
  }
  for (std::size_t other = 0; other < nodes_.size(); ++other) {
    if (other != index && nodes_[other]->running) connect(index, other);
  }
}

void Mesh::stop(std::size_t index) {
  auto& node = *nodes_[index];
  {
    std::lock_guard const lock{node.mutex};
    if (!std::exchange(node.running, false)) return;
  }
  node.subscription.cancel();
  node.engine->stop();
  node.engine.reset();
  node.votes.reset();
  node.block_log.reset();
  node.store.reset();
}

std::vector<Submitted> Mesh::submit(std::size_t index, std::vector<std::string> transactions) {
  std::vector<Submitted> answers;
  std::latch answered{1};
  engine(index).admission().submit(std::move(transactions), from_client,
                                   [&](std::vector<Submitted> results) {
                                     answers = std::move(results);
                                     answered.count_down();
                                   });
  answered.wait();
  return answers;
}

bool Mesh::all_final(protocol::TransactionId const& id) {
  for (auto const& node : nodes_) {
    if (node->running && !node->store->latest()->transaction(id)) return false;
  }
  return true;
}

}  // namespace node
