#include "node/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "consensus/core/situation.h"
#include "consensus/shell/trace_replay.h"
#include "node/api/consensus_message.h"
#include "node/consensus_text.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace node {
namespace {

using consensus::TraceReplay;

// As logging.cc writes a line: "2026-11-25T14:02:11.123Z trace in vote ...".
struct LogLine {
  std::string_view time;
  std::string_view trace;  // Empty: another line.
};

LogLine split(std::string_view line) {
  constexpr std::string_view level = " trace ";
  auto const end_of_time = line.find(' ');
  if (end_of_time == std::string_view::npos) return {};
  auto const rest = line.substr(end_of_time);
  if (!rest.starts_with(level)) return {};
  return {.time = line.substr(0, end_of_time), .trace = rest.substr(level.size())};
}

// Since 1970; 0 for what is no time.
std::uint64_t time_ms(std::string_view text) {
  std::tm utc{};
  constexpr std::size_t seconds_size = std::string_view{"2026-11-25T14:02:11"}.size();
  auto const seconds = std::string{text.substr(0, seconds_size)};
  if (strptime(seconds.c_str(), "%Y-%m-%dT%H:%M:%S", &utc) == nullptr) return 0;
  std::uint64_t ms = 0;
  auto const fraction = text.substr(std::min(text.size(), seconds_size + 1));
  std::from_chars(fraction.data(), fraction.data() + fraction.size(), ms);
  return static_cast<std::uint64_t>(timegm(&utc)) * 1000 + ms;
}

using EpochAndView = std::pair<std::uint64_t, std::uint64_t>;

std::optional<EpochAndView> place_of(std::string_view text) {
  EpochAndView place;
  auto const* const end = text.data() + text.size();
  auto const [slash, bad_epoch] = std::from_chars(text.data(), end, place.first);
  if (bad_epoch != std::errc{} || slash == end || *slash != '/') return std::nullopt;
  auto const [last, bad_view] = std::from_chars(slash + 1, end, place.second);
  if (bad_view != std::errc{} || last != end) return std::nullopt;
  return place;
}

// What the replayed node is seen to do, as time goes by in the log.
class Spectator {
 public:
  Spectator(ReplayOptions const& options, std::optional<EpochAndView> at, Print const& print)
      : explain_{options.explain}, at_{at}, print_{print} {}

  OrExit<void> look(TraceReplay::Life const& life, std::string_view time);
  // Empty: it never was in the view asked for.
  std::string const& remembered() const { return remembered_; }

 private:
  ConsensusReport report_of(TraceReplay::Life const& life) const;
  std::string text_of(ConsensusReport const& report) const;

  bool explain_;
  std::optional<EpochAndView> at_;
  Print const& print_;
  EpochAndView place_;
  std::uint64_t now_ms_ = 0;
  std::uint64_t entered_ms_ = 0;
  protocol::View final_view_{};
  std::uint64_t concluded_ms_ = 0;  // 0: not seen yet.
  std::string said_;
  std::string remembered_;
};

// A trace has no names: the place in the set, and the key by which people know whose it is.
std::vector<Member> members_of(consensus::ValidatorSet const& set) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < set.size(); ++i) {
    auto const& key = set.key(protocol::ValidatorIndex{static_cast<std::uint8_t>(i)});
    members.push_back(
        {.name = fmt::format("validator {} ({})", i, base::hex(key.view()).substr(0, 8)),
         .key = key,
         .node_key = {}});
  }
  return members;
}

ConsensusReport Spectator::report_of(TraceReplay::Life const& life) const {
  auto report = ConsensusReport{.situation = consensus::situation(life.config, life.state),
                                .members = members_of(life.config.validators),
                                .view_age_ms = now_ms_ - std::min(now_ms_, entered_ms_)};
  if (concluded_ms_ > 0) report.final_age_ms = now_ms_ - std::min(now_ms_, concluded_ms_);
  return report;
}

// Who was connected, and when a timer is due, is not in a trace.
std::string Spectator::text_of(ConsensusReport const& report) const {
  auto const self = report.situation.self;
  auto message =
      to_message(report, {.node_name = self ? name_of(report.members, *self) : "this node",
                          .observes_because = {},
                          .peers = {}});
  message.set_waits_for(why_it_waits(report, {}));
  message.clear_validators();
  return consensus_text(message, now_ms_);
}

OrExit<void> Spectator::look(TraceReplay::Life const& life, std::string_view time) {
  now_ms_ = time_ms(time);
  auto const& state = life.state;
  auto const place = EpochAndView{life.config.epoch.value(), state.current.value()};
  if (std::exchange(place_, place) != place) entered_ms_ = now_ms_;
  if (std::exchange(final_view_, state.safety.floor()) != state.safety.floor()) {
    concluded_ms_ = now_ms_;
  }
  auto const remembers = at_ == place;
  if (!explain_ && !remembers) return {};
  auto const report = report_of(life);
  if (remembers) remembered_ = text_of(report);
  if (!explain_) return {};
  auto sentence =
      fmt::format("epoch {} view {}: {}", place.first, place.second, why_it_waits(report, {}));
  if (sentence == said_) return {};
  said_ = std::move(sentence);
  return print_(fmt::format("{} {}\n", time, said_));
}

std::string or_nothing(std::string const& output) {
  return output.empty() ? "nothing" : output;
}

struct Explain {
  std::string operator()(consensus::TraceRefusal refusal) const {
    return std::string{consensus::explain(refusal)};
  }
  std::string operator()(TraceReplay::Difference const& difference) const {
    return fmt::format(
        "this labord would have done something else. Another version wrote the log, a line is "
        "missing, or it is a bug: keep the log and report it.\n  the log   {}\n  computed  {}",
        or_nothing(difference.traced), or_nothing(difference.computed));
  }
};

OrExit<void> refuse(std::uint64_t number, std::string const& why) {
  return exit_with(ExitCode::damaged, fmt::format("line {}: {}", number, why));
}

}  // namespace

OrExit<void> replay(ReplayOptions const& options, Print const& print) {
  std::ifstream log{options.log};
  if (!log) return exit_with(ExitCode::config, fmt::format("cannot read {}", options.log));
  return replay(options, log, print);
}

OrExit<void> replay(ReplayOptions const& options, std::istream& log, Print const& print) {
  auto const at = options.at.empty() ? std::nullopt : place_of(options.at);
  if (!options.at.empty() && !at) {
    return exit_with(ExitCode::usage, "--at takes an epoch and a view, as in 3/17");
  }
  TraceReplay replay;
  Spectator spectator{options, at, print};
  std::uint64_t number = 0;
  std::uint64_t passed_over = 0;
  std::vector<char> buffer(replay_line_bytes_max + 1);
  while (log.getline(buffer.data(), static_cast<std::streamsize>(buffer.size())) && !log.eof()) {
    ++number;
    auto const [time, trace] = split(buffer.data());
    if (trace.empty()) continue;
    if (replay.life() == nullptr && !trace.starts_with("start ")) {
      ++passed_over;  // The log was cut at the front.
      continue;
    }
    auto const taken = replay.take(trace);
    if (!taken) return refuse(number, std::visit(Explain{}, taken.error()));
    if (auto const* const life = replay.life()) TRY_VOID(spectator.look(*life, time));
  }
  // What stands after the last end of a line was cut off when the node ended.
  if (!log.eof()) return refuse(number + 1, "it is longer than any trace, or cannot be read");
  if (replay.life() == nullptr) {
    return exit_with(ExitCode::config,
                     "the log has no trace that begins with a start. A node writes one with "
                     "level = \"trace\" under [log] in labord.toml, from its next start on");
  }
  if (at && spectator.remembered().empty()) {
    return exit_with(ExitCode::usage, fmt::format("the node never was in {}", options.at));
  }
  TRY_VOID(print(spectator.remembered()));
  if (at) return {};
  return print(
      fmt::format("{} inputs of {} starts replayed, each with the output in the log{}\n",
                  replay.inputs(), replay.starts(),
                  passed_over == 0
                      ? ""
                      : fmt::format("; {} lines before the first start passed over", passed_over)));
}

}  // namespace node
