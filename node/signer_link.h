// A node's way to the signer that has its consensus key, as it is at the start; and what of the key
// a node needs without it.
//
//   HOME/data/hello    the last Hello that the signer signed for this node's TLS key: peers are
//                      spoken to while the signer is away. Says nothing secret; replaced when this
//                      node starts and finds its signer

#pragma once

#include <memory>
#include <optional>

#include <labor/v1/peer_service.pb.h>

#include "node/exit_code.h"
#include "node/home.h"
#include "node/signer/host_lock.h"
#include "node/signer/remote_signer.h"
#include "node/store/store.h"

namespace node {

struct SignerLink {
  std::unique_ptr<signer::RemoteSigner> signer;  // Null: this process signs.
  labor::v1::Hello hello;
  consensus::JournalEntry remembered;  // What a signer apart said that it has signed.
};

// Greets the signer, once; that it is away is no error but for a node that it has never greeted.
OrExit<SignerLink> link_signer(Home const& home, Store const& store);

// What a signer remembers of the store's epoch; what cannot be read is left out.
consensus::JournalEntry entry_of(signer::Welcome const& welcome, Store const& store);

// The lock of the consensus key, for as long as this process signs with it; nothing where a signer
// apart does.
OrExit<std::optional<signer::FileLock>> lock_key(Home const& home);
OrExit<signer::FileLock> lock_key(protocol::GenesisHash const& genesis,
                                  protocol::PublicKey const& key);

// Keeps the Hello, in place of an older one.
OrExit<void> keep_hello(Home const& home, labor::v1::Hello const& hello);

}  // namespace node
