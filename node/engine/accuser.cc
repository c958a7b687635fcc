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
  for (auto const& [voter, conflict] : conflicts) {
    auto const& key = committee.validators.key(voter);
    auto known = cases_.find(key);
    if (known == cases_.end()) {
      known = cases_.emplace(key, begin(committee, self, conflict)).first;
    }
    auto& held = known->second;
    if (std::exchange(held.epoch, committee.epoch) != committee.epoch) {
      held.noticed_before = held.told.noticed;
    }
    held.told.noticed = held.noticed_before + conflict.noticed;
  }
}

Accuser::Case Accuser::begin(consensus::Committee const& committee,
                             std::optional<protocol::ValidatorIndex> self,
                             consensus::Conflict const& conflict) const {
  auto const voter = conflict.first.voter;
  auto const& key = committee.validators.key(voter);
  auto const size = committee.validators.size();
  auto const turns = self ? (self->value() + size - voter.value()) % size : size;
  Case made;
  auto& evidence = *made.evidence.mutable_submit_evidence();
  evidence.set_first_vote(consensus::encode(conflict.first));
  evidence.set_second_vote(consensus::encode(conflict.second));
  made.what = fmt::format("evidence against validator {} of epoch {}", voter.value(),
                          committee.epoch.value());
  made.due = protocol::TimeMs{parts_.clock.now().value() + turns * turn_ms};
  made.epoch = committee.epoch;
  made.told.conflict = conflict;
  auto const seat = validators::seat_of_key(*parts_.store.latest(), key.chars());
  if (seat) made.told.name = seat->validator().name();
  made.own = self == voter;
  report(made, key);
  return made;
}

void Accuser::report(Case const& made, protocol::PublicKey const& key) {
  auto const view = made.told.conflict.first.statement.view.value();
  if (made.own) {
    spdlog::error(
        "another node signs with this node's consensus key: in view {} of epoch {} the two have "
        "cast votes that contradict each other. Stop one of them now and rotate the key: whoever "
        "holds both votes can have the seat taken",
        view, made.epoch.value());
    return;
  }
  spdlog::warn(
      "{}, {}, whose key is {}: in view {} it has cast two votes that no honest validator casts "
      "both",
      made.what, made.told.name, base::hex(key.view()), view);
}

void Accuser::tick() {
  auto const now = parts_.clock.now();
  for (auto& [offender, known] : cases_) {
    if (known.told.settled) continue;
    known.told.settled = settled(offender);
    if (known.told.settled || known.own || now < known.due) continue;
    parts_.account.send(known.evidence, known.what);
    ++known.told.sent;
    known.due = protocol::TimeMs{now.value() + OwnAccount::valid_ms};
  }
}

std::vector<Accusation> Accuser::accusations() const {
  std::vector<Accusation> told;
  for (auto const& [offender, known] : cases_) told.push_back(known.told);
  return told;
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
