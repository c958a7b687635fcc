// Loopback TCP ports for a devnet's nodes.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace devnet {

// `count` ports from `first` on, each free now; the error names the first one that is taken and,
// where the system tells, the process that has it.
std::expected<std::vector<std::uint16_t>, std::string> ports_from(std::uint16_t first,
                                                                  std::size_t count);

// `count` ports that the kernel chose. All are held until all are chosen, so they differ.
std::expected<std::vector<std::uint16_t>, std::string> ports_free(std::size_t count);

}  // namespace devnet
