// What somebody may do next with a record, as commands to type, and what happens if nobody does:
// protocol/execution/next_actions.h in the words of this wallet.
//
// Clocks in records count chain time; `at` is block time again, as people see it, on the assumption
// that the chain does not stop.

#pragma once

#include <labor/v1/record.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"
#include "wallet/json.h"

namespace wallet {

struct Step {
  std::string command;      // "labor milestone submit 7/0 --delivery HASH"
  bool waited_for = false;  // The other side, or a clock, waits for this person to choose.
};

// If nobody acts.
struct Silence {
  std::string outcome;  // "the talent is paid"
  protocol::TimeMs at;
};

struct NextSteps {
  std::vector<Step> steps;
  std::optional<Silence> silence;

  bool waits() const;  // For this person.
};

// Who looks, and when.
struct Onlooker {
  protocol::Address account;
  protocol::TimeMs block_time;
  std::uint64_t outages_ms = 0;  // Up to then.
};

protocol::TimeMs chain_time(Onlooker const& by);

// Of a dispute, what its sides may do and what a juror of the panel that sits may.
// `about` is the contract of a milestone or week, the job of a proposal; not read for others.
// Nothing for kinds of records that no table of protocol/work or protocol/justice moves.
NextSteps next_steps(labor::v1::Record const& record, labor::v1::Record const& about,
                     Onlooker const& by);

// Of one side's feedback; without a state where it has given none. `other` likewise.
NextSteps next_steps(labor::v1::Feedback const& feedback, labor::v1::Feedback const& other,
                     labor::v1::Contract const& contract, Onlooker const& by);

// Whether this wallet has words for an act: for what people do, and for what the block does.
bool has_command(std::string_view noun, std::string_view act);
bool has_outcome(std::string_view noun, std::string_view act);

// {"next": ["labor milestone accept 7/0", ...], "silence": {"outcome", "at_ms"}}
json::object to_json(NextSteps const& next);
// Lines, indented; empty if there is nothing to do or to happen.
std::string show(NextSteps const& next, protocol::TimeMs block_time);

}  // namespace wallet
