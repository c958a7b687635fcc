#include "wallet/commands/account_events.h"

#include <fmt/format.h>

namespace wallet {

namespace {

// Who has more is not one person.
constexpr std::size_t events_max = 1'000'000;

}  // namespace

Result<void> each_event_of(Session& session, std::string const& address,
                           std::function<void(labor::v1::WatchEventsResponse const&)> const& take) {
  TRY(chain, session.chain());
  TRY(info, chain->info());
  labor::v1::WatchEventsRequest request;
  request.mutable_after();
  request.mutable_filter()->set_address(address);
  bool whole = false;
  std::size_t seen = 0;
  TRY_VOID(chain->client().watch(request, [&](labor::v1::WatchEventsResponse const& event) {
    if (event.has_event()) take(event);
    whole = event.cursor().height() >= info.height() && !event.has_event();
    return !whole && ++seen < events_max && !session.console().interrupted();
  }));
  if (whole) return {};
  return problem(Exit::refused, "STATEMENT_INCOMPLETE", "Not all that happened could be read.",
                 fmt::format("At most {} events of an account are read.", events_max));
}

}  // namespace wallet
