// What can go wrong, how often it goes wrong under one seed, and how often it did.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tests/sim/counts.h"
#include "tests/support/prng.h"

namespace sim {

enum class Fault : std::uint8_t {
  message_lost,
  message_replayed,
  message_reordered,
  link_clogged,
  partition_symmetric,
  partition_one_way,
  crash_before_append,
  crash_before_sync,
  crash_before_send,
  crash_at_rest,
  write_lost,  // An unsynced write that a crash took.
  write_torn,  // An unsynced write of which a crash left a part.
  clock_skewed,
  disk_slow,
  // The disk fails: the node stops and says why, and its operator starts it again.
  read_error,
  write_error,
  sync_error,
  disk_full,
  process_paused,
  // What spends the key: the node may only observe from here on.
  journal_damaged,
  disk_wiped,
  // What Byzantine validators do: tests/sim/byzantine.
  equivocation,
  double_finalization,
  nulling,
  silent_lead,
  late_lead,
  body_withheld,
  forged_proof,
  old_said_again,
  journal_forgotten,
  flood,
  bad_proposal,
  garbage,
  orphan_lead,
};
inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(Fault::orphan_lead) + 1;

std::string_view name_of(Fault fault);

using FaultCounts = Counts<Fault, fault_kinds>;

// The weather of one seed: drawn once, so that some seeds are stormy and some nearly calm.
struct FaultRates {
  // Network, per packet.
  std::uint64_t loss_permille = 0;
  std::uint64_t replay_permille = 0;
  std::uint64_t clog_permille = 0;
  std::uint64_t clog_mean_us = 0;
  std::uint64_t delay_min_us = 0;
  std::uint64_t delay_mean_us = 0;  // On top of the least.
  // Mean time from one to the next; 0: never.
  std::uint64_t partition_every_us = 0;
  std::uint64_t partition_mean_us = 0;
  std::uint64_t crash_every_us = 0;
  std::uint64_t down_mean_us = 0;
  std::uint64_t pause_every_us = 0;
  std::uint64_t pause_mean_us = 0;
  std::uint64_t disk_trouble_every_us = 0;
  std::uint64_t key_loss_every_us = 0;
  // Disk.
  std::uint64_t sync_mean_us = 0;
  std::uint64_t slow_disk_permille = 0;  // Of orders to the execution thread.
  std::uint64_t slow_disk_mean_us = 0;
  std::uint64_t torn_permille = 0;  // Of crashes with unsynced writes.
  // Clocks: the furthest one may be off, either way.
  std::uint64_t skew_max_us = 0;
};

FaultRates draw_fault_rates(Prng& prng);

// What a run can be repeated without, to see whether it matters.
enum class Trouble : std::uint8_t {
  loss,
  replay,
  clogging,
  jitter,
  slow_disks,
  torn_writes,
  skew,
  lies,  // Byzantine validators keep to the rules.
  load,  // One person is left.
};
inline constexpr std::size_t troubles = static_cast<std::size_t>(Trouble::load) + 1;

std::string_view name_of(Trouble trouble);

std::optional<Trouble> trouble_named(std::string_view name);

void leave_out(FaultRates& rates, Trouble trouble);

}  // namespace sim
