// Validators that break the rules, each in its own way. All but what they lie about is the product:
// they follow the chain, and their blocks are good ones.
//
//   equivocator       two blocks a view that it leads, and every vote for all it sees
//   double-finalizer  FINALIZE for each block it sees, and for one that nobody has
//   nuller            NULLIFY of every view as soon as it is there, and its other votes too
//   silent-leader     never proposes
//   late-leader       proposes when the others have nearly, or have, given up
//   withholder        shows its blocks to as few as can notarize them, and answers no request
//   forger            certificates with signatures that it has made up
//   replayer          says again what others and it said long ago
//   amnesiac          forgets with each crash what it has signed
//   flooder           votes for views far away, and requests for what does not exist
//   bungler           leads with blocks that are wrong, in each way that R8 names
//   babbler           sends bytes that are no message
//   orphaner          leads with a block whose parent is not notarized

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sim/deviation.h"

namespace sim {

using MakeDeviation = std::function<std::unique_ptr<Deviation>(DeviationContext)>;

struct Byzantine {
  std::string_view name;
  std::unique_ptr<Deviation> (*make)(DeviationContext);
};

std::vector<Byzantine> const& byzantine_kinds();

std::unique_ptr<Deviation> make_equivocator(DeviationContext context);
std::unique_ptr<Deviation> make_double_finalizer(DeviationContext context);
std::unique_ptr<Deviation> make_nuller(DeviationContext context);
std::unique_ptr<Deviation> make_silent_leader(DeviationContext context);
std::unique_ptr<Deviation> make_late_leader(DeviationContext context);
std::unique_ptr<Deviation> make_withholder(DeviationContext context);
std::unique_ptr<Deviation> make_forger(DeviationContext context);
std::unique_ptr<Deviation> make_replayer(DeviationContext context);
std::unique_ptr<Deviation> make_amnesiac(DeviationContext context);
std::unique_ptr<Deviation> make_flooder(DeviationContext context);
std::unique_ptr<Deviation> make_bungler(DeviationContext context);
std::unique_ptr<Deviation> make_babbler(DeviationContext context);
std::unique_ptr<Deviation> make_orphaner(DeviationContext context);

}  // namespace sim
