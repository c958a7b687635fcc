// What random people say about disputes, what random jurors say, and what validators tell.

#pragma once

#include <labor/v1/justice.pb.h>
#include <labor/v1/transaction.pb.h>
#include <labor/v1/validators.pb.h>

#include <vector>

#include "tests/support/draws.h"

namespace testing_support {

// Ten more people, who do nothing but judge.
std::vector<Person> const& jurors();
// With a stake, from the genesis on.
void add_arbiters(labor::v1::Genesis& genesis);

// Contract `id`, whose only milestone is disputed by the client and answered by the talent.
void start_case(TestChain& chain, Person const& client, Person const& talent, std::uint64_t id);
// The nodes have committed before: the cases get as far as an open round.
void bring_to_draw(TestChain& chain);

void fill(Draws& draws, labor::v1::OfferDisputeSplit& message);
void fill(Draws& draws, labor::v1::AgreeDisputeSplit& message);
void fill(Draws& draws, labor::v1::AppealDispute& message);
void fill(Draws& draws, labor::v1::ChallengeVetting& message);
void fill(Draws& draws, labor::v1::ReportJob& message);
void fill(Draws& draws, labor::v1::StakeAsJuror& message);
void fill(Draws& draws, labor::v1::WithdrawJurorStake& message);
void fill(Draws& draws, labor::v1::CommitVerdict& message);
void fill(Draws& draws, labor::v1::RevealVerdict& message);
void fill(Draws& draws, labor::v1::ExposeVerdict& message);
void fill(Draws& draws, labor::v1::CommitRandomness& message);
void fill(Draws& draws, labor::v1::RevealRandomness& message);

// Who could say it: a juror who sits, a validator's node; null: nobody in particular.
Person const* speaker(TestChain const& chain, labor::v1::Message const& message, Act const& act);

}  // namespace testing_support
