// What random people say of themselves and of others, and whom they invite, mostly sound.

#pragma once

#include <labor/v1/attestation.pb.h>
#include <labor/v1/justice.pb.h>
#include <labor/v1/talent.pb.h>
#include <labor/v1/transaction.pb.h>
#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string>

#include "tests/support/draws.h"

namespace testing_support {

// The first of the crowd may attest, and there is a community pool.
void add_issuer(labor::v1::Genesis& genesis);
// Three of them are attested persons from then on.
void identify_some(TestChain& chain);

// What a profile claims: there are few skills, so that people claim the same.
std::string skill_name(std::uint64_t number);
void claim(labor::v1::ProfileDetails& details, std::uint64_t skill, std::uint32_t level);

void fill(Draws& draws, labor::v1::CommitHandle& message);
void fill(Draws& draws, labor::v1::ClaimHandle& message);
void fill(Draws& draws, labor::v1::CreateProfile& message);
void fill(Draws& draws, labor::v1::EditProfile& message);
void fill(Draws& draws, labor::v1::Attest& message);
void fill(Draws& draws, labor::v1::RevokeAttestation& message);
void fill(Draws& draws, labor::v1::ProposeSplit& message);
void fill(Draws& draws, labor::v1::AgreeToSplit& message);
void fill(Draws& draws, labor::v1::LeaveTeam& message);
void fill(Draws& draws, labor::v1::AnswerForAgent& message);
void fill(Draws& draws, labor::v1::StopAnsweringForAgent& message);
void fill(Draws& draws, labor::v1::ApplyForVetting& message);
void fill(Draws& draws, labor::v1::InviteTalent& message);
void fill(Draws& draws, labor::v1::DeclineInvitation& message);

// Who could say it: an issuer, who is invited, who has been granted something; null: nobody in
// particular.
Person const* teller_of(TestChain const& chain, labor::v1::Message const& message, Act const& act);

}  // namespace testing_support
