// labor address: show, check. Asks nobody.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "wallet/commands/arguments.h"

namespace wallet {

void add_address(Menu& menu) {
  auto noun = menu.noun("address", "Addresses; asks no node");
  auto& session = menu.session();
  auto const text = std::make_shared<std::string>();

  noun.verb("show", "Yours alone, to paste or pipe",
            [&session, text]() -> Result<Output> {
              TRY(bytes, address_or_mine(session, *text));
              auto const shown = session.text_of(*protocol::Address::from(bytes));
              return Output{.data = {{"address", shown}}, .text = shown};
            })
      .argument("KEY", *text, "A key of this wallet; the one in use if left out", Need::optional);
  noun.verb("check", "Whether it is an address, and whose",
            [&session, text]() -> Result<Output> {
              TRY(address, session.address_of(*text));
              return Output{.data = {{"address", session.text_of(address)},
                                     {"bytes", base::hex(address.view())}},
                            .text = fmt::format("Good: {}", session.label_of(address))};
            })
      .argument("ADDRESS", *text, "An address");
}

}  // namespace wallet
