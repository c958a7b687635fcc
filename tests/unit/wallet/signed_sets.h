// The validators of four epochs, made by hand, and what they sign: four of a genesis, seven with
// them, seven of which four have new keys, and four new ones. Ten blocks make an epoch.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "consensus/certificate/encoding.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"
#include "tests/support/test_chain.h"

namespace wallet {

class SignedSets {
 public:
  static constexpr std::uint64_t last_epoch = 3;
  static constexpr std::uint64_t epoch_blocks = 10;
  static constexpr std::uint64_t first_height(std::uint64_t epoch) {
    return epoch * epoch_blocks + 1;
  }

  protocol::Chain const& chain() const { return chain_; }

  labor::v1::ValidatorSet set(std::uint64_t epoch) const {
    if (epoch == 0) return validators::first_set(chain_);
    labor::v1::ValidatorSet set;
    set.set_epoch(epoch);
    set.set_first_height(first_height(epoch));
    for (auto const& key : keys(epoch)) {
      auto& validator = *set.add_validators();
      validator.set_name("v" + std::to_string(set.validators_size()));
      validator.set_consensus_key(key.public_key().str());
      validator.set_node_key(key.public_key().str());
    }
    return set;
  }

  labor::v1::BlockHeader header(std::uint64_t epoch, std::uint64_t height) const {
    labor::v1::BlockHeader header;
    header.set_version(execution::block_version);
    header.set_genesis_hash(chain_.hash().str());
    header.set_epoch(epoch);
    header.set_height(height);
    header.set_parent_hash(std::string(32, 'p'));
    header.set_time_ms(testing_support::genesis_time_ms + height);
    header.set_state_root(std::string(32, 's'));
    return header;
  }
  labor::v1::BlockHeader boundary(std::uint64_t epoch) const {
    auto last = header(epoch, first_height(epoch + 1) - 1);
    last.set_next_set_hash(validators::hash_of(set(epoch + 1)).str());
    return last;
  }

  // Of the header, as it says of itself; signed by the first q validators of `signers`' epoch.
  std::string certificate(std::uint64_t signers, labor::v1::BlockHeader const& header,
                          consensus::VoteKind kind) const {
    consensus::Statement const statement{.epoch = protocol::Epoch{header.epoch()},
                                         .view = protocol::View{header.height()},
                                         .kind = kind,
                                         .parent_view = protocol::View{header.height() - 1},
                                         .height = protocol::Height{header.height()},
                                         .block = execution::block_hash(canonical::encode(header))};
    auto const bytes = consensus::signing_bytes(chain_.hash(), statement);
    auto const secrets = keys(signers);
    std::vector<protocol::PublicKey> publics;
    for (auto const& secret : secrets) publics.push_back(secret.public_key());
    auto const members = *consensus::ValidatorSet::from(publics);
    consensus::Certificate certificate{.statement = statement,
                                       .signers = consensus::SignerSet::first(members.quorum()),
                                       .signatures = {}};
    for (std::size_t i = 0; i < members.quorum(); ++i) {
      certificate.signatures.push_back(secrets.at(i).sign(base::bytes_of(bytes)));
    }
    return consensus::encode(certificate, members);
  }
  std::string finalization(std::uint64_t signers, labor::v1::BlockHeader const& header) const {
    return certificate(signers, header, consensus::VoteKind::finalize);
  }

  static labor::v1::EpochChange change_of(labor::v1::BlockHeader const& header,
                                          labor::v1::ValidatorSet const& next,
                                          std::string const& finalization) {
    labor::v1::EpochChange change;
    change.set_boundary_header(canonical::encode(header));
    change.set_finalization(finalization);
    *change.mutable_next_set() = next;
    return change;
  }
  // The true end of an epoch.
  labor::v1::EpochChange change(std::uint64_t epoch) const {
    auto const last = boundary(epoch);
    return change_of(last, set(epoch + 1), finalization(epoch, last));
  }
  std::vector<labor::v1::EpochChange> changes() const {
    std::vector<labor::v1::EpochChange> all;
    for (std::uint64_t epoch = 0; epoch < last_epoch; ++epoch) all.push_back(change(epoch));
    return all;
  }

 private:
  // Numbers of Persons: 1000.. are those of test_genesis().
  static std::vector<crypto::SecretKey> keys(std::uint64_t epoch) {
    struct Range {
      std::uint64_t first;
      std::uint64_t count;
    };
    static constexpr Range ranges[] = {{1000, 4}, {1000, 7}, {1003, 7}, {1100, 4}};
    auto const& range = ranges[std::min<std::uint64_t>(epoch, 3)];
    std::vector<crypto::SecretKey> secrets;
    for (std::uint64_t i = 0; i < range.count; ++i) {
      secrets.push_back(testing_support::secret_key(range.first + i));
    }
    std::ranges::sort(secrets, {}, [](crypto::SecretKey const& key) { return key.public_key(); });
    return secrets;
  }

  protocol::Chain chain_ = testing_support::test_chain(testing_support::test_genesis());
};

}  // namespace wallet
