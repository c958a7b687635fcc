// `labord signer init`: moves a consensus key and its journal out of a node.

#include <fmt/format.h>

#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "node/config.h"
#include "node/data.h"
#include "node/files.h"
#include "node/home.h"
#include "node/key_file.h"
#include "node/signer_home.h"
#include "node/signer_link.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/validators/set.h"

namespace node {
namespace {

namespace fs = std::filesystem;

// As VoteJournal bounds its files.
constexpr std::size_t journal_bytes_max = 256u << 20;

std::unexpected<Exit> disk_failed(DiskError const& error) {
  return exit_with(ExitCode::disk, error.message);
}

OrExit<void> copy_folder(Disk& disk, fs::path const& from, fs::path const& to) {
  if (auto const made = disk.create_folder(to); !made) return disk_failed(made.error());
  auto const names = disk.list(from);
  if (!names) return disk_failed(names.error());
  for (auto const& name : *names) {
    auto source = disk.open(from / name);
    if (!source) return disk_failed(source.error());
    auto const bytes = (*source)->read(0, journal_bytes_max);
    if (!bytes) return disk_failed(bytes.error());
    auto target = disk.open(to / name);
    if (!target) return disk_failed(target.error());
    if (auto const put = (*target)->write(0, *bytes); !put) return disk_failed(put.error());
    if (auto const synced = (*target)->sync(); !synced) return disk_failed(synced.error());
  }
  if (auto const named = disk.sync_folder(to); !named) return disk_failed(named.error());
  return {};
}

// At once where both are on one file system. Otherwise under a name that no signer reads, until
// the old one is gone: what a crash leaves then is a key that nobody signs with.
OrExit<void> move_key(Disk& disk, fs::path const& from, fs::path const& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error == std::errc::cross_device_link) {
    auto const seed = read_key_file(from);
    if (!seed) return exit_with(ExitCode::config, seed.error().message);
    auto const moving = fs::path{to.string() + ".moving"};
    if (auto const put = write_key_file(moving, *seed); !put) {
      return exit_with(ExitCode::disk, put.error().message);
    }
    if (auto const gone = disk.remove(from); !gone) return disk_failed(gone.error());
    fs::rename(moving, to, error);
  }
  if (error) {
    return exit_with(ExitCode::disk, fmt::format("cannot move {} to {}: {}", from.string(),
                                                 to.string(), error.message()));
  }
  for (auto const& path : {from, to}) {
    if (auto const named = disk.sync_folder(path.parent_path()); !named) {
      return disk_failed(named.error());
    }
  }
  return {};
}

// labord.toml with two lines changed, or a section added; everything else as its operator wrote it.
std::string with_signer(std::string_view toml, std::string_view socket, std::string_view key) {
  auto const lines = fmt::format("socket = \"{}\"\nkey = \"{}\"\n", socket, key);
  std::istringstream in{std::string{toml}};
  std::string out;
  bool within = false;
  bool done = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("[")) within = line.starts_with("[signer]");
    if (within && (line.starts_with("socket") || line.starts_with("key"))) continue;
    out += line + "\n";
    if (within && line.starts_with("[signer]")) {
      out += lines;
      done = true;
    }
  }
  return done ? out : out + "\n[signer]\n" + lines;
}

// The node's new labord.toml; made and read before anything is moved.
OrExit<std::string> with_signer(Home const& node, fs::path const& socket) {
  constexpr std::size_t bytes_max = 1u << 20;
  auto const path = config_file(node.folder);
  auto const text = read_file(path, bytes_max);
  if (!text) return exit_with(ExitCode::config, text.error());
  auto const key = base::hex(node.key.view());
  auto changed = with_signer(*text, socket.string(), key);
  auto const config = parse_config(changed, path.string());
  if (config && config->signer_socket == socket.string() && config->signer_key == key) {
    return changed;
  }
  return exit_with(ExitCode::config,
                   fmt::format("cannot fill in [signer] of {}: write it as `labord init` does, "
                               "and choose a folder for the signer without quotes and backslashes",
                               path.string()));
}

// From here on the copy is the journal.
OrExit<void> remove_journal(fs::path const& votes) {
  std::error_code error;
  fs::remove_all(votes, error);
  if (!error) return {};
  return exit_with(ExitCode::disk,
                   fmt::format("the key has been moved, but {} is still there: {}. Remove it: it "
                               "must never be used again",
                               votes.string(), error.message()));
}

std::string next_steps(fs::path const& signer, Home const& node) {
  return fmt::format(
      "Moved the consensus key {0} and its journal\n"
      "  from  {1}\n"
      "  to    {2}\n\n"
      "The node cannot sign any more. [signer] in its labord.toml names the signer's socket.\n\n"
      "Next:\n"
      "  1. labord signer --home {2}      keep it running\n"
      "  2. labord run --home {1}\n",
      base::hex(node.key.view()), node.folder.string(), signer.string());
}

}  // namespace

OrExit<std::string> init_signer(SignerInit const& options, Disk& disk) {
  auto const home = fs::absolute(options.home).lexically_normal();
  TRY(node, load_home(options.node));
  if (!node.consensus_key) {
    return exit_with(ExitCode::config, fmt::format("the node in {} has a signer apart already",
                                                   options.node.string()));
  }
  TRY(node_config, with_signer(node, home / signer_socket_name));
  // Holds the database's lock: the node does not run, and cannot start.
  TRY(data, open_data(node, disk));
  if (!data.key_spent.empty()) {
    return exit_with(ExitCode::damaged, "its consensus key is spent: " + data.key_spent);
  }
  auto const mark = data.votes->mark();
  data.votes.reset();
  auto const votes = node.path(node.config.storage_folder) / "votes";

  TRY_VOID(begin_signer_home(home, node.chain, disk));
  TRY_VOID(copy_folder(disk, votes, home / "votes"));
  TRY_VOID(keep_state(home, validators::present_set(*data.store->latest(), mark.epoch), mark));
  TRY(link, link_signer(node, *data.store));
  TRY_VOID(keep_hello(node, link.hello));
  TRY_VOID(move_key(disk, node.path(node.config.validator_key), home / "validator.key"));
  TRY_VOID(remove_journal(votes));
  std::error_code error;
  auto const mode = fs::status(config_file(node.folder), error).permissions() & fs::perms::mask;
  auto const told =
      replace_file(config_file(node.folder), node_config, static_cast<unsigned>(mode));
  if (told) return next_steps(home, node);
  return exit_with(
      ExitCode::disk,
      fmt::format("the key has been moved, but {} cannot be written: {}. Put into it:\n"
                  "[signer]\nsocket = \"{}\"\nkey = \"{}\"",
                  config_file(node.folder).string(), told.error(),
                  (home / signer_socket_name).string(), base::hex(node.key.view())));
}

}  // namespace node
