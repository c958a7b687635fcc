// The simulated disk of one node. It outlives the node's crashes. What was appended is certain
// only after sync; a crash keeps any prefix of the rest, whole, torn in the middle of a write, or
// nothing at all.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tests/sim/faults.h"
#include "tests/support/prng.h"

namespace sim {

class Disk {
 public:
  Disk(FaultRates const& rates, Prng prng, FaultCounts& faults)
      : torn_permille_{rates.torn_permille}, prng_{prng}, faults_{faults} {}

  void append(std::string const& file, std::string_view bytes) { files_[file].bytes += bytes; }
  void sync(std::string const& file);
  // Cuts the file down to `size`, at once and for good, as recovery does with a torn tail.
  void truncate(std::string const& file, std::size_t size);
  void remove(std::string const& file) { files_.erase(file); }

  bool exists(std::string const& file) const { return files_.contains(file); }
  // Empty when there is no such file.
  std::string read(std::string const& file) const;

  void crash();

 private:
  struct File {
    std::string bytes;
    std::size_t synced = 0;
  };

  std::uint64_t torn_permille_;
  Prng prng_;
  FaultCounts& faults_;
  std::map<std::string, File> files_;
};

}  // namespace sim
