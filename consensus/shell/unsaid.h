// What the core wrote and the signer did not sign (R18): the core takes it for said, so that it
// says nothing that contradicts it; nobody has heard it, so it is ordered again when the signer is
// back.
//
// Bounded like the core's own votes: what a final view settles is dropped.

#pragma once

#include <vector>

#include "consensus/core/output.h"

namespace consensus {

class Unsaid {
 public:
  // Of `outputs`, what was to be said and is not among `votes`.
  void keep(std::vector<Output> const& outputs, std::vector<Vote> const& votes, View floor);
  // All that is above the floor, to be obeyed again; it is kept no longer.
  std::vector<Output> take(View floor);

  std::vector<Statement> statements() const;
  bool empty() const { return outputs_.empty(); }

 private:
  void forget(View floor);

  std::vector<Output> outputs_;  // Their grounds, statements and the speeches that need those.
};

}  // namespace consensus
