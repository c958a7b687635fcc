// A person's public record as JSON Resume (schema 1.0.0), for the tools that read it:
//
//   basics        headline and links of the profile, handle as name
//   work          contracts that have ended, as the talent, newest first
//   skills        as claimed on the profile; where vetted, with "vetted" among the keywords
//   certificates  vetted skills, and attestations that stand
//   references    what clients have said, as ratings
//
// Amounts are never in it. Each record is read with its proof; that none is missing is the node's
// word. The resume itself proves nothing.

#pragma once

#include <string>

#include "wallet/json.h"
#include "wallet/session.h"

namespace wallet {

// Of a handle (with or without "@"), an address or the name of a key; of the acting account where
// it is empty. NOT_FOUND without such a handle or without a profile.
Result<json::object> resume_of(Session& session, std::string const& who);

}  // namespace wallet
