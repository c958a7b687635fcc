#include "wallet/menu.h"

#include <fmt/format.h>

namespace wallet {

CLI::App& Menu::noun(std::string name, std::string help) const {
  auto& added = *app.add_subcommand(std::move(name), std::move(help));
  added.require_subcommand(0, 1);
  added.fallthrough();
  return added;
}

CLI::App& Menu::verb(CLI::App& noun, std::string name, std::string help,
                     std::function<Result<Output>()> action) {
  auto& added = *noun.add_subcommand(std::move(name), std::move(help));
  added.fallthrough();
  added.callback([this, action = std::move(action)] { chosen = action; });
  return added;
}

std::vector<std::string> command_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* const noun : app.get_subcommands([](CLI::App const*) { return true; })) {
    auto const verbs = noun->get_subcommands([](CLI::App const*) { return true; });
    if (verbs.empty()) names.push_back(noun->get_name());
    for (auto const* const verb : verbs) {
      names.push_back(fmt::format("{} {}", noun->get_name(), verb->get_name()));
    }
  }
  return names;
}

}  // namespace wallet
