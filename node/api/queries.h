// What a node is asked about its state and history: each a function of a request and a snapshot,
// so that an answer is of one block, which it names.
//
// Fields are checked in the order of the message; the first that is wrong is reported.
// Threads: any. Nothing here waits.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>

#include "node/api/refusal.h"
#include "node/engine/clock.h"
#include "node/mempool/mempool.h"
#include "node/store/snapshot.h"
#include "node/store/store.h"
#include "protocol/genesis.h"

namespace node {

Answer<labor::v1::GetBlockResponse> get_block(Snapshot const& snapshot,
                                              labor::v1::GetBlockRequest const& request);

// An account nobody has written to yet is empty, not missing: its address may receive.
Answer<labor::v1::GetAccountResponse> get_account(Snapshot const& snapshot, Mempool const& mempool,
                                                  labor::v1::GetAccountRequest const& request);

Answer<labor::v1::GetRecordResponse> get_record(Snapshot const& snapshot,
                                                labor::v1::GetRecordRequest const& request);

labor::v1::ListParametersResponse list_parameters(Snapshot const& snapshot);

labor::v1::GetSupplyResponse get_supply(Snapshot const& snapshot);

Answer<labor::v1::SimulateResponse> simulate(Snapshot const& snapshot, protocol::Chain const& chain,
                                             Clock const& clock,
                                             labor::v1::SimulateRequest const& request);

// FINAL, EXPIRED, PENDING or UNKNOWN, as of now.
Answer<labor::v1::GetTransactionResponse> get_transaction(
    Store const& store, Mempool const& mempool, labor::v1::GetTransactionRequest const& request);

}  // namespace node
