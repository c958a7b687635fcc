// Issuers, as ballots admit and remove them: typed and told.

#pragma once

#include <labor/v1/attestation.pb.h>

#include <string>
#include <string_view>

#include "wallet/problem.h"

namespace wallet {

class Session;

// NAME=ACCOUNT: admits it.
Result<labor::v1::IssuerChange> parse_issuer(Session& session, std::string_view text);

// "admit NAME as an issuer of attestations, ACCOUNT"; `called` is the account's label.
std::string describe(labor::v1::IssuerChange const& change, std::string_view called);

}  // namespace wallet
