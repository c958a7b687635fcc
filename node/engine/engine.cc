#include "node/engine/engine.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <expected>
#include <memory>
#include <mutex>
#include <utility>

#include "consensus/core/leader.h"
#include "consensus/core/step.h"
#include "consensus/shell/runner.h"
#include "node/engine/accuser.h"
#include "node/engine/beacon.h"
#include "node/engine/body_check.h"
#include "node/engine/consensus_watch.h"
#include "node/engine/epoch_run.h"
#include "node/engine/executor.h"
#include "node/engine/gossip.h"
#include "node/engine/ingest.h"
#include "node/engine/loop.h"
#include "node/engine/own_account.h"
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

  // ---- answers of the executor: on its thread, handed to the loop ----
  void built(consensus::Build const& order, std::optional<consensus::Block> block) override;
  void executed(protocol::Epoch epoch, protocol::View view, protocol::BlockHash const& block,
                consensus::Verdict verdict) override;
  void body_durable(protocol::BlockHash const& block) override;
  void committed(protocol::Height height, protocol::BlockHash const& block,
                 std::uint64_t block_interval_ms) override;
  void epoch_begins(std::shared_ptr<VoteJournal> journal) override;
  void work(consensus::Work work) override;
  void halted(std::string const& why) override;

  // With what the journal of the head's epoch held; on the loop, or before it starts.
  void begin_epoch(std::shared_ptr<VoteJournal> journal, consensus::JournalEntry const& journaled);
  void restore();
  void signer_back(consensus::JournalEntry const& remembered);
  void turn();
  void aim(EpochRun& epoch);
  void tick();
  consensus::Runner& runner() { return present.get()->runner(); }

  EngineParts parts;
  std::function<void(std::string const&)> on_halt;
  std::once_flag halted_once;
  std::optional<PeerId> consensus_key;
  consensus::Timing timing;
  Head head;
  StageCosts costs;
  Mempool mempool;
  CheckedCache checked;
  FinalBlocks final_blocks;
  LoopClock clock;
  LogTrace trace;
  Loop loop;
  WorkerPool workers;  // What clients and gossip bring, and the blocks made of it.
  WorkerPool checks;   // What validators say.
  BodyChecks body_checks;
  Gossip gossip;
  Executor executor;
  Admission admission;
  OwnAccount own_account;  // With its three users, on the loop.
  Accuser accuser;
  Beacon beacon;
  Readiness readiness;
  EpochRun::Parts epoch_parts;
  PresentEpoch present;
  ConsensusWatch watch;
  Ingest ingest;
  protocol::View tip_view{};  // On the loop.
};

Engine::Running::Running(EngineParts const& given, EngineOptions const& options, Peers& peers,
                         consensus::JournalEntry const& journaled,
                         std::function<void(std::string const&)> halt)
    : parts{given},
      on_halt{std::move(halt)},
      consensus_key{options.consensus_key},
      timing{options.timing},
      head{head_of(parts.store)},
      mempool{options.mempool, head.height},
      final_blocks{
          {.height = head.height, .hash = head.hash, .time = head.time, .transactions = {}}},
      clock{parts.clock},
      workers{{.threads = options.worker_threads, .background = true}},
      checks{{.threads = 1}},
      body_checks{parts.chain, mempool, checked, workers, costs},
      gossip{loop, peers, mempool},
      executor{{.chain = parts.chain,
                .store = parts.store,
                .votes = parts.votes,
                .signed_apart = parts.signed_apart,
                .block_log = parts.block_log,
                .clock = parts.clock,
                .mempool = mempool,
                .body_checks = body_checks,
                .final_blocks = final_blocks,
                .costs = costs,
                .loop = loop,
                .answers = *this,
                .validators = committee_of(parts.chain, *parts.store.latest()).validators,
                .key = options.consensus_key,
                .keep_divergence = options.keep_divergence,
                .features = options.features},
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
      own_account{{.chain = parts.chain,
                   .store = parts.store,
                   .clock = parts.clock,
                   .mempool = mempool,
                   .admission = admission,
                   .key = parts.account}},
      accuser{{.store = parts.store, .clock = parts.clock, .account = own_account}},
      beacon{{.chain = parts.chain,
              .store = parts.store,
              .clock = parts.clock,
              .account = own_account,
              .key = parts.account}},
      readiness{{.store = parts.store,
                 .clock = parts.clock,
                 .account = own_account,
                 .key = options.consensus_key,
                 .sign = parts.sign_ready}},
      epoch_parts{.peers = peers,
                  .gossip = gossip,
                  .mempool = mempool,
                  .key = parts.key,
                  .signer_apart = parts.signer_apart,
                  .timers = loop,
                  .clock = clock,
                  .executor = executor,
                  .trace = trace},
      watch{loop, present},
      ingest{{.present = present,
              .loop = loop,
              .workers = checks,
              .admission = admission,
              .body_checks = body_checks,
              .store = parts.store,
              .peers = peers,
              .costs = costs}} {
  begin_epoch(parts.votes, journaled);
  restore();
  runner().start();
}

void Engine::Running::begin_epoch(std::shared_ptr<VoteJournal> journal,
                                  consensus::JournalEntry const& journaled) {
  auto const snapshot = parts.store.latest();
  auto committee = committee_of(parts.chain, *snapshot);
  auto const config = config_of(*snapshot, committee, consensus_key, timing);
  auto const recovered = recovered_from(config, committee, snapshot, journaled);
  present.set(std::make_shared<EpochRun>(epoch_parts, std::move(committee), config, recovered,
                                         std::move(journal)));
  tip_view = {};
  watch.epoch_begins(members_of(*snapshot));
}

// Bodies of the block log above the head: durable, so that they can be voted final at once.
void Engine::Running::restore() {
  for (auto const& hash : parts.block_log.held()) {
    auto body = parts.block_log.find(hash);
    if (!body) return halted(body.error().what);
    auto& held = *body;
    if (!held) continue;
    auto const block = consensus::read_block(parts.chain.hash(),
                                             std::make_shared<std::string const>(*std::move(held)));
    if (block && block->height > head.height) runner().restored(*block);
  }
}

void Engine::Running::signer_back(consensus::JournalEntry const& remembered) {
  auto const epoch = present.get();
  auto const entry = checked_entry(epoch->committee(), epoch->self(), remembered);
  epoch->runner().signer_back(entry.grounds, entry.votes);
}

void Engine::Running::run() {
  loop.start({.fired = [this](consensus::TimerId timer) { runner().fired(timer); },
              .turn = [this] { turn(); }});
  loop.post([this] { tick(); });
}

void Engine::Running::stop() {
  workers.stop();
  checks.stop();
  executor.stop();
  loop.stop();
}

// A transaction goes to those first who propose next.
void Engine::Running::aim(EpochRun& epoch) {
  auto const& validators = epoch.committee().validators;
  std::vector<PeerId> leaders;
  auto const next = consensus::next_leaders(epoch.config(), epoch.runner().state());
  for (auto const leader : next.members()) leaders.push_back(validators.key(leader));
  gossip.aim(std::move(leaders));
}

void Engine::Running::turn() {
  Stopwatch const stopwatch{costs, Stage::consensus};
  auto const epoch = present.get();
  auto& runner = epoch->runner();
  runner.turn();
  auto const& state = runner.state();
  // Of a divergence the executor says why, when it has kept what there is to keep.
  if (auto const& why = runner.halted(); why && !state.diverged) halted(*why);
  aim(*epoch);
  accuser.held(epoch->committee(), epoch->self(), state.conflicts);

  auto const& notarizations = state.safety.notarizations();
  auto const notarized =
      notarizations.empty() ? std::nullopt : state.safety.notarized(notarizations.rbegin()->first);
  auto const highest = notarized.value_or(state.safety.final());
  if (highest.view > tip_view) {
    tip_view = highest.view;
    executor.tip(highest.block);
  }
  watch.turned(*epoch, accuser.accusations());
}

void Engine::Running::tick() {
  if (parts.clock.refresh()) spdlog::info("the devnet's clock was moved forward");
  executor.consider_work();
  accuser.tick();
  beacon.tick();
  readiness.tick();
  own_account.tick();
  loop.after(tick_ms, [this] { tick(); });
}

void Engine::Running::built(consensus::Build const& order, std::optional<consensus::Block> block) {
  loop.post([this, order, block = std::move(block)] { runner().built(order, block); });
}

void Engine::Running::executed(protocol::Epoch epoch, protocol::View view,
                               protocol::BlockHash const& block, consensus::Verdict verdict) {
  loop.post(
      [this, epoch, view, block, verdict] { runner().executed(epoch, view, block, verdict); });
}

void Engine::Running::body_durable(protocol::BlockHash const& block) {
  loop.post([this, block] { runner().body_durable(block); });
}

void Engine::Running::committed(protocol::Height height, protocol::BlockHash const& block,
                                std::uint64_t block_interval_ms) {
  loop.post([this, height, block, block_interval_ms] {
    runner().committed(height, block, block_interval_ms);
    ingest.committed(height);
  });
}

// The executor reports what it finds on the new root afterwards, so the new runner hears of work.
void Engine::Running::epoch_begins(std::shared_ptr<VoteJournal> journal) {
  loop.post([this, journal = std::move(journal)]() mutable {
    auto const before = present.get();
    begin_epoch(std::move(journal), {});
    auto const epoch = present.get();
    spdlog::info("epoch {} begins: {} validators, {}", epoch->committee().epoch.value(),
                 epoch->committee().validators.size(),
                 epoch->self() ? fmt::format("this node is number {}", epoch->self()->value())
                               : "this node observes");
    epoch->runner().start();
    // On an idle chain nobody would say that there is more to catch up with.
    auto const& helper = before->runner().caught_up_with();
    if (helper) epoch->runner().heard_later_epoch(*helper);
    ingest.begun();
  });
}

void Engine::Running::work(consensus::Work work) {
  loop.post([this, work] { runner().work(work); });
}

void Engine::Running::halted(std::string const& why) {
  std::call_once(halted_once, [&] {
    spdlog::critical("{}", why);
    on_halt(why);
  });
}

Engine::Engine(EngineParts parts, EngineOptions options)
    : parts_{std::move(parts)}, options_{std::move(options)} {}

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

void Engine::connected(PeerId const& peer) {
  running_->ingest.connected(peer);
}

void Engine::signer_back(consensus::JournalEntry remembered) {
  running_->loop.post([running = running_.get(), remembered = std::move(remembered)] {
    running->signer_back(remembered);
  });
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
  return running_->watch.status();
}
bool Engine::report(std::function<void(ConsensusReport const&)> told) {
  return running_->watch.report(std::move(told));
}
StageCosts const& Engine::stages() const {
  return running_->costs;
}

}  // namespace node
