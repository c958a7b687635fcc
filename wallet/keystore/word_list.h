// The 2048 English words of BIP-39. The text is Debian's (python3-mnemonic), embedded when the
// program is built; the build stops if it is not the list that everybody else has.

#pragma once

#include <optional>
#include <string_view>

namespace wallet {

inline constexpr std::size_t words_in_list = 2048;

// One word a line, in ascending order. Defined in a file that CMake writes.
extern std::string_view const word_list_text;

// `index` below words_in_list.
std::string_view word_at(std::size_t index);
std::optional<std::size_t> index_of_word(std::string_view word);

}  // namespace wallet
