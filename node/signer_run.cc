#include "node/signer_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "node/hardening.h"
#include "node/logging.h"
#include "node/signer/desk.h"
#include "node/signer/server.h"
#include "node/signer_home.h"
#include "node/signer_link.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace node {
namespace {

OrExit<signer::FileLock> lock_home(std::filesystem::path const& folder) {
  auto lock = signer::FileLock::take(folder / "lock");
  if (lock) return std::move(*lock);
  if (!lock.error().taken) return exit_with(ExitCode::disk, lock.error().what);
  return exit_with(ExitCode::locked,
                   fmt::format("another signer uses {}: {}", folder.string(), lock.error().what));
}

std::expected<void, consensus::DiskFailure> keep_epoch(std::filesystem::path const& folder,
                                                       labor::v1::ValidatorSet const& set,
                                                       JournalMark const& mark) {
  auto const kept = keep_state(folder, set, mark);
  if (!kept) return std::unexpected{consensus::DiskFailure{kept.error().message}};
  spdlog::info("epoch {} begins: {} validators", set.epoch(), set.validators_size());
  return {};
}

// Now and then, so that an old copy of the journal is known for one.
class Marking {
 public:
  Marking(boost::asio::io_context& context, std::filesystem::path const& folder,
          signer::Keeper const& keeper, std::function<void(std::string const&)> failed)
      : timer_{context}, folder_{folder}, keeper_{keeper}, failed_{std::move(failed)} {
    mark();
  }

 private:
  void mark() {
    auto const now = keeper_.mark();
    if (now != kept_) {
      auto const kept = keep_state(folder_, keeper_.set(), now);
      if (!kept) return failed_(kept.error().message);
      kept_ = now;
    }
    constexpr std::chrono::seconds pause{5};
    timer_.expires_after(pause);
    timer_.async_wait([this](boost::system::error_code error) {
      if (!error) mark();
    });
  }

  boost::asio::steady_timer timer_;
  std::filesystem::path const& folder_;
  signer::Keeper const& keeper_;
  std::function<void(std::string const&)> failed_;
  std::optional<JournalMark> kept_;
};

void serve_until_stopped(boost::asio::io_context& context) {
  boost::asio::signal_set signals{context, SIGTERM, SIGINT};
  signals.async_wait([&context](boost::system::error_code error, int) {
    if (error) return;
    spdlog::info("stopping");
    context.stop();
  });
  context.run();
}

}  // namespace

OrExit<void> run_signer(std::filesystem::path const& folder) {
  protect_memory();
  turn_signals_into_errors();
  TRY_VOID(start_logging("info", {}));
  TRY(home, load_signer_home(folder));
  auto const key_in_use = lock_key(home.chain.hash(), home.key.public_key());
  if (!key_in_use) return std::unexpected{key_in_use.error()};
  auto const home_in_use = lock_home(folder);
  if (!home_in_use) return std::unexpected{home_in_use.error()};
  TRY(votes, open_signer_votes(home, machine_disk()));
  signer::Keeper keeper{home.chain.hash(), home.key, std::move(votes),
                        [&](labor::v1::ValidatorSet const& set, JournalMark const& mark) {
                          return keep_epoch(folder, set, mark);
                        }};
  signer::Desk desk{keeper};
  boost::asio::io_context context;
  std::optional<std::string> failed;
  auto const fail = [&](std::string const& why) {
    failed = why;
    context.stop();
  };
  signer::Server server{context, desk, fail};
  if (auto const listening = server.listen(home.socket()); !listening) {
    return exit_with(ExitCode::unavailable, listening.error());
  }
  auto const ready =
      fmt::format("labord signer ready: chain {}, key {}, socket {}\n", home.chain.id(),
                  base::hex(home.key.public_key().view()), home.socket().string());
  std::fputs(ready.c_str(), stdout);
  std::fflush(stdout);
  spdlog::info("{}", ready.substr(0, ready.size() - 1));
  Marking const marking{context, folder, keeper, fail};
  serve_until_stopped(context);
  if (failed) return exit_with(ExitCode::disk, *failed);
  return keep_state(folder, keeper.set(), keeper.mark());
}

}  // namespace node
