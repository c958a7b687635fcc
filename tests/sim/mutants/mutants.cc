#include "tests/sim/mutants/mutants.h"

#include <array>
#include <string_view>
#include <utility>

#include "protocol/base/check.h"

namespace sim {
namespace {

using Make = std::unique_ptr<Deviation> (*)(DeviationContext);

constexpr std::array<std::pair<std::string_view, Make>, 5> mutants{{
    {"quorum-minus-one", make_quorum_minus_one},
    {"vote-before-sync", make_vote_before_sync},
    {"finalize-after-nullify", make_finalize_after_nullify},
    {"double-notarize", make_double_notarize},
    {"forget-grounds", make_forget_grounds},
}};

}  // namespace

std::vector<std::string> mutant_names() {
  std::vector<std::string> names;
  for (auto const& [name, make] : mutants) names.emplace_back(name);
  return names;
}

MakeDeviation mutant(std::string const& name) {
  for (auto const& [known, make] : mutants) {
    if (known == name) return make;
  }
  UNREACHABLE();
}

}  // namespace sim
