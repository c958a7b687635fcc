#include "protocol/talent/handle.h"

#include <algorithm>

#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace talent {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Handle;
using labor::v1::HandleCommitment;
using labor::v1::Profile;

namespace limits = protocol::limits;

namespace {

constexpr std::string_view claim = "handle.claim";

// In the order of their statuses: young, old.
Done check_commitment(HandleCommitment const& commitment, protocol::TimeMs now) {
  auto const from_ms = commitment.committed_at_ms() + limits::handle_commitment_age_ms_min;
  auto const until_ms = commitment.committed_at_ms() + limits::handle_commitment_age_ms_max;
  if (now.value() < from_ms) {
    return fail(labor::v1::TX_STATUS_COMMITMENT_TOO_YOUNG, {{"until_ms", from_ms}});
  }
  if (now.value() >= until_ms) {
    return fail(labor::v1::TX_STATUS_COMMITMENT_TOO_OLD, {{"until_ms", until_ms}});
  }
  return {};
}

Done must_be_free(Context const& context, std::string_view name) {
  auto const handle = context.find<Handle>(state::keys::handle(name));
  if (!handle) return {};
  if (!handle->owner().empty()) return fail(labor::v1::TX_STATUS_HANDLE_TAKEN);
  if (context.time().value() < handle->reserved_until_ms()) {
    return fail(labor::v1::TX_STATUS_HANDLE_RESERVED, {{"until_ms", handle->reserved_until_ms()}});
  }
  return {};
}

}  // namespace

bool is_handle(std::string_view text) {
  if (text.size() < limits::handle_bytes_min || text.size() > limits::handle_bytes_max) {
    return false;
  }
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

protocol::Hash handle_commitment(protocol::Hash const& salt, protocol::Address const& owner,
                                 std::string_view handle) {
  return crypto::hash(crypto::domains::handle, {salt.view(), owner.view(), base::bytes_of(handle)});
}

Done apply(Context& context, labor::v1::CommitHandle const& message) {
  TRY_VOID(execution::must_be_hash(message.commitment()));
  HandleCommitment commitment;
  commitment.set_owner(context.sender().str());
  commitment.set_commitment(message.commitment());
  commitment.set_committed_at_ms(context.time().value());
  context.put(commitment, "handle.commit");
  return {};
}

Done apply(Context& context, labor::v1::ClaimHandle const& message) {
  TRY_VOID(execution::must_be_hash(message.salt()));
  if (!is_handle(message.handle())) return fail(labor::v1::TX_STATUS_INVALID_HANDLE);

  auto const& owner = context.sender();
  auto profile = context.find<Profile>(state::keys::profile(owner));
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  auto const commitment = context.find<HandleCommitment>(state::keys::handle_commitment(owner));
  if (!commitment) return fail(labor::v1::TX_STATUS_COMMITMENT_NOT_FOUND);

  if (profile->state() == labor::v1::PROFILE_STATE_CLOSED) {
    return fail(labor::v1::TX_STATUS_WRONG_STATE);
  }
  if (!profile->handle().empty()) return fail(labor::v1::TX_STATUS_HANDLE_EXISTS);
  TRY_VOID(check_commitment(*commitment, context.time()));
  auto const salt = *protocol::Hash::from(message.salt());
  if (handle_commitment(salt, owner, message.handle()).chars() != commitment->commitment()) {
    return fail(labor::v1::TX_STATUS_COMMITMENT_MISMATCH);
  }
  TRY_VOID(must_be_free(context, message.handle()));

  Handle handle;
  handle.set_handle(message.handle());
  handle.set_owner(owner.str());
  profile->set_handle(message.handle());
  context.put(handle, claim);
  context.put(*profile, claim);
  context.remove(*commitment, claim);
  return {};
}

void release_handle(Context& context, std::string_view handle, std::string_view cause) {
  Handle released;
  released.set_handle(std::string{handle});
  released.set_reserved_until_ms(context.time().value() + limits::handle_reserved_ms);
  context.put(released, cause);
}

}  // namespace talent
