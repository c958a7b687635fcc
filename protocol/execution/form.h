// Checks of a message's form that several modules share: what needs no record to be looked up.

#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/try.h"
#include "protocol/execution/failure.h"
#include "protocol/types.h"

namespace execution {

// INVALID_HASH {got, expected}: of 32 bytes, or none where a hash is optional.
Done must_be_hash(std::string_view bytes);
Done must_be_hash_or_empty(std::string_view bytes);

// TEXT_TOO_LONG {got, most}, in bytes of UTF-8.
Done must_fit(std::string_view text, std::size_t bytes_max);

// TEXT_MISSING.
Done must_not_be_empty(std::string_view text);

// The address in a record that execution wrote.
protocol::Address address_in(std::string_view bytes);

// A URL or URI: 1 to limits::uri_bytes_max printable ASCII characters without space.
bool is_uri(std::string_view text);

// TOO_MANY_SKILLS {got, most}, then INVALID_SKILL: of URIs, each of them once.
Done must_be_skills(std::vector<std::string_view> const& uris);

// DEADLINE_PASSED {until_ms} at or after `clock`, unless that is 0: a clock that does not run.
Done must_be_before(std::uint64_t clock_ms, protocol::TimeMs now);

// INVALID_TIME {until_ms} before `clock`, or where it does not run. A guard of the block's own: it
// fires the row whose clock this is.
Done must_have_run_out(std::uint64_t clock_ms, protocol::TimeMs now);

// Of a list of changes each is about something else, by its `subject`, and passes `check`; `twice`
// otherwise.
template <class Changes, class Subject, class Check>
Done must_each_be(Changes const& changes, labor::v1::TxStatus twice, Subject subject, Check check) {
  std::set<std::string> seen;
  for (auto const& change : changes) {
    if (!seen.insert(std::string{subject(change)}).second) return fail(twice);
    TRY_VOID(check(change));
  }
  return {};
}

}  // namespace execution
