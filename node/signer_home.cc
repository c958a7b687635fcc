#include "node/signer_home.h"

#include <fmt/format.h>
#include <labor/v1/signer.pb.h>
#include <sys/un.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "node/data.h"
#include "node/files.h"
#include "node/genesis_file.h"
#include "node/key_file.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/validators/set.h"

namespace node {
namespace {

namespace fs = std::filesystem;

constexpr auto genesis_name = "genesis.json";
constexpr auto key_name = "validator.key";
constexpr auto state_name = "state";
constexpr unsigned owner_only = 0600;
constexpr unsigned readable = 0644;
constexpr std::size_t state_bytes_max = 1u << 20;

constexpr std::string_view spent =
    "This signer will not sign again: a vote may be missing, and contradicting it could fork the "
    "chain. Do not delete or restore anything here. A new consensus key in a new signer goes on: "
    "`labord rotate --home NODE --signer NEW` makes both and says how";

struct State {
  labor::v1::ValidatorSet set;
  consensus::ValidatorSet validators;  // The same.
  JournalMark mark;
};

std::optional<State> decode_state(std::string_view bytes) {
  auto state = canonical::decode<labor::v1::SignerState>(bytes);
  JournalMark mark;
  if (!state || state->journal_id().size() != mark.id.size()) return std::nullopt;
  auto validators = signer::keys_of(state->validators());
  if (!validators) return std::nullopt;
  std::ranges::copy(base::bytes_of(state->journal_id()), mark.id.begin());
  mark.epoch = protocol::Epoch{state->validators().epoch()};
  mark.highest_view = protocol::View{state->highest_view()};
  return State{.set = std::move(*state->mutable_validators()),
               .validators = *std::move(validators),
               .mark = mark};
}

OrExit<State> read_state(fs::path const& folder) {
  auto const path = folder / state_name;
  auto const bytes = read_file(path, state_bytes_max);
  auto state = decode_state(bytes.value_or(std::string{}));
  if (state) return *std::move(state);
  return exit_with(ExitCode::damaged, fmt::format("{}: {}. {}", path.string(),
                                                  bytes ? "it is damaged" : bytes.error(), spent));
}

OrExit<void> check_free(fs::path const& home) {
  std::error_code error;
  if (fs::exists(home, error) && !fs::is_empty(home, error)) {
    return exit_with(ExitCode::exists,
                     fmt::format("{} is not empty; a signer gets a new folder", home.string()));
  }
  auto const socket = (home / signer_socket_name).string();
  if (socket.size() < sizeof(sockaddr_un::sun_path)) return {};
  return exit_with(ExitCode::config,
                   fmt::format("{} is too long for a socket: {} characters at most", socket,
                               sizeof(sockaddr_un::sun_path) - 1));
}

}  // namespace

OrExit<SignerHome> load_signer_home(fs::path const& folder) {
  auto const seed = read_key_file(folder / key_name);
  if (!seed) {
    return exit_with(ExitCode::config, seed.error().message +
                                           "; `labord signer init` moves one out of a node, "
                                           "`labord init --signer` makes a new one");
  }
  TRY(chain, read_genesis(folder / genesis_name));
  return SignerHome{.folder = folder, .chain = std::move(chain), .key = seed->key()};
}

OrExit<signer::Keeper::Epoch> open_signer_votes(SignerHome const& home, Disk& disk) {
  TRY(state, read_state(home.folder));
  auto opened = VoteJournal::open(
      {.folder = home.folder / "votes", .epoch = state.mark.epoch, .validators = state.validators},
      disk, state.mark);
  if (!opened) {
    return exit_with(ExitCode::damaged, fmt::format("{}. {}", opened.error().what, spent));
  }
  if (opened->state != VoteJournal::Opened::State::found) {
    return exit_with(ExitCode::damaged,
                     fmt::format("the journal of votes is lost: {}. {}", opened->reason, spent));
  }
  return signer::Keeper::Epoch{.set = std::move(state.set),
                               .journal = std::move(opened->journal),
                               .entry = std::move(opened->entry),
                               .dropped = opened->segment.floor};
}

OrExit<void> keep_state(fs::path const& folder, labor::v1::ValidatorSet const& set,
                        JournalMark const& mark) {
  labor::v1::SignerState state;
  state.set_journal_id(mark.id.data(), mark.id.size());
  state.set_highest_view(mark.highest_view.value());
  *state.mutable_validators() = set;
  auto const path = folder / state_name;
  auto const kept = replace_file(path, canonical::encode(state), owner_only);
  if (kept) return {};
  return exit_with(ExitCode::disk, fmt::format("cannot write {}: {}", path.string(), kept.error()));
}

OrExit<void> begin_signer_home(fs::path const& folder, protocol::Chain const& chain, Disk& disk) {
  TRY_VOID(check_free(folder));
  if (auto const made = disk.create_folder(folder); !made) {
    return exit_with(ExitCode::disk, made.error().message);
  }
  std::error_code error;
  fs::permissions(folder, fs::perms::owner_all, error);
  auto const genesis =
      write_new_file(folder / genesis_name, protocol::to_json(chain.genesis()), readable);
  if (!genesis) return exit_with(ExitCode::disk, genesis.error());
  return {};
}

OrExit<SignerHome> make_signer_home(fs::path const& folder, protocol::Chain const& chain,
                                    Disk& disk) {
  TRY_VOID(begin_signer_home(folder, chain, disk));
  auto const set = validators::first_set(chain);
  auto const validators = signer::keys_of(set);
  CHECK(validators.has_value());  // A genesis with others is refused.
  JournalOptions const options{.folder = folder / "votes", .epoch = {}, .validators = *validators};
  auto const journal = VoteJournal::create(options, disk, random_journal_id(), protocol::View{0});
  if (!journal) return exit_with(ExitCode::disk, journal.error().what);
  TRY_VOID(keep_state(folder, set, (*journal)->mark()));
  auto const seed = Seed::random();
  auto const written = write_key_file(folder / key_name, seed);
  if (!written) return exit_with(ExitCode::disk, written.error().message);
  return SignerHome{.folder = folder, .chain = chain, .key = seed.key()};
}

}  // namespace node
