#include "node/api/queries.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "node/store/finality.h"
#include "protocol/bank/conservation.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/execution/admission.h"
#include "protocol/execution/block.h"
#include "protocol/governance/parameters.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "protocol/state/records.h"

namespace node {

using namespace labor::v1;  // This file fills in responses.
using protocol::Height;

namespace {

// We wrote it: a damaged disk stops in the store.
template <class T>
T parsed(std::string_view bytes) {
  T message;
  CHECK(message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
  return message;
}

template <class R>
std::optional<R> find(state::Reader const& state, state::Key const& key) {
  auto const bytes = state.get(key);
  if (!bytes) return std::nullopt;
  return parsed<R>(*bytes);
}

Answer<protocol::Address> address_in(std::string const& bytes, std::string const& field) {
  auto const address = protocol::Address::from(bytes);
  if (!address) return std::unexpected{invalid_field(field, "an address is 32 bytes")};
  return *address;
}

Answer<Finality> finality_at(Snapshot const& snapshot, Height height) {
  if (height == Height{0}) return Finality{};  // The genesis is final by definition.
  auto const last = std::min(snapshot.head().height.value(),
                             height.value() + protocol::limits::headers_per_proof_max);
  if (auto finality = finality_of(snapshot, height, Height{last})) return *std::move(finality);
  constexpr std::uint64_t next_block_ms = 50;
  return std::unexpected{
      Refusal{.code = grpc::StatusCode::UNAVAILABLE,
              .reason = "NOT_YET_PROVABLE",
              .message = "the certificate of this block is on its way; ask again in a moment",
              .metadata = {},
              .retry_after_ms = next_block_ms}};
}

std::uint64_t clamped(bank::u128 amount) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  return amount > most ? most : static_cast<std::uint64_t>(amount);
}

}  // namespace

Answer<GetBlockResponse> get_block(Snapshot const& snapshot, GetBlockRequest const& request) {
  auto const newest = snapshot.head().height;
  auto const height = request.height() == 0 ? newest : Height{request.height()};
  if (height > newest) {
    auto refusal = not_found("BLOCK_NOT_FOUND", "no block of this height is final yet");
    refusal.metadata = {{"height", std::to_string(newest.value())}};
    return std::unexpected{refusal};
  }
  auto const block = snapshot.block(height);
  auto const results = snapshot.results(height);
  if (!block || !results) return std::unexpected{history_pruned(snapshot.lowest())};
  TRY(finality, finality_at(snapshot, height));

  GetBlockResponse response;
  response.set_block(*block);
  auto const header = parsed<Block>(*block).header();
  response.set_block_hash(execution::block_hash(header).str());
  *response.mutable_header() = parsed<BlockHeader>(header);
  response.set_finalization(finality.finalization);
  for (auto& above : finality.headers) response.add_headers(std::move(above));
  for (auto const& receipt : results->receipts) *response.add_receipts() = receipt;
  *response.mutable_events() = results->events;
  return response;
}

Answer<GetAccountResponse> get_account(Snapshot const& snapshot, Mempool const& mempool,
                                       GetAccountRequest const& request) {
  TRY(address, address_in(request.address(), "address"));
  GetAccountResponse response;
  response.set_height(snapshot.head().height.value());
  auto account = find<Account>(snapshot, state::keys::account(address));
  if (!account) {
    account.emplace();
    account->set_address(address.str());
  }
  for (auto const asset : {ASSET_LBR, ASSET_USD}) {
    auto const balance = find<Balance>(snapshot, state::keys::balance(address, asset));
    if (balance) *response.add_balances() = *balance;
  }
  for (auto const id : account->lock_ids()) {
    if (auto const lock = find<Lock>(snapshot, state::keys::lock(id))) {
      *response.add_locks() = *lock;
    }
  }
  auto const next = mempool.next_sequence(address, protocol::Sequence{account->sequence()});
  response.set_next_sequence(next.value());
  response.set_allowance_now(execution::allowance_at(*account, snapshot.head().time));
  *response.mutable_account() = *std::move(account);
  return response;
}

Answer<GetRecordResponse> get_record(Snapshot const& snapshot, GetRecordRequest const& request) {
  auto const key = state::key_of(request.key());
  if (!key) {
    return std::unexpected{
        invalid_field("key", "set one record with exactly its key fields; addresses are 32 bytes")};
  }
  GetRecordResponse response;
  auto const height = snapshot.head().height;
  response.set_height(height.value());
  auto const value = snapshot.get(*key);
  if (value) {
    if (auto record = state::record_of(*key, *value)) {
      *response.mutable_record() = *std::move(record);
    }
  }
  if (!request.prove()) return response;

  TRY(finality, finality_at(snapshot, height));
  *response.mutable_proof() = state::prove(snapshot, *key);
  response.mutable_proof()->set_height(height.value());
  auto const block = snapshot.block(height);
  CHECK(block.has_value());
  auto& shown = *response.mutable_finality();
  shown.set_header(parsed<Block>(*block).header());
  for (auto& above : finality.headers) shown.add_headers(std::move(above));
  shown.set_finalization(finality.finalization);
  return response;
}

ListParametersResponse list_parameters(Snapshot const& snapshot) {
  ListParametersResponse response;
  response.set_height(snapshot.head().height.value());
  for (auto const& row : governance::parameters()) {
    auto& info = *response.add_parameters();
    auto const value = find<ParameterValue>(snapshot, state::keys::parameter(row.parameter));
    if (value) {
      *info.mutable_value() = *value;
    } else {
      info.mutable_value()->set_parameter(row.parameter);
      info.mutable_value()->set_value(row.initial);
    }
    info.set_minimum(row.least);
    info.set_maximum(row.most);
    info.set_unit(std::string{row.unit});
  }
  return response;
}

GetSupplyResponse get_supply(Snapshot const& snapshot) {
  bank::Audit audit;
  for (auto const module : {state::Module::bank, state::Module::work, state::Module::governance,
                            state::Module::justice}) {
    snapshot.each(module,
                  [&](state::Key const& key, std::string_view value) { audit.add(key, value); });
  }
  GetSupplyResponse response;
  response.set_height(snapshot.head().height.value());
  for (auto const asset : {ASSET_LBR, ASSET_USD}) {
    auto const& sums = audit.of(asset);
    auto& row = *response.add_rows();
    row.set_asset(asset);
    row.set_supply(clamped(sums.supply));
    row.set_accounts(clamped(sums.accounts));
    row.set_escrow(clamped(sums.escrows));
    row.set_locks(clamped(sums.locks));
    row.set_deposits(clamped(sums.deposits));
    row.set_treasury(clamped(sums.treasury));
    row.set_disputes(clamped(sums.disputes));
    row.set_stakes(clamped(sums.stakes));
    row.set_bonds(clamped(sums.bonds));
    row.set_challenges(clamped(sums.challenges));
    row.set_pool(clamped(sums.pool));
    row.set_vesting(clamped(sums.vesting));
  }
  return response;
}

Answer<SimulateResponse> simulate(Snapshot const& snapshot, protocol::Chain const& chain,
                                  Clock const& clock, SimulateRequest const& request) {
  if (request.body().size() > protocol::limits::transaction_bytes_max) {
    return std::unexpected{refused(execution::Failure{
        TX_STATUS_TOO_LARGE,
        {{"have", request.body().size()}, {"most", protocol::limits::transaction_bytes_max}}})};
  }
  auto const& head = snapshot.head();
  // The snapshot outlives the call.
  auto const state = std::shared_ptr<state::Reader const>{std::shared_ptr<void>{}, &snapshot};
  auto const parent = execution::Parent{.epoch = head.epoch,
                                        .height = head.height,
                                        .hash = head.hash,
                                        .time = head.time,
                                        .state = state};
  auto const time = std::max(clock.now(), execution::earliest_time(parent));
  auto receipt = execution::simulate(chain, parent, time, request.body());
  if (!receipt) return std::unexpected{refused(receipt.error())};
  SimulateResponse response;
  *response.mutable_receipt() = *std::move(receipt);
  return response;
}

Answer<GetTransactionResponse> get_transaction(Store const& store, Mempool const& mempool,
                                               GetTransactionRequest const& request) {
  auto const id = protocol::TransactionId::from(request.transaction_id());
  if (!id) {
    return std::unexpected{invalid_field("transaction_id", "a transaction id is 32 bytes")};
  }
  GetTransactionResponse response;
  // In this order: what leaves the pool because it is final shows in a later snapshot only.
  auto const waits = mempool.find(*id) != nullptr;
  auto const latest = store.latest();
  auto const& snapshot = *latest;
  if (auto const place = snapshot.transaction(*id)) {
    response.set_outcome(TRANSACTION_OUTCOME_FINAL);
    response.set_height(place->height.value());
    response.set_index(place->index);
    auto const block = snapshot.block(place->height);
    auto const results = snapshot.results(place->height);
    if (!block || !results) return std::unexpected{history_pruned(snapshot.lowest())};
    auto const at = static_cast<int>(place->index);
    *response.mutable_receipt() = results->receipts.at(place->index);
    response.set_transaction(parsed<Block>(*block).transactions(at));
    response.set_block_time_ms(results->time.value());
    return response;
  }
  auto const until = request.valid_until_ms();
  auto const expired = until != 0 && snapshot.head().time.value() > until;
  response.set_outcome(expired ? TRANSACTION_OUTCOME_EXPIRED
                       : waits ? TRANSACTION_OUTCOME_PENDING
                               : TRANSACTION_OUTCOME_UNKNOWN);
  return response;
}

}  // namespace node
