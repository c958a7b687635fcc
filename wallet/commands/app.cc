// labor app: register, show, list.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"
#include "wallet/parameter.h"

namespace wallet {

namespace {

struct AppArguments {
  std::string name;
  std::string share;
};

Result<Output> register_app(Session& session, AppArguments const& arguments) {
  labor::v1::Message message;
  message.mutable_register_app()->set_name(arguments.name);
  TRY(share, parse_percent(arguments.share));
  message.mutable_register_app()->set_share_bps(static_cast<std::uint32_t>(share));
  return perform(session, std::move(message));
}

}  // namespace

void add_app(Menu& menu) {
  auto noun = menu.noun("app", "Businesses that bring work, and have a share of its fee");
  auto& session = menu.session();
  auto const arguments = std::make_shared<AppArguments>();

  auto registering = noun.verb("register", "Register a name, or change the share it asks for",
                               [&session, arguments] { return register_app(session, *arguments); });
  registering.argument("NAME", arguments->name, "3 to 20 of a-z, 0-9 and _");
  registering.option("--share", arguments->share, "Of the fee, like 15%", Need::required);
  noun.verb("show", "An app; proved",
            [&session, arguments] {
              labor::v1::Record key;
              key.mutable_app()->set_name(arguments->name);
              return show_record(session, key, "app", arguments->name);
            })
      .argument("NAME", arguments->name, "Its name");
  noun.verb("list", "All of them",
            [&session] { return list_records(session, {.index = labor::v1::RECORD_INDEX_APPS}); });
}

}  // namespace wallet
