// Bad input and bad days, as real processes meet them: a clear reason, a defined exit code,
// nothing lost, nothing hung.

#include <gtest/gtest.h>
#include <signal.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <fstream>

#include "devnet/agreement.h"
#include "devnet/files.h"
#include "devnet/node_client.h"
#include "devnet/process.h"
#include "devnet/waiting.h"
#include "tests/e2e/e2e_network.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using devnet::Network;
using devnet::NodeClient;

// The exit codes of `labord --help`.
constexpr int unavailable = 69;
constexpr int locked = 75;
constexpr int misconfigured = 78;

class BadDay : public NetworkTest {
 protected:
  void start() {
    auto made = Network::create(home_ / "net", {.proxied = false});
    ASSERT_TRUE(made) << made.error();
    network_ = std::move(*made);
    ASSERT_TRUE(network_->start_all());
    auto const ready = network_->wait_ready(deadline_ms);
    ASSERT_TRUE(ready) << ready.error();
  }
  void TearDown() override {
    if (network_) {
      EXPECT_TRUE(network_->stop_all());
    }
    NetworkTest::TearDown();
  }

  fs::path node_home(unsigned number) const {
    return network_->home() / ("node-" + std::to_string(number));
  }
  devnet::Ended labord(std::vector<std::string> words) const {
    words.insert(words.begin(), devnet::program("labord").string());
    return devnet::run(words).value();
  }
  // The chain finalizes something new: a heartbeat.
  void expect_progress() {
    NodeClient const node{network_->validators()[0].api_port};
    auto const before = node.info();
    ASSERT_TRUE(before) << network_->state_of_nodes();
    constexpr std::uint64_t past_heartbeat_ms = 120'000;
    ASSERT_TRUE(network_->advance_time(past_heartbeat_ms));
    EXPECT_TRUE(devnet::wait_until(deadline_ms, [&] {
      auto const now = node.info();
      return now && now->height() > before->height();
    })) << network_->state_of_nodes();
  }

  // Started again, it says why it does not vote, follows, and counts for nothing.
  void expect_observes(unsigned number, std::vector<std::string> const& reasons) {
    ASSERT_TRUE(network_->kill_validator(number));
    auto const said_before = fs::file_size(network_->log_of(number));
    ASSERT_TRUE(network_->start_validator(number));
    auto const ready = network_->wait_ready(deadline_ms);
    ASSERT_TRUE(ready) << ready.error();
    auto const said = devnet::read_file(network_->log_of(number)).value().substr(said_before);
    EXPECT_NE(said.find("observes and does not vote"), std::string::npos) << said;
    for (auto const& reason : reasons) EXPECT_NE(said.find(reason), std::string::npos) << said;
    auto const info = NodeClient{network_->validators()[number].api_port}.info();
    ASSERT_TRUE(info) << network_->state_of_nodes();
    EXPECT_FALSE(info->validator());
    expect_progress();
    auto const agree = devnet::nodes_agree(*network_);
    EXPECT_TRUE(agree) << agree.error();
  }

  std::optional<Network> network_;
};

// Sends `bytes` to a loopback port and reads until the other side closes or says something.
void send_garbage(std::uint16_t port, std::string const& bytes) {
  using tcp = boost::asio::ip::tcp;
  boost::asio::io_context context;
  tcp::socket socket{context};
  boost::system::error_code error;
  (void)socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
  ASSERT_FALSE(error) << "port " << port << " must be open: " << error.message();
  boost::asio::write(socket, boost::asio::buffer(bytes), error);  // It may close midway.
  (void)socket.shutdown(tcp::socket::shutdown_send, error);
  std::array<char, 4096> answer{};
  while (!error) socket.read_some(boost::asio::buffer(answer), error);
}

TEST_F(BadDay, GarbageOnEveryPortIsTurnedAwayAndTheChainGoesOn) {
  ASSERT_NO_FATAL_FAILURE(start());
  std::uint64_t state = 20261122;
  std::printf("SEED=%llu\n", static_cast<unsigned long long>(state));
  auto const random_bytes = [&](std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      bytes.push_back(static_cast<char>(state >> 56));
    }
    return bytes;
  };
  std::string const http2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  for (auto const& validator : network_->validators()) {
    for (auto const port : {validator.api_port, validator.peer_port, validator.web_port}) {
      send_garbage(port, "");
      send_garbage(port, random_bytes(7));
      send_garbage(port, random_bytes(100'000));
      send_garbage(port, http2 + random_bytes(10'000));
      send_garbage(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      send_garbage(port, std::string(1'000'000, '\xff'));
    }
  }
  expect_progress();
  auto const agree = devnet::nodes_agree(*network_);
  EXPECT_TRUE(agree) << agree.error();
}

TEST_F(BadDay, ASecondNodeOnTheSameDataIsRefused) {
  ASSERT_NO_FATAL_FAILURE(start());
  auto const ended = labord({"run", "--home", node_home(0).string()});
  EXPECT_EQ(ended.code, locked) << ended.err;
  EXPECT_NE(ended.err.find("holds it: stop that first"), std::string::npos) << ended.err;
  expect_progress();
}

TEST_F(BadDay, APortInUseIsNamed) {
  ASSERT_NO_FATAL_FAILURE(start());
  // Validator 1, told to listen where validator 0 does.
  ASSERT_TRUE(network_->kill_validator(1));
  auto const file = node_home(1) / "labord.toml";
  auto text = devnet::read_file(file).value();
  auto const own = std::to_string(network_->validators()[1].api_port);
  auto const taken = std::to_string(network_->validators()[0].api_port);
  text.replace(text.find(own), own.size(), taken);
  ASSERT_TRUE(devnet::replace_file(file, text));
  auto const ended = labord({"run", "--home", node_home(1).string()});
  EXPECT_EQ(ended.code, unavailable) << ended.err;
  EXPECT_NE(ended.err.find(taken), std::string::npos) << ended.err;
}

TEST_F(BadDay, ATypoInTheSettingsIsPointedAt) {
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_TRUE(network_->kill_validator(1));
  auto const file = node_home(1) / "labord.toml";
  auto const text = devnet::read_file(file).value();
  ASSERT_TRUE(devnet::replace_file(file, text + "\n[mempool]\nbytes_mxa = 5\n"));
  auto const ended = labord({"run", "--home", node_home(1).string()});
  EXPECT_EQ(ended.code, misconfigured);
  EXPECT_NE(ended.err.find("did you mean \"bytes_max\""), std::string::npos) << ended.err;
}

TEST_F(BadDay, AValidatorWhoseJournalIsDamagedInTheMiddleObservesAndTheChainGoesOn) {
  ASSERT_NO_FATAL_FAILURE(start());
  expect_progress();
  ASSERT_TRUE(network_->kill_validator(1));
  fs::path journal;
  for (auto const& entry : fs::recursive_directory_iterator{node_home(1)}) {
    if (entry.path().extension() == ".journal") journal = entry.path();
  }
  ASSERT_FALSE(journal.empty());
  auto bytes = devnet::read_file(journal).value();
  constexpr std::size_t inside_the_first_record = 12;
  bytes[inside_the_first_record] = static_cast<char>(bytes[inside_the_first_record] ^ 0x55);
  ASSERT_TRUE(devnet::replace_file(journal, bytes));
  expect_observes(1, {journal.string() + " is damaged", "Follow the runbook \"journal lost\""});
  EXPECT_EQ(devnet::read_file(journal), bytes) << "whoever looks for the cause must find it";
  expect_observes(1, {"is damaged"});
}

TEST_F(BadDay, AValidatorWhoseDiskWasWipedObservesAndTheChainGoesOn) {
  ASSERT_NO_FATAL_FAILURE(start());
  expect_progress();
  ASSERT_TRUE(network_->kill_validator(1));
  ASSERT_GT(fs::remove_all(node_home(1) / "data"), 0u);
  expect_observes(
      1, {"voted-keys says that this key has voted", "Follow the runbook \"journal lost\""});
  // The database it has made since knows of no journal either: it must not begin one.
  expect_observes(1, {"voted-keys says that this key has voted"});
}

TEST_F(BadDay, AFullDiskStopsOneNodeWhichCatchesUpOnceThereIsRoom) {
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_TRUE(network_->kill_validator(1));
  // A file size limit is a full disk that needs no file system of its own. The small one is met
  // at the next segment that is created.
  auto const log = home_ / "full.log";
  auto const small = devnet::start({"prlimit", "--fsize=65536", devnet::program("labord").string(),
                                    "run", "--home", node_home(1).string()},
                                   log);
  ASSERT_TRUE(small) << small.error();
  EXPECT_TRUE(devnet::wait_ended(*small, deadline_ms)) << "it must stop, not hang";
  auto const said = devnet::read_file(log).value();
  EXPECT_NE(said.find("disk"), std::string::npos) << said;
  expect_progress();

  ASSERT_TRUE(network_->start_validator(1));
  ASSERT_TRUE(network_->wait_ready(deadline_ms)) << network_->state_of_nodes();
  auto const agree = devnet::nodes_agree(*network_);
  EXPECT_TRUE(agree) << agree.error();
}

TEST_F(BadDay, SigtermStopsANodeCleanlyAndItComesBackWhereItWas) {
  ASSERT_NO_FATAL_FAILURE(start());
  auto const before = NodeClient{network_->validators()[2].api_port}.info();
  ASSERT_TRUE(before);
  ASSERT_TRUE(network_->restart_validator(2));
  ASSERT_TRUE(network_->wait_ready(deadline_ms)) << network_->state_of_nodes();
  auto const after = NodeClient{network_->validators()[2].api_port}.info();
  ASSERT_TRUE(after);
  EXPECT_GE(after->height(), before->height());
  expect_progress();
}

}  // namespace
}  // namespace e2e
