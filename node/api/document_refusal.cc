#include "node/api/document_refusal.h"

#include "protocol/base/check.h"

namespace node {
namespace {

using grpc::StatusCode;

struct Row {
  StatusCode code = StatusCode::UNKNOWN;
  std::string_view reason;
  std::string_view field = {};  // That does not have the form.
};

Row row_of(DocumentRefusal refusal) {
  switch (refusal) {
    case DocumentRefusal::bad_owner:
      return {StatusCode::INVALID_ARGUMENT, "INVALID_FIELD", "owner"};
    case DocumentRefusal::bad_salt:
      return {StatusCode::INVALID_ARGUMENT, "INVALID_FIELD", "salt"};
    case DocumentRefusal::bad_hash:
      return {StatusCode::INVALID_ARGUMENT, "INVALID_FIELD", "hash"};
    case DocumentRefusal::no_text:
      return {StatusCode::INVALID_ARGUMENT, "DOCUMENT_EMPTY", "text"};
    case DocumentRefusal::too_long:
      return {StatusCode::INVALID_ARGUMENT, "DOCUMENT_TOO_LONG", "text"};
    case DocumentRefusal::not_utf8:
      return {StatusCode::INVALID_ARGUMENT, "DOCUMENT_NOT_TEXT", "text"};
    case DocumentRefusal::bad_signatures:
      return {StatusCode::UNAUTHENTICATED, "DOCUMENT_NOT_SIGNED", "signatures"};
    case DocumentRefusal::no_account:
      return {StatusCode::FAILED_PRECONDITION, "ACCOUNT_NOT_FOUND"};
    case DocumentRefusal::not_the_owner:
      return {StatusCode::PERMISSION_DENIED, "NOT_DOCUMENT_OWNER"};
    case DocumentRefusal::erased:
      return {StatusCode::FAILED_PRECONDITION, "DOCUMENT_ERASED"};
    case DocumentRefusal::owner_full:
      return {StatusCode::RESOURCE_EXHAUSTED, "DOCUMENT_OWNER_FULL"};
    case DocumentRefusal::node_full:
      return {StatusCode::RESOURCE_EXHAUSTED, "DOCUMENT_STORE_FULL"};
    case DocumentRefusal::disk_full:
      return {StatusCode::RESOURCE_EXHAUSTED, "DOCUMENT_DISK_FULL"};
    case DocumentRefusal::disk_failed:
      return {StatusCode::INTERNAL, "DOCUMENT_DISK_FAILED"};
    case DocumentRefusal::not_found:
      return {StatusCode::NOT_FOUND, "DOCUMENT_NOT_FOUND"};
    case DocumentRefusal::busy:
      return {StatusCode::RESOURCE_EXHAUSTED, "NODE_BUSY"};
  }
  UNREACHABLE();
}

}  // namespace

Refusal refused(DocumentRefusal refusal) {
  if (refusal == DocumentRefusal::busy) return busy(std::string{explain(refusal)});
  auto const row = row_of(refusal);
  Refusal told{.code = row.code,
               .reason = std::string{row.reason},
               .message = std::string{explain(refusal)},
               .metadata = {},
               .retry_after_ms = std::nullopt};
  if (!row.field.empty()) told.metadata.emplace_back("field", row.field);
  return told;
}

}  // namespace node
