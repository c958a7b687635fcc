// The commands, noun by noun. commands/ has one file a noun, which hangs its verbs into the menu;
// help, completion and "did you mean" all come from what hangs there.

#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "wallet/session.h"

namespace wallet {

struct Menu {
  CLI::App& app;
  Session& session;
  // Set by parsing, called after it: a command line is understood as a whole before anything
  // happens.
  std::function<Result<Output>()> chosen;

  CLI::App& noun(std::string name, std::string help) const;
  CLI::App& verb(CLI::App& noun, std::string name, std::string help,
                 std::function<Result<Output>()> action);
};

void add_key(Menu& menu);
void add_account(Menu& menu);
void add_token(Menu& menu);
void add_tx(Menu& menu);
void add_profile(Menu& menu);
void add_handle(Menu& menu);
void add_job(Menu& menu);
void add_proposal(Menu& menu);
void add_offer(Menu& menu);
void add_contract(Menu& menu);
void add_milestone(Menu& menu);
void add_ballot(Menu& menu);
void add_address(Menu& menu);
void add_node(Menu& menu);
void add_network(Menu& menu);
void add_watch(Menu& menu);
void add_doctor(Menu& menu);
void add_help(Menu& menu);

// Every command as "noun verb", for help, completion and tests.
std::vector<std::string> command_names(CLI::App const& app);

}  // namespace wallet
