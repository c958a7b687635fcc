#include "wallet/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "protocol/execution/failure.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/hint.h"

namespace wallet {

namespace {

struct CodeRow {
  int code = 0;
  std::string_view reason;  // If the node gave none.
  Exit exit{};
};

// google.rpc.Code. A refusal is one only if the node itself says so; a time-out says nothing.
constexpr CodeRow codes[] = {
    {1, "CANCELLED", Exit::unreachable},
    {2, "UNKNOWN", Exit::unexpected},
    {3, "INVALID_ARGUMENT", Exit::refused},
    {4, "DEADLINE_EXCEEDED", Exit::unreachable},
    {5, "NOT_FOUND", Exit::usage},
    {6, "ALREADY_EXISTS", Exit::refused},
    {7, "PERMISSION_DENIED", Exit::refused},
    {8, "RESOURCE_EXHAUSTED", Exit::refused},
    {9, "FAILED_PRECONDITION", Exit::refused},
    {10, "ABORTED", Exit::refused},
    {11, "OUT_OF_RANGE", Exit::refused},
    {12, "UNIMPLEMENTED", Exit::unreachable},
    {13, "INTERNAL", Exit::unexpected},
    {14, "NODE_UNREACHABLE", Exit::unreachable},
    {15, "DATA_LOSS", Exit::unexpected},
    {16, "UNAUTHENTICATED", Exit::refused},
};

// The chain's explanations are clauses; people read sentences.
std::string sentence(std::string_view clause) {
  std::string text{clause};
  if (text.empty()) return text;
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (!text.ends_with('.')) text += '.';
  return text;
}

// Reasons whose numbers are money; both assets have the same decimals.
constexpr std::string_view about_money[] = {"INSUFFICIENT_BALANCE", "AMOUNT_TOO_SMALL",
                                            "RELEASE_TOO_LARGE",    "DEPOSIT_TOO_SMALL",
                                            "FEE_LIMIT_TOO_LOW",    "FEE_NOT_COVERED"};

}  // namespace

std::string show_detail(std::string_view reason, std::string_view name, std::string_view value) {
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool const whole = error == std::errc{} && end == value.data() + value.size();
  if (!whole) return std::string{value};
  if (name.ends_with("_ms")) return show_time(protocol::TimeMs{number});
  if (std::ranges::find(about_money, reason) == std::ranges::end(about_money)) {
    return std::string{value};
  }
  auto const money = show(protocol::Amount{number}, labor::v1::ASSET_USD);
  return money.substr(0, money.find(' '));
}

Problem problem_of(Refusal refusal) {
  auto const* const row = std::ranges::find(codes, refusal.code, &CodeRow::code);
  bool const known = row != std::ranges::end(codes);
  auto exit = known ? row->exit : Exit::unexpected;
  if (refusal.reason.empty()) refusal.reason = known ? row->reason : "UNKNOWN";
  if (refusal.reason == "WRONG_CHAIN") exit = Exit::unreachable;
  return {.exit = exit,
          .reason = refusal.reason,
          .message = sentence(refusal.message),
          .hint = hint_of(refusal.reason),
          .metadata = std::move(refusal.metadata)};
}

Problem problem_of(labor::v1::Receipt const& receipt, labor::v1::TransactionBody const& body,
                   Exit exit) {
  auto const failed = static_cast<int>(receipt.failed_message());
  auto const look =
      failed < body.messages_size() ? command_showing(body.messages(failed)) : std::string{};
  auto const reason = execution::reason_of(receipt.status());
  Problem problem{.exit = exit,
                  .reason = reason,
                  .message = sentence(execution::explain(receipt.status())),
                  .hint = hint_of(reason, look),
                  .metadata = {}};
  for (auto const& detail : receipt.details()) {
    problem.metadata[detail.name()] = fmt::format("{}", detail.value());
  }
  if (receipt.failed_message() != 0) {
    problem.metadata["failed_message"] = fmt::format("{}", receipt.failed_message());
  }
  return problem;
}

}  // namespace wallet
