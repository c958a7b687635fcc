// Text that others wrote, made safe to print: whoever may choose a title must not be able to move
// the cursor, start a new line of a summary, or turn the direction of what is read.
//
// Each of these becomes U+FFFD: bytes that are not UTF-8, control characters (line breaks too),
// and the marks that override the direction of text.

#pragma once

#include <string>
#include <string_view>

namespace wallet {

std::string plain_text(std::string_view text);

// Text of several lines: each is made safe as above and begins with a mark, so that none of it can
// look like what the wallet itself says. A tab becomes four spaces.
std::string quoted_lines(std::string_view text);

}  // namespace wallet
