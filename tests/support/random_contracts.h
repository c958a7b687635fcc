// What random people say about contracts: splits, amendments, bonuses and feedback, mostly sound.

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/work.pb.h>

#include "tests/support/draws.h"

namespace testing_support {

// One or two milestones, or by the hour.
labor::v1::OfferTerms random_terms(Draws& draws);

// Mostly one of the latest that is as wanted.
std::uint64_t likely_contract(Draws& draws, bool (*wanted)(labor::v1::Contract const&));
// Mostly one that is paid by milestones and has not ended; or of those one with money locked.
std::uint64_t contract_by_milestones(Draws& draws);
std::uint64_t contract_with_money(Draws& draws);

// Contract `id`, signed: with its only milestone funded, or its first week.
void hire_by_milestone(TestChain& chain, Person const& client, Person const& talent,
                       std::uint64_t id);
void hire_by_hour(TestChain& chain, Person const& client, Person const& talent, std::uint64_t id);

void fill(Draws& draws, labor::v1::OfferSplit& message);
void fill(Draws& draws, labor::v1::AgreeSplit& message);
void fill(Draws& draws, labor::v1::OfferAmendment& message);
void fill(Draws& draws, labor::v1::AgreeAmendment& message);
void fill(Draws& draws, labor::v1::PayBonus& message);
void fill(Draws& draws, labor::v1::CommitFeedback& message);
void fill(Draws& draws, labor::v1::PostFeedback& message);
void fill(Draws& draws, labor::v1::RevealFeedback& message);
void fill(Draws& draws, labor::v1::ReplyToFeedback& message);

}  // namespace testing_support
