#include "tests/sim/disk.h"

#include "protocol/base/check.h"

namespace sim {

void Disk::sync(std::string const& file) {
  auto& f = files_[file];
  f.synced = f.bytes.size();
}

void Disk::truncate(std::string const& file, std::size_t size) {
  auto& f = files_[file];
  CHECK(size <= f.bytes.size());
  f.bytes.resize(size);
  f.synced = size;
}

std::string Disk::read(std::string const& file) const {
  auto const found = files_.find(file);
  return found == files_.end() ? std::string{} : found->second.bytes;
}

void Disk::crash() {
  for (auto& [name, f] : files_) {
    auto const unsynced = f.bytes.size() - f.synced;
    if (unsynced == 0) continue;
    auto const kept =
        prng_.permille(torn_permille_) ? prng_.below(unsynced + 1) : prng_.below(2) * unsynced;
    if (kept == 0) {
      faults_.add(Fault::write_lost);
    } else if (kept < unsynced) {
      faults_.add(Fault::write_torn);
    }
    f.bytes.resize(f.synced + kept);
    f.synced = f.bytes.size();
  }
}

}  // namespace sim
