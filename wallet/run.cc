#include "wallet/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "wallet/menu.h"
#include "wallet/plain_text.h"
#include "wallet/refusal.h"

namespace wallet {

namespace {

std::string printed(Problem const& problem, bool colour) {
  auto text =
      fmt::format("{}: {}", in_colour(problem.reason, Colour::red, colour), problem.message);
  for (auto const& [name, value] : problem.metadata) {
    bool const said = problem.message.contains(value) || name == "cause" || name == "node";
    if (!said) {
      // A time is shown as a date: its unit is not in milliseconds any more.
      auto const shown = name.ends_with("_ms") ? name.substr(0, name.size() - 3) : name;
      text += fmt::format("\n  {}: {}", shown, show_detail(problem.reason, name, value));
    }
  }
  if (!problem.hint.empty()) text += "\n" + problem.hint;
  return text;
}

json::object json_of(Problem const& problem) {
  json::object metadata;
  for (auto const& [name, value] : problem.metadata) metadata[name] = value;
  return {{"ok", false},
          {"error",
           {{"code", name_of(problem.exit)},
            {"exit", static_cast<int>(problem.exit)},
            {"reason", problem.reason},
            {"message", problem.message},
            {"hint", problem.hint},
            {"metadata", std::move(metadata)}}}};
}

int finish(Console& console, bool json, Result<Output> const& result) {
  if (!result) {
    if (json) console.data(json::serialize(json_of(result.error())));
    console.message(printed(result.error(), console.colour_messages()));
    return static_cast<int>(result.error().exit);
  }
  if (json) {
    if (!result->data.is_null()) {
      console.data(json::serialize(json::object{{"ok", true}, {"data", result->data}}));
    }
  } else if (!result->text.empty()) {
    console.data(result->text);
  }
  return static_cast<int>(Exit::succeeded);
}

// What others wrote (a node, the person at the keyboard) is repeated as plain text.
Problem plain(Problem problem) {
  problem.message = plain_text(problem.message);
  problem.hint = plain_text(problem.hint);
  for (auto& [name, value] : problem.metadata) value = plain_text(value);
  return problem;
}

Result<Output> act(Menu& menu, Session& session, std::vector<std::string> arguments) {
  TRY(action, menu.parse(std::move(arguments)));
  TRY_VOID(session.settle());
  return action();
}

}  // namespace

int run(std::vector<std::string> arguments, Console& console) {
  // Also when the rest of the line is not understood, whoever asked for JSON gets it.
  bool const json = std::ranges::find(arguments, "--json") != arguments.end();
  Options options;
  Session session{options, console};
  Menu menu{session, options};
  auto result = act(menu, session, std::move(arguments));
  if (!result) result = std::unexpected{plain(std::move(result.error()))};
  return finish(console, json, result);
}

}  // namespace wallet
