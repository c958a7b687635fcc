#include "node/api/refusal.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

namespace node {
namespace {

using grpc::StatusCode;

constexpr std::uint64_t retry_after_ms = 100;

StatusCode code_of(labor::v1::TxStatus status) {
  switch (status) {
    case labor::v1::TX_STATUS_EXPIRED:
    case labor::v1::TX_STATUS_ACCOUNT_NOT_FOUND:
    case labor::v1::TX_STATUS_FEE_PAYER_NOT_SIGNED:
    case labor::v1::TX_STATUS_FEE_LIMIT_TOO_LOW:
    case labor::v1::TX_STATUS_FEE_NOT_COVERED:
      return StatusCode::FAILED_PRECONDITION;
    case labor::v1::TX_STATUS_NOT_AUTHORIZED:
      return StatusCode::PERMISSION_DENIED;
    case labor::v1::TX_STATUS_BAD_SIGNATURE:
      return StatusCode::UNAUTHENTICATED;
    case labor::v1::TX_STATUS_SEQUENCE_MISMATCH:
      return StatusCode::ABORTED;
    case labor::v1::TX_STATUS_INTERNAL:
      return StatusCode::INTERNAL;
    default:
      return StatusCode::INVALID_ARGUMENT;
  }
}

StatusCode code_of(PoolRefusal refusal) {
  switch (refusal) {
    case PoolRefusal::pool_full:
    case PoolRefusal::account_full:
    case PoolRefusal::peer_full:
      return StatusCode::RESOURCE_EXHAUSTED;
    case PoolRefusal::sequence_used:
    case PoolRefusal::sequence_too_far:
    case PoolRefusal::sequence_taken:
      return StatusCode::ABORTED;
    case PoolRefusal::stale_view:
      return StatusCode::UNAVAILABLE;
  }
  UNREACHABLE();
}

}  // namespace

grpc::Status to_status(Refusal const& refusal) {
  google::rpc::ErrorInfo info;
  info.set_reason(refusal.reason);
  info.set_domain("labor");
  for (auto const& [name, value] : refusal.metadata) (*info.mutable_metadata())[name] = value;

  google::rpc::Status details;
  details.set_code(static_cast<int>(refusal.code));
  details.set_message(refusal.message);
  details.add_details()->PackFrom(info);
  if (refusal.retry_after_ms) {
    google::rpc::RetryInfo retry;
    auto const ms = *refusal.retry_after_ms;
    retry.mutable_retry_delay()->set_seconds(static_cast<std::int64_t>(ms / 1000));
    retry.mutable_retry_delay()->set_nanos(static_cast<std::int32_t>(ms % 1000) * 1'000'000);
    details.add_details()->PackFrom(retry);
  }
  return {refusal.code, refusal.message, details.SerializeAsString()};
}

Refusal refused(execution::Failure const& failure) {
  Refusal refusal{.code = code_of(failure.status),
                  .reason = execution::reason_of(failure.status),
                  .message = std::string{execution::explain(failure.status)},
                  .metadata = {},
                  .retry_after_ms = std::nullopt};
  for (auto const& detail : failure.details) {
    refusal.metadata.emplace_back(detail.name, std::to_string(detail.value));
  }
  return refusal;
}

Refusal refused(PoolRefusal refusal) {
  auto const code = code_of(refusal);
  auto const later = code == StatusCode::RESOURCE_EXHAUSTED || code == StatusCode::UNAVAILABLE;
  return {.code = code,
          .reason = std::string{reason_of(refusal)},
          .message = std::string{explain(refusal)},
          .metadata = {},
          .retry_after_ms = later ? std::optional{retry_after_ms} : std::nullopt};
}

Refusal invalid_field(std::string const& field, std::string const& message) {
  return {.code = StatusCode::INVALID_ARGUMENT,
          .reason = "INVALID_FIELD",
          .message = field + ": " + message,
          .metadata = {{"field", field}},
          .retry_after_ms = std::nullopt};
}

Refusal refused(SubmitRefusal const& refusal) {
  if (auto const* failure = std::get_if<execution::Failure>(&refusal)) return refused(*failure);
  if (auto const* full = std::get_if<PoolRefusal>(&refusal)) return refused(*full);
  return busy("this node has more transactions to check than it takes on");
}

Refusal not_found(std::string reason, std::string message) {
  return {.code = StatusCode::NOT_FOUND,
          .reason = std::move(reason),
          .message = std::move(message),
          .metadata = {},
          .retry_after_ms = std::nullopt};
}

Refusal history_pruned(protocol::Height oldest) {
  return {.code = StatusCode::OUT_OF_RANGE,
          .reason = "HISTORY_PRUNED",
          .message = "this node keeps no history below height " + std::to_string(oldest.value()),
          .metadata = {{"oldest", std::to_string(oldest.value())}},
          .retry_after_ms = std::nullopt};
}

Refusal busy(std::string message) {
  return {.code = StatusCode::RESOURCE_EXHAUSTED,
          .reason = "NODE_BUSY",
          .message = std::move(message),
          .metadata = {},
          .retry_after_ms = retry_after_ms};
}

}  // namespace node
