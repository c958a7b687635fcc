#include "devnet/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>

#include "devnet/people.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

using Words = std::vector<std::string>;
using Parsed = std::expected<Action, std::string>;

constexpr std::array<std::pair<std::string_view, Fate>, 5> fates = {{
    {"dies", Fate::dies},
    {"pauses", Fate::pauses},
    {"resumes", Fate::resumes},
    {"returns", Fate::returns},
    {"restarts", Fate::restarts},
}};

bool is_person(std::string_view word) {
  return std::ranges::find(people, word, &Person::name) != people.end();
}

template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  auto const end = text.data() + text.size();
  auto const [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || rest != end || text.empty()) return std::nullopt;
  return value;
}

std::string_view trim(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Parsed parse_act(std::string_view person, std::string_view tail) {
  TRY(words, split_words(tail));
  Act act{.person = std::string{person}, .command = words, .name = {}};
  auto const arrow = std::ranges::find(act.command, "->");
  if (arrow != act.command.end()) {
    if (act.command.end() - arrow != 2) return std::unexpected{"one name must follow ->"};
    act.name = act.command.back();
    act.command.erase(arrow, act.command.end());
  }
  if (act.command.empty()) return std::unexpected{"a command must follow the colon"};
  return act;
}

Parsed parse_person(std::string_view head, std::string_view tail) {
  TRY(words, split_words(head));
  if (words.size() == 1) return parse_act(words[0], tail);
  TRY(command, split_words(tail));
  if (command.empty()) return std::unexpected{"a command must follow the colon"};
  if (words.size() == 3 && words[1] == "fails") {
    return Fails{.person = words[0], .reason = words[2], .command = command};
  }
  if (words.size() == 5 && words[3] == "=") {
    Sees sees{.person = words[0], .path = words[2], .value = words[4], .command = command};
    if (words[1] == "sees") return sees;
    if (words[1] == "waits") return Waits{std::move(sees)};
  }
  return std::unexpected{
      "expected PERSON: | PERSON fails REASON: | PERSON sees (or waits) PATH = VALUE:"};
}

Parsed parse_validator(Words const& words) {
  if (words.size() != 3) return std::unexpected{"expected: validator N dies"};
  auto const validator = number<unsigned>(words[1]);
  if (!validator) return std::unexpected{"not a validator's number: " + words[1]};
  for (auto const& [name, fate] : fates) {
    if (words[2] == name) return ValidatorFate{.validator = *validator, .fate = fate};
  }
  return std::unexpected{"expected dies, pauses, resumes, returns or restarts"};
}

std::string join_from(Words const& words, std::size_t first) {
  return fmt::format(
      "{}", fmt::join(words.begin() + static_cast<std::ptrdiff_t>(first), words.end(), " "));
}

Parsed parse_line(std::string_view line) {
  auto const first = line.substr(0, line.find(' '));
  TRY(words, split_words(line));
  if (words.size() == 4 && words[1] == "has" &&
      (is_person(first) || first == "treasury" || first == "pool")) {
    return Has{.holder = words[0], .change = words[2], .asset = words[3]};
  }
  if (words[0] == "say") return Say{.text = join_from(words, 1)};
  if (line == "supply holds") return SupplyHolds{};
  if (line == "nodes agree") return NodesAgree{};
  if (words.size() == 3 && words[0] == "time" && words[1] == "passes") {
    TRY(duration_ms, parse_duration_ms(words[2]));
    return TimePasses{duration_ms};
  }
  auto const until = words[0] == "time" && words.size() >= 4 && words[1] == "passes";
  if (until && words[2] == "until" && words.size() <= 5) {
    TRY(in_week_ms, parse_moment_ms(words[3], words.size() == 5 ? words[4] : "00:00"));
    return TimePassesUntil{in_week_ms};
  }
  if (words[0] == "validator") return parse_validator(words);
  if (words.size() == 3 && words[0] == "links" && words[1] == "delay") {
    auto const delay_ms = number<std::uint32_t>(words[2]);
    if (!delay_ms) return std::unexpected{"not a number of ms: " + words[2]};
    return LinksDelay{*delay_ms};
  }
  if (words.size() == 4 && line.starts_with("people ask validator ")) {
    auto const validator = number<unsigned>(words[3]);
    if (!validator) return std::unexpected{"not a validator's number: " + words[3]};
    return PeopleAsk{*validator};
  }
  bool const changes = words.size() == 7 && words[0] == "file" && words[2] == "says" &&
                       words[4] == "instead" && words[5] == "of";
  if (changes) return FileChanges{.file = words[1], .to = words[3], .from = words[6]};
  return std::unexpected{"no such line; tests/scenarios/README.md has the grammar"};
}

// "talent, talent2: job list": a step for each of them. A command's words may hold
// anything, so people's lines are split at the colon first.
std::expected<std::vector<Action>, std::string> parse_actions(std::string_view line) {
  auto const first = line.substr(0, line.find_first_of(" ,:"));
  auto const colon = line.find(':');
  auto const has = line.find(" has ") != std::string_view::npos;
  if (!is_person(first) || (colon == std::string_view::npos && has)) {
    TRY(action, parse_line(line));
    return std::vector{action};
  }
  if (colon == std::string_view::npos) return std::unexpected{"a colon and a command are missing"};
  auto head = line.substr(0, colon);
  std::vector<Action> actions;
  std::vector<std::string_view> others;
  for (auto comma = head.find(','); comma != std::string_view::npos; comma = head.find(',')) {
    others.push_back(trim(head.substr(0, comma)));
    head = trim(head.substr(comma + 1));
  }
  auto const does = head.find(' ');
  others.push_back(head.substr(0, does));
  auto const verb = does == std::string_view::npos ? std::string_view{} : head.substr(does);
  for (auto const person : others) {
    if (!is_person(person)) return std::unexpected{fmt::format("nobody's name: {}", person)};
    TRY(action, parse_person(std::string{person} + std::string{verb}, line.substr(colon + 1)));
    actions.push_back(std::move(action));
  }
  return actions;
}

}  // namespace

std::string_view name_of(Fate fate) {
  return std::ranges::find(fates, fate, [](auto const& row) { return row.second; })->first;
}

std::expected<Words, std::string> split_words(std::string_view text) {
  Words words;
  std::string word;
  bool quoted = false;
  bool started = false;
  for (auto const c : text) {
    if (c == '"') {
      quoted = !quoted;
      started = true;
    } else if (!quoted && (c == ' ' || c == '\t')) {
      if (started) words.push_back(word);
      word.clear();
      started = false;
    } else {
      word.push_back(c);
      started = true;
    }
  }
  if (quoted) return std::unexpected{"a double quote is not closed"};
  if (started) words.push_back(word);
  return words;
}

std::expected<std::uint64_t, std::string> parse_duration_ms(std::string_view text) {
  constexpr std::uint64_t second = 1000;
  constexpr std::uint64_t minute = 60 * second;
  constexpr std::uint64_t hour = 60 * minute;
  constexpr std::array<std::pair<char, std::uint64_t>, 4> units = {
      {{'d', 24 * hour}, {'h', hour}, {'m', minute}, {'s', second}}};
  auto const wrong = std::unexpected{fmt::format("not a duration like 14d or 1h30m: {}", text)};
  // A century: enough for any story, far from overflow.
  constexpr std::uint64_t count_max = 36'525;
  std::uint64_t total_ms = 0;
  auto rest = text;
  if (rest.empty()) return wrong;
  while (!rest.empty()) {
    auto const digits = rest.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return wrong;
    auto const count = number<std::uint64_t>(rest.substr(0, digits));
    auto const unit = std::ranges::find(units, rest[digits], [](auto const& u) { return u.first; });
    if (!count || *count > count_max || unit == units.end()) return wrong;
    total_ms += *count * unit->second;
    rest.remove_prefix(digits + 1);
  }
  return total_ms;
}

std::expected<std::uint64_t, std::string> parse_moment_ms(std::string_view weekday,
                                                          std::string_view time) {
  constexpr std::array<std::string_view, 7> weekdays = {
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  constexpr std::uint64_t minute_ms = 60'000;
  auto const* const day = std::ranges::find(weekdays, weekday);
  if (day == weekdays.end()) return std::unexpected{fmt::format("not a weekday: {}", weekday)};
  auto const colon = time.find(':');
  auto const hour = number<std::uint64_t>(time.substr(0, colon));
  auto const minute = number<std::uint64_t>(colon == time.npos ? "" : time.substr(colon + 1));
  if (!hour || !minute || *hour > 23 || *minute > 59) {
    return std::unexpected{fmt::format("not a time of day like 12:00: {}", time)};
  }
  auto const days = static_cast<std::uint64_t>(day - weekdays.begin());
  return ((days * 24 + *hour) * 60 + *minute) * minute_ms;
}

std::expected<Story, std::string> parse_story(std::string_view text) {
  Story story;
  std::istringstream in{std::string{text}};
  std::size_t number = 0;
  for (std::string raw; std::getline(in, raw);) {
    ++number;
    auto const line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("story ")) {
      story.title = trim(line.substr(line.find(' ')));
      continue;
    }
    auto actions = parse_actions(line);
    if (!actions) {
      return std::unexpected{fmt::format("line {}: {}\n  {}", number, actions.error(), line)};
    }
    for (auto& action : *actions) {
      story.steps.push_back(
          {.line = number, .text = std::string{line}, .action = std::move(action)});
    }
  }
  if (story.title.empty()) return std::unexpected{"the story has no title: story TITLE"};
  return story;
}

}  // namespace devnet
