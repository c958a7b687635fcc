#include "wallet/ballot.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "protocol/execution/form.h"
#include "protocol/governance/delegation.h"
#include "protocol/governance/tally.h"
#include "protocol/governance/vote.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/proved_state.h"

namespace wallet {

using labor::v1::ASSET_LBR;
using labor::v1::Ballot;
using labor::v1::Record;
using labor::v1::Tally;
using protocol::Amount;

namespace {

// All that a ballot can have: a page of them takes a moment.
constexpr std::size_t votes_max = 10'000'000;

std::string tokens(std::uint64_t amount) {
  return show(Amount{amount}, ASSET_LBR);
}

Result<Ballot> read_ballot(Chain const& chain, std::uint64_t id) {
  Record key;
  key.mutable_ballot()->set_id(id);
  TRY(record, chain.record(key));
  if (record) return record->ballot();
  return usage("NOT_FOUND", fmt::format("There is no ballot {}.", id),
               "`labor ballot list` shows those there are.");
}

std::string why_no_tokens(state::Reader const& state, protocol::Address const& account,
                          Ballot const& ballot, governance::Weight const& weight) {
  if (weight.counted > 0) {
    auto why =
        fmt::format("{} of your own, {} of others", tokens(weight.own), tokens(weight.delegated));
    if (weight.own + weight.delegated > weight.counted) why += "; more counts for nobody";
    return why;
  }
  auto const delegate = governance::delegate_on(state, account, ballot);
  if (!delegate.empty()) return "a delegate votes with your locks";
  return "nothing that a person locked before the snapshot, until after the ballot";
}

bool same(Tally const& one, Tally const& other) {
  return one.yes() == other.yes() && one.no() == other.no() && one.veto() == other.veto() &&
         one.abstain() == other.abstain();
}

bool same_approvals(Ballot const& one, Ballot const& other) {
  return std::ranges::equal(one.approvals(), other.approvals(), [](auto const& a, auto const& b) {
    return a.tokens() == b.tokens() && a.members() == b.members();
  });
}

json::object to_json(Tally const& tally) {
  return {{"yes", fmt::format("{}", tally.yes())},
          {"no", fmt::format("{}", tally.no())},
          {"veto", fmt::format("{}", tally.veto())},
          {"abstain", fmt::format("{}", tally.abstain())}};
}

// The ballot with the tallies that these votes make.
Ballot recount(Ballot counted, std::span<Record const> votes) {
  counted.mutable_tokens()->clear_tally();
  counted.mutable_members()->clear_tally();
  for (auto& approval : *counted.mutable_approvals()) approval.Clear();
  for (auto const& record : votes) governance::add(counted, record.vote());
  return counted;
}

std::string outcome_of(Ballot const& ballot) {
  if (governance::vetoed(ballot)) return "vetoed";
  if (!governance::has_quorum(ballot)) return "a house has no quorum";
  return governance::passes(ballot) ? "passes in both houses" : "does not pass";
}

}  // namespace

Result<Facts> weight_facts(Session& session, Ballot const& ballot,
                           protocol::Address const& account) {
  TRY(chain, session.chain());
  ProvedState const state{*chain};
  auto const weight = governance::weight_of(state, account, ballot);
  auto const why = weight ? why_no_tokens(state, account, ballot, *weight) : std::string{};
  Record key;
  key.mutable_vote()->set_ballot(ballot.id());
  key.mutable_vote()->set_account(account.str());
  TRY(vote, chain->record(key));
  if (state.problem()) return std::unexpected{*state.problem()};
  if (!weight) {
    return problem(Exit::unexpected, "INTERNAL", "The chain lists a lock that it does not have.");
  }
  Facts facts{{"Your vote", fmt::format("{}: {}", tokens(weight->counted), why)}};
  auto const* const house = ballot.council() ? "on the council" : "in the members' house";
  facts.emplace_back("",
                     weight->member ? fmt::format("one {}", house) : fmt::format("none {}", house));
  if (vote) {
    facts.emplace_back("You voted",
                       state_name(*labor::v1::Choice_descriptor(), vote->vote().choice()));
  }
  return facts;
}

Result<Output> audit(Session& session, std::uint64_t id) {
  TRY(chain, session.chain());
  TRY(ballot, read_ballot(*chain, id));
  if (ballot.votes_left()) {
    return usage("VOTES_LEFT", fmt::format("The votes on ballot {} have left the state.", id),
                 "Their events are in the blocks: `labor watch --cause ballot.vote --after 0`.");
  }
  labor::v1::ListRecordsRequest request;
  request.set_index(labor::v1::RECORD_INDEX_VOTES_BY_BALLOT);
  request.set_id(id);
  TRY(votes, chain->list(request, votes_max));

  auto const counted = recount(ballot, votes);
  auto const equal = same(counted.tokens().tally(), ballot.tokens().tally()) &&
                     same(counted.members().tally(), ballot.members().tally()) &&
                     same_approvals(counted, ballot);
  if (!equal) {
    return problem(Exit::unverified, "TALLY_DIFFERS",
                   "The votes that this node shows do not add up to the ballot's tally.",
                   "If people vote right now, run it again. Else ask another node: "
                   "`--node HOST:PORT`.");
  }
  auto const outcome = outcome_of(counted);
  return Output{
      .data = json::object{{"ballot", fmt::format("{}", id)},
                           {"votes", votes.size()},
                           {"tokens", to_json(counted.tokens().tally())},
                           {"members", to_json(counted.members().tally())},
                           {"outcome", outcome}},
      .text = fmt::format("{} votes read, each proved, and counted again: they are the tally of "
                          "ballot {}, none is missing.\nBy the rules: {}.",
                          votes.size(), id, outcome)};
}

}  // namespace wallet
