// What a chain starts from: proto JSON written by people, checked strictly, hashed canonically.
//
//   genesis hash = BLAKE2b-256[LBRgen1](canonical encoding of labor.v1.Genesis)
//
// Two nodes with one genesis hash agree on validators, accounts, supplies and parameters.
// Threads: a Chain is immutable after construction; safe from any thread.

#pragma once

#include <labor/v1/genesis.pb.h>

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"

namespace protocol {

// Why a genesis is refused.
enum class GenesisRefusal {
  not_json,      // Not proto JSON of labor.v1.Genesis; unknown fields count.
  bad_chain_id,  // [a-z0-9-]{3,32}
  no_time,       // time_ms is 0.
  no_validators,
  too_many_validators,  // More than limits::validators_max.
  too_few_validators,   // Fewer than 4 outside a devnet.
  bad_validator_name,   // Empty, longer than 64 bytes, or used twice.
  bad_validator_key,    // Not a 32-byte Ed25519 point that may be registered.
  validator_key_twice,  // Consensus and node keys must all differ.
  bad_address,          // Not 32 bytes, or reserved.
  address_twice,
  bad_asset,
  asset_twice,  // Within one account.
  zero_amount,
  supply_overflow,
  too_many_arbiters,  // More than limits::jurors_max.
  bad_issuer_name,    // Empty, or longer than limits::issuer_name_bytes_max.
  bad_person,         // Not a nullifier of 32 bytes.
  person_twice,       // One person has one account.
  no_issuer,          // Persons need an issuer who says that they are.
  large_council,      // More than limits::council_max.
  unknown_parameter,
  parameter_out_of_bounds,
  parameter_twice,
};

struct GenesisFault {
  GenesisRefusal refusal{};
  std::string where;  // "validators[2].node_key", or the parser's words.
};

// A sentence a person can act on.
std::string explain(GenesisFault const& fault);

// What every part of a node and wallet needs to know of its chain. Made only from a genesis that
// has passed all checks.
class Chain {
 public:
  static std::expected<Chain, GenesisFault> from(labor::v1::Genesis const& genesis);
  static std::expected<Chain, GenesisFault> from_json(std::string_view json);

  std::string const& id() const { return id_; }
  GenesisHash const& hash() const { return hash_; }
  bool devnet() const { return devnet_; }
  TimeMs time() const { return time_; }
  // Decoded anew with each call: kept as messages, accounts would take five times their bytes for
  // as long as the node runs, and only the first block is made of them.
  labor::v1::Genesis genesis() const;

  // Epoch 0's set, ordered by consensus key: the position is the ValidatorIndex.
  std::vector<labor::v1::GenesisValidator> const& validators() const { return validators_; }

 private:
  Chain() = default;

  std::string encoded_;  // Canonically.
  std::string id_;
  bool devnet_ = false;
  TimeMs time_{};
  GenesisHash hash_{};
  std::vector<labor::v1::GenesisValidator> validators_;
};

// Pretty proto JSON, which from_json() reads back to the same hash.
std::string to_json(labor::v1::Genesis const& genesis);

}  // namespace protocol
