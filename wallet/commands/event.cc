#include "wallet/commands/event.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/plain_text.h"
#include "wallet/show.h"

namespace wallet {

namespace {

std::string holder_text(Session& session, labor::v1::Holder const& holder) {
  switch (holder.kind()) {
    case labor::v1::HOLDER_KIND_ACCOUNT:
      return short_label(session, holder.address());
    case labor::v1::HOLDER_KIND_ESCROW:
      return fmt::format("the escrow of contract {}", holder.id());
    case labor::v1::HOLDER_KIND_LOCK:
      return fmt::format("lock {}", holder.id());
    case labor::v1::HOLDER_KIND_DEPOSIT:
      return fmt::format("the deposit of ballot {}", holder.id());
    case labor::v1::HOLDER_KIND_DISPUTE:
      return fmt::format("what is put down for dispute {}", holder.id());
    case labor::v1::HOLDER_KIND_VETTING:
      return fmt::format("what is put down to challenge vetting {}", holder.id());
    case labor::v1::HOLDER_KIND_REPORT:
      return fmt::format("what is put down for report {}", holder.id());
    case labor::v1::HOLDER_KIND_JUROR_STAKE:
      return fmt::format("the stake of {}", short_label(session, holder.address()));
    case labor::v1::HOLDER_KIND_VESTING:
      return fmt::format("what is granted to {}", short_label(session, holder.address()));
    case labor::v1::HOLDER_KIND_JOB_BOND:
      return fmt::format("the bond of job {}", holder.id());
    case labor::v1::HOLDER_KIND_COMMUNITY_POOL:
      return "the community pool";
    case labor::v1::HOLDER_KIND_TREASURY:
      return "the treasury";
    default:
      return "somewhere unknown";
  }
}

// "job 3", "milestone 7/0": what changed.
std::string record_text(Session& session, labor::v1::Record const& record) {
  if (record.has_week()) {
    return fmt::format("week {}/{}", record.week().contract(), record.week().index());
  }
  if (record.has_invitation())
    return fmt::format("invitation to job {}", record.invitation().job());
  if (record.has_milestone()) {
    return fmt::format("milestone {}/{}", record.milestone().contract(),
                       record.milestone().index());
  }
  auto const& reflection = *record.GetReflection();
  auto const* const field =
      reflection.GetOneofFieldDescriptor(record, record.GetDescriptor()->oneof_decl(0));
  if (field == nullptr) return "a record";
  auto const data = json_of(session, record);
  auto const* const id = data.is_object() ? data.get_object().if_contains("id") : nullptr;
  if (id == nullptr || !id->is_string()) return field->name();
  return fmt::format("{} {}", field->name(), std::string{id->get_string()});
}

}  // namespace

std::string event_text(Session& session, labor::v1::WatchEventsResponse const& response) {
  auto const& event = response.event();
  if (event.has_money_moved()) {
    auto const& move = event.money_moved();
    return fmt::format("{} from {} to {} ({})", show(protocol::Amount{move.amount()}, move.asset()),
                       holder_text(session, move.from()), holder_text(session, move.to()),
                       plain_text(move.cause()));
  }
  auto const& change = event.record_changed();
  return fmt::format("{} ({})", record_text(session, change.record()), plain_text(change.cause()));
}

json::object event_json(Session& session, labor::v1::WatchEventsResponse const& event) {
  return {{"cursor", fmt::format("{}:{}", event.cursor().height(), event.cursor().index())},
          {"transaction_id", base::hex(event.transaction_id())},
          {"block_time_ms", fmt::format("{}", event.block_time_ms())},
          {"event", to_json(event.event(), session.address_network())}};
}

}  // namespace wallet
