// Short words for tests about consensus: blocks by letter, votes and certificates without keys,
// and a story that feeds one core and says in one line what came out.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consensus/certificate/attestation.h"
#include "consensus/core/step.h"

namespace consensus::words {

// block('A') is 32 times 'A'; the root of every test epoch is block('r').
BlockHash block(char name);
ValidatorIndex validator(std::size_t index);
ValidatorSet set_of(std::size_t count);

// Epoch 0, so leader(v) = v mod n. Nobody: an observer.
Config config_of(std::size_t validators, std::optional<std::size_t> self);

struct On {
  std::uint64_t parent_view = 0;
  std::uint64_t height = 1;
};
Statement notarize(std::uint64_t view, char name, On on = {});
Statement finalize(std::uint64_t view, char name, On on = {});
Statement nullify(std::uint64_t view);

Verified<Vote> vote(std::size_t voter, Statement const& statement);
// Signed by validators 0 .. q-1 of `validators`.
Verified<Certificate> certificate(Statement const& statement, std::size_t validators = 4);
Verified<Proposal> proposal(std::uint64_t view, char name, On on = {}, char parent = 'r',
                            Proposal::Form form = Proposal::Form::sound,
                            std::size_t validators = 4);
// A boundary block that `proposer` had made on the root, proposed again in `view`.
Verified<Proposal> proposal_again(std::uint64_t view, char name, On on, std::size_t proposer);
Executed executed(std::uint64_t view, char name, Verdict verdict = Verdict::valid);
TimerFired fired(TimerKind kind, std::uint64_t view = 0);

// One core, told one thing after another.
class Story {
 public:
  explicit Story(Config const& config);
  Story(Config config, Recovered const& recovered);

  // Everything that comes out, as the trace has it, with blocks by letter and the epoch left out:
  // "write=[v=1 kind=nullify] ..."; nothing for nothing.
  std::string tell(Input const& input);
  // The same; own votes return at once, as from the runner, until nothing more is written.
  std::string tell_all(Input const& input);

  State& state() { return state_; }
  Config const& config() const { return config_; }

 private:
  Config config_;
  State state_;
};

// What a node starts from that has no past.
Recovered nothing_yet(Config const& config);

}  // namespace consensus::words
