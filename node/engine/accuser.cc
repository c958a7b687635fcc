#include "node/engine/accuser.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/hex.h"
#include "protocol/validators/seats.h"

namespace node {

void Accuser::held(consensus::Committee const& committee,
                   std::optional<protocol::ValidatorIndex> self,
                   std::map<protocol::ValidatorIndex, consensus::Conflict> const& conflicts) {
  auto const size = committee.validators.size();
  for (auto const& [voter, conflict] : conflicts) {
    auto const& key = committee.validators.key(voter);
    if (cases_.contains(key)) continue;
    auto const turns = self ? (self->value() + size - voter.value()) % size : size;
    Case made;
    auto& evidence = *made.evidence.mutable_submit_evidence();
    evidence.set_first_vote(consensus::encode(conflict.first));
    evidence.set_second_vote(consensus::encode(conflict.second));
    made.what = fmt::format("evidence against validator {} of epoch {}", voter.value(),
                            committee.epoch.value());
    made.due = protocol::TimeMs{parts_.clock.now().value() + turns * turn_ms};
    spdlog::warn(
        "{}, whose key is {}: in view {} it has cast two votes that no honest validator "
        "casts both",
        made.what, base::hex(key.view()), conflict.first.statement.view.value());
    cases_.emplace(key, std::move(made));
  }
}

void Accuser::tick() {
  auto const now = parts_.clock.now();
  for (auto& [offender, known] : cases_) {
    if (known.settled || now < known.due) continue;
    known.settled = settled(offender);
    if (known.settled) continue;
    parts_.account.send(known.evidence, known.what);
    known.due = protocol::TimeMs{now.value() + OwnAccount::valid_ms};
  }
}

// Evidence would be refused from now on: ALREADY_OFFENDED, SEAT_GONE, EVIDENCE_STALE.
bool Accuser::settled(protocol::PublicKey const& offender) const {
  auto const seat = validators::seat_of_key(*parts_.store.latest(), offender.chars());
  if (!seat) return false;
  return seat->state() == labor::v1::SEAT_STATE_OFFENDED ||
         seat->state() == labor::v1::SEAT_STATE_GONE ||
         seat->validator().consensus_key() != offender.chars();
}

}  // namespace node
