// Where a record lives: a module and a logical key.
//
//   path = BLAKE2b-256[LBRkey1](module (2, big-endian) || logical key)
//
// The grammar of logical keys stands in state/keys.h, one function per record type.

#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace state {

// Each module has its own tree, so that a divergence names its module. Numbers are part of the
// state root: never renumber.
enum class Module : std::uint16_t {
  system = 1,      // parameters, counters, the last block's header facts
  accounts = 2,    // accounts, sponsors, guardians, mandates, apps
  bank = 3,        // balances, supplies, locks, grants
  talent = 4,      // profiles, handles, attestations
  work = 5,        // jobs, invitations, proposals, offers, contracts, milestones
  governance = 6,  // ballots, deposits, votes
  deadlines = 7,   // the queue; ordered
  validators = 8,  // the sets of all epochs, seats, randomness
  justice = 9,     // disputes, jurors
};

inline constexpr Module modules[] = {Module::system,    Module::accounts,   Module::bank,
                                     Module::talent,    Module::work,       Module::governance,
                                     Module::deadlines, Module::validators, Module::justice};

// Ordered modules can be walked in ascending logical key (Reader::next).
constexpr bool ordered(Module module) {
  return module == Module::deadlines;
}

struct Key {
  Module module{};
  std::string logical;

  auto operator<=>(Key const&) const = default;
};

}  // namespace state
