#include "node/signer_link.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "node/api/epochs.h"
#include "node/engine/recovery.h"
#include "node/files.h"
#include "node/peer/hello.h"
#include "node/signer/binding.h"
#include "node/version.h"
#include "protocol/base/try.h"
#include "protocol/validators/set.h"

namespace node {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t hello_bytes_max = 1024;
constexpr unsigned readable = 0644;

fs::path hello_file(Home const& home) {
  return home.path(home.config.storage_folder) / "hello";
}

std::optional<labor::v1::EpochChange> end_of(Store const& store, protocol::Epoch epoch) {
  labor::v1::GetEpochsRequest request;
  request.set_first_epoch(epoch.value());
  request.set_count_max(1);
  auto response = get_epochs(*store.latest(), request);
  if (response.changes_size() == 0) return std::nullopt;
  return std::move(*response.mutable_changes(0));
}

bool fits(Home const& home, labor::v1::Hello const& hello) {
  auto const signature = protocol::Signature::from(hello.signature());
  auto const message =
      signer::peer_binding(home.chain.hash(), protocol::Epoch{hello.epoch()}, home.identity.key);
  return signature && hello.genesis_hash() == home.chain.hash().chars() &&
         hello.consensus_key() == home.key.chars() &&
         crypto::verify(home.key, base::bytes_of(message), *signature);
}

std::optional<labor::v1::Hello> kept_hello(Home const& home) {
  auto const bytes = read_file(hello_file(home), hello_bytes_max);
  labor::v1::Hello hello;
  if (!bytes || !hello.ParseFromString(*bytes) || !fits(home, hello)) return std::nullopt;
  hello.set_version(std::string{version});
  return hello;
}

}  // namespace

OrExit<void> keep_hello(Home const& home, labor::v1::Hello const& hello) {
  auto const path = hello_file(home);
  auto const kept = replace_file(path, hello.SerializeAsString(), readable);
  if (kept) return {};
  return exit_with(ExitCode::disk, fmt::format("cannot write {}: {}", path.string(), kept.error()));
}

consensus::JournalEntry entry_of(signer::Welcome const& welcome, Store const& store) {
  consensus::JournalEntry entry;
  auto const snapshot = store.latest();
  auto const epoch = welcome.mark.epoch;
  if (epoch != snapshot->head().epoch) return entry;
  auto const validators = set_of(validators::present_set(*snapshot, epoch));
  for (auto const& bytes : welcome.grounds) {
    if (auto ground = consensus::decode_certificate(bytes, validators)) {
      entry.grounds.push_back(*std::move(ground));
    }
  }
  for (auto const& bytes : welcome.votes) {
    if (auto const vote = consensus::decode_vote(bytes)) entry.votes.push_back(*vote);
  }
  return entry;
}

OrExit<SignerLink> link_signer(Home const& home, Store const& store) {
  auto seat = peer::Seat{
      .genesis = home.chain.hash(), .epoch = store.latest()->head().epoch, .self = home.key};
  if (home.consensus_key) {
    return SignerLink{
        .signer = nullptr,
        .hello = peer::make_hello(seat, *home.consensus_key, home.identity.key, version),
        .remembered = {}};
  }
  SignerLink link;
  auto const socket = home.path(home.config.signer_socket);
  link.signer = std::make_unique<signer::RemoteSigner>(signer::RemoteSigner::Options{
      .socket = socket,
      .timeout = std::chrono::milliseconds{home.config.signer_timeout_ms},
      .genesis = home.chain.hash(),
      .key = home.key,
      .node_key = home.identity.key,
      .boundary = [&store](protocol::Epoch epoch) { return end_of(store, epoch); },
      .recorded = store.journal()});
  if (auto const welcome = link.signer->greet()) {
    seat.epoch = welcome->mark.epoch;
    link.hello = peer::make_hello(seat, welcome->peer_signature, version);
    link.remembered = entry_of(*welcome, store);
    if (!fits(home, link.hello)) {
      return exit_with(ExitCode::config,
                       fmt::format("the signer at {} signs with another key than signer.key in "
                                   "labord.toml says",
                                   socket.string()));
    }
    TRY_VOID(keep_hello(home, link.hello));
    return link;
  }
  auto hello = kept_hello(home);
  if (!hello) {
    return exit_with(ExitCode::unavailable,
                     fmt::format("the signer at {} does not answer, and without it peers cannot be "
                                 "spoken to the first time: start `labord signer`",
                                 socket.string()));
  }
  link.hello = *std::move(hello);
  return link;
}

OrExit<signer::FileLock> lock_key(protocol::GenesisHash const& genesis,
                                  protocol::PublicKey const& key) {
  auto const path = signer::key_lock(genesis, key);
  auto lock = signer::FileLock::take(path);
  if (lock) return std::move(*lock);
  if (!lock.error().taken) return exit_with(ExitCode::disk, lock.error().what);
  return exit_with(
      ExitCode::locked,
      fmt::format("another process on this host signs with this consensus key: two that sign with "
                  "one key contradict each other, and its validator is removed. Stop one of them "
                  "for good; `fuser {}` names it",
                  path.string()));
}

OrExit<std::optional<signer::FileLock>> lock_key(Home const& home) {
  // The keys of a devnet are public, and the same on every devnet of its seed.
  if (!home.consensus_key || home.chain.devnet()) return std::nullopt;
  TRY(lock, lock_key(home.chain.hash(), home.key));
  return std::optional{std::move(lock)};
}

}  // namespace node
