#include "node/engine/consensus_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>

#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace node {
namespace {

using consensus::Poll;
using consensus::SignerSet;
using consensus::Situation;
using consensus::Sought;
using consensus::TimerKind;
using consensus::VoteKind;
using consensus::Wait;
using protocol::ValidatorIndex;

ValidatorIndex at(std::size_t index) {
  return ValidatorIndex{static_cast<std::uint8_t>(index)};
}

// Final blocks on their way into the database under full load, which hold nothing up.
constexpr std::uint64_t behind_usual = 8;

// Everything a sentence is made of.
struct Telling {
  ConsensusReport const& report;
  std::vector<Link> const& links;

  Situation const& now() const { return report.situation; }
  std::size_t size() const { return now().peers.size(); }
  bool is_self(std::size_t index) const { return now().self == at(index); }
  bool away(std::size_t index) const {
    return index < links.size() && !is_self(index) && links[index].kind != Link::Kind::connected;
  }

  // "bob", "bob (not connected for 32 s)".
  std::string who(std::size_t index) const {
    auto name = name_of(report.members, at(index));
    if (!away(index)) return name;
    auto const& [kind, since_ms] = links[index];
    if (kind == Link::Kind::here) return name + " (this node, which observes)";
    if (kind == Link::Kind::unknown) return name + " (not among the peers in labord.toml)";
    return fmt::format("{} (not connected for {})", name, duration_text(since_ms));
  }
  std::string leader() const { return who(now().leader.value()); }

  // "; t_l fires in 320 ms", or nothing.
  std::string due(TimerKind kind, std::string_view text) const {
    auto const timer =
        std::ranges::find(report.timers, kind, [](DueTimer const& each) { return each.id.kind; });
    if (timer == report.timers.end()) return {};
    return fmt::format("{} {}", text, duration_text(timer->due_in_ms));
  }
};

std::string after_semicolon(std::string const& text) {
  return text.empty() ? text : "; " + text;
}

std::string given_up(Telling const& telling) {
  constexpr std::string_view text = "else the view is given up in";
  auto const no_proposal = telling.due(TimerKind::leader, text);
  return no_proposal.empty() ? telling.due(TimerKind::advance, text) : no_proposal;
}

std::string quorum_lost(Telling const& telling) {
  std::size_t here = 0;
  std::vector<std::string> away;
  for (std::size_t i = 0; i < telling.size(); ++i) {
    if (telling.away(i)) {
      away.push_back(telling.who(i));
    } else {
      ++here;
    }
  }
  auto const needed = telling.now().quorum;
  if (here >= needed) return {};
  auto const itself = telling.now().self ? ", itself included" : "";
  return fmt::format("quorum lost: {} of {} validators connected{}, {} needed; missing {}", here,
                     telling.size(), itself, needed, fmt::join(away, ", "));
}

// f + 1 others, so an honest one, have gone far ahead.
std::string left_behind(Telling const& telling) {
  auto const& now = telling.now();
  std::vector<std::string> ahead;
  auto shown = now.view;
  for (std::size_t i = 0; i < telling.size(); ++i) {
    if (telling.is_self(i) || now.peers[i].view <= now.view.next()) continue;
    ahead.push_back(telling.who(i));
    shown = std::max(shown, now.peers[i].view);
  }
  if (ahead.size() <= telling.size() - now.quorum) return {};
  return fmt::format(
      "behind: {} have shown view {}, this node is in view {}, without what led there",
      fmt::join(ahead, ", "), shown.value(), now.view.value());
}

std::string catching_up(Telling const& telling) {
  auto const& now = telling.now();
  auto const final = now.final.height.value();
  auto const here = now.committed_height.value();
  auto const& fetched_from = telling.report.fetched_from;
  if (!fetched_from && final <= here + (now.wait == Wait::nothing ? 0 : behind_usual)) return {};
  return fmt::format("catching up: height {} is final, {} is in the database; {}", final, here,
                     fetched_from ? fmt::format("fetching blocks from {} on", fetched_from->value())
                                  : std::string{"executing what is between"});
}

std::string short_hash(protocol::BlockHash const& block) {
  return base::hex(block.view()).substr(0, 8);
}

std::string sought(Telling const& telling, bool certificates) {
  std::vector<std::string> parts;
  for (auto const& [missing, search] : telling.now().missing) {
    auto const& [view, block] = missing;
    if (view.has_value() != certificates) continue;
    std::string part;
    if (view) part = fmt::format("view {}", view->value());
    if (block) part = fmt::format("block {}", short_hash(*block));
    if (search.asked) part += fmt::format(", asked of {}", telling.who(search.asked->value()));
    if (search.times_asked > 1) part += fmt::format(" ({} times asked)", search.times_asked);
    parts.push_back(std::move(part));
    if (parts.size() == 3) break;
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string votes(Telling const& telling, VoteKind kind) {
  auto const& now = telling.now();
  auto const* const poll = consensus::awaited_poll(now);
  if (poll == nullptr) return fmt::format("waiting for {} votes; none has come", name_of(kind));
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < telling.size(); ++i) {
    if (!poll->voters.contains(at(i))) missing.push_back(telling.who(i));
  }
  auto const& said = poll->statement;
  auto const of_height = kind == VoteKind::nullify
                             ? std::string{}
                             : fmt::format(" for height {}", said.height.value());
  return fmt::format("waiting for votes: {} of {} {}{} in view {}; missing {}", poll->voters.size(),
                     now.quorum, name_of(kind), of_height, said.view.value(),
                     fmt::join(missing, ", "));
}

// Nothing else is to do: what was notarized last should become final.
std::string of_finality(Telling const& telling) {
  auto const& now = telling.now();
  auto const bodies = sought(telling, false);
  if (!bodies.empty()) return "waiting for the body of " + bodies + ", to say FINALIZE";
  for (auto const& passed : now.passed | std::views::reverse) {
    auto const& notarized = passed.notarized;
    if (!notarized) continue;
    if (!now.self || passed.finalize || passed.nullify) break;
    return fmt::format("executing and storing height {} of view {}, to say FINALIZE",
                       notarized->height.value(), passed.view.value());
  }
  return votes(telling, VoteKind::finalize) +
         after_semicolon(telling.due(TimerKind::settle, "else a block to push it in"));
}

std::string as_leader(Telling const& telling, std::string const& what) {
  return fmt::format("leading view {}: {}", telling.now().view.value(), what);
}

std::string of_certificates(Telling const& telling) {
  auto const what = sought(telling, true);
  auto const list = what.empty() ? std::string{} : " of " + what;
  if (telling.now().proposed) return "waiting for certificates" + list + ", to judge the proposal";
  return "waiting for certificates" + list + ", to lead";
}

std::string of_execution(Telling const& telling) {
  auto const bodies = sought(telling, false);
  if (bodies.empty()) return fmt::format("executing the proposal of {}", telling.leader());
  return "waiting for the body of " + bodies + ", to execute the proposal";
}

std::string of_parent(Telling const& telling) {
  auto const bodies = sought(telling, false);
  if (bodies.empty()) return as_leader(telling, "executing the block to build on");
  return as_leader(telling, "waiting for the body of " + bodies + ", to build on");
}

std::string sentence(Telling const& telling) {
  switch (telling.now().wait) {
    case Wait::nothing:
      return "idle, nothing to do";
    case Wait::proposal:
      return "waiting for a proposal from " + telling.leader() + after_semicolon(given_up(telling));
    case Wait::build:
      return as_leader(telling, "building its block");
    case Wait::transactions:
      return as_leader(telling, "no transaction offered can be in a block now");
    case Wait::parent:
      return of_parent(telling);
    case Wait::certificates:
      return of_certificates(telling);
    case Wait::execution:
      return of_execution(telling);
    case Wait::stale_view:
      return "the proposal of " + telling.leader() + " came too old to vote for" +
             after_semicolon(telling.due(TimerKind::advance, "the view is given up in"));
    case Wait::notarize:
      return votes(telling, VoteKind::notarize) + after_semicolon(given_up(telling));
    case Wait::nullify:
      return votes(telling, VoteKind::nullify) +
             after_semicolon(telling.due(TimerKind::retry, "said again in"));
    case Wait::finalize:
      return of_finality(telling);
    case Wait::diverged:
      return "stopping: a quorum agreed on a block that this node does not; its log says which, "
             "and the labord.toml's folder holds diverged-*.txt";
  }
  UNREACHABLE();
}

// What keeps this node from voting, before what everybody waits for.
std::string condition(ConsensusReport const& report) {
  if (!report.situation.self) return "observing: ";
  if (report.unsigned_votes.empty()) return {};
  return "its signer is away or refuses, so it says nothing: ";
}

}  // namespace

std::string name_of(std::vector<Member> const& members, ValidatorIndex who) {
  if (who.value() < members.size()) return members[who.value()].name;
  return fmt::format("validator {}", who.value());
}

std::string duration_text(std::uint64_t ms) {
  if (ms < 1000) return fmt::format("{} ms", ms);
  auto const s = ms / 1000;
  if (s < 60) return fmt::format("{}.{} s", s, ms % 1000 / 100);
  if (s < 3600) return fmt::format("{} min", s / 60);
  if (s < 86400) return fmt::format("{} h {} min", s / 3600, s / 60 % 60);
  return fmt::format("{} d {} h", s / 86400, s / 3600 % 24);
}

std::string name_of(VoteKind kind) {
  switch (kind) {
    case VoteKind::notarize:
      return "NOTARIZE";
    case VoteKind::nullify:
      return "NULLIFY";
    case VoteKind::finalize:
      return "FINALIZE";
  }
  UNREACHABLE();
}

std::string name_of(TimerKind kind) {
  switch (kind) {
    case TimerKind::leader:
      return "t_l";
    case TimerKind::advance:
      return "t_a";
    case TimerKind::retry:
      return "t_r";
    case TimerKind::settle:
      return "settle";
    case TimerKind::fetch:
      return "fetch";
    case TimerKind::standstill:
      return "T_s";
    case TimerKind::answer:
      return "answer";
    case TimerKind::hold:
      return "hold";
    case TimerKind::catch_up:
      return "catch-up";
  }
  UNREACHABLE();
}

std::string why_it_waits(ConsensusReport const& report, std::vector<Link> const& links) {
  auto const telling = Telling{.report = report, .links = links};
  auto const diverged = report.situation.wait == Wait::diverged;
  auto const prefix = diverged ? std::string{} : condition(report);
  for (auto const look : {quorum_lost, left_behind, catching_up}) {
    if (diverged) break;
    if (auto text = look(telling); !text.empty()) return prefix + text;
  }
  return prefix + sentence(telling);
}

}  // namespace node
