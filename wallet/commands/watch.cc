// labor watch: events as they become final.

#include <fmt/format.h>

#include <charconv>

#include "wallet/commands/arguments.h"
#include "wallet/commands/event.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

struct WatchArguments {
  std::string account;
  std::string cause;
  std::string after;
  std::uint32_t count = 0;
};

// HEIGHT:INDEX as printed, or HEIGHT.
Result<labor::v1::EventCursor> parse_cursor(std::string_view text) {
  auto const colon = std::min(text.find(':'), text.size());
  std::uint64_t height = 0;
  std::uint32_t index = 0;
  auto const* const middle = text.data() + colon;
  auto const* const end = text.data() + text.size();
  auto const first = std::from_chars(text.data(), middle, height);
  bool good = first.ec == std::errc{} && first.ptr == middle;
  if (colon < text.size()) {
    auto const second = std::from_chars(middle + 1, end, index);
    good = good && second.ec == std::errc{} && second.ptr == end;
  }
  if (!good) {
    return usage("INVALID_CURSOR", fmt::format("`{}` is not a place in the chain.", text),
                 "Write HEIGHT or HEIGHT:INDEX, as `labor watch` prints it.");
  }
  labor::v1::EventCursor cursor;
  cursor.set_height(height);
  cursor.set_index(index);
  return cursor;
}

Result<Output> watch(Session& session, WatchArguments const& arguments) {
  labor::v1::WatchEventsRequest request;
  if (!arguments.account.empty()) {
    TRY(address, session.address_of(arguments.account));
    request.mutable_filter()->set_address(address.str());
  }
  request.mutable_filter()->set_cause_prefix(arguments.cause);
  if (!arguments.after.empty()) {
    TRY(cursor, parse_cursor(arguments.after));
    *request.mutable_after() = cursor;
  }
  TRY(chain, session.chain());
  auto& console = session.console();
  std::size_t seen = 0;
  auto const ended = chain->client().watch(request, [&](auto const& event) {
    if (console.interrupted()) return false;
    if (!event.has_event()) return true;
    if (session.options().json) {
      console.data(json::serialize(event_json(session, event)));
    } else {
      console.data(fmt::format("{}:{}  {}  {}", event.cursor().height(), event.cursor().index(),
                               show_time(protocol::TimeMs{event.block_time_ms()}),
                               event_text(session, event)));
    }
    return ++seen != arguments.count;
  });
  if (!ended) return std::unexpected{ended.error()};
  // Every line was a whole answer: there is no envelope around them.
  return Output{.data = nullptr, .text = {}};
}

}  // namespace

void add_watch(Menu& menu) {
  auto const arguments = std::make_shared<WatchArguments>();
  auto verb = menu.verb("watch", "Events as they become final; NDJSON with --json",
                        [&menu, arguments] { return watch(menu.session(), *arguments); });
  verb.option("--account", arguments->account, "Only what touches this account");
  verb.option("--cause", arguments->cause, "Only causes that begin so: milestone., transfer");
  verb.option("--after", arguments->after, "From this place on: HEIGHT:INDEX; 0 is the start");
  verb.option("--count", arguments->count, "Stop after so many");
}

}  // namespace wallet
