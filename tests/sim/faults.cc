#include "tests/sim/faults.h"

namespace sim {

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::message_lost:
      return "message_lost";
    case Fault::message_replayed:
      return "message_replayed";
    case Fault::message_reordered:
      return "message_reordered";
    case Fault::link_clogged:
      return "link_clogged";
    case Fault::partition_symmetric:
      return "partition_symmetric";
    case Fault::partition_one_way:
      return "partition_one_way";
    case Fault::crash_before_append:
      return "crash_before_append";
    case Fault::crash_before_sync:
      return "crash_before_sync";
    case Fault::crash_before_send:
      return "crash_before_send";
    case Fault::crash_at_rest:
      return "crash_at_rest";
    case Fault::write_lost:
      return "write_lost";
    case Fault::write_torn:
      return "write_torn";
    case Fault::clock_skewed:
      return "clock_skewed";
    case Fault::disk_slow:
      return "disk_slow";
    case Fault::read_error:
      return "read_error";
    case Fault::write_error:
      return "write_error";
    case Fault::sync_error:
      return "sync_error";
    case Fault::disk_full:
      return "disk_full";
    case Fault::process_paused:
      return "process_paused";
    case Fault::journal_damaged:
      return "journal_damaged";
    case Fault::disk_wiped:
      return "disk_wiped";
    case Fault::equivocation:
      return "equivocation";
    case Fault::double_finalization:
      return "double_finalization";
    case Fault::nulling:
      return "nulling";
    case Fault::silent_lead:
      return "silent_lead";
    case Fault::late_lead:
      return "late_lead";
    case Fault::body_withheld:
      return "body_withheld";
    case Fault::forged_proof:
      return "forged_proof";
    case Fault::old_said_again:
      return "old_said_again";
    case Fault::journal_forgotten:
      return "journal_forgotten";
    case Fault::flood:
      return "flood";
    case Fault::bad_proposal:
      return "bad_proposal";
    case Fault::garbage:
      return "garbage";
    case Fault::orphan_lead:
      return "orphan_lead";
  }
  UNREACHABLE();
}

std::string_view name_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::loss:
      return "loss";
    case Trouble::replay:
      return "replay";
    case Trouble::clogging:
      return "clogging";
    case Trouble::jitter:
      return "jitter";
    case Trouble::slow_disks:
      return "slow-disks";
    case Trouble::torn_writes:
      return "torn-writes";
    case Trouble::skew:
      return "skew";
    case Trouble::lies:
      return "lies";
    case Trouble::load:
      return "load";
  }
  UNREACHABLE();
}

std::optional<Trouble> trouble_named(std::string_view name) {
  for (std::size_t i = 0; i < troubles; ++i) {
    auto const trouble = static_cast<Trouble>(i);
    if (name_of(trouble) == name) return trouble;
  }
  return std::nullopt;
}

void leave_out(FaultRates& rates, Trouble trouble) {
  switch (trouble) {
    case Trouble::loss:
      rates.loss_permille = 0;
      return;
    case Trouble::replay:
      rates.replay_permille = 0;
      return;
    case Trouble::clogging:
      rates.clog_permille = 0;
      return;
    case Trouble::jitter:
      rates.delay_mean_us = 0;
      return;
    case Trouble::slow_disks:
      rates.slow_disk_permille = 0;
      return;
    case Trouble::torn_writes:
      rates.torn_permille = 0;
      return;
    case Trouble::skew:
      rates.skew_max_us = 0;
      return;
    case Trouble::lies:
    case Trouble::load:
      return;  // Not of the weather: the world leaves them out.
  }
  UNREACHABLE();
}

FaultRates draw_fault_rates(Prng& prng) {
  constexpr std::uint64_t ms = 1000;
  constexpr std::uint64_t s = 1000 * ms;
  FaultRates rates;
  rates.loss_permille = prng.below(301);
  rates.replay_permille = prng.below(501);
  rates.clog_permille = prng.below(21);
  rates.clog_mean_us = prng.between(10 * ms, 5 * s);
  rates.delay_min_us = prng.between(50, 20 * ms);
  rates.delay_mean_us = prng.between(100, 100 * ms);
  if (!prng.one_in(4)) rates.partition_every_us = prng.between(2 * s, 20 * s);
  rates.partition_mean_us = prng.between(100 * ms, 5 * s);
  if (!prng.one_in(8)) rates.crash_every_us = prng.between(500 * ms, 10 * s);
  rates.down_mean_us = prng.between(10 * ms, 5 * s);
  if (prng.one_in(3)) rates.pause_every_us = prng.between(1 * s, 20 * s);
  rates.pause_mean_us = prng.between(50 * ms, 2 * s);
  if (prng.one_in(2)) rates.disk_trouble_every_us = prng.between(1 * s, 20 * s);
  if (prng.one_in(3)) rates.key_loss_every_us = prng.between(1 * s, 20 * s);
  rates.sync_mean_us = prng.between(50, 10 * ms);
  rates.slow_disk_permille = prng.below(21);
  rates.slow_disk_mean_us = prng.between(10 * ms, 1 * s);
  rates.torn_permille = prng.between(300, 1000);
  rates.skew_max_us = prng.one_in(4) ? 8 * s : 400 * ms;
  return rates;
}

}  // namespace sim
