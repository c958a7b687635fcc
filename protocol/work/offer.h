// Offers: terms on the table, to the author of a proposal or to anyone with an active profile.
// offer_machine.h has the rows.
//
// Each version is made by one side and answered by the other within 7 days; a counter kills its
// predecessor; ten versions at most. What is accepted is named by version and hash, so nobody signs
// terms they have not seen. The parameters of the block in which a version was made are part of it.

#pragma once

#include <labor/v1/work.pb.h>

#include "protocol/execution/context.h"

namespace work {

// INVALID_ADDRESS, what check_terms() refuses (terms.h), then for a proposal what
// ShortlistProposal refuses and INVALID_APP_NAME, for a direct offer PROFILE_NOT_FOUND,
// APP_NOT_FOUND, OWN_OFFER, BLOCKED, PROFILE_NOT_ACTIVE; TOO_MANY_OPEN_OFFERS {have, most},
// TEAM_NOT_SETTLED. Makes an offer id.
execution::Done apply(execution::Context& context, labor::v1::MakeOffer const& message);

// What check_terms() refuses, OFFER_NOT_FOUND, NOT_YOUR_OFFER, NOT_YOUR_TURN, DEADLINE_PASSED
// {until_ms}, WRONG_STATE, TERMS_CHANGED {expected, got} (another version), TOO_MANY_COUNTERS.
execution::Done apply(execution::Context& context, labor::v1::CounterOffer const& message);

// INVALID_HASH, OFFER_NOT_FOUND, NOT_YOUR_OFFER, NOT_YOUR_TURN, DEADLINE_PASSED {until_ms},
// WRONG_STATE, TERMS_CHANGED, TOO_MANY_CONTRACTS {have, most}. Makes a contract id.
execution::Done apply(execution::Context& context, labor::v1::AcceptOffer const& message);

// OFFER_NOT_FOUND, NOT_YOUR_OFFER, NOT_YOUR_TURN (decline what the other side made, withdraw what
// you made), DEADLINE_PASSED {until_ms}, WRONG_STATE.
execution::Done apply(execution::Context& context, labor::v1::DeclineOffer const& message);
execution::Done apply(execution::Context& context, labor::v1::WithdrawOffer const& message);

// A clock of the offer has run out.
execution::Done fire(execution::Context& context, labor::v1::Offer const& offer);

}  // namespace work
