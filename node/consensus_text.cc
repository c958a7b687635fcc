#include "node/consensus_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "node/engine/consensus_report.h"
#include "protocol/base/hex.h"

namespace node {
namespace {

using consensus::TimerKind;
using labor::v1::GetConsensusResponse;

std::string short_hash(std::string const& block) {
  return base::hex(block).substr(0, 8);
}

// "14:02:11Z": as the log says it.
std::string clock_text(std::uint64_t time_ms) {
  constexpr std::uint64_t day_s = 24ull * 3600;
  auto const second = time_ms / 1000 % day_s;
  return fmt::format("{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
}

std::string list(google::protobuf::RepeatedPtrField<std::string> const& names) {
  return names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "));
}

// One line each, the first after the title and the others below it.
std::string block_of(std::string_view title, std::vector<std::string> const& lines) {
  std::string text;
  for (auto const& line : lines) {
    text += fmt::format("{:<11}{}\n", text.empty() ? title : "", line);
  }
  return text;
}

std::string node_text(GetConsensusResponse const& now) {
  if (now.votes()) return now.node() + ", votes";
  auto const& why = now.observes_because();
  return now.node() + ", observes and does not vote" + (why.empty() ? "" : ": " + why);
}

std::string view_text(GetConsensusResponse const& now) {
  return fmt::format("{} of epoch {}, entered {} ago, leader {}{}", now.view(), now.epoch(),
                     duration_text(now.view_age_ms()), now.leader(),
                     now.leader_inactive() ? " (inactive: not waited for)" : "");
}

std::string final_text(GetConsensusResponse const& now) {
  auto text = fmt::format("height {}, block {}, of view {}", now.final_height(),
                          short_hash(now.final_block()), now.final_view());
  text += now.final_age_ms() > 0 ? fmt::format(", {} ago", duration_text(now.final_age_ms()))
                                 : ", before this node started";
  if (now.committed_height() < now.final_height()) {
    text += fmt::format("; in the database: height {}", now.committed_height());
  }
  return text;
}

std::string work_text(labor::v1::ConsensusWork const& work) {
  std::vector<std::string_view> reasons;
  if (work.transactions()) reasons.emplace_back("transactions");
  if (work.due()) reasons.emplace_back("a deadline or the heartbeat is due");
  if (work.proposal()) reasons.emplace_back("the leader's proposal");
  if (work.others()) reasons.emplace_back("others speak in this view");
  if (work.unsettled()) reasons.emplace_back("a notarized block is not final");
  return reasons.empty() ? "none" : fmt::format("{}", fmt::join(reasons, ", "));
}

std::string pace_text(GetConsensusResponse const& now) {
  std::vector<std::string> parts;
  for (auto const& timer : now.timers()) {
    parts.push_back(fmt::format("{} in {}", timer.name(), duration_text(timer.due_in_ms())));
  }
  auto const running = std::ranges::any_of(
      now.timers(), [](auto const& timer) { return timer.name() == name_of(TimerKind::advance); });
  if (!running && now.advance_timeout_ms() == 0) {
    parts.emplace_back("with work this view is given up at once");
  } else if (!running) {
    parts.push_back(fmt::format("with work {} is {}, {} is {}", name_of(TimerKind::leader),
                                duration_text(now.leader_timeout_ms()), name_of(TimerKind::advance),
                                duration_text(now.advance_timeout_ms())));
  }
  parts.push_back(fmt::format("back-off level {}", now.backoff_level()));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::vector<std::string> quorum_lines(GetConsensusResponse const& now) {
  if (now.validators().empty()) return {};
  auto const here = std::ranges::count_if(now.validators(), [&](auto const& validator) {
    return validator.connected() || (validator.this_node() && now.votes());
  });
  auto const itself = now.votes() ? ", this node included" : "";
  return {fmt::format("{} of {} validators connected{}; {} needed", here, now.validators_size(),
                      itself, now.quorum())};
}

std::vector<std::string> poll_lines(GetConsensusResponse const& now) {
  std::vector<std::string> lines;
  for (auto const& poll : now.polls()) {
    auto const block = poll.block().empty() ? std::string{}
                                            : fmt::format(" height {} block {}", poll.height(),
                                                          short_hash(poll.block()));
    lines.push_back(fmt::format("view {} {}{}: {} of {}: {}; missing {}", poll.view(), poll.vote(),
                                block, poll.voted_size(), now.quorum(), list(poll.voted()),
                                list(poll.missing())));
  }
  return lines;
}

std::string passed_line(labor::v1::ConsensusView const& view) {
  std::vector<std::string> parts;
  if (!view.notarized_block().empty()) {
    parts.push_back(fmt::format(
        "notarized height {} block {}, {}, {}", view.height(), short_hash(view.notarized_block()),
        view.stored() ? "stored" : "not stored", view.executed() ? "executed" : "not executed"));
  }
  if (view.nullified()) parts.emplace_back("nullified");
  if (parts.empty()) parts.emplace_back("no certificate here");
  if (view.said_size() > 0) parts.push_back("said " + list(view.said()));
  return fmt::format("view {} {}", view.view(), fmt::join(parts, "; "));
}

std::vector<std::string> passed_lines(GetConsensusResponse const& now) {
  std::vector<std::string> lines;
  auto const shown = static_cast<std::uint64_t>(now.views_size());
  if (shown < now.views_above_final()) {
    lines.push_back(
        fmt::format("{} views above the final one, the last {}:", now.views_above_final(), shown));
  }
  for (auto const& view : now.views()) lines.push_back(passed_line(view));
  return lines;
}

std::vector<std::string> missing_lines(GetConsensusResponse const& now) {
  std::vector<std::string> lines;
  for (auto const& missing : now.missing()) {
    auto const what = missing.block().empty()
                          ? fmt::format("certificates of view {}", missing.view())
                          : fmt::format("body of block {}", short_hash(missing.block()));
    lines.push_back(missing.asked().empty() ? what + ", nobody to ask"
                                            : fmt::format("{}, asked of {}, {} times so far", what,
                                                          missing.asked(), missing.times_asked()));
  }
  return lines;
}

std::vector<std::string> unsigned_lines(GetConsensusResponse const& now) {
  std::vector<std::string> votes;
  for (auto const& vote : now.unsigned_votes()) {
    votes.push_back(fmt::format("{} of view {}", vote.vote(), vote.view()));
  }
  if (votes.empty()) return votes;
  return {fmt::format("{}: said once the signer is back", fmt::join(votes, ", "))};
}

std::string validator_line(labor::v1::ConsensusValidator const& validator, std::uint64_t clock_ms,
                           std::size_t width) {
  auto line = fmt::format("{:<{}}", validator.name(), width + 2);
  if (validator.this_node()) return line + "this node";
  auto const since = clock_text(clock_ms - std::min(clock_ms, validator.since_ms()));
  line += fmt::format("{} for {} (since {})", validator.connected() ? "connected" : "NOT connected",
                      duration_text(validator.since_ms()), since);
  if (validator.view() > 0) line += fmt::format(", has shown view {}", validator.view());
  if (validator.inactive()) {
    line += ", inactive as a leader";
  } else if (validator.silent_views() > 0) {
    line += fmt::format(", silent in {} views", validator.silent_views());
  }
  return line;
}

std::vector<std::string> validator_lines(GetConsensusResponse const& now, std::uint64_t clock_ms) {
  std::size_t width = 0;
  for (auto const& validator : now.validators()) width = std::max(width, validator.name().size());
  std::vector<std::string> lines;
  for (auto const& validator : now.validators()) {
    lines.push_back(validator_line(validator, clock_ms, width));
  }
  return lines;
}

std::string conflict_line(labor::v1::ConsensusConflict const& conflict) {
  return fmt::format(
      "{} signed {} and {} of view {} of epoch {}, which no honest validator does (such votes "
      "noticed: {}, evidence sent from here: {}, settled on chain: {})",
      conflict.name(), conflict.first(), conflict.second(), conflict.view(), conflict.epoch(),
      conflict.noticed(), conflict.evidence_sent(), conflict.settled() ? "yes" : "not yet");
}

std::vector<std::string> conflict_lines(GetConsensusResponse const& now) {
  std::vector<std::string> lines;
  for (auto const& conflict : now.conflicts()) lines.push_back(conflict_line(conflict));
  return lines;
}

}  // namespace

std::string consensus_text(GetConsensusResponse const& now, std::uint64_t clock_ms) {
  return now.waits_for() + "\n\n" + block_of("node", {node_text(now)}) +
         block_of("view", {view_text(now)}) + block_of("final", {final_text(now)}) +
         block_of("work", {work_text(now.work())}) + block_of("timers", {pace_text(now)}) +
         block_of("quorum", quorum_lines(now)) + block_of("votes", poll_lines(now)) +
         block_of("above", passed_lines(now)) + block_of("missing", missing_lines(now)) +
         block_of("unsigned", unsigned_lines(now)) +
         block_of("validators", validator_lines(now, clock_ms)) +
         block_of("conflicts", conflict_lines(now));
}

}  // namespace node
