// Validators as people write and read them.
//
//   admission = NAME CONSENSUS_KEY NODE_KEY [OPERATOR]     one argument, words apart
//   key       = 64 hex digits, as `labord init` prints it

#pragma once

#include <labor/v1/validators.pb.h>

#include <functional>
#include <string>
#include <string_view>

#include "wallet/problem.h"
#include "wallet/session.h"
#include "wallet/show.h"

namespace wallet {

// 32 bytes. INVALID_KEY.
Result<std::string> parse_public_key(std::string_view text);

// INVALID_ADMISSION, INVALID_KEY, what Session::address_of() says of the operator.
Result<labor::v1::ValidatorChange> parse_admission(Session& session, std::string_view text);
Result<labor::v1::ValidatorChange> parse_removal(std::string_view text);

// "admit bern: consensus key .., node key .., operator ..". `who` names an address.
std::string describe(labor::v1::ValidatorChange const& change,
                     std::function<std::string(std::string const&)> const& who);

Facts facts_of(Session& session, labor::v1::Seat const& seat);

}  // namespace wallet
