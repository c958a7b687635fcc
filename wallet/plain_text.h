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

}  // namespace wallet
