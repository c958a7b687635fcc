#include "protocol/governance/council.h"

#include <algorithm>

#include "protocol/governance/enrolment.h"

namespace governance {

using execution::Context;
using execution::Done;
using labor::v1::Council;

Council council_of(state::Reader const& state) {
  return execution::find_record<Council>(state, state::keys::council()).value_or(Council{});
}

bool council_sits(Context const& context) {
  auto const least = context.parameter(labor::v1::PARAMETER_HOUSE_MEMBERS_MIN);
  if (context.counter(enrolled_counter) >= least) return false;
  return context.time().value() < council_of(context.state()).until_ms();
}

bool is_on_council(state::Reader const& state, protocol::Address const& account) {
  return std::ranges::binary_search(council_of(state).accounts(), account.str());
}

Done may_be_decided(Context const& context, labor::v1::BallotClass about) {
  auto const by_council = about == labor::v1::BALLOT_CLASS_ORDINARY ||
                          about == labor::v1::BALLOT_CLASS_VALIDATORS ||
                          about == labor::v1::BALLOT_CLASS_UPGRADE;
  if (by_council || !council_sits(context)) return {};
  return execution::fail(labor::v1::TX_STATUS_COUNCIL_SITS,
                         {{"have", context.counter(enrolled_counter)},
                          {"least", context.parameter(labor::v1::PARAMETER_HOUSE_MEMBERS_MIN)}});
}

}  // namespace governance
