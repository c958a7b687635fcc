// Which records a transaction made: its receipt has their ids in the order of its messages.

#pragma once

#include <labor/v1/block.pb.h>

#include <string>
#include <string_view>
#include <vector>

namespace wallet {

struct Created {
  std::string_view kind;  // "job", "proposal", ...
  std::uint64_t id = 0;
  std::string see;  // The command that shows it.
};

// `transaction` is encoded; empty if it cannot be read.
std::vector<Created> created_records(std::string_view transaction,
                                     labor::v1::Receipt const& receipt);

}  // namespace wallet
