// The fields of one line of a trace (trace.h), by name and in the types of the core.
//
// A mistake is kept and asked for at the end: good() is false after a field that is not there, or
// that is no such value. What was given for it meanwhile means nothing.
//
// Ownership: views into the line, which outlives them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "consensus/certificate/vote.h"
#include "consensus/core/input.h"
#include "consensus/shell/trace_names.h"
#include "protocol/base/hex.h"

namespace consensus {

class TraceFields {
 public:
  explicit TraceFields(std::string_view text);

  bool good() const { return good_; }
  bool has(std::string_view name) const;
  // Those without a value, in their order; empty where there are fewer.
  std::string_view word(std::size_t place) const;

  std::string_view text(std::string_view name);
  std::uint64_t number(std::string_view name);
  bool flag(std::string_view name) { return number(name) != 0; }
  ValidatorIndex validator(std::string_view name);
  SignerSet validators(std::string_view name);
  // Of a BlockHash, or another kind of Bytes.
  template <class T>
  T bytes(std::string_view name) {
    return kept(base::from_hex_as<T>(text(name)));
  }
  template <class T, std::size_t n>
  T one_of(trace_names::Names<T, n> const& names, std::string_view name) {
    return kept(trace_names::named(names, text(name)));
  }
  // None where there is no such field.
  std::vector<std::string_view> items(std::string_view name);

  Statement statement();
  Certificate certificate();  // Its signatures are zero.
  Vote vote();                // The same.
  BlockRef block_in(std::string_view name);
  TimerId timer_in_word(std::size_t place);

 private:
  // Of a value that may not be there.
  template <class T>
  T kept(std::optional<T> const& value) {
    good_ = good_ && value;
    return value.value_or(T{});
  }
  std::string_view inside(std::string_view name);
  std::uint64_t number_of(std::string_view text);
  ValidatorIndex validator_of(std::string_view text);

  std::map<std::string_view, std::string_view> by_name_;
  std::vector<std::string_view> words_;
  bool good_ = true;
};

}  // namespace consensus
