#include "tests/support/hours_scene.h"

#include "protocol/base/check.h"
#include "tests/support/must.h"

namespace testing_support {

using namespace labor::v1;  // This file makes messages about hours.

OfferTerms hourly_terms(std::uint64_t rate, std::uint32_t minutes) {
  OfferTerms terms;
  terms.set_title("Upkeep");
  terms.set_asset(ASSET_USD);
  terms.mutable_hourly()->set_rate(rate);
  terms.mutable_hourly()->set_minutes_per_week(minutes);
  return terms;
}

std::optional<Week> week(WorkScene const& scene, std::uint32_t index) {
  return scene.find<Week>(state::keys::week(1, index));
}

FundWeek week_funding() {
  FundWeek message;
  message.set_contract(1);
  return message;
}

SetTopUp top_up(std::uint64_t limit) {
  SetTopUp message;
  message.set_contract(1);
  message.set_limit(limit);
  return message;
}

LogHours hours_logged(WorkScene const& scene, std::uint32_t minutes, std::uint32_t entry,
                      std::uint32_t index) {
  auto message = on_week<LogHours>(index);
  message.set_entry(entry);
  auto const found = week(scene, index);
  message.set_ended_at_ms((found ? found->starts_at_ms() : 0) + 3 * hour_length_ms);
  message.set_minutes(minutes);
  message.set_memo("Reviewed pull requests");
  return message;
}

DisputeHours hours_dispute(std::vector<std::uint32_t> const& entries, std::uint32_t index) {
  auto message = on_week<DisputeHours>(index);
  for (auto const entry : entries) message.add_entries(entry);
  message.set_reason_hash(hash_of(7));
  return message;
}

OfferAmendment hourly_amendment(std::uint64_t rate, std::uint32_t minutes) {
  OfferAmendment message;
  message.set_contract(1);
  *message.mutable_hourly() = hourly_terms(rate, minutes).hourly();
  return message;
}

void pass_week_clock(WorkScene& scene, std::uint32_t index) {
  auto const found = week(scene, index);
  CHECK(found && found->until_ms() != 0);
  scene.set_time(found->until_ms());
  scene.fire_due();
}

void sign_hourly(WorkScene& scene, OfferTerms const& terms) {
  MakeOffer make;
  make.set_talent(scene.talent.str());
  *make.mutable_terms() = terms;
  must(scene.act(scene.client, make));
  must(scene.act(scene.talent, scene.acceptance()));
}

void fund_week(WorkScene& scene) {
  sign_hourly(scene);
  must(scene.act(scene.client, week_funding()));
  scene.wait(3 * hour_length_ms);
}

void log_some(WorkScene& scene) {
  fund_week(scene);
  must(scene.act(scene.talent, hours_logged(scene, 120, 0)));
  must(scene.act(scene.talent, hours_logged(scene, 60, 1)));
}

void review_week(WorkScene& scene) {
  log_some(scene);
  pass_week_clock(scene);
}

void dispute_week(WorkScene& scene) {
  review_week(scene);
  must(scene.act(scene.client, hours_dispute({1})));
}

}  // namespace testing_support
