#include "wallet/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "protocol/execution/failure.h"
#include "wallet/amount.h"
#include "wallet/dates.h"

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

struct HintRow {
  std::string_view reason;
  std::string_view hint;
};

constexpr HintRow hints[] = {
    {"NODE_UNREACHABLE",
     "Is the node running? `labor node status` asks it; `--node HOST:PORT` asks "
     "another one."},
    {"DEADLINE_EXCEEDED", "The node is busy: try again, or `--node HOST:PORT` asks another one."},
    {"UNIMPLEMENTED", "The node does not know this call: it is older than this wallet."},
    {"WRONG_CHAIN", "`labor network list` shows the networks; `--network` chooses one."},
    {"EXPIRED", "Run the command again: it makes a new transaction."},
    {"SEQUENCE_MISMATCH",
     "Another transaction of this account came first. Look at "
     "`labor account show`, then run the command again."},
    {"NOT_AUTHORIZED", "Sign with the key of the account: `--from NAME`."},
    {"FEE_LIMIT_TOO_LOW", "Run the command again: it asks the node for the fee anew."},
    {"FEE_NOT_COVERED",
     "Wait until the allowance refills (`labor account show`), lock LBR, or ask a "
     "member to sponsor you: `labor account sponsor`."},
    {"ACCOUNT_NOT_FOUND", "A member can sponsor you: `labor account sponsor ADDRESS`."},
    {"INSUFFICIENT_BALANCE", "`labor account show` tells what you have."},
    {"NOT_A_MEMBER", "Members are attested, or have a completed contract."},
    {"LOCK_NOT_OVER", "`labor token list` tells when each lock ends."},
    {"COMMITMENT_NOT_FOUND", "First `labor handle commit HANDLE`, then claim it a minute later."},
    {"COMMITMENT_TOO_YOUNG", "Wait a minute after `labor handle commit`, then claim again."},
    {"COMMITMENT_TOO_OLD", "Commit again: `labor handle commit HANDLE`."},
    {"PROFILE_NOT_FOUND", "Make one: `labor profile create`."},
    {"PROFILE_EXISTS", "Change it: `labor profile edit`."},
    {"TERMS_CHANGED", "Read the offer as it is now: `labor offer show ID`."},
    {"NOT_YOUR_TURN", "You made this version; the other side answers it."},
    {"DEADLINE_PASSED", "The time for this is over: look at the record again with `show`."},
    {"WRONG_STATE", "Look at the record with `show`: it is not in a state that allows this."},
    {"REFUND_TOO_SOON", "One refund may be asked for in 30 days."},
    {"FEE_RISES_TOO_FAST", "The client fee may rise by at most 1 point in 90 days."},
    {"NO_VOTING_WEIGHT",
     "Only LBR locked before the ballot was submitted votes: `labor token lock`."},
    {"HISTORY_PRUNED", "Ask an archive node: `--node HOST:PORT`."},
    {"MEMPOOL_FULL", "The node is full: try again in a moment."},
    {"RESOURCE_EXHAUSTED", "The node is full or you ask too often: try again in a moment."},
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

std::string_view hint_of(std::string_view reason) {
  auto const* const row = std::ranges::find(hints, reason, &HintRow::reason);
  return row == std::ranges::end(hints) ? std::string_view{} : row->hint;
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
          .hint = std::string{hint_of(refusal.reason)},
          .metadata = std::move(refusal.metadata)};
}

Problem problem_of(labor::v1::Receipt const& receipt, Exit exit) {
  auto const reason = execution::reason_of(receipt.status());
  Problem problem{.exit = exit,
                  .reason = reason,
                  .message = sentence(execution::explain(receipt.status())),
                  .hint = std::string{hint_of(reason)},
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
