#include "node/engine/engine.h"

#include <spdlog/spdlog.h>

#include <expected>
#include <memory>
#include <mutex>
#include <utility>

#include "consensus/core/leader.h"
#include "consensus/core/step.h"
#include "consensus/shell/journaled_signer.h"
#include "consensus/shell/runner.h"
#include "node/engine/body_check.h"
#include "node/engine/executor.h"
#include "node/engine/gossip.h"
#include "node/engine/ingest.h"
#include "node/engine/loop.h"
#include "node/engine/peer_network.h"
#include "node/engine/recovery.h"
#include "node/engine/worker_pool.h"
#include "protocol/base/check.h"

namespace node {
namespace {

// How often the clock is looked at for what nobody sends: a deadline or heartbeat that has come
// due, an account whose allowance has refilled.
constexpr std::uint64_t tick_ms = 100;

class LoopClock final : public consensus::Clock {
 public:
  explicit LoopClock(node::Clock const& clock) : clock_{clock} {}
  protocol::TimeMs now() override { return clock_.now(); }

 private:
  node::Clock const& clock_;
};

// In this process, apart from it, or nowhere: an observer's.
std::unique_ptr<consensus::Signer> signer_of(EngineParts const& parts) {
  if (parts.votes == nullptr) return std::make_unique<consensus::NoSigner>();
  return std::make_unique<consensus::JournaledSigner>(*parts.votes, *parts.key);
}

class LogTrace final : public consensus::Trace {
 public:
  bool wanted() const override { return spdlog::should_log(spdlog::level::trace); }
  void line(std::string_view text) override { spdlog::trace("{}", text); }
};

}  // namespace

// Everything that runs. Members stand in the order in which they need each other.
class Engine::Running final : public ExecutorAnswers {
 public:
  Running(EngineParts const& parts, EngineOptions const& options, Peers& peers,
          consensus::JournalEntry const& journaled, std::function<void(std::string const&)> halted);
  ~Running() override { stop(); }

  void run();
  void stop();
  ConsensusStatus status() const;

  // ---- answers of the executor: on its thread, handed to the loop ----
  void built(consensus::Build const& order, std::optional<consensus::Block> block) override;
  void executed(protocol::Epoch epoch, protocol::View view, protocol::BlockHash const& block,
                consensus::Verdict verdict) override;
  void body_durable(protocol::BlockHash const& block) override;
  void committed(protocol::Height height, protocol::BlockHash const& block,
                 std::uint64_t block_interval_ms) override;
  void work(consensus::Work work) override;
  void halted(std::string const& why) override;

  void restore();
  void turn();
  void tick();

  EngineParts parts;
  std::function<void(std::string const&)> on_halt;
  std::once_flag halted_once;
  consensus::Committee committee;
  consensus::Config config;
  Head head;
  StageCosts costs;
  Mempool mempool;
  CheckedCache checked;
  FinalBlocks final_blocks;
  LoopClock clock;
  LogTrace trace;
  std::unique_ptr<consensus::Signer> own_signer;
  Loop loop;
  WorkerPool workers;  // What clients and gossip bring, and the blocks made of it.
  WorkerPool checks;   // What validators say.
  BodyChecks body_checks;
  Gossip gossip;
  PeerNetwork network;
  Executor executor;
  Admission admission;
  consensus::Runner runner;
  Ingest ingest;
  protocol::View tip_view{};  // On the loop.
  mutable std::mutex status_mutex;
  ConsensusStatus latest_status;
};

Engine::Running::Running(EngineParts const& given, EngineOptions const& options, Peers& peers,
                         consensus::JournalEntry const& journaled,
                         std::function<void(std::string const&)> halt)
    : parts{given},
      on_halt{std::move(halt)},
      committee{committee_of(parts.chain)},
      config{config_of(parts.store, committee, options.self, options.timing)},
      head{head_of(parts.store)},
      mempool{options.mempool, head.height},
      final_blocks{
          {.height = head.height, .hash = head.hash, .time = head.time, .transactions = {}}},
      clock{parts.clock},
      own_signer{signer_of(parts)},
      workers{{.threads = options.worker_threads, .background = true}},
      checks{{.threads = 1}},
      body_checks{parts.chain, mempool, checked, workers, costs},
      gossip{loop, peers, mempool},
      network{peers, gossip, mempool, committee},
      executor{{.chain = parts.chain,
                .store = parts.store,
                .votes = parts.votes,
                .block_log = parts.block_log,
                .clock = parts.clock,
                .mempool = mempool,
                .body_checks = body_checks,
                .final_blocks = final_blocks,
                .costs = costs,
                .loop = loop,
                .answers = *this,
                .validators = committee.validators,
                .self = options.self,
                .keep_divergence = options.keep_divergence},
               head},
      admission{{.chain = parts.chain,
                 .store = parts.store,
                 .clock = parts.clock,
                 .mempool = mempool,
                 .checked = checked,
                 .workers = workers,
                 .gossip = gossip,
                 .costs = costs,
                 .taken = [this] { executor.consider_work(); }}},
      runner{config,
             consensus::recover(config, recovered_from(config, committee, parts.store, journaled)),
             {.signer = parts.signer_apart != nullptr ? *parts.signer_apart : *own_signer,
              .network = network,
              .timers = loop,
              .clock = clock,
              .executor = executor,
              .trace = trace}},
      ingest{{.committee = committee,
              .runner = runner,
              .loop = loop,
              .workers = checks,
              .admission = admission,
              .body_checks = body_checks,
              .store = parts.store,
              .peers = peers,
              .costs = costs}} {
  restore();
  runner.start();
}

// Bodies of the block log above the head: durable, so that they can be voted final at once.
void Engine::Running::restore() {
  for (auto const& hash : parts.block_log.held()) {
    auto body = parts.block_log.find(hash);
    if (!body) return halted(body.error().what);
    auto& held = *body;
    if (!held) continue;
    auto const block = consensus::read_block(committee.genesis,
                                             std::make_shared<std::string const>(*std::move(held)));
    if (block && block->height > head.height) runner.restored(*block);
  }
}

void Engine::Running::run() {
  loop.start({.fired = [this](consensus::TimerId timer) { runner.fired(timer); },
              .turn = [this] { turn(); }});
  loop.post([this] { tick(); });
}

void Engine::Running::stop() {
  workers.stop();
  checks.stop();
  executor.stop();
  loop.stop();
}

void Engine::Running::turn() {
  Stopwatch const stopwatch{costs, Stage::consensus};
  runner.turn();
  auto const& state = runner.state();
  // Of a divergence the executor says why, when it has kept what there is to keep.
  if (auto const& why = runner.halted(); why && !state.diverged) halted(*why);
  gossip.aim(consensus::next_leaders(config, state));

  auto const& notarizations = state.safety.notarizations();
  auto const notarized =
      notarizations.empty() ? std::nullopt : state.safety.notarized(notarizations.rbegin()->first);
  auto const highest = notarized.value_or(state.safety.final());
  if (highest.view > tip_view) {
    tip_view = highest.view;
    executor.tip(highest.block);
  }
  std::lock_guard const lock{status_mutex};
  latest_status = {.epoch = committee.epoch,
                   .view = state.current,
                   .final_view = state.safety.floor(),
                   .backoff_level = state.backoff_level};
}

void Engine::Running::tick() {
  if (parts.clock.refresh()) spdlog::info("the devnet's clock was moved forward");
  executor.consider_work();
  loop.after(tick_ms, [this] { tick(); });
}

ConsensusStatus Engine::Running::status() const {
  std::lock_guard const lock{status_mutex};
  return latest_status;
}

void Engine::Running::built(consensus::Build const& order, std::optional<consensus::Block> block) {
  loop.post([this, order, block = std::move(block)] { runner.built(order, block); });
}

void Engine::Running::executed(protocol::Epoch epoch, protocol::View view,
                               protocol::BlockHash const& block, consensus::Verdict verdict) {
  loop.post([this, epoch, view, block, verdict] { runner.executed(epoch, view, block, verdict); });
}

void Engine::Running::body_durable(protocol::BlockHash const& block) {
  loop.post([this, block] { runner.body_durable(block); });
}

void Engine::Running::committed(protocol::Height height, protocol::BlockHash const& block,
                                std::uint64_t block_interval_ms) {
  loop.post([this, height, block, block_interval_ms] {
    runner.committed(height, block, block_interval_ms);
  });
}

void Engine::Running::work(consensus::Work work) {
  loop.post([this, work] { runner.work(work); });
}

void Engine::Running::halted(std::string const& why) {
  std::call_once(halted_once, [&] {
    spdlog::critical("{}", why);
    on_halt(why);
  });
}

Engine::Engine(EngineParts parts, EngineOptions options)
    : parts_{parts}, options_{std::move(options)} {}

Engine::~Engine() = default;

void Engine::start(Peers& peers, consensus::JournalEntry const& journaled,
                   std::function<void(std::string const&)> halted) {
  CHECK(running_ == nullptr);
  running_ = std::make_unique<Running>(parts_, options_, peers, journaled, std::move(halted));
  running_->run();
}

void Engine::stop() {
  if (running_ != nullptr) running_->stop();
}

void Engine::deliver(PeerDelivery delivery) {
  running_->ingest.deliver(std::move(delivery));
}

void Engine::connected(protocol::ValidatorIndex peer) {
  running_->ingest.connected(peer);
}

Admission& Engine::admission() {
  return running_->admission;
}
Mempool const& Engine::mempool() const {
  return running_->mempool;
}
FinalBlocks& Engine::final_blocks() {
  return running_->final_blocks;
}
ConsensusStatus Engine::consensus() const {
  return running_->status();
}
StageCosts const& Engine::stages() const {
  return running_->costs;
}

}  // namespace node
