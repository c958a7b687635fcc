// A signer in another process, as consensus sees it. It shows the signer what it must have seen,
// and takes nothing on trust but that it keeps what it signs.
//
// Away (absent, slow, refusing to talk) means that nothing is signed: each call returns at once but
// the one that finds out, which takes one deadline. A thread of its own looks for the signer again
// and says when it is back. Found, lost and each new reason why it is away are one line in the log.
//
// Threads: sign(), committed() and ready() the loop's; away_since() and mark() any; greet() and
// begin() the owner's, before the loop runs.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/shell/ports.h"
#include "node/signer/channel.h"
#include "node/store/store.h"

namespace node::signer {

// What a signer says when it is greeted. Nobody has checked the bytes: they depend on the epoch.
struct Welcome {
  protocol::Signature peer_signature{};
  JournalMark mark{};  // How far its journal is.
  std::vector<std::string> grounds;
  std::vector<std::string> votes;
};

class RemoteSigner final : public consensus::Signer {
 public:
  struct Options {
    std::filesystem::path socket;
    std::chrono::milliseconds timeout{};
    protocol::GenesisHash genesis{};
    protocol::PublicKey key{};
    protocol::PublicKey node_key{};
    // What proves the end of an epoch; nothing while it runs. On the loop.
    std::function<std::optional<labor::v1::EpochChange>(protocol::Epoch)> boundary{};
    // How far the signer's journal was, as the database has it. A signer with less of that journal
    // has an old copy, and is not spoken to.
    std::optional<JournalMark> recorded{};
  };
  explicit RemoteSigner(Options options);
  ~RemoteSigner() override;

  // Looks for the signer once; what it says if it is there.
  std::optional<Welcome> greet();
  // From here on it is looked for whenever it is away. `back` is called, on a thread of this
  // object's, each time it has been found again.
  void begin(std::function<void(Welcome const&)> back);
  // `back` is called no more.
  void end();

  std::expected<std::vector<consensus::Vote>, consensus::DiskFailure> sign(
      consensus::SigningOrder const& order) override;
  std::expected<void, consensus::DiskFailure> committed(consensus::View floor) override;

  // What a ReadySeat carries (validators.proto); nothing while it is away.
  std::optional<protocol::Signature> ready(std::uint64_t seat, protocol::Height height,
                                           protocol::BlockHash const& block);

  // How far its journal is known to be; for the database, with each block. From any thread, never
  // waits for the signer.
  std::optional<JournalMark> mark() const;

  // Since when it is away: milliseconds of the wall clock; nothing while it is there.
  std::optional<std::uint64_t> away_since() const;

 private:
  using Shown = std::tuple<consensus::Epoch, consensus::View, consensus::VoteKind>;

  Channel::OrTrouble<Welcome> greet(Channel& channel) const;
  bool has_old_copy(JournalMark const& said) const;
  void signed_up_to(JournalMark const& mark);
  void note(protocol::Epoch epoch, std::vector<consensus::Vote> const& votes);
  void lost(std::string const& why);
  void found(std::unique_ptr<Channel> channel, Welcome const& welcome);
  void say_away(std::string const& why);
  std::optional<Welcome> look();
  std::vector<consensus::Certificate> convincing(consensus::SigningOrder const& order);
  Channel::OrTrouble<std::vector<consensus::Vote>> order(consensus::SigningOrder const& order);
  Channel::OrTrouble<void> advance_to(protocol::Epoch epoch, Channel::Deadline deadline);
  Channel::OrTrouble<std::vector<consensus::Vote>> put(
      consensus::SigningOrder const& order, std::span<consensus::Certificate const> certificates,
      std::span<consensus::Statement const> statements, Channel::Deadline deadline);

  Options const options_;
  std::mutex mutex_;  // Guards what follows up to mark_mutex_.
  std::condition_variable_any changed_;
  std::unique_ptr<Channel> channel_;  // Null: away.
  protocol::Epoch epoch_{};           // The signer's.
  std::set<Shown> shown_;             // On this channel: certificates need not be shown twice.
  std::string said_;                  // Why it is away, as the log has it.
  mutable std::mutex mark_mutex_;
  std::optional<JournalMark> mark_;              // Guarded by mark_mutex_.
  std::atomic<std::uint64_t> away_since_ms_{0};  // 0: it is there.
  std::jthread looking_;
};

}  // namespace node::signer
