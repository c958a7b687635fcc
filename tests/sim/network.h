// The simulated network: a link in each direction between every two nodes, each of which loses,
// replays, delays, reorders and clogs what is sent on it, and can be cut.
//
// A payload is the encoded message and is shared, never copied. Nothing is ever delivered inside
// send(): delivery is an event of its own.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/event_queue.h"
#include "tests/sim/faults.h"
#include "tests/support/prng.h"

namespace sim {

using Payload = std::shared_ptr<std::string const>;

struct Packet {
  std::size_t from = 0;
  std::size_t to = 0;
  Payload payload;
};

class Network {
 public:
  using Deliver = std::function<void(Packet const&)>;

  Network(std::size_t nodes, FaultRates const& rates, Prng prng, EventQueue& events,
          FaultCounts& faults, Deliver deliver);

  // False where the packet is lost from the start.
  bool send(Packet const& packet);

  // Two sides that do not hear one another; one way: side `a` is heard by nobody outside it.
  struct Partition {
    std::vector<bool> a;  // Per node, whether it is on side a.
    bool one_way = false;
  };
  void cut(Partition const& partition);
  void mend();
  // Whether a partition stands among those that are not healed.
  bool is_cut() const;

  // This node hears nobody and is heard by nobody, whatever is cut and mended, until it is back.
  void set_apart(std::size_t node) { apart_ = node; }
  void bring_back() { apart_.reset(); }

  // From here on the links among `core` neither lose nor cut anything, and are quick. All other
  // links stay as they are.
  void heal(std::vector<bool> const& core);

 private:
  struct Link {
    bool cut = false;
    bool healed = false;
    std::uint64_t clogged_until_us = 0;
    std::uint64_t last_arrival_us = 0;
    std::size_t in_flight = 0;
  };
  // What is more than this is lost: a sender's queue is bounded too.
  static constexpr std::size_t in_flight_max = 1024;

  Link& link(std::size_t from, std::size_t to) { return links_[from * nodes_ + to]; }
  // Whether a cut link, or a node set apart, keeps the packet from its receiver.
  bool blocked(Packet const& packet);
  std::uint64_t draw_delay_us(Link& link);
  void carry(Link& link, Packet const& packet);

  std::size_t nodes_;
  FaultRates rates_;
  Prng prng_;
  EventQueue& events_;
  FaultCounts& faults_;
  Deliver deliver_;
  std::vector<Link> links_;
  std::optional<std::size_t> apart_;
};

}  // namespace sim
