// What random people say about contracts: splits, amendments, bonuses and feedback, mostly sound.

#pragma once

#include <labor/v1/feedback.pb.h>
#include <labor/v1/work.pb.h>

#include "tests/support/draws.h"

namespace testing_support {

// One or two milestones.
labor::v1::OfferTerms random_terms(Draws& draws);

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
