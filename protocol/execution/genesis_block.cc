#include <algorithm>
#include <map>

#include "protocol/address.h"
#include "protocol/bank/conservation.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/vesting.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"
#include "protocol/execution/admission.h"
#include "protocol/execution/block.h"
#include "protocol/execution/context.h"
#include "protocol/execution/form.h"
#include "protocol/governance/parameters.h"
#include "protocol/justice/jurors.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/state/tree.h"
#include "protocol/talent/attestation.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"

namespace execution {

using namespace labor::v1;  // This file writes the first records of every kind.

namespace {

template <class R>
void put(state::Overlay& overlay, R const& record) {
  overlay.put(state::key_of(record), canonical::encode(record));
}

void put_member(state::Overlay& overlay, Genesis const& genesis, std::string const& address) {
  Account account;
  account.set_address(address);
  account.set_member(true);
  account.set_allowance(allowance_cap(account));
  account.set_allowance_at_ms(genesis.time_ms());
  put(overlay, account);
}

void put_juror(state::Overlay& overlay, std::string const& address, std::uint32_t number) {
  Juror juror;
  juror.set_account(address);
  juror.set_number(number);
  juror.set_asset(ASSET_USD);
  juror.set_arbiter(true);
  put(overlay, juror);
  overlay.put(state::keys::juror_number(number), address);
}

void put_jurors(state::Overlay& overlay, Genesis const& genesis) {
  std::uint32_t count = 0;
  for (auto const& entry : genesis.accounts()) {
    if (entry.arbiter()) put_juror(overlay, entry.address(), ++count);
  }
  if (count > 0) set_counter(overlay, justice::juror_counter, count);
}

void put_balance(state::Overlay& overlay, std::string const& address, Asset asset,
                 std::uint64_t amount) {
  Balance balance;
  balance.set_address(address);
  balance.set_asset(asset);
  balance.set_amount(amount);
  put(overlay, balance);
}

void put_issuers(state::Overlay& overlay, Genesis const& genesis) {
  for (auto const& entry : genesis.issuers()) {
    Issuer issuer;
    issuer.set_account(entry.address());
    issuer.set_name(entry.name());
    put(overlay, issuer);
  }
}

// By the first issuer, as if by its message: with the clock that ends it.
void put_persons(state::Overlay& overlay, protocol::Chain const& chain, Genesis const& genesis) {
  for (auto const& entry : genesis.accounts()) {
    if (entry.person().empty()) continue;
    auto const issuer = address_in(genesis.issuers(0).address());
    Context context{overlay, {.height = {}, .time = chain.time(), .genesis = chain.hash()}, issuer};
    Attest identity;
    identity.set_subject(entry.address());
    identity.set_schema(std::string{talent::identity_schema});
    identity.set_data_hash(entry.person());
    identity.set_expires_at_ms(chain.time().value() + protocol::limits::identity_ms_max);
    CHECK(talent::apply(context, identity).has_value());  // Chain has refused others.
  }
}

void put_council(state::Overlay& overlay, Genesis const& genesis) {
  if (genesis.council().empty()) return;
  Council council;
  *council.mutable_accounts() = genesis.council();
  std::ranges::sort(*council.mutable_accounts());
  council.set_until_ms(genesis.time_ms() + protocol::limits::council_ms_max);
  put(overlay, council);
}

void put_accounts(state::Overlay& overlay, Genesis const& genesis) {
  std::map<Asset, std::uint64_t> supplies;
  for (auto const& entry : genesis.accounts()) {
    if (entry.member()) put_member(overlay, genesis, entry.address());
    for (auto const& held : entry.balances()) {
      put_balance(overlay, entry.address(), held.asset(), held.amount());
      supplies[held.asset()] += held.amount();
    }
  }
  if (auto const pool = genesis.community_pool(); pool > 0) {
    put_balance(overlay, bank::pool_address().str(), ASSET_LBR, pool);
    set_counter(overlay, bank::pool_counter, pool);
    supplies[ASSET_LBR] += pool;
  }
  // A validator's node says what it has seen (validators/seats.h), which must cost it nothing.
  for (auto const& validator : genesis.validators()) {
    auto const key = protocol::PublicKey::from(validator.node_key());
    CHECK(key.has_value());  // Chain has refused others.
    put_member(overlay, genesis, protocol::address_of(*key).str());
  }
  for (auto const& [asset, amount] : supplies) {
    Supply supply;
    supply.set_asset(asset);
    supply.set_amount(amount);
    put(overlay, supply);
  }
}

// All of them, so that each can be proved from the first block on.
void put_parameters(state::Overlay& overlay, Genesis const& genesis) {
  for (auto const& row : governance::parameters()) {
    ParameterValue value;
    value.set_parameter(row.parameter);
    value.set_value(row.initial);
    for (auto const& change : genesis.parameters()) {
      if (change.parameter() == row.parameter) value.set_value(change.value());
    }
    put(overlay, value);
  }
}

}  // namespace

ExecutedBlock genesis_block(protocol::Chain const& chain) {
  ExecutedBlock block;
  auto const nothing = std::make_shared<state::NoState const>();
  block.state = std::make_shared<state::Overlay>(nothing);
  auto const genesis = chain.genesis();
  put_accounts(*block.state, genesis);
  put_parameters(*block.state, genesis);
  put_jurors(*block.state, genesis);
  put_issuers(*block.state, genesis);
  put_persons(*block.state, chain, genesis);
  put_council(*block.state, genesis);
  put(*block.state, validators::first_set(chain));
  validators::put_first_seats(*block.state, chain);
  CHECK(bank::conserved(*block.state, *nothing));  // Chain has refused sums that overflow.

  block.encoded_events = canonical::encode(block.events);
  auto& header = block.header;
  header.set_version(block_version);
  header.set_genesis_hash(chain.hash().str());
  header.set_time_ms(chain.time().value());
  header.set_transactions_root(crypto::list_root({}).str());
  header.set_receipts_root(crypto::list_root({crypto::hash(crypto::domains::receipt,
                                                           {base::bytes_of(block.encoded_events)})})
                               .str());
  header.set_state_root(state::update_tree(*block.state).str());

  Block encoded;
  encoded.set_header(canonical::encode(header));
  block.hash = block_hash(encoded.header());
  block.bytes = canonical::encode(encoded);
  return block;
}

}  // namespace execution
