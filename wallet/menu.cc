#include "wallet/menu.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

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

constexpr std::string_view verb_footer = "Options of every command: `labor --help`.";

void add_options(CLI::App& app, Options& options) {
  Verb{app}
      .option("--network", options.network, "The network to use (labor network list)")
      .option("--node", options.node, "Ask this node instead: HOST:PORT")
      .option("--from", options.from, "The key that acts (labor key list)")
      .option("--account", options.account,
              "The account that it signs for, if not its own (labor authority)")
      .option("--act-for", options.act_for,
              "Act for this account, under its mandate (labor mandate)")
      .option("--home", options.home, "Where keys and settings are; or LABOR_HOME, or ~/.labor")
      .option("--password-file", options.password_file, "Read the password from this file")
      .option("--password-fd", options.password_fd, "Read the password from this descriptor")
      .option("--wait", options.wait, "How long to wait for the outcome (60s)")
      .flag("--json", options.json, "Print JSON, errors too")
      .flag("--yes,-y", options.yes, "Do not ask for confirmation")
      .flag("--no-input", options.no_input, "Never ask anything")
      .flag("--no-wait", options.no_wait, "Do not wait for the outcome")
      .flag("--build-only", options.build_only, "Print the transaction instead of signing it")
      .flag("--sign-only", options.sign_only, "Print the signed transaction instead of sending it")
      .flag("--no-verify", options.no_verify, "Believe the node; check nothing");
}

constexpr auto all = [](CLI::App const*) { return true; };

// The innermost command that was understood before the parser stopped.
CLI::App const& last_understood(CLI::App const& app) {
  auto const* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().back();
  return *at;
}

// "labor job post"
std::string path_of(CLI::App const& app) {
  auto path = app.get_name();
  for (auto const* at = app.get_parent(); at != nullptr; at = at->get_parent()) {
    path.insert(0, at->get_name() + " ");
  }
  return path;
}

// What was left over is a word that is no command, or a flag that is no flag.
std::unexpected<Problem> unknown_word(CLI::App const& app) {
  auto const& at = last_understood(app);
  auto const extras = app.remaining(true);
  auto const word = extras.empty() ? std::string{} : extras.front();
  std::vector<std::string> names;
  if (word.starts_with('-')) {
    for (auto const* level = &at; level != nullptr; level = level->get_parent()) {
      for (auto const* const option : level->get_options()) {
        for (auto const& name : option->get_lnames()) names.push_back("--" + name);
      }
    }
  } else {
    for (auto const* const command : at.get_subcommands(all)) names.push_back(command->get_name());
  }
  auto hint = did_you_mean(word, names);
  if (hint.empty()) hint = fmt::format("`{} --help` says what there is.", path_of(at));
  return usage("UNKNOWN_COMMAND", fmt::format("`{}` does not know `{}`.", path_of(at), word), hint);
}

Action saying(std::string text, std::string_view name) {
  return [text = std::move(text), name = std::string{name}]() -> Result<Output> {
    return Output{.data = json::object{{name, text}}, .text = text};
  };
}

}  // namespace

// ---- what a verb takes ----

Verb& Verb::argument(std::string const& name, std::string& into, std::string const& help,
                     Need need) {
  app_.add_option(name, into, help)->required(need == Need::required);
  return *this;
}

Verb& Verb::words(std::string const& name, std::vector<std::string>& into,
                  std::string const& help) {
  app_.add_option(name, into, help)->required()->expected(-1);
  return *this;
}

Verb& Verb::option(std::string const& name, std::string& into, std::string const& help, Need need) {
  app_.add_option(name, into, help)->required(need == Need::required);
  return *this;
}

Verb& Verb::option(std::string const& name, std::uint32_t& into, std::string const& help) {
  app_.add_option(name, into, help);
  return *this;
}

Verb& Verb::option(std::string const& name, int& into, std::string const& help) {
  app_.add_option(name, into, help);
  return *this;
}

Verb& Verb::options(std::string const& name, std::vector<std::string>& into,
                    std::string const& help, Need need) {
  // One value an occurrence: a list would swallow what follows it.
  app_.add_option(name, into, help)
      ->required(need == Need::required)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  return *this;
}

Verb& Verb::flag(std::string const& name, bool& into, std::string const& help) {
  app_.add_flag(name, into, help);
  return *this;
}

// ---- the menu ----

Verb Noun::verb(std::string name, std::string help, Action action) {
  auto& added = *app_.add_subcommand(std::move(name), std::move(help));
  added.fallthrough();
  added.footer(std::string{verb_footer});
  added.callback([&menu = menu_, action = std::move(action)] { menu.chosen_ = action; });
  return Verb{added};
}

Menu::Menu(Session& session, Options& options)
    : session_{session},
      app_{std::make_unique<CLI::App>("The wallet of the labor chain.", "labor")} {
  app_->footer(std::string{footer});
  app_->set_version_flag("--version", std::string{version});
  app_->require_subcommand(0, 1);
  app_->get_formatter()->column_width(28);
  add_options(*app_, options);
  for (auto const add :
       {add_key,      add_account,   add_token,     add_profile,   add_handle,  add_attestation,
        add_team,     add_ownership, add_authority, add_mandate,   add_app,     add_job,
        add_proposal, add_offer,     add_contract,  add_milestone, add_hours,   add_dispute,
        add_juror,    add_vetting,   add_report,    add_feedback,  add_ballot,  add_validator,
        add_document, add_tx,        add_address,   add_node,      add_network, add_statement,
        add_history,  add_todo,      add_watch,     add_doctor,    add_help}) {
    add(*this);
  }
}

Menu::~Menu() = default;

Noun Menu::noun(std::string name, std::string help) {
  auto& added = *app_->add_subcommand(std::move(name), std::move(help));
  added.require_subcommand(0, 1);
  added.fallthrough();
  added.footer(std::string{verb_footer});
  return {*this, added};
}

Verb Menu::verb(std::string name, std::string help, Action action) {
  return Noun{*this, *app_}.verb(std::move(name), std::move(help), std::move(action));
}

Result<Action> Menu::parse(std::vector<std::string> arguments) {
  try {
    std::ranges::reverse(arguments);  // CLI11 takes them from the back.
    app_->parse(std::move(arguments));
  } catch (CLI::CallForVersion const&) {
    return saying(fmt::format("labor {}", version), "version");
  } catch (CLI::CallForHelp const&) {
    return saying(help(), "help");
  } catch (CLI::ExtrasError const&) {
    return unknown_word(*app_);
  } catch (CLI::ParseError const& error) {
    return usage("USAGE", fmt::format("{}.", error.what()),
                 fmt::format("`{} --help` shows how.", path_of(last_understood(*app_))));
  }
  if (chosen_) return chosen_;
  auto const& at = last_understood(*app_);
  if (at.get_parent() == nullptr) return saying(help(), "help");
  std::string verbs;
  for (auto const* const verb : at.get_subcommands(all)) {
    verbs += fmt::format("{}{}", verbs.empty() ? "" : ", ", verb->get_name());
  }
  return usage("NO_VERB", fmt::format("`{}` needs a verb.", path_of(at)),
               fmt::format("There are {}.", verbs));
}

std::string Menu::help() const {
  return app_->help();
}

std::vector<std::string> Menu::commands() const {
  std::vector<std::string> names;
  for (auto const* const noun : app_->get_subcommands(all)) {
    auto const verbs = noun->get_subcommands(all);
    if (verbs.empty()) names.push_back(noun->get_name());
    for (auto const* const verb : verbs) {
      names.push_back(fmt::format("{} {}", noun->get_name(), verb->get_name()));
    }
  }
  return names;
}

}  // namespace wallet
