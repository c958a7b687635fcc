// What random people say of who may sign and act for whom, of whom they want to hear nothing, and
// when they leave, mostly sound. Nobody rotates to another
// key than the own: whoever acts must still be able to sign.

#pragma once

#include <labor/v1/bank.pb.h>
#include <labor/v1/mandate.pb.h>
#include <labor/v1/transaction.pb.h>

#include "tests/support/draws.h"

namespace testing_support {

void fill(Draws& draws, labor::v1::RotateAuthority& message);
void fill(Draws& draws, labor::v1::SetGuardians& message);
void fill(Draws& draws, labor::v1::StartRecovery& message);
void fill(Draws& draws, labor::v1::ApproveRecovery& message);
void fill(Draws& draws, labor::v1::GiveMandate& message);
void fill(Draws& draws, labor::v1::EndMandate& message);
void fill(Draws& draws, labor::v1::ActFor& message);
void fill(Draws& draws, labor::v1::RegisterApp& message);
void fill(Draws& draws, labor::v1::CloseAccount& message);
void fill(Draws& draws, labor::v1::BlockAccount& message);
void fill(Draws& draws, labor::v1::UnblockAccount& message);

// Who could say it: a guardian, who is recovered, who holds a mandate, who has closed an account;
// null: nobody in particular.
Person const* power_holder(TestChain const& chain, labor::v1::Message const& message,
                           Act const& act);

}  // namespace testing_support
