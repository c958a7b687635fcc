// One honest validator of the model, played by the product: consensus::step and consensus::recover,
// with the shell's part (journal, timers, bodies, execution) given only what the model gives.
//
// Whatever step is not ready for is a difference: an answer to an order it has not given, a timer
// it has not armed, a vote that is not sent.

#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "consensus/core/step.h"
#include "tests/model/itf.h"

namespace model {

using Headers = std::map<BlockNumber, Header>;
using Difference = std::optional<std::string>;  // In words; nothing: as in the model.

class ValidatorReplay {
 public:
  // Heights in an epoch, as in the model; `who` is one of its five people.
  ValidatorReplay(std::size_t who, std::uint64_t epoch_blocks);

  // Gives the input that the deed is, and compares the state after it with the model's.
  Difference does(Deed const& deed, Headers const& headers, Validator const& model);

 private:
  // Of one epoch. What is left of the votes below the final view does not matter.
  struct Disk {
    consensus::BlockRef final{};
    std::optional<consensus::Certificate> finalization;
    std::vector<consensus::Verified<consensus::Certificate>> grounds;
    std::vector<consensus::Verified<consensus::Vote>> votes;
  };
  // What step has asked for in this life and not yet been given.
  struct Orders {
    std::set<consensus::TimerId> timers;
    std::set<consensus::BlockHash> bodies;
    std::set<consensus::BlockHash> stores;
    std::map<consensus::BlockHash, consensus::Execute> executions;
    std::optional<consensus::Build> build;
  };

  void begin_epoch(consensus::Epoch epoch, consensus::BlockRef root);
  void start();
  Difference give(Deed const& deed, Headers const& headers);
  Difference expire(consensus::TimerKind kind);
  Difference build(Deed const& deed, Headers const& headers);
  Difference execute(BlockNumber block, Headers const& headers);
  Difference feed(consensus::Input const& input, Headers const& headers);
  Difference drain(Headers const& headers);
  Difference obey(consensus::Output const& output);
  void order(consensus::Want const& want);
  void commit(consensus::Certificate const& finalization, Headers const& headers);
  Difference compare(Validator const& model) const;

  std::size_t who_;
  std::uint64_t epoch_blocks_;
  consensus::Config config_;
  std::optional<consensus::State> state_;  // Nothing while it is down.
  Disk disk_;
  Orders orders_;
  std::deque<consensus::Input> queue_;
  std::set<consensus::Statement> spoken_;
  Difference trouble_;
};

}  // namespace model
