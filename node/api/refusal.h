// Why a client's request was refused, and how gRPC carries it.
//
// On the wire a refusal is a canonical code, a sentence, and in grpc-status-details-bin a
// google.rpc.Status with ErrorInfo {reason, domain "labor", metadata}; with RetryInfo where the
// same request may succeed later.
//
// Reasons are UPPER_SNAKE, part of the API, append-only. The reason of a refused transaction is
// its TxStatus without TX_STATUS_.

#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node/engine/admission.h"
#include "node/mempool/mempool.h"
#include "protocol/execution/failure.h"

namespace node {

struct Refusal {
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  std::string reason;
  std::string message;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::optional<std::uint64_t> retry_after_ms;
};

template <class T>
using Answer = std::expected<T, Refusal>;

grpc::Status to_status(Refusal const& refusal);

// A transaction that admission refuses.
Refusal refused(execution::Failure const& failure);
// A transaction that the pool refuses.
Refusal refused(PoolRefusal refusal);

// Whatever Admission said.
Refusal refused(SubmitRefusal const& refusal);

// What was asked for is not there; `reason` names what.
Refusal not_found(std::string reason, std::string message);
// It was there once.
Refusal history_pruned(protocol::Height oldest);

// A field that does not have the form the schema asks for.
Refusal invalid_field(std::string const& field, std::string const& message);

// More work is under way than this node takes on; the same request may succeed soon.
Refusal busy(std::string message);

}  // namespace node
