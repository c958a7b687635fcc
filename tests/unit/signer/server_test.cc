// Who may talk to a signer, for how long, and how it ends.

#include "node/signer/server.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "tests/unit/signer/served_signer.h"

namespace node::signer {
namespace {

namespace fs = std::filesystem;
using boost::asio::local::stream_protocol;
using labor::v1::SignerMessage;

// Longer than any test takes.
constexpr std::chrono::hours never{1};
constexpr std::chrono::milliseconds soon{20};

// A process that speaks in bytes.
class Caller {
 public:
  explicit Caller(fs::path const& path) {
    socket_.connect(stream_protocol::endpoint{path.string()});
    timeval const limit{.tv_sec = deadline.count(), .tv_usec = 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  void say(std::string const& bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }
  // Nothing where it was hung up on.
  std::optional<SignerMessage> hear() {
    std::array<char, prefix_bytes> prefix{};
    boost::system::error_code error;
    boost::asio::read(socket_, boost::asio::buffer(prefix), error);
    if (error) return std::nullopt;
    std::string bytes(*length_of(prefix), '\0');
    boost::asio::read(socket_, boost::asio::buffer(bytes), error);
    if (error) return std::nullopt;
    return *decode(bytes);
  }
  bool hung_up_on() {
    char byte = 0;
    return ::recv(socket_.native_handle(), &byte, 1, 0) == 0;
  }

 private:
  boost::asio::io_context context_;
  stream_protocol::socket socket_{context_};
};

// How it ended for a process of another user that greets.
enum class Stranger { hung_up_on, answered, unheard, not_made };

// From fork() on in the child: nothing but system calls, for the other threads are not there.
Stranger greet_as(uid_t user, sockaddr_un const& address, std::string const& greeting) {
  if (::setuid(user) != 0) return Stranger::not_made;
  auto const socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  if (socket < 0) return Stranger::not_made;
  timeval const limit{.tv_sec = deadline.count(), .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  auto const* generic = reinterpret_cast<sockaddr const*>(&address);
  if (::connect(socket, generic, sizeof address) != 0) return Stranger::not_made;
  ::send(socket, greeting.data(), greeting.size(), MSG_NOSIGNAL);
  char byte = 0;
  auto const heard = ::recv(socket, &byte, 1, 0);
  if (heard > 0) return Stranger::answered;
  // Reset where what it said was never read.
  return heard == 0 || errno == ECONNRESET ? Stranger::hung_up_on : Stranger::unheard;
}

Stranger greeted_by(uid_t user, fs::path const& path, std::string const& greeting) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  auto const child = ::fork();
  if (child == 0) ::_exit(static_cast<int>(greet_as(user, address, greeting)));
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return Stranger::not_made;
  return WIFEXITED(status) ? Stranger{WEXITSTATUS(status)} : Stranger::not_made;
}

class SignerServer : public ServedSigner {
 protected:
  std::string hello() const {
    SignerMessage message;
    message.mutable_hello()->set_genesis_hash(keys.committee().genesis.str());
    message.mutable_hello()->set_consensus_key(keys.secret(self).public_key().str());
    message.mutable_hello()->set_node_key(std::string(32, 'n'));
    return encode(message);
  }
};

TEST_F(SignerServer, HasASocketOfItsUsersAlone) {
  serve(never);
  EXPECT_EQ(fs::status(socket()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  server = nullptr;
  EXPECT_FALSE(fs::exists(socket()));
}

TEST_F(SignerServer, HangsUpOnAProcessOfAnotherUserEvenWhereTheSocketIsOpenToIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "did not run: only root can be another user";
  constexpr uid_t nobody = 65534;
  serve(never);
  fs::permissions(folder.path(), fs::perms::group_exec | fs::perms::others_exec,
                  fs::perm_options::add);
  fs::permissions(socket(), fs::perms::all);
  EXPECT_EQ(greeted_by(::geteuid(), socket(), hello()), Stranger::answered);
  EXPECT_EQ(greeted_by(nobody, socket(), hello()), Stranger::hung_up_on);
}

TEST_F(SignerServer, SaysWhyAndHangsUpWhereAFrameIsTooLong) {
  serve(never);
  Caller caller{socket()};
  caller.say(std::string(prefix_bytes, '\xff'));
  auto const said = caller.hear();
  ASSERT_TRUE(said);
  EXPECT_EQ(said->goodbye().reason(), labor::v1::SIGNER_REFUSAL_FRAME_LENGTH);
  EXPECT_TRUE(caller.hung_up_on());
}

TEST_F(SignerServer, HangsUpOnWhoeverIsSilentWhereItShouldSpeak) {
  serve(soon);
  struct Row {
    std::string_view name;
    std::string bytes;
    bool greeted;
  };
  Row const rows[] = {{"nothing is said", "", false},
                      {"half a length", std::string(2, '\0'), false},
                      {"half a greeting", hello().substr(0, 30), false},
                      {"half a message after the greeting", hello() + hello().substr(0, 30), true}};
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    Caller caller{socket()};
    caller.say(row.bytes);
    if (row.greeted) {
      EXPECT_TRUE(caller.hear());
    }
    EXPECT_TRUE(caller.hung_up_on());
  }
}

TEST_F(SignerServer, LetsANodeBeSilentBetweenItsMessages) {
  serve(soon);
  Caller node{socket()};
  node.say(hello());
  ASSERT_TRUE(node.hear());
  Caller silent{socket()};
  EXPECT_TRUE(silent.hung_up_on()) << "longer than its patience has passed";
  node.say(hello());
  EXPECT_TRUE(node.hear());
}

TEST_F(SignerServer, HangsUpOnTheOldestOfTooManyAndAnswersTheNewest) {
  serve(never);
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < 9; ++i) {
    callers.push_back(std::make_unique<Caller>(socket()));
    callers.back()->say(hello());
    EXPECT_TRUE(callers.back()->hear());
  }
  EXPECT_TRUE(callers.front()->hung_up_on());
  callers.back()->say(hello());
  EXPECT_TRUE(callers.back()->hear());
}

}  // namespace
}  // namespace node::signer
