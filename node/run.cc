#include "node/run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "node/api/api_server.h"
#include "node/api/node_facts.h"
#include "node/data.h"
#include "node/divergence_files.h"
#include "node/documents/documents.h"
#include "node/engine/engine.h"
#include "node/engine/recovery.h"
#include "node/hardening.h"
#include "node/home.h"
#include "node/listening.h"
#include "node/logging.h"
#include "node/peer/grpc_peers.h"
#include "node/signer_link.h"
#include "node/version.h"
#include "node/web/metrics.h"
#include "node/web/web_server.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace node {
namespace {

namespace fs = std::filesystem;

// Where this process signs.
class LocalKey final : public consensus::SigningKey {
 public:
  explicit LocalKey(Home const& home) : home_{home} {}
  protocol::Signature sign(consensus::Statement const& statement) override {
    CHECK(home_.consensus_key.has_value());  // Or the engine has a signer apart.
    return home_.consensus_key->sign(
        base::bytes_of(consensus::signing_bytes(home_.chain.hash(), statement)));
  }

 private:
  Home const& home_;
};

peer::GrpcPeers::Options peer_options(Home const& home, protocol::Epoch epoch) {
  std::vector<peer::Remote> remotes;
  remotes.reserve(home.config.peers.size());
  for (auto const& peer : home.config.peers) {
    remotes.push_back({.name = peer.name, .address = peer.address, .node_key = peer.node_key});
  }
  return {.listen = home.config.peer_listen,
          .remotes = std::move(remotes),
          .identity = home.identity,
          .seat = {.genesis = home.chain.hash(), .epoch = epoch, .self = home.key}};
}

EngineOptions engine_options(Home const& home, bool votes) {
  auto const& config = home.config;
  EngineOptions options;
  if (votes) options.consensus_key = home.key;
  options.timing.delta_ms = config.consensus_delta_ms;
  options.mempool = {.bytes_max = config.mempool_bytes_max,
                     .count_max = config.mempool_count_max,
                     .per_account_max = config.mempool_per_account_max,
                     .per_peer_max = config.mempool_per_peer_max};
  options.worker_threads = static_cast<unsigned>(config.worker_threads);
  options.keep_divergence = [folder = home.folder](Divergence const& divergence) {
    return keep_divergence(folder, divergence);
  };
  return options;
}

SignReady sign_ready(Home const& home, Data const& data, signer::RemoteSigner* signer) {
  if (!data.key_spent.empty()) return {};
  if (home.consensus_key) return ready_signed_by(*home.consensus_key, home.chain);
  return [signer](std::uint64_t seat, protocol::Height height, protocol::BlockHash const& block) {
    return signer->ready(seat, height, block);
  };
}

std::function<std::optional<JournalMark>()> mark_of(signer::RemoteSigner* signer) {
  if (signer == nullptr) return {};
  return [signer] { return signer->mark(); };
}

std::optional<fs::path> offset_file(Home const& home) {
  if (home.config.devnet_offset_file.empty() || !home.chain.devnet()) return std::nullopt;
  return home.path(home.config.devnet_offset_file);
}

// Everything that runs. Members stand in the order in which they need each other.
class Node {
 public:
  Node(Home const& home, Data& data, SignerLink& link, std::unique_ptr<DocumentStore> documents)
      : home_{home},
        data_{data},
        signer_{link.signer.get()},
        clock_{offset_file(home)},
        key_{home},
        engine_{{.chain = home.chain,
                 .store = *data.store,
                 .block_log = *data.block_log,
                 .votes = data.votes,
                 .key = &key_,
                 .signer_apart = signer_,
                 .signed_apart = mark_of(signer_),
                 .clock = clock_,
                 .account = &home.node_key,
                 .sign_ready = sign_ready(home, data, signer_)},
                engine_options(home, data.key_spent.empty())},
        documents_{{.store = std::move(documents),
                    .chain_store = *data.store,
                    .genesis = home.chain.hash(),
                    .clock = clock_,
                    .next = engine_,
                    .copy_ms = home.config.documents_copy_ms}},
        peers_{peer_options(home, head_of(*data.store).epoch), link.hello, documents_} {}
  ~Node() { stop(); }

  // `halted` is called, from any thread, when the node must not go on.
  OrExit<void> start(std::function<void(std::string const&)> halted) {
    engine_.start(peers_, data_.journaled, std::move(halted));
    if (signer_ != nullptr) {
      signer_->begin([this](signer::Welcome const& welcome) {
        engine_.signer_back(entry_of(welcome, *data_.store));
      });
    }
    documents_.start(peers_);
    if (!peers_.start()) return cannot_listen("peer.listen", home_.config.peer_listen);
    facts_.emplace(NodeFacts::Names{.node = home_.name(),
                                    .version = std::string{version},
                                    .consensus_key = home_.key,
                                    .observes_because = data_.key_spent},
                   NodeFacts::Parts{.chain = home_.chain,
                                    .store = *data_.store,
                                    .engine = engine_,
                                    .peers = peers_,
                                    .clock = clock_,
                                    .signer_away_since = signer_away_since(),
                                    .documents = &documents_});
    auto api = ApiServer::start(home_.config.api_listen, {.chain = home_.chain,
                                                          .store = *data_.store,
                                                          .engine = engine_,
                                                          .peers = peers_,
                                                          .clock = clock_,
                                                          .facts = *facts_,
                                                          .documents = documents_});
    if (!api) return cannot_listen("api.listen", home_.config.api_listen);
    api_ = std::move(*api);
    return start_web();
  }

  // Clients first, so that nobody is left without an answer; then what peers bring; then the
  // engine, which finishes what it is writing.
  void stop() {
    if (web_) web_->stop();
    if (api_) api_->stop();
    peers_.stop();
    documents_.stop();
    if (signer_ != nullptr) signer_->end();
    engine_.stop();
  }

  std::string ready_line() const {
    auto const head = data_.store->latest()->head();
    auto const epoch = engine_.consensus();
    auto const role = epoch.self
                          ? fmt::format("validator {} of {}", epoch.self->value(), epoch.validators)
                          : fmt::format("observing {} validators", epoch.validators);
    auto const web = web_ ? fmt::format(", web port {}", web_->port()) : std::string{};
    return fmt::format("labord ready: chain {}, {} ({}), height {}, api port {}, peer port {}{}\n",
                       home_.chain.id(), home_.name(), role, head.height.value(), api_->port(),
                       peers_.port(), web);
  }

 private:
  static std::unexpected<Exit> cannot_listen(std::string_view setting, std::string const& address) {
    return exit_with(ExitCode::unavailable,
                     fmt::format("cannot listen on {} ({} in labord.toml): {}", address, setting,
                                 why_not_listening(address)));
  }
  OrExit<void> start_web() {
    auto const& address = home_.config.web_listen;
    if (address.empty()) return {};
    auto web = web::WebServer::start(address, [this] { return web::metrics_page(*facts_); });
    if (!web) return cannot_listen("web.listen", address);
    web_ = std::move(*web);
    return {};
  }
  std::function<std::optional<std::uint64_t>()> signer_away_since() const {
    if (signer_ == nullptr) return {};
    return [signer = signer_] { return signer->away_since(); };
  }

  Home const& home_;
  Data& data_;
  signer::RemoteSigner* signer_;  // Null: this process signs.
  SystemClock clock_;
  LocalKey key_;
  Engine engine_;
  Documents documents_;
  peer::GrpcPeers peers_;
  std::optional<NodeFacts> facts_;
  std::unique_ptr<ApiServer> api_;
  std::unique_ptr<web::WebServer> web_;
};

// Waits for a signal or for the engine to halt. The reason, if it halted.
class Waiting {
 public:
  Waiting() : signals_{context_, SIGTERM, SIGINT} {
    signals_.async_wait([this](boost::system::error_code error, int signal) {
      if (error) return;
      spdlog::info("stopping: {}", signal == SIGINT ? "SIGINT" : "SIGTERM");
      context_.stop();
    });
  }
  void halt(std::string const& why) {
    boost::asio::post(context_, [this, why] {
      halted_ = why;
      context_.stop();
    });
  }
  std::optional<std::string> wait() {
    context_.run();
    // From here on a signal does what it does by default: an impatient operator is obeyed.
    signals_.clear();
    return halted_;
  }

 private:
  boost::asio::io_context context_;
  boost::asio::signal_set signals_;
  std::optional<std::string> halted_;
};

}  // namespace

OrExit<void> run(fs::path const& folder) {
  protect_memory();
  turn_signals_into_errors();
  TRY(home, load_home(folder));
  auto const& log_file = home.config.log_file;
  TRY_VOID(start_logging(home.config.log_level, log_file.empty() ? fs::path{} : folder / log_file));
  for (auto const& doubt : doubts(home)) spdlog::warn("{}", doubt);
  auto const key_in_use = lock_key(home);
  if (!key_in_use) return std::unexpected{key_in_use.error()};
  TRY(data, open_data(home, machine_disk()));
  if (!data.key_spent.empty()) {
    spdlog::critical("this node observes and does not vote, its consensus key is spent: {}",
                     data.key_spent);
  }

  TRY(documents, open_documents(home, machine_disk()));
  TRY(link, link_signer(home, *data.store));
  if (link.signer) data.journaled = std::move(link.remembered);
  Waiting waiting;
  Node node{home, data, link, std::move(documents)};
  TRY_VOID(node.start([&waiting](std::string const& why) { waiting.halt(why); }));
  auto const ready = node.ready_line();
  std::fputs(ready.c_str(), stdout);
  std::fflush(stdout);
  spdlog::info("{}", ready.substr(0, ready.size() - 1));

  auto const halted = waiting.wait();
  node.stop();
  if (halted) return exit_with(ExitCode::halted, *halted);
  spdlog::info("stopped");
  return {};
}

}  // namespace node
