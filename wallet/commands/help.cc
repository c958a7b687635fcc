// labor help, labor version.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"
#include "wallet/suggest.h"
#include "wallet/version.h"

namespace wallet {

namespace {

Output exit_codes() {
  Table table{.head = {"CODE", "NAME", "MEANING"}, .rows = {}};
  json::array data;
  for (auto const& row : exit_meanings()) {
    table.rows.push_back({fmt::format("{}", static_cast<int>(row.exit)), std::string{row.name},
                          std::string{row.meaning}});
    data.push_back(json::object{
        {"exit", static_cast<int>(row.exit)}, {"code", row.name}, {"meaning", row.meaning}});
  }
  return {.data = std::move(data), .text = show(table)};
}

Output commands(Menu const& menu) {
  std::string text;
  json::array data;
  for (auto const& name : menu.commands()) {
    text += fmt::format("{}labor {}", text.empty() ? "" : "\n", name);
    data.push_back(json::value(name));
  }
  return {.data = std::move(data), .text = std::move(text)};
}

}  // namespace

void add_help(Menu& menu) {
  auto const topic = std::make_shared<std::string>();
  menu.verb("help", "Topics: exit-codes, commands",
            [&menu, topic]() -> Result<Output> {
              if (*topic == "exit-codes") return exit_codes();
              if (*topic == "commands") return commands(menu);
              if (topic->empty())
                return Output{.data = {{"help", menu.help()}}, .text = menu.help()};
              std::vector<std::string> const topics{"exit-codes", "commands"};
              return usage("UNKNOWN_TOPIC", fmt::format("There is no help on `{}`.", *topic),
                           did_you_mean(*topic, topics));
            })
      .argument("TOPIC", *topic, "exit-codes or commands", Need::optional);
  menu.verb("version", "The version of this program", []() -> Result<Output> {
    return Output{.data = {{"version", version}}, .text = fmt::format("labor {}", version)};
  });
}

}  // namespace wallet
