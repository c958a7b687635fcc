// The simulated disk of one node, behind the same port as the machine's own, so that the real
// journal, block log and database run on it. It outlives the node's crashes.
//
// What was written is certain only after sync. A crash decides the fate of each write since then:
// it is there, it is lost, or only its first bytes are there. Names are durable at once.
//
// With the power off every call succeeds and does nothing, for nobody will ever see its result.
// Calls fail only as they are told to, with a DiskError as the machine's own would give; and with a
// full disk whatever needs room that is not reserved yet.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "node/store/disk.h"
#include "tests/sim/faults.h"
#include "tests/sim/power.h"
#include "tests/support/disk_env.h"
#include "tests/support/prng.h"

namespace sim {

enum class DiskCall : std::uint8_t { read, write, sync };

// What a node's last words become: thrown to the one who runs the seed, because stop() must not
// return.
struct Stopped {
  std::string message;
};

class SimulatedDisk final : public testing_support::RenamingDisk {
 public:
  SimulatedDisk(FaultRates const& rates, Prng prng, FaultCounts& faults)
      : torn_permille_{rates.torn_permille}, prng_{prng}, faults_{faults} {}

  // A new life begins: `power` must outlive its files.
  void boot(Power& power) { power_ = &power; }

  // The life is over and its files are closed.
  void crash();

  // The next call of this kind fails, but for `skip` before it.
  void fail_next(DiskCall call, std::uint64_t skip) { trouble_ = {{call, skip}}; }
  void fill() { full_ = true; }
  // From here on nothing fails.
  void mend();

  // Nobody has a file open. Changes a byte of the journal that has whole frames after it; false
  // where there is none.
  bool damage_journal(std::string const& folder);
  void wipe_all() { files_.clear(); }

  node::DiskResult<std::unique_ptr<node::File>> open(std::filesystem::path const& path) override;
  node::DiskResult<void> create_folder(std::filesystem::path const&) override { return {}; }
  node::DiskResult<std::vector<std::string>> list(std::filesystem::path const& folder) override;
  node::DiskResult<void> remove(std::filesystem::path const& path) override;
  node::DiskResult<void> sync_folder(std::filesystem::path const&) override { return {}; }
  node::DiskResult<void> rename(std::filesystem::path const& from,
                                std::filesystem::path const& to) override;
  bool exists(std::filesystem::path const& path) const override {
    return files_.contains(path.string());
  }
  leveldb::Env& database_env() override { return env_; }
  void run_background() { env_.run_background(); }
  // A database that goes with the life must not wait for what nobody would do any more.
  [[noreturn]] void stop(std::string const& message) override {
    env_.run_background();
    throw Stopped{message};
  }

 private:
  class OpenFile;
  struct Write {
    std::uint64_t offset = 0;
    std::string bytes;
  };
  struct Content {
    std::string seen;     // What a read returns.
    std::string durable;  // What was there at the last sync.
    std::vector<Write> since;
  };
  std::optional<node::DiskError> meets(DiskCall call, std::string const& path);
  std::optional<node::DiskError> lacks_room(std::string const& path);
  static void put(std::string& content, std::uint64_t offset, std::string_view bytes);

  testing_support::DiskEnv env_{*this};
  std::uint64_t torn_permille_;
  Prng prng_;
  FaultCounts& faults_;
  Power* power_ = nullptr;
  std::optional<std::pair<DiskCall, std::uint64_t>> trouble_;
  bool full_ = false;
  std::map<std::string, std::shared_ptr<Content>> files_;
};

}  // namespace sim
