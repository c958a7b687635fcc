#include "consensus/shell/unsaid.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace consensus {
namespace {

// The statement that must be signed before the speech can be made.
Statement const* spoken(Send const& send) {
  if (auto const* vote = std::get_if<OwnVote>(&send.speech)) return &vote->statement;
  if (auto const* proposal = std::get_if<OwnProposal>(&send.speech)) return &proposal->statement;
  return nullptr;
}

}  // namespace

void Unsaid::keep(std::vector<Output> const& outputs, std::vector<Vote> const& votes, View floor) {
  forget(floor);
  auto const is_said = [&](Statement const& statement) {
    return std::ranges::find(votes, statement, &Vote::statement) != votes.end();
  };
  for (auto const& output : outputs) {
    Output left;
    std::ranges::remove_copy_if(output.write, std::back_inserter(left.write), is_said);
    if (left.write.empty()) continue;
    left.grounds = output.grounds;
    for (auto const& send : output.send) {
      auto const* statement = spoken(send);
      if (statement != nullptr && !is_said(*statement)) left.send.push_back(send);
    }
    outputs_.push_back(std::move(left));
  }
}

std::vector<Output> Unsaid::take(View floor) {
  forget(floor);
  return std::exchange(outputs_, {});
}

std::vector<Statement> Unsaid::statements() const {
  std::vector<Statement> all;
  for (auto const& output : outputs_) std::ranges::copy(output.write, std::back_inserter(all));
  return all;
}

void Unsaid::forget(View floor) {
  std::erase_if(outputs_, [&](Output& output) {
    std::erase_if(output.write, [&](Statement const& said) { return said.view <= floor; });
    return output.write.empty();
  });
}

}  // namespace consensus
