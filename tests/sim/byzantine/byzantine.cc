#include "tests/sim/byzantine/byzantine.h"

namespace sim {

std::vector<Byzantine> const& byzantine_kinds() {
  static std::vector<Byzantine> const kinds{
      {"equivocator", make_equivocator}, {"double-finalizer", make_double_finalizer},
      {"nuller", make_nuller},           {"silent-leader", make_silent_leader},
      {"late-leader", make_late_leader}, {"withholder", make_withholder},
      {"forger", make_forger},           {"replayer", make_replayer},
      {"amnesiac", make_amnesiac},       {"flooder", make_flooder},
      {"bungler", make_bungler},         {"babbler", make_babbler},
      {"orphaner", make_orphaner},
  };
  return kinds;
}

}  // namespace sim
