#include "tests/support/consensus_keys.h"

#include <array>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"

namespace consensus {
namespace {

std::vector<crypto::SecretKey> secrets(std::size_t count) {
  std::vector<crypto::SecretKey> keys;
  for (std::size_t i = 0; i < count; ++i) {
    std::array<std::uint8_t, 32> seed{};
    seed[0] = static_cast<std::uint8_t>(i);
    seed[1] = 0x5e;
    keys.emplace_back(seed);
  }
  return keys;
}

Committee committee_of(std::vector<crypto::SecretKey> const& secrets) {
  std::vector<PublicKey> keys;
  for (auto const& secret : secrets) keys.push_back(secret.public_key());
  auto set = ValidatorSet::from(std::move(keys));
  CHECK(set.has_value());
  GenesisHash genesis;
  genesis.data.fill(0x67);
  return {.genesis = genesis, .epoch = Epoch{0}, .validators = *set};
}

}  // namespace

Keys::Keys(std::size_t count) : secrets_{secrets(count)}, committee_{committee_of(secrets_)} {}

Signature Keys::sign(std::size_t signer, Statement const& statement) const {
  auto const bytes = signing_bytes(committee_.genesis, statement);
  return secrets_.at(signer).sign(base::bytes_of(bytes));
}

Vote Keys::vote(std::size_t voter, Statement const& statement) const {
  return {.statement = statement,
          .voter = ValidatorIndex{static_cast<std::uint8_t>(voter)},
          .signature = sign(voter, statement)};
}

Certificate Keys::certificate(Statement const& statement) const {
  Certificate certificate{.statement = statement, .signers = {}, .signatures = {}};
  for (std::size_t i = 0; i < committee_.validators.quorum(); ++i) {
    certificate.signers.insert(ValidatorIndex{static_cast<std::uint8_t>(i)});
    certificate.signatures.push_back(sign(i, statement));
  }
  return certificate;
}

}  // namespace consensus
