// The commands, noun by noun. commands/ has one file a noun, which hangs its verbs into the menu;
// help and "did you mean" come from what hangs there.
//
// The parser (CLI11) is an affair of menu.cc: a noun's file says what a verb takes and does.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "wallet/session.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library names it.
class App;
}  // namespace CLI

namespace wallet {

enum class Need { required, optional };

using Action = std::function<Result<Output>()>;

// What a verb takes. The variables named live as long as the menu.
class Verb {
 public:
  explicit Verb(CLI::App& app) : app_{app} {}

  // By its place: `labor job show ID`.
  Verb& argument(std::string const& name, std::string& into, std::string const& help,
                 Need need = Need::required);
  // One word or two: 120.50 USD.
  Verb& words(std::string const& name, std::vector<std::string>& into, std::string const& help);
  // By its name: --title TEXT.
  Verb& option(std::string const& name, std::string& into, std::string const& help,
               Need need = Need::optional);
  Verb& option(std::string const& name, std::uint32_t& into, std::string const& help);
  Verb& option(std::string const& name, int& into, std::string const& help);
  // As often as needed.
  Verb& options(std::string const& name, std::vector<std::string>& into, std::string const& help,
                Need need = Need::optional);
  Verb& flag(std::string const& name, bool& into, std::string const& help);

 private:
  CLI::App& app_;
};

class Menu;

class Noun {
 public:
  Noun(Menu& menu, CLI::App& app) : menu_{menu}, app_{app} {}

  Verb verb(std::string name, std::string help, Action action);

 private:
  Menu& menu_;
  CLI::App& app_;
};

class Menu {
 public:
  // Takes `options` from the command line, wherever in it they stand. All nouns are added.
  Menu(Session& session, Options& options);
  ~Menu();
  Menu(Menu const&) = delete;
  Menu& operator=(Menu const&) = delete;

  Session& session() { return session_; }

  Noun noun(std::string name, std::string help);
  // A noun that is a verb of its own: `labor watch`.
  Verb verb(std::string name, std::string help, Action action);

  // Understands a command line as a whole before anything happens: what it asks for, or why it
  // is not understood.
  Result<Action> parse(std::vector<std::string> arguments);

  // Help for the whole program.
  std::string help() const;
  // Every command, as "noun verb".
  std::vector<std::string> commands() const;

 private:
  friend class Noun;

  Session& session_;
  std::unique_ptr<CLI::App> app_;
  Action chosen_;
};

void add_key(Menu& menu);
void add_account(Menu& menu);
void add_token(Menu& menu);
void add_tx(Menu& menu);
void add_ownership(Menu& menu);
void add_authority(Menu& menu);
void add_mandate(Menu& menu);
void add_app(Menu& menu);
void add_profile(Menu& menu);
void add_attestation(Menu& menu);
void add_team(Menu& menu);
void add_handle(Menu& menu);
void add_job(Menu& menu);
void add_proposal(Menu& menu);
void add_offer(Menu& menu);
void add_contract(Menu& menu);
void add_milestone(Menu& menu);
void add_hours(Menu& menu);
void add_feedback(Menu& menu);
void add_dispute(Menu& menu);
void add_juror(Menu& menu);
void add_vetting(Menu& menu);
void add_report(Menu& menu);
void add_ballot(Menu& menu);
void add_validator(Menu& menu);
void add_document(Menu& menu);
void add_address(Menu& menu);
void add_node(Menu& menu);
void add_network(Menu& menu);
void add_statement(Menu& menu);
void add_history(Menu& menu);
void add_todo(Menu& menu);
void add_watch(Menu& menu);
void add_doctor(Menu& menu);
void add_help(Menu& menu);

}  // namespace wallet
