#include "protocol/genesis.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/sign.h"
#include "protocol/governance/parameters.h"
#include "protocol/limits.h"

namespace protocol {

namespace pb = google::protobuf;
using labor::v1::Genesis;
using labor::v1::GenesisAccount;

namespace {

using Checked = std::expected<void, GenesisFault>;

std::unexpected<GenesisFault> refuse(GenesisRefusal refusal, std::string where) {
  return std::unexpected{GenesisFault{.refusal = refusal, .where = std::move(where)}};
}

std::string at(std::string_view list, int index, std::string_view field) {
  return std::string{list} + "[" + std::to_string(index) + "]" + std::string{field};
}

bool is_chain_id(std::string_view text) {
  auto const fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return text.size() >= 3 && text.size() <= 32 && std::ranges::all_of(text, fits);
}

Checked check_key(std::string const& bytes, std::set<std::string>& seen, std::string where) {
  auto const key = PublicKey::from(bytes);
  if (!key || !crypto::valid_key(*key)) {
    return refuse(GenesisRefusal::bad_validator_key, std::move(where));
  }
  if (!seen.insert(bytes).second) {
    return refuse(GenesisRefusal::validator_key_twice, std::move(where));
  }
  return {};
}

Checked check_validators(Genesis const& genesis) {
  if (genesis.validators().empty()) return refuse(GenesisRefusal::no_validators, "validators");
  if (std::cmp_greater(genesis.validators_size(), limits::validators_max)) {
    return refuse(GenesisRefusal::too_many_validators, "validators");
  }
  if (!genesis.devnet() && std::cmp_less(genesis.validators_size(), limits::validators_min)) {
    return refuse(GenesisRefusal::too_few_validators, "validators");
  }
  std::set<std::string> names;
  std::set<std::string> keys;
  for (int i = 0; i < genesis.validators_size(); ++i) {
    auto const& validator = genesis.validators(i);
    auto const& name = validator.name();
    if (name.empty() || name.size() > limits::validator_name_bytes_max ||
        !names.insert(name).second) {
      return refuse(GenesisRefusal::bad_validator_name, at("validators", i, ".name"));
    }
    TRY_VOID(check_key(validator.consensus_key(), keys, at("validators", i, ".consensus_key")));
    TRY_VOID(check_key(validator.node_key(), keys, at("validators", i, ".node_key")));
    if (!validator.operator_().empty() && validator.operator_().size() != Address::size) {
      return refuse(GenesisRefusal::bad_address, at("validators", i, ".operator"));
    }
  }
  return {};
}

using Supplies = std::map<labor::v1::Asset, std::uint64_t>;

Checked check_balances(GenesisAccount const& account, std::string const& where,
                       Supplies& supplies) {
  std::set<labor::v1::Asset> seen;
  for (auto const& balance : account.balances()) {
    if (balance.asset() == labor::v1::ASSET_UNSPECIFIED ||
        !labor::v1::Asset_IsValid(balance.asset())) {
      return refuse(GenesisRefusal::bad_asset, where);
    }
    if (!seen.insert(balance.asset()).second) return refuse(GenesisRefusal::asset_twice, where);
    if (balance.amount() == 0) return refuse(GenesisRefusal::zero_amount, where);
    auto& supply = supplies[balance.asset()];
    if (balance.amount() > std::numeric_limits<std::uint64_t>::max() - supply) {
      return refuse(GenesisRefusal::supply_overflow, where);
    }
    supply += balance.amount();
  }
  return {};
}

Checked check_issuers(Genesis const& genesis) {
  std::set<std::string> seen;
  for (int i = 0; i < genesis.issuers_size(); ++i) {
    auto const& issuer = genesis.issuers(i);
    auto const where = at("issuers", i, "");
    if (!Address::from(issuer.address())) return refuse(GenesisRefusal::bad_address, where);
    if (!seen.insert(issuer.address()).second) return refuse(GenesisRefusal::address_twice, where);
    if (issuer.name().empty() || issuer.name().size() > limits::issuer_name_bytes_max) {
      return refuse(GenesisRefusal::bad_issuer_name, where);
    }
  }
  return {};
}

Checked check_accounts(Genesis const& genesis) {
  std::set<std::string> seen;
  Supplies supplies{{labor::v1::ASSET_LBR, genesis.community_pool()}};
  std::size_t arbiters = 0;
  for (int i = 0; i < genesis.accounts_size(); ++i) {
    auto const& account = genesis.accounts(i);
    auto const where = at("accounts", i, "");
    if (!Address::from(account.address())) return refuse(GenesisRefusal::bad_address, where);
    if (!seen.insert(account.address()).second) {
      return refuse(GenesisRefusal::address_twice, where);
    }
    TRY_VOID(check_balances(account, where, supplies));
    if (account.arbiter() && ++arbiters > limits::jurors_max) {
      return refuse(GenesisRefusal::too_many_arbiters, where);
    }
  }
  return {};
}

Checked check_persons(Genesis const& genesis) {
  std::set<std::string> seen;
  for (int i = 0; i < genesis.accounts_size(); ++i) {
    auto const& person = genesis.accounts(i).person();
    auto const where = at("accounts", i, ".person");
    if (person.empty()) continue;
    if (person.size() != Hash::size) return refuse(GenesisRefusal::bad_person, where);
    if (!seen.insert(person).second) return refuse(GenesisRefusal::person_twice, where);
    if (genesis.issuers().empty()) return refuse(GenesisRefusal::no_issuer, where);
  }
  return {};
}

Checked check_council(Genesis const& genesis) {
  std::set<std::string> seen;
  for (int i = 0; i < genesis.council_size(); ++i) {
    auto const where = at("council", i, "");
    if (!Address::from(genesis.council(i))) return refuse(GenesisRefusal::bad_address, where);
    if (!seen.insert(genesis.council(i)).second) {
      return refuse(GenesisRefusal::address_twice, where);
    }
    if (seen.size() > limits::council_max) return refuse(GenesisRefusal::large_council, where);
  }
  return {};
}

Checked check_parameters(Genesis const& genesis) {
  std::set<labor::v1::Parameter> seen;
  for (int i = 0; i < genesis.parameters_size(); ++i) {
    auto const& change = genesis.parameters(i);
    auto const where = at("parameters", i, "");
    auto const* const row = governance::find_parameter(change.parameter());
    if (row == nullptr) return refuse(GenesisRefusal::unknown_parameter, where);
    if (change.value() < row->least || change.value() > row->most) {
      return refuse(GenesisRefusal::parameter_out_of_bounds, where);
    }
    if (!seen.insert(change.parameter()).second) {
      return refuse(GenesisRefusal::parameter_twice, where);
    }
  }
  return {};
}

Checked check(Genesis const& genesis) {
  if (!is_chain_id(genesis.chain_id())) return refuse(GenesisRefusal::bad_chain_id, "chain_id");
  if (genesis.time_ms() == 0) return refuse(GenesisRefusal::no_time, "time_ms");
  TRY_VOID(check_validators(genesis));
  TRY_VOID(check_accounts(genesis));
  TRY_VOID(check_issuers(genesis));
  TRY_VOID(check_persons(genesis));
  TRY_VOID(check_council(genesis));
  return check_parameters(genesis);
}

std::string_view sentence(GenesisRefusal refusal) {
  switch (refusal) {
    case GenesisRefusal::not_json:
      return "not the JSON of a genesis";
    case GenesisRefusal::bad_chain_id:
      return "a chain id is 3 to 32 of a-z, 0-9 and -";
    case GenesisRefusal::no_time:
      return "the chain needs a starting time";
    case GenesisRefusal::no_validators:
      return "a chain needs validators";
    case GenesisRefusal::too_many_validators:
      return "more validators than a committee may have";
    case GenesisRefusal::too_few_validators:
      return "fewer than 4 validators tolerate no fault: only a devnet may";
    case GenesisRefusal::bad_validator_name:
      return "a validator's name is 1 to 64 bytes and nobody else's";
    case GenesisRefusal::bad_validator_key:
      return "not an Ed25519 key of 32 bytes that may be registered";
    case GenesisRefusal::validator_key_twice:
      return "the same key twice: consensus and node keys all differ";
    case GenesisRefusal::bad_address:
      return "an address is 32 bytes";
    case GenesisRefusal::address_twice:
      return "the same account twice";
    case GenesisRefusal::bad_asset:
      return "the chain knows no such asset";
    case GenesisRefusal::asset_twice:
      return "the same asset twice in one account";
    case GenesisRefusal::zero_amount:
      return "a balance of zero is left out";
    case GenesisRefusal::supply_overflow:
      return "the supply is larger than an amount can be";
    case GenesisRefusal::too_many_arbiters:
      return "more arbiters than a draw can look at";
    case GenesisRefusal::bad_issuer_name:
      return "an issuer's name is 1 to 64 bytes";
    case GenesisRefusal::bad_person:
      return "a person is a nullifier of 32 bytes";
    case GenesisRefusal::person_twice:
      return "the same person twice: one person has one account";
    case GenesisRefusal::no_issuer:
      return "persons need an issuer who attests them: name one under issuers";
    case GenesisRefusal::large_council:
      return "a council has at most 15 people";
    case GenesisRefusal::unknown_parameter:
      return "there is no such parameter";
    case GenesisRefusal::parameter_out_of_bounds:
      return "beyond the parameter's hard bounds";
    case GenesisRefusal::parameter_twice:
      return "the same parameter twice";
  }
  UNREACHABLE();
}

}  // namespace

std::string explain(GenesisFault const& fault) {
  return "genesis: " + fault.where + ": " + std::string{sentence(fault.refusal)};
}

std::expected<Chain, GenesisFault> Chain::from(Genesis const& genesis) {
  TRY_VOID(check(genesis));
  Chain chain;
  chain.encoded_ = canonical::encode(genesis);
  chain.id_ = genesis.chain_id();
  chain.devnet_ = genesis.devnet();
  chain.time_ = TimeMs{genesis.time_ms()};
  chain.hash_ =
      crypto::hash_as<GenesisHash>(crypto::domains::genesis, {base::bytes_of(chain.encoded_)});
  chain.validators_.assign(genesis.validators().begin(), genesis.validators().end());
  std::ranges::sort(chain.validators_, {}, &labor::v1::GenesisValidator::consensus_key);
  return chain;
}

Genesis Chain::genesis() const {
  Genesis genesis;
  CHECK(genesis.ParseFromString(encoded_));  // Our own bytes.
  return genesis;
}

std::expected<Chain, GenesisFault> Chain::from_json(std::string_view json) {
  Genesis genesis;
  auto const parsed = pb::util::JsonStringToMessage(pb::StringPiece{json}, &genesis);
  if (!parsed.ok()) return refuse(GenesisRefusal::not_json, parsed.message().ToString());
  return from(genesis);
}

std::string to_json(Genesis const& genesis) {
  pb::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  CHECK(pb::util::MessageToJsonString(genesis, &json, options).ok());
  return json;
}

}  // namespace protocol
