#include "node/api/consensus_message.h"

#include <algorithm>

#include "protocol/base/check.h"

namespace node {

using namespace labor::v1;  // This file makes its messages.

namespace {

using consensus::VoteKind;
using protocol::ValidatorIndex;

ValidatorIndex at(std::size_t index) {
  return ValidatorIndex{static_cast<std::uint8_t>(index)};
}

// By the consensus key that a peer has proved; before it has, by the node key that the set and this
// node's settings both name.
std::vector<Link> links_of(ConsensusReport const& report, ReportedBy const& by) {
  std::vector<Link> links(report.situation.peers.size());
  for (std::size_t i = 0; i < links.size() && i < report.members.size(); ++i) {
    auto const& member = report.members[i];
    auto const peer = std::ranges::find_if(by.peers, [&](PeerStatus const& each) {
      return each.key ? *each.key == member.key : each.node_key == member.node_key;
    });
    if (member.key == by.consensus_key) {
      links[i].kind = Link::Kind::here;
    } else if (peer != by.peers.end()) {
      links[i] = {.kind = peer->connected ? Link::Kind::connected : Link::Kind::away,
                  .since_ms = peer->since_ms};
    }
  }
  return links;
}

void add_polls(GetConsensusResponse& response, ConsensusReport const& report) {
  for (auto const& [statement, voters] : report.situation.polls) {
    auto& poll = *response.add_polls();
    poll.set_vote(name_of(statement.kind));
    poll.set_view(statement.view.value());
    if (statement.kind != VoteKind::nullify) {
      poll.set_height(statement.height.value());
      poll.set_block(statement.block.str());
    }
    for (std::size_t i = 0; i < report.situation.peers.size(); ++i) {
      auto& names = voters.contains(at(i)) ? *poll.mutable_voted() : *poll.mutable_missing();
      *names.Add() = name_of(report.members, at(i));
    }
  }
}

void add_views(GetConsensusResponse& response, consensus::Situation const& situation) {
  response.set_views_above_final(situation.passed_views);
  for (auto const& passed : situation.passed) {
    auto& view = *response.add_views();
    view.set_view(passed.view.value());
    if (passed.notarized) {
      view.set_notarized_block(passed.notarized->block.str());
      view.set_height(passed.notarized->height.value());
    }
    view.set_nullified(passed.nullified);
    view.set_stored(passed.stored);
    view.set_executed(passed.executed);
    if (passed.notarize) view.add_said(name_of(VoteKind::notarize));
    if (passed.nullify) view.add_said(name_of(VoteKind::nullify));
    if (passed.finalize) view.add_said(name_of(VoteKind::finalize));
  }
}

void add_missing(GetConsensusResponse& response, ConsensusReport const& report) {
  for (auto const& [what, search] : report.situation.missing) {
    auto& missing = *response.add_missing();
    if (what.view) missing.set_view(what.view->value());
    if (what.block) missing.set_block(what.block->str());
    if (search.asked) missing.set_asked(name_of(report.members, *search.asked));
    missing.set_times_asked(search.times_asked);
  }
}

void add_validators(GetConsensusResponse& response, ConsensusReport const& report,
                    std::vector<Link> const& links) {
  for (std::size_t i = 0; i < links.size(); ++i) {
    auto const& peer = report.situation.peers[i];
    auto& validator = *response.add_validators();
    validator.set_name(name_of(report.members, at(i)));
    validator.set_this_node(links[i].kind == Link::Kind::here);
    validator.set_connected(links[i].kind == Link::Kind::connected);
    validator.set_since_ms(links[i].since_ms);
    validator.set_view(peer.view.value());
    validator.set_silent_views(peer.silent_views);
    validator.set_inactive(peer.inactive);
  }
}

void add_conflicts(GetConsensusResponse& response, ConsensusReport const& report) {
  for (auto const& held : report.accusations) {
    auto const& said = held.conflict.first.statement;
    auto& conflict = *response.add_conflicts();
    conflict.set_name(held.name);
    conflict.set_epoch(said.epoch.value());
    conflict.set_view(said.view.value());
    conflict.set_first(name_of(said.kind));
    conflict.set_second(name_of(held.conflict.second.statement.kind));
    conflict.set_noticed(held.noticed);
    conflict.set_evidence_sent(held.sent);
    conflict.set_settled(held.settled);
  }
}

void add_unsigned(GetConsensusResponse& response, ConsensusReport const& report) {
  for (auto const& statement : report.unsigned_votes) {
    auto& vote = *response.add_unsigned_votes();
    vote.set_vote(name_of(statement.kind));
    vote.set_view(statement.view.value());
  }
}

std::string observes_because(ConsensusReport const& report, ReportedBy const& by) {
  if (report.situation.self) return {};
  if (!by.observes_because.empty()) return by.observes_because;
  return "its consensus key is not among the validators of this epoch";
}

void add_work(GetConsensusResponse& response, consensus::Reasons const& reasons) {
  auto& work = *response.mutable_work();
  work.set_transactions(reasons.transactions);
  work.set_due(reasons.due);
  work.set_proposal(reasons.proposal);
  work.set_others(reasons.others);
  work.set_unsettled(reasons.unsettled);
}

}  // namespace

GetConsensusResponse to_message(ConsensusReport const& report, ReportedBy const& by) {
  auto const& now = report.situation;
  auto const links = links_of(report, by);
  GetConsensusResponse response;
  response.set_waits_for(why_it_waits(report, links));
  response.set_node(by.node_name);
  response.set_votes(now.self.has_value());
  response.set_observes_because(observes_because(report, by));
  response.set_epoch(now.epoch.value());
  response.set_view(now.view.value());
  response.set_view_age_ms(report.view_age_ms);
  response.set_leader(name_of(report.members, now.leader));
  response.set_leader_inactive(now.peers.at(now.leader.value()).inactive);
  response.set_quorum(static_cast<std::uint32_t>(now.quorum));
  response.set_final_view(now.final.view.value());
  response.set_final_height(now.final.height.value());
  response.set_final_block(now.final.block.str());
  if (report.final_age_ms) {
    response.set_final_age_ms(std::max<std::uint64_t>(1, *report.final_age_ms));
  }
  response.set_committed_height(now.committed_height.value());
  response.set_backoff_level(now.backoff_level);
  response.set_leader_timeout_ms(now.timeouts.leader_ms);
  response.set_advance_timeout_ms(now.timeouts.advance_ms);
  for (auto const& [id, due_in_ms] : report.timers) {
    auto& timer = *response.add_timers();
    timer.set_name(name_of(id.kind));
    timer.set_due_in_ms(due_in_ms);
  }
  add_work(response, now.work);
  add_polls(response, report);
  add_views(response, now);
  add_missing(response, report);
  add_validators(response, report, links);
  add_conflicts(response, report);
  add_unsigned(response, report);
  return response;
}

}  // namespace node
