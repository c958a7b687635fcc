// The home of a signer apart: what `labord signer` starts from.
//
//   HOME/validator.key    seed of the consensus key, mode 0600 (key_file.h)
//   HOME/genesis.json     the chain it signs for
//   HOME/votes/           the journal of what it has signed: never in a backup, never restored
//   HOME/state            the set of the epoch it signs in, and how far the journal was a few
//   seconds
//                         ago: one that is missing, another or older has lost votes
//   HOME/lock             one running signer at a time
//   HOME/signer.sock      where the node asks, mode 0600, while it runs
//
// Invariant: a key and its journal are in one place, and a home has one key for good: a new key
// gets a new home, so that no journal is asked what it cannot know. The key comes into a home last
// and at once, moved out of a node that has stopped (init_signer) or made there (make_signer_home):
// an unfinished home cannot sign.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "node/exit_code.h"
#include "node/signer/keeper.h"
#include "node/store/disk.h"
#include "node/store/vote_journal.h"
#include "protocol/crypto/sign.h"
#include "protocol/genesis.h"

namespace node {

inline constexpr auto signer_socket_name = "signer.sock";

struct SignerHome {
  std::filesystem::path folder;
  protocol::Chain chain;
  crypto::SecretKey key;

  std::filesystem::path socket() const { return folder / signer_socket_name; }
};
OrExit<SignerHome> load_signer_home(std::filesystem::path const& folder);

// The journal, and all that it holds. Lost or damaged: the key is spent, and the message says so.
OrExit<signer::Keeper::Epoch> open_signer_votes(SignerHome const& home, Disk& disk);
// HOME/state.
OrExit<void> keep_state(std::filesystem::path const& folder, labor::v1::ValidatorSet const& set,
                        JournalMark const& mark);

// An empty home, which it makes: folder and genesis. It needs neither to be there, and is absolute.
OrExit<void> begin_signer_home(std::filesystem::path const& folder, protocol::Chain const& chain,
                               Disk& disk);
// The same, complete, with a key that nobody has ever seen. Its signer begins in epoch 0 and is
// shown by its node how each ended.
OrExit<SignerHome> make_signer_home(std::filesystem::path const& folder,
                                    protocol::Chain const& chain, Disk& disk);

struct SignerInit {
  std::filesystem::path home;  // To be made.
  std::filesystem::path node;  // The home of a node that does not run.
};
// Returns what to tell the operator.
OrExit<std::string> init_signer(SignerInit const& options, Disk& disk);

}  // namespace node
