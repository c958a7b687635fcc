#include "tests/sim/faults.h"

#include <iterator>

namespace sim {

namespace {

struct Named {
  Fault fault;
  std::string_view name;
};
constexpr Named names[] = {
    {Fault::message_lost, "message_lost"},
    {Fault::message_replayed, "message_replayed"},
    {Fault::message_reordered, "message_reordered"},
    {Fault::link_clogged, "link_clogged"},
    {Fault::partition_symmetric, "partition_symmetric"},
    {Fault::partition_one_way, "partition_one_way"},
    {Fault::crash_before_append, "crash_before_append"},
    {Fault::crash_before_sync, "crash_before_sync"},
    {Fault::crash_before_send, "crash_before_send"},
    {Fault::crash_at_rest, "crash_at_rest"},
    {Fault::write_lost, "write_lost"},
    {Fault::write_torn, "write_torn"},
    {Fault::clock_skewed, "clock_skewed"},
    {Fault::disk_slow, "disk_slow"},
    {Fault::read_error, "read_error"},
    {Fault::write_error, "write_error"},
    {Fault::sync_error, "sync_error"},
    {Fault::disk_full, "disk_full"},
    {Fault::process_paused, "process_paused"},
    {Fault::journal_damaged, "journal_damaged"},
    {Fault::disk_wiped, "disk_wiped"},
    {Fault::equivocation, "equivocation"},
    {Fault::double_finalization, "double_finalization"},
    {Fault::nulling, "nulling"},
    {Fault::silent_lead, "silent_lead"},
    {Fault::late_lead, "late_lead"},
    {Fault::body_withheld, "body_withheld"},
    {Fault::forged_proof, "forged_proof"},
    {Fault::old_said_again, "old_said_again"},
    {Fault::journal_forgotten, "journal_forgotten"},
    {Fault::flood, "flood"},
    {Fault::bad_proposal, "bad_proposal"},
    {Fault::garbage, "garbage"},
    {Fault::orphan_lead, "orphan_lead"},
};

static_assert(std::size(names) == fault_kinds);

}  // namespace

std::string_view name_of(Fault fault) {
  for (auto const& named : names) {
    if (named.fault == fault) return named.name;
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
