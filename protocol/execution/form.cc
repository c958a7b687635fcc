#include "protocol/execution/form.h"

#include <algorithm>
#include <set>

#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace execution {

Done must_be_hash(std::string_view bytes) {
  if (bytes.size() == protocol::Hash::size) return {};
  return fail(labor::v1::TX_STATUS_INVALID_HASH,
              {{"got", bytes.size()}, {"expected", protocol::Hash::size}});
}

Done must_be_hash_or_empty(std::string_view bytes) {
  if (bytes.empty()) return {};
  return must_be_hash(bytes);
}

Done must_fit(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return {};
  return fail(labor::v1::TX_STATUS_TEXT_TOO_LONG, {{"got", text.size()}, {"most", bytes_max}});
}

Done must_not_be_empty(std::string_view text) {
  if (!text.empty()) return {};
  return fail(labor::v1::TX_STATUS_TEXT_MISSING);
}

protocol::Address address_in(std::string_view bytes) {
  auto const address = protocol::Address::from(bytes);
  CHECK(address.has_value());
  return *address;
}

bool is_uri(std::string_view text) {
  if (text.empty() || text.size() > protocol::limits::uri_bytes_max) return false;
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Done must_be_skills(std::vector<std::string_view> const& uris) {
  if (uris.size() > protocol::limits::skills_max) {
    return fail(labor::v1::TX_STATUS_TOO_MANY_SKILLS,
                {{"got", uris.size()}, {"most", protocol::limits::skills_max}});
  }
  std::set<std::string_view> seen;
  for (auto const uri : uris) {
    if (!is_uri(uri) || !seen.insert(uri).second) return fail(labor::v1::TX_STATUS_INVALID_SKILL);
  }
  return {};
}

Done must_be_before(std::uint64_t clock_ms, protocol::TimeMs now) {
  if (clock_ms == 0 || now.value() < clock_ms) return {};
  return fail(labor::v1::TX_STATUS_DEADLINE_PASSED, {{"until_ms", clock_ms}});
}

Done must_have_run_out(std::uint64_t clock_ms, protocol::TimeMs now) {
  if (clock_ms != 0 && now.value() >= clock_ms) return {};
  return fail(labor::v1::TX_STATUS_INVALID_TIME, {{"until_ms", clock_ms}});
}

}  // namespace execution
