// How attestations, invitations, recoveries, teams and apps read. Part of show.h.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/talent/attestation.h"
#include "wallet/amount.h"
#include "wallet/authority.h"
#include "wallet/dates.h"
#include "wallet/show_record.h"

namespace wallet {

using protocol::TimeMs;

Facts facts_of(Session& session, labor::v1::Attestation const& attestation) {
  auto const identity = talent::is_identity(attestation);
  Facts facts{{"Attestation", fmt::format("{}", attestation.id())},
              {"State", state_name(*labor::v1::AttestationState_descriptor(), attestation.state())},
              {"Of", full_label(session, attestation.subject())},
              {"By", full_label(session, attestation.issuer())},
              {"Says", identity ? "this account is one person's" : attestation.schema()},
              {identity ? "Nullifier" : "Data hash", base::hex(attestation.data_hash())}};
  if (attestation.refers_to() != 0) {
    facts.emplace_back("Refers to", fmt::format("attestation {}", attestation.refers_to()));
  }
  facts.emplace_back("Revocable", attestation.revocable() ? "yes" : "no");
  facts.emplace_back("Made", show_time(TimeMs{attestation.made_at_ms()}));
  if (attestation.expires_at_ms() != 0) {
    facts.emplace_back("Until", show_time(TimeMs{attestation.expires_at_ms()}));
  }
  return facts;
}

Facts facts_of(Session& session, labor::v1::Invitation const& invitation) {
  return {{"Invitation", fmt::format("to job {}", invitation.job())},
          {"Client", full_label(session, invitation.client())},
          {"Talent", full_label(session, invitation.talent())},
          {"Until", show_time(TimeMs{invitation.lapses_at_ms()})}};
}

Facts facts_of(Session& session, labor::v1::App const& app) {
  return {{"App", app.name()},
          {"Account", full_label(session, app.account())},
          {"Share of the fee", show_bps(app.share_bps())},
          {"Registered", show_time(TimeMs{app.registered_at_ms()})}};
}

Facts facts_of(Session& session, labor::v1::Team const& team) {
  Facts facts{{"Team", full_label(session, team.account())},
              {"State", state_name(*labor::v1::TeamState_descriptor(), team.state())}};
  for (auto const& share : team.split()) {
    facts.emplace_back("Shares", fmt::format("{} to {}", show_bps(share.bps()),
                                             full_label(session, share.account())));
  }
  for (auto const& share : team.proposed()) {
    facts.emplace_back("Would share", fmt::format("{} to {}", show_bps(share.bps()),
                                                  full_label(session, share.account())));
  }
  for (auto const& who : team.missing()) {
    facts.emplace_back("Has to agree", full_label(session, who));
  }
  if (team.until_ms() != 0) facts.emplace_back("Until", show_time(TimeMs{team.until_ms()}));
  return facts;
}

Facts facts_of(Session& session, labor::v1::Recovery const& recovery) {
  auto const waits = recovery.state() == labor::v1::RECOVERY_STATE_WAITING;
  Facts facts{{"Recovery of", full_label(session, recovery.account())},
              {"State", state_name(*labor::v1::RecoveryState_descriptor(), recovery.state())}};
  for (auto const& line : describe(recovery.authority())) facts.emplace_back("Would be", line);
  for (auto const& guardian : recovery.approvals()) {
    facts.emplace_back("Agreed", full_label(session, guardian));
  }
  facts.emplace_back("Must agree",
                     fmt::format("{} of {}", recovery.threshold(), recovery.guardians_size()));
  facts.emplace_back(waits ? "Takes effect" : "Until", show_time(TimeMs{recovery.until_ms()}));
  return facts;
}

}  // namespace wallet
