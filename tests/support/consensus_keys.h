// Real keys for consensus tests: what is signed here verifies.

#pragma once

#include <string>
#include <vector>

#include "consensus/certificate/verify.h"
#include "protocol/crypto/sign.h"

namespace consensus {

class Keys {
 public:
  explicit Keys(std::size_t count);

  Committee const& committee() const { return committee_; }
  Vote vote(std::size_t voter, Statement const& statement) const;
  // Signed by validators 0 .. q-1.
  Certificate certificate(Statement const& statement) const;
  Signature sign(std::size_t signer, Statement const& statement) const;
  crypto::SecretKey const& secret(std::size_t signer) const { return secrets_.at(signer); }

 private:
  std::vector<crypto::SecretKey> secrets_;
  Committee committee_;
};

}  // namespace consensus
