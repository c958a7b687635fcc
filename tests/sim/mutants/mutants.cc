#include "tests/sim/mutants/mutants.h"

#include <array>

#include "protocol/base/check.h"

namespace sim {
namespace {

constexpr std::array wrapped{
    WrappedMutant{"quorum-minus-one", "inputs of the core", "q - 1 votes count as a certificate.",
                  make_quorum_minus_one},
    WrappedMutant{"vote-before-sync", "journal", "Votes leave first and become durable later.",
                  make_vote_before_sync},
    WrappedMutant{"finalize-after-nullify", "core", "FINALIZE(v) although NULLIFY(v) was said.",
                  make_finalize_after_nullify},
    WrappedMutant{"double-notarize", "core",
                  "A second NOTARIZE in a view, for the second block of its leader.",
                  make_double_notarize},
    WrappedMutant{"forget-grounds", "journal",
                  "The journal keeps votes without the certificates they relied on.",
                  make_forget_grounds},
};

}  // namespace

std::span<WrappedMutant const> wrapped_mutants() {
  return wrapped;
}

MakeDeviation mutant(std::string const& name) {
  for (auto const& known : wrapped) {
    if (known.name == name) return known.make;
  }
  UNREACHABLE();
}

}  // namespace sim
