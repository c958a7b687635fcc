#include "wallet/exit.h"

#include <algorithm>

namespace wallet {

namespace {

constexpr ExitMeaning meanings[] = {
    {Exit::succeeded, "succeeded", "done; a transaction is final and succeeded"},
    {Exit::unexpected, "unexpected", "a fault of this program or of the machine"},
    {Exit::usage, "usage",
     "the command line is wrong or names what does not exist; nothing was sent"},
    {Exit::cancelled, "cancelled", "you said no; nothing was sent"},
    {Exit::key, "key", "no such key, wrong password, or a damaged key file; nothing was sent"},
    {Exit::failed, "failed", "the transaction is final and failed; only its fee was taken"},
    {Exit::refused, "refused", "refused before inclusion; it has no effect"},
    {Exit::unknown, "unknown", "not known yet; the message names the command that will tell"},
    {Exit::expired, "expired", "expired; it is final that this transaction never happens"},
    {Exit::unreachable, "unreachable", "no node answers, or it serves another chain"},
    {Exit::unverified, "unverified", "a node's answer failed verification; do not act on it"},
    {Exit::interrupted, "interrupted", "interrupted by a signal"},
};

}  // namespace

std::span<ExitMeaning const> exit_meanings() {
  return meanings;
}

std::string_view name_of(Exit exit) {
  auto const* const found = std::ranges::find(meanings, exit, &ExitMeaning::exit);
  return found == std::ranges::end(meanings) ? "unexpected" : found->name;
}

}  // namespace wallet
