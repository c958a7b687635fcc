// labor profile score: how an account has done, from its public records (protocol/work/score.h).

#pragma once

#include <string>

#include "wallet/session.h"

namespace wallet {

// Of the account, or of the acting key where it is empty; `explain` shows every term. The lists it
// is computed from are the node's word, as all lists are.
Result<Output> show_score(Session& session, std::string const& account, bool explain);

}  // namespace wallet
