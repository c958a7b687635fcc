#include "protocol/talent/attestation.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/attestation_machine.h"

namespace talent {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Attest;
using labor::v1::Attestation;

namespace limits = protocol::limits;

namespace {

AttestationAct act_on(Context& context, Attestation const& attestation) {
  return {.context = &context,
          .account = context.sender(),
          .now = context.time(),
          .attestation = attestation,
          .cause = {}};
}

Done check_time(Attest const& message, protocol::TimeMs now) {
  auto const until = message.expires_at_ms();
  auto const identity = message.schema() == identity_schema;
  auto const most = now.value() + limits::identity_ms_max;
  auto const lasts = identity ? until != 0 && until <= most : true;
  if (lasts && (until == 0 || until > now.value())) return {};
  return fail(labor::v1::TX_STATUS_INVALID_TIME,
              {{"got", until}, {"have", now.value()}, {"most", identity ? most : 0}});
}

Done check_form(Attest const& message, protocol::TimeMs now) {
  if (!protocol::Address::from(message.subject())) {
    return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  }
  TRY_VOID(execution::must_be_hash(message.data_hash()));
  TRY_VOID(check_time(message, now));
  auto const identity = message.schema() == identity_schema;
  if (!identity && !execution::is_uri(message.schema())) {
    return fail(labor::v1::TX_STATUS_INVALID_SCHEMA);
  }
  return {};
}

std::expected<Attestation, execution::Failure> find_attestation(Context const& context,
                                                                std::uint64_t id) {
  auto found = context.find<Attestation>(state::keys::attestation(id));
  if (!found) return fail(labor::v1::TX_STATUS_ATTESTATION_NOT_FOUND);
  return *std::move(found);
}

}  // namespace

Done apply(Context& context, Attest const& message) {
  TRY_VOID(check_form(message, context.time()));
  if (message.refers_to() != 0) TRY_VOID(find_attestation(context, message.refers_to()));
  Attestation attestation;
  attestation.set_issuer(context.sender().str());
  attestation.set_subject(message.subject());
  attestation.set_schema(message.schema());
  attestation.set_data_hash(message.data_hash());
  attestation.set_refers_to(message.refers_to());
  attestation.set_revocable(message.revocable() || is_identity(attestation));
  attestation.set_expires_at_ms(message.expires_at_ms());
  auto act = act_on(context, attestation);
  return execution::transition(context, attestation_machine(), "make", act, act.attestation);
}

Done apply(Context& context, labor::v1::RevokeAttestation const& message) {
  TRY(attestation, find_attestation(context, message.attestation()));
  auto act = act_on(context, attestation);
  return execution::transition(context, attestation_machine(), "revoke", act, act.attestation);
}

Done fire(Context& context, Attestation const& attestation) {
  auto act = act_on(context, attestation);
  return execution::transition_when_due(context, attestation_machine(), act, act.attestation);
}

}  // namespace talent
