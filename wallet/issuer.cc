#include "wallet/issuer.h"

#include <fmt/format.h>

#include "wallet/session.h"

namespace wallet {

Result<labor::v1::IssuerChange> parse_issuer(Session& session, std::string_view text) {
  auto const sign = text.rfind('=');
  if (sign == std::string_view::npos || sign == 0) {
    return usage("INVALID_ISSUER", fmt::format("`{}` is not an issuer.", text),
                 "Write NAME=ACCOUNT.");
  }
  TRY(account, session.address_of(std::string{text.substr(sign + 1)}));
  labor::v1::IssuerChange change;
  change.set_account(account.str());
  change.set_name(std::string{text.substr(0, sign)});
  return change;
}

std::string describe(labor::v1::IssuerChange const& change, std::string_view called) {
  if (change.name().empty()) return fmt::format("remove the issuer {}", called);
  return fmt::format("admit {} as an issuer of attestations, {}", change.name(), called);
}

}  // namespace wallet
