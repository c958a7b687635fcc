#include "protocol/work/terms.h"

#include <limits>

#include "protocol/bank/pay_asset.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/escrow.h"
#include "protocol/work/hours.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::OfferTerms;

namespace limits = protocol::limits;

namespace {

Done titles_must_fit(Steps const& milestones) {
  for (auto const& milestone : milestones) {
    TRY_VOID(execution::must_fit(milestone.title(), limits::title_bytes_max));
  }
  return {};
}

Done titles_must_be_there(Steps const& milestones) {
  for (auto const& milestone : milestones) {
    TRY_VOID(execution::must_not_be_empty(milestone.title()));
  }
  return {};
}

Done check_count(Steps const& milestones) {
  auto const count = static_cast<std::size_t>(milestones.size());
  if (count == 0) return fail(labor::v1::TX_STATUS_INVALID_TERMS);
  if (count <= limits::milestones_max) return {};
  return fail(labor::v1::TX_STATUS_TOO_MANY_MILESTONES,
              {{"got", count}, {"most", limits::milestones_max}});
}

Done check_amounts_and_days(Steps const& milestones, std::uint64_t amount_min) {
  for (auto const& milestone : milestones) {
    if (milestone.amount() < amount_min) {
      return fail(labor::v1::TX_STATUS_AMOUNT_TOO_SMALL,
                  {{"got", milestone.amount()}, {"least", amount_min}});
    }
  }
  for (auto const& milestone : milestones) {
    if (milestone.due_days() < 1 || milestone.due_days() > limits::due_days_max) {
      return fail(labor::v1::TX_STATUS_INVALID_DUE_DAYS,
                  {{"got", milestone.due_days()}, {"most", limits::due_days_max}});
    }
  }
  return {};
}

std::uint64_t amount_min(Context const& context) {
  return context.parameter(labor::v1::PARAMETER_MILESTONE_MIN_USD);
}

}  // namespace

Done check_sum(Steps const& milestones, std::uint32_t client_fee_bps) {
  auto room = std::numeric_limits<std::uint64_t>::max();
  for (auto const& milestone : milestones) {
    for (auto const part : {milestone.amount(), fee_on(milestone.amount(), client_fee_bps)}) {
      if (part > room) return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
      room -= part;
    }
  }
  return {};
}

Done check_terms(Context const& context, OfferTerms const& terms) {
  TRY_VOID(bank::must_take_funding(context.state(), terms.asset()));
  TRY_VOID(execution::must_be_hash_or_empty(terms.document_hash()));
  TRY_VOID(execution::must_fit(terms.title(), limits::title_bytes_max));
  TRY_VOID(titles_must_fit(terms.milestones()));
  TRY_VOID(execution::must_not_be_empty(terms.title()));
  TRY_VOID(titles_must_be_there(terms.milestones()));
  auto const fee_bps = frozen_now(context).client_fee_bps();
  if (terms.has_hourly()) {
    if (!terms.milestones().empty()) return fail(labor::v1::TX_STATUS_INVALID_TERMS);
    return check_hourly_terms(context, terms.hourly(), fee_bps);
  }
  TRY_VOID(check_sum(terms.milestones(), fee_bps));
  TRY_VOID(check_count(terms.milestones()));
  return check_amounts_and_days(terms.milestones(), amount_min(context));
}

Done check_milestone_terms(Context const& context, Steps const& milestones) {
  TRY_VOID(titles_must_fit(milestones));
  TRY_VOID(titles_must_be_there(milestones));
  return check_amounts_and_days(milestones, amount_min(context));
}

labor::v1::FrozenParameters frozen_now(Context const& context) {
  using namespace labor::v1;
  auto const narrow = [&](Parameter parameter) {
    return static_cast<std::uint32_t>(context.parameter(parameter));  // Bounded far below.
  };
  FrozenParameters frozen;
  frozen.set_client_fee_bps(narrow(PARAMETER_CLIENT_FEE_BPS));
  frozen.set_first_review_ms(context.parameter(PARAMETER_FIRST_REVIEW_MS));
  frozen.set_later_review_ms(context.parameter(PARAMETER_LATER_REVIEW_MS));
  frozen.set_changes_answer_ms(context.parameter(PARAMETER_CHANGES_ANSWER_MS));
  frozen.set_due_grace_ms(context.parameter(PARAMETER_DUE_GRACE_MS));
  frozen.set_refund_answer_ms(context.parameter(PARAMETER_REFUND_ANSWER_MS));
  frozen.set_change_requests_max(narrow(PARAMETER_CHANGE_REQUESTS_MAX));
  frozen.set_contract_idle_ms(context.parameter(PARAMETER_CONTRACT_IDLE_MS));
  auto& disputes = *frozen.mutable_disputes();
  disputes.set_answer_ms(context.parameter(PARAMETER_DISPUTE_ANSWER_MS));
  disputes.set_settling_ms(context.parameter(PARAMETER_DISPUTE_SETTLING_MS));
  disputes.set_evidence_ms(context.parameter(PARAMETER_DISPUTE_EVIDENCE_MS));
  disputes.set_commit_ms(context.parameter(PARAMETER_VERDICT_COMMIT_MS));
  disputes.set_reveal_ms(context.parameter(PARAMETER_VERDICT_REVEAL_MS));
  disputes.set_appeal_ms(context.parameter(PARAMETER_DISPUTE_APPEAL_MS));
  disputes.set_fee_bps(narrow(PARAMETER_DISPUTE_FEE_BPS));
  disputes.set_fee_min(context.parameter(PARAMETER_DISPUTE_FEE_MIN_USD));
  disputes.set_fee_max(context.parameter(PARAMETER_DISPUTE_FEE_MAX_USD));
  frozen.set_ownership_bps(narrow(PARAMETER_OWNERSHIP_BPS));
  return frozen;
}

protocol::Hash terms_hash(labor::v1::Offer const& offer) {
  auto const terms = canonical::encode(offer.terms());
  auto const preimage = base::big_endian(offer.id()) + base::big_endian(offer.version()) +
                        offer.client() + offer.talent() +
                        base::big_endian(static_cast<std::uint32_t>(terms.size())) + terms +
                        canonical::encode(offer.frozen());
  return crypto::hash(crypto::domains::terms, {base::bytes_of(preimage)});
}

}  // namespace work
