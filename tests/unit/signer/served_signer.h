// A signer of validator 1 of four, on a real socket in a folder of its own.

#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>

#include "node/signer/server.h"
#include "tests/support/consensus_keys.h"
#include "tests/support/memory_disk.h"
#include "tests/support/temp_folder.h"

namespace node::signer {

// Of everything that is waited for; a sanitizer is slow.
inline constexpr std::chrono::seconds deadline{60};

class ServedSigner : public testing::Test {
 protected:
  static constexpr std::size_t self = 1;

  ~ServedSigner() override { fall_silent(); }

  std::filesystem::path socket() const { return folder.path() / "signer.sock"; }
  void serve(std::chrono::milliseconds patience) {
    labor::v1::ValidatorSet set;
    set.set_first_height(1);
    for (std::size_t i = 0; i < keys.committee().validators.size(); ++i) {
      auto const place = protocol::ValidatorIndex{static_cast<std::uint8_t>(i)};
      auto const& key = keys.committee().validators.key(place);
      set.add_validators()->set_consensus_key(key.str());
    }
    JournalOptions const options{
        .folder = "votes", .epoch = {}, .validators = keys.committee().validators};
    keeper = std::make_unique<Keeper>(
        keys.committee().genesis, keys.secret(self),
        Keeper::Epoch{.set = set,
                      .journal = *VoteJournal::create(options, disk, {}, protocol::View{0}),
                      .entry = {},
                      .dropped = {}},
        [](auto const&, auto const&) -> std::expected<void, consensus::DiskFailure> { return {}; });
    desk = std::make_unique<Desk>(*keeper);
    server = std::make_unique<Server>(context, *desk, [](std::string const&) {}, patience);
    ASSERT_TRUE(server->listen(socket()));
    answer();
  }
  // Its process is paused: who is connected stays so.
  void fall_silent() {
    context.stop();
    thread = {};
  }
  void answer() {
    context.restart();
    thread = std::jthread{[this] { context.run(); }};
  }

  consensus::Keys keys{4};
  testing_support::MemoryDisk disk;
  testing_support::TempFolder folder;
  std::unique_ptr<Keeper> keeper;
  std::unique_ptr<Desk> desk;
  boost::asio::io_context context;
  std::unique_ptr<Server> server;
  std::jthread thread;
};

}  // namespace node::signer
