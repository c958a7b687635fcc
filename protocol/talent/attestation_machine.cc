#include "protocol/talent/attestation_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/talent/attestation.h"
#include "protocol/talent/identity.h"
#include "protocol/talent/issuer.h"

namespace talent {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::AttestationState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<AttestationAct, AttestationState>;
using Who = execution::Who<AttestationAct>;
using Guard = execution::Guard<AttestationAct>;
using Effect = execution::Effect<AttestationAct>;

constexpr auto none = labor::v1::ATTESTATION_STATE_UNSPECIFIED;
constexpr auto live = labor::v1::ATTESTATION_STATE_LIVE;
constexpr auto revoked = labor::v1::ATTESTATION_STATE_REVOKED;
constexpr auto expired = labor::v1::ATTESTATION_STATE_EXPIRED;

Done is_admitted(AttestationAct const& act) {
  if (is_issuer(act.context->state(), act.account.chars())) return {};
  return fail(labor::v1::TX_STATUS_NOT_AN_ISSUER);
}

// One that a vote has removed may still take back what it has said.
Done is_its_issuer(AttestationAct const& act) {
  if (act.account.chars() == act.attestation.issuer()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_ATTESTATION);
}

Done in_time(AttestationAct const& act) {
  return execution::must_be_before(act.attestation.expires_at_ms(), act.now);
}

Done may_say(AttestationAct const& act) {
  return is_identity(act.attestation) ? may_identify(*act.context, act.attestation) : Done{};
}

Done may_take_back(AttestationAct const& act) {
  if (act.attestation.revocable()) return {};
  return fail(labor::v1::TX_STATUS_NOT_REVOCABLE);
}

Done has_expired(AttestationAct const& act) {
  return execution::must_have_run_out(act.attestation.expires_at_ms(), act.now);
}

Done is_kept_long_enough(AttestationAct const& act) {
  return execution::must_have_run_out(act.attestation.leaves_at_ms(), act.now);
}

Done make(AttestationAct& act) {
  act.attestation.set_id(act.context->next_id("attestation"));
  act.attestation.set_made_at_ms(act.now.value());
  if (is_identity(act.attestation)) identify(*act.context, act.attestation, act.cause);
  return {};
}

Done finish(AttestationAct& act) {
  act.attestation.set_expires_at_ms(0);
  act.attestation.set_leaves_at_ms(act.now.value() + limits::over_kept_ms);
  return is_identity(act.attestation) ? forget(*act.context, act.attestation, act.cause) : Done{};
}

constexpr Who issuer{"an admitted issuer", is_admitted};
constexpr Who its_issuer{"its issuer", is_its_issuer};
constexpr Who block{"the block"};

constexpr Guard one_person{"of an identity: no other person's account, no other account's person",
                           may_say};
constexpr Guard revocable{"it is revocable", may_take_back};
constexpr Guard over{"its time is over", has_expired};
constexpr Guard kept{"90 d later", is_kept_long_enough};

constexpr Effect says{"an identity makes the account its person's", make};
constexpr Effect ends{"without another identity the account is nobody's", finish};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"make",   message, none,    live,    issuer,     one_person, says},
  {"revoke", message, live,    revoked, its_issuer, revocable,  ends},
  {"expire", clock,   live,    expired, block,      over,       ends},
  {"leave",  clock,   revoked, none,    block,      kept,       leaves},
  {"leave",  clock,   expired, none,    block,      kept,       leaves},
};
// clang-format on

}  // namespace

AttestationMachine const& attestation_machine() {
  static constexpr AttestationMachine machine{
      .name = "attestation", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace talent
