// The key and the journal in this process: signs, and returns when the votes and their grounds are
// on disk. It refuses nothing, because core/safety has allowed what it is ordered.

#pragma once

#include "consensus/shell/ports.h"

namespace consensus {

class JournaledSigner final : public Signer {
 public:
  JournaledSigner(Journal& journal, SigningKey& key) : journal_{journal}, key_{key} {}

  std::expected<std::vector<Vote>, DiskFailure> sign(SigningOrder const& order) override;
  std::expected<void, DiskFailure> committed(View floor) override;

 private:
  Journal& journal_;
  SigningKey& key_;
};

// An observer's.
class NoSigner final : public Signer {
 public:
  std::expected<std::vector<Vote>, DiskFailure> sign(SigningOrder const& order) override;
  std::expected<void, DiskFailure> committed(View floor) override;
};

}  // namespace consensus
