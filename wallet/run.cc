#include "wallet/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "wallet/menu.h"
#include "wallet/suggest.h"
#include "wallet/version.h"

namespace wallet {

namespace {

constexpr std::string_view footer =
    "First steps:\n"
    "  labor network add NAME --api HOST:PORT --genesis FILE\n"
    "  labor key new NAME\n"
    "  labor account show\n"
    "\n"
    "`labor NOUN --help` lists its verbs; `labor help exit-codes` says how commands end.";

void add_options(CLI::App& app, Options& options) {
  app.add_option("--network", options.network, "The network to use (labor network list)");
  app.add_option("--node", options.node, "Ask this node instead: HOST:PORT");
  app.add_option("--from", options.from, "The key that acts (labor key list)");
  app.add_option("--home", options.home, "Where keys and settings are; or LABOR_HOME, or ~/.labor");
  app.add_option("--password-file", options.password_file, "Read the password from this file");
  app.add_option("--password-fd", options.password_fd, "Read the password from this descriptor");
  app.add_option("--wait", options.wait, "How long to wait for the outcome (60s)");
  app.add_flag("--json", options.json, "Print JSON, errors too");
  app.add_flag("--yes,-y", options.yes, "Do not ask for confirmation");
  app.add_flag("--no-input", options.no_input, "Never ask anything");
  app.add_flag("--no-wait", options.no_wait, "Do not wait for the outcome");
  app.add_flag("--build-only", options.build_only, "Print the transaction instead of signing it");
  app.add_flag("--sign-only", options.sign_only, "Print the signed transaction instead of sending");
  app.add_flag("--no-verify", options.no_verify, "Believe the node; checks nothing");
}

void add_nouns(Menu& menu) {
  add_key(menu);
  add_account(menu);
  add_token(menu);
  add_profile(menu);
  add_handle(menu);
  add_job(menu);
  add_proposal(menu);
  add_offer(menu);
  add_contract(menu);
  add_milestone(menu);
  add_ballot(menu);
  add_tx(menu);
  add_address(menu);
  add_node(menu);
  add_network(menu);
  add_watch(menu);
  add_doctor(menu);
  add_help(menu);
}

std::string printed(Problem const& problem, bool colour) {
  auto text =
      fmt::format("{}: {}", in_colour(problem.reason, Colour::red, colour), problem.message);
  for (auto const& [name, value] : problem.metadata) {
    bool const said = problem.message.contains(value) || name == "cause" || name == "node";
    if (!said) text += fmt::format("\n  {}: {}", name, value);
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

// The innermost command that was understood before the parser stopped.
CLI::App const& last_understood(CLI::App const& app) {
  auto const* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().back();
  return *at;
}

// A word that is no command, or a flag that is no flag, and what is near it.
Problem unknown_word(CLI::App const& app, std::vector<std::string> const& extras) {
  auto const& at = last_understood(app);
  auto const word = extras.empty() ? std::string{} : extras.front();
  std::vector<std::string> names;
  if (word.starts_with('-')) {
    for (auto const* level = &at; level != nullptr; level = level->get_parent()) {
      for (auto const* const option : level->get_options()) {
        names.push_back("--" + option->get_single_name());
      }
    }
  } else {
    for (auto const* const command : at.get_subcommands([](CLI::App const*) { return true; })) {
      names.push_back(command->get_name());
    }
  }
  auto const place = at.get_name().empty() ? "labor" : at.get_display_name();
  auto hint = did_you_mean(word, names);
  if (hint.empty())
    hint = fmt::format("`labor {}--help` lists what there is.",
                       at.get_name().empty() ? "" : at.get_name() + " ");
  return {.exit = Exit::usage,
          .reason = "UNKNOWN_COMMAND",
          .message = fmt::format("`{}` does not know `{}`.", place, word),
          .hint = hint,
          .metadata = {}};
}

// Understands the command line; the chosen action is in `menu`. Text if that is all there is to
// say (--help, --version).
Result<std::optional<Output>> parse(Menu& menu, std::vector<std::string> arguments) {
  auto& app = menu.app;
  try {
    std::ranges::reverse(arguments);  // CLI11 takes them from the back.
    app.parse(std::move(arguments));
    return std::nullopt;
  } catch (CLI::CallForVersion const&) {
    return Output{.data = {{"version", version}}, .text = std::string{"labor "} + version};
  } catch (CLI::CallForHelp const&) {
    auto const text = app.help();
    return Output{.data = {{"help", text}}, .text = text};
  } catch (CLI::ExtrasError const&) {
    return std::unexpected{unknown_word(app, app.remaining(true))};
  } catch (CLI::ParseError const& error) {
    auto const& at = last_understood(app);
    return usage("USAGE", fmt::format("{}.", error.what()),
                 fmt::format("`labor {}{}--help` shows how.",
                             at.get_parent() != nullptr && at.get_parent()->get_parent() != nullptr
                                 ? at.get_parent()->get_name() + " "
                                 : "",
                             at.get_name().empty() ? "" : at.get_name() + " "));
  }
}

Result<Output> act(Menu& menu, Session& session) {
  TRY_VOID(session.settle());
  if (!menu.chosen) {
    // A noun alone, or nothing: say what there is. Not an error for the bare program.
    auto const& at = last_understood(menu.app);
    auto const text = at.help(at.get_parent() == nullptr ? "" : "labor " + at.get_name());
    if (at.get_parent() == nullptr) return Output{.data = {{"help", text}}, .text = text};
    session.say(text);
    return usage("NO_VERB", fmt::format("`labor {}` needs a verb.", at.get_name()));
  }
  return menu.chosen();
}

}  // namespace

int run(std::vector<std::string> arguments, Console& console) {
  Options options;
  Session session{options, console};
  CLI::App app{"The wallet of the labor chain.", "labor"};
  Menu menu{.app = app, .session = session, .chosen = {}};
  app.footer(std::string{footer});
  app.set_version_flag("--version", std::string{version});
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(28);
  add_options(app, options);
  add_nouns(menu);

  // Also when the rest of the line is not understood, whoever asked for JSON gets it.
  bool const json = std::ranges::find(arguments, "--json") != arguments.end();
  auto const said = parse(menu, std::move(arguments));
  if (!said) return finish(console, json, std::unexpected{said.error()});
  if (*said) return finish(console, json, **said);
  return finish(console, json, act(menu, session));
}

}  // namespace wallet
