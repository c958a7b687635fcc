// Which account is one person's: a live identity by an admitted issuer binds a nullifier to an
// account. The nullifier is derived alike by every issuer from who somebody is, so a person who
// goes to two of them is still one; it says nothing of who that is.
//
// Invariant: a nullifier has one account, an account one nullifier: Identity{nullifier}.account = a
// exactly if Account{a}.person = nullifier, and each of its attestations is live. Without one the
// binding ends, and the person may be bound to another account.

#pragma once

#include <labor/v1/attestation.pb.h>

#include <string_view>

#include "protocol/execution/context.h"

namespace talent {

// Whether a live identity by an issuer that is still admitted says that the account is a person's.
bool is_attested(state::Reader const& state, protocol::Address const& account);

// Whether it is now, and has been the same person's since that block: of all accounts that a person
// moves through after it, none.
bool is_attested_since(state::Reader const& state, protocol::Address const& account,
                       protocol::Height height);

// ---- for attestations whose schema is "identity" ----

// PERSON_HAS_ACCOUNT, ACCOUNT_IS_ANOTHER_PERSON, TOO_MANY_ATTESTATIONS {have, most}.
execution::Done may_identify(execution::Context const& context,
                             labor::v1::Attestation const& attestation);
void identify(execution::Context& context, labor::v1::Attestation const& attestation,
              std::string_view cause);
// It is live no more.
execution::Done forget(execution::Context& context, labor::v1::Attestation const& attestation,
                       std::string_view cause);

}  // namespace talent
