// A story: a text file of people's steps and of what must hold, as tests/scenarios/README.md
// defines it. Parsing only; devnet/player plays it.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace devnet {

struct Say {
  std::string text;
};

// PERSON ":" command [ "->" NAME ]
struct Act {
  std::string person;
  std::vector<std::string> command;
  std::string name;
};

// PERSON "fails" REASON ":" command
struct Fails {
  std::string person;
  std::string reason;
  std::vector<std::string> command;
};

// PERSON "sees" PATH "=" value ":" command
struct Sees {
  std::string person;
  std::string path;
  std::string value;
  std::vector<std::string> command;
};

// PERSON "waits" PATH "=" value ":" command
struct Waits {
  Sees until;
};

// HOLDER "has" CHANGE ASSET
struct Has {
  std::string holder;
  std::string change;
  std::string asset;
};

struct SupplyHolds {};
struct NodesAgree {};

struct TimePasses {
  std::uint64_t duration_ms = 0;
};

// "time" "passes" "until" WEEKDAY [HH:MM]: UTC, the next time that it is.
struct TimePassesUntil {
  std::uint64_t in_week_ms = 0;  // Since Monday 00:00.
};

enum class Fate { dies, pauses, resumes, returns, restarts };

// As the story says it.
std::string_view name_of(Fate fate);

struct ValidatorFate {
  unsigned validator = 0;
  Fate fate{};
};

struct LinksDelay {
  std::uint32_t delay_ms = 0;
};

// "people ask validator" N
struct PeopleAsk {
  unsigned validator = 0;
};

// "file" FILE "says" TEXT "instead" "of" TEXT: where it first stands.
struct FileChanges {
  std::string file;
  std::string to;
  std::string from;
};

using Action = std::variant<Say, Act, Fails, Sees, Waits, Has, SupplyHolds, NodesAgree, TimePasses,
                            TimePassesUntil, ValidatorFate, LinksDelay, PeopleAsk, FileChanges>;

struct Step {
  std::size_t line = 0;  // From 1.
  std::string text;      // As written.
  Action action;
};

struct Story {
  std::string title;
  std::vector<Step> steps;
};

// The error names the line and what it should have been.
std::expected<Story, std::string> parse_story(std::string_view text);

// "14d", "1h30m", "45s" in ms; nothing for anything else.
std::expected<std::uint64_t, std::string> parse_duration_ms(std::string_view text);

// "saturday", "monday 12:00" as ms since Monday 00:00.
std::expected<std::uint64_t, std::string> parse_moment_ms(std::string_view weekday,
                                                          std::string_view time);

// Splits at blanks; double quotes keep words together.
std::expected<std::vector<std::string>, std::string> split_words(std::string_view text);

}  // namespace devnet
