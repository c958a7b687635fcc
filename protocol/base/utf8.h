// UTF-8, one code point at a time, as RFC 3629 has it: the shortest form of each, no surrogates,
// nothing above U+10FFFF.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace base {

struct CodePoint {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  // 0: what stands there is not UTF-8.
};

// At the start of `text`, which is not empty.
CodePoint first_code_point(std::string_view text);

// Of all of it; true of nothing.
bool is_utf8(std::string_view text);

}  // namespace base
