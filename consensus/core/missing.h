// What is missing, whom to ask for it, and asking again (R4).

#pragma once

#include <set>

#include "consensus/core/context.h"

namespace consensus {

// Views and bodies looked for at one time; the nearest first. The rest follows as these arrive.
inline constexpr std::size_t missing_max = 64;

// Collected anew in every step from what the rules need, so nothing is asked for longer than it
// is needed, and nothing needed is forgotten.
class Needs {
 public:
  void view(View view) { insert({.view = view, .block = {}}); }
  void body(BlockHash const& block) { insert({.view = {}, .block = block}); }
  bool full() const { return all_.size() >= missing_max; }
  std::set<Missing> const& all() const { return all_; }

 private:
  void insert(Missing const& missing) {
    if (!full()) all_.insert(missing);
  }
  std::set<Missing> all_;
};

// Asks for what has become missing; forgets what no longer is.
void seek(Context const& context, Needs const& needs);

// The fetch timer fired: what is still missing is asked for again, of the next peer.
void seek_again(Context const& context);

}  // namespace consensus
