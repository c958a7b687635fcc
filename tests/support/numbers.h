// The numbers in a message, wherever in it they stand.

#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>

namespace testing_support {

// Puts one of them, drawn, at an end of what it can be: 0, 1, the largest, or half of that. Where
// there is none, nothing changes.
void put_at_an_end(google::protobuf::Message& message,
                   std::function<std::uint64_t(std::uint64_t)> const& draw);

}  // namespace testing_support
