#include "tests/sim/network.h"

#include <algorithm>
#include <utility>

namespace sim {

Network::Network(std::size_t nodes, FaultRates const& rates, Prng prng, EventQueue& events,
                 FaultCounts& faults, Deliver deliver)
    : nodes_{nodes},
      rates_{rates},
      prng_{prng},
      events_{events},
      faults_{faults},
      deliver_{std::move(deliver)},
      links_(nodes * nodes) {}

bool Network::send(Packet const& packet) {
  auto& l = link(packet.from, packet.to);
  if (l.healed) {
    carry(l, packet);
    return true;
  }
  if (blocked(packet)) return false;
  if (prng_.permille(rates_.loss_permille) || l.in_flight >= in_flight_max) {
    faults_.add(Fault::message_lost);
    return false;
  }
  carry(l, packet);
  if (prng_.permille(rates_.replay_permille)) {
    faults_.add(Fault::message_replayed);
    carry(l, packet);
  }
  return true;
}

bool Network::blocked(Packet const& packet) {
  if (apart_ == packet.from || apart_ == packet.to) return true;
  auto const& l = link(packet.from, packet.to);
  return l.cut && !l.healed;
}

bool Network::is_cut() const {
  return std::ranges::any_of(links_, [](Link const& l) { return l.cut && !l.healed; });
}

std::uint64_t Network::draw_delay_us(Link& l) {
  if (l.healed) return 500 + prng_.below(500);
  if (prng_.permille(rates_.clog_permille)) {
    faults_.add(Fault::link_clogged);
    l.clogged_until_us = events_.now_us() + prng_.around(rates_.clog_mean_us);
  }
  auto const delay = rates_.delay_min_us + prng_.around(rates_.delay_mean_us);
  auto const free_us = std::max(l.clogged_until_us, events_.now_us());
  return free_us - events_.now_us() + delay;
}

void Network::carry(Link& l, Packet const& packet) {
  auto const delay_us = draw_delay_us(l);
  auto const arrival_us = events_.now_us() + delay_us;
  if (arrival_us < l.last_arrival_us) faults_.add(Fault::message_reordered);
  l.last_arrival_us = std::max(l.last_arrival_us, arrival_us);
  ++l.in_flight;
  events_.after(delay_us, [this, packet] {
    --link(packet.from, packet.to).in_flight;
    if (blocked(packet)) return;
    deliver_(packet);
  });
}

void Network::cut(Partition const& partition) {
  for (std::size_t from = 0; from < nodes_; ++from) {
    for (std::size_t to = 0; to < nodes_; ++to) {
      bool const crosses = partition.a[from] != partition.a[to];
      if (crosses && (partition.a[from] || !partition.one_way)) link(from, to).cut = true;
    }
  }
  faults_.add(partition.one_way ? Fault::partition_one_way : Fault::partition_symmetric);
}

void Network::mend() {
  for (auto& l : links_) l.cut = false;
}

void Network::heal(std::vector<bool> const& core) {
  for (std::size_t from = 0; from < nodes_; ++from) {
    for (std::size_t to = 0; to < nodes_; ++to) {
      if (core[from] && core[to]) link(from, to).healed = true;
    }
  }
}

}  // namespace sim
