#include "node/signer_home.h"

#include <fmt/format.h>
#include <labor/v1/signer.pb.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "node/files.h"
#include "node/genesis_file.h"
#include "node/key_file.h"
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
constexpr std::size_t state_bytes_max = 1u << 20;

constexpr std::string_view spent =
    "This signer will not sign again: a vote may be missing, and contradicting it could fork the "
    "chain. Do not delete or restore anything here. Register a new consensus key, and start a new "
    "signer with it";

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

}  // namespace

OrExit<SignerHome> load_signer_home(fs::path const& folder) {
  auto const seed = read_key_file(folder / key_name);
  if (!seed) {
    return exit_with(ExitCode::config,
                     seed.error().message + "; `labord signer init` moves one out of a node");
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

}  // namespace node
