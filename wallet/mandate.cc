#include "wallet/mandate.h"

#include <fmt/format.h>

#include "wallet/amount.h"
#include "wallet/json.h"
#include "wallet/suggest.h"

namespace wallet {

using labor::v1::MandateScope;

Result<MandateScope> parse_scope(std::string_view text) {
  std::vector<std::string> names;
  auto const& type = *labor::v1::MandateScope_descriptor();
  for (int i = 1; i < type.value_count(); ++i) {
    names.push_back(enum_name(*type.value(i)));
    if (names.back() == text) return static_cast<MandateScope>(type.value(i)->number());
  }
  auto hint = did_you_mean(text, names);
  if (hint.empty()) hint = fmt::format("There are {}.", fmt::join(names, ", "));
  return usage("INVALID_SCOPE", fmt::format("`{}` is nothing that a mandate is for.", text), hint);
}

std::string show_scopes(google::protobuf::RepeatedField<int> const& scopes) {
  std::vector<std::string> names;
  for (auto const scope : scopes) {
    auto const* const value = labor::v1::MandateScope_descriptor()->FindValueByNumber(scope);
    names.push_back(value == nullptr ? fmt::format("scope {}", scope) : enum_name(*value));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string show_limit(std::uint64_t each, std::uint64_t left) {
  if (each == 0 || left == 0) return "nothing";
  auto const usd = [](std::uint64_t amount) {
    return show(protocol::Amount{amount}, labor::v1::ASSET_USD);
  };
  return fmt::format("up to {} in one act, {} in all", usd(each), usd(left));
}

}  // namespace wallet
