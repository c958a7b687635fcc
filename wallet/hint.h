// What to do next about a reason that a node or the chain gives: one row for each of them, so that
// a new reason without a row fails a test (hint_test).

#pragma once

#include <labor/v1/transaction.pb.h>

#include <optional>
#include <string>
#include <string_view>

namespace wallet {

// The command that shows what a message acts on, like "labor milestone show 7/0"; empty where it
// acts on nothing that has one.
std::string command_showing(labor::v1::Message const& message);

// Nothing for a reason that is in no row; empty if the sentence says it all. `look` is the command
// that shows the record in question, where it is known.
std::optional<std::string> hint_row(std::string_view reason, std::string_view look = {});

// The same, empty for both.
std::string hint_of(std::string_view reason, std::string_view look = {});

}  // namespace wallet
