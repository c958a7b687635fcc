#include "wallet/commands/next.h"

#include <fmt/format.h>

#include <optional>

#include "protocol/work/feedback.h"
#include "wallet/commands/arguments.h"

namespace wallet {

Result<Onlooker> onlooker(Session& session) {
  TRY(chain, session.chain());
  TRY(info, chain->info());
  return Onlooker{.account = session.subject().value_or(protocol::Address{}),
                  .block_time = protocol::TimeMs{info.block_time_ms()},
                  .outages_ms = info.outages_ms()};
}

Result<NextSteps> next_of(Session& session, labor::v1::Record const& record, Onlooker const& by) {
  TRY(chain, session.chain());
  labor::v1::Record about;
  if (record.has_proposal()) about.mutable_job()->set_id(record.proposal().job());
  if (record.has_week()) about.mutable_contract()->set_id(record.week().contract());
  if (record.has_milestone()) about.mutable_contract()->set_id(record.milestone().contract());
  if (about.record_case() != labor::v1::Record::RECORD_NOT_SET) {
    TRY(found, chain->record(about));
    if (!found) return NextSteps{};  // A proposal outlives its job's record; it is over.
    about = *std::move(found);
  }
  return next_steps(record, about, by);
}

Result<labor::v1::Feedback> feedback_of(Chain const& chain, labor::v1::Contract const& contract,
                                        labor::v1::ContractSide side) {
  labor::v1::Record key;
  key.mutable_feedback()->set_contract(contract.id());
  key.mutable_feedback()->set_side(side);
  TRY(found, chain.record(key));
  return found ? found->feedback() : work::no_feedback(contract, side);
}

Result<labor::v1::Record> existing_dispute(Session& session, std::uint64_t id) {
  labor::v1::Record key;
  key.mutable_dispute()->set_id(id);
  return existing_record(session, key, "dispute", fmt::format("{}", id));
}

}  // namespace wallet
