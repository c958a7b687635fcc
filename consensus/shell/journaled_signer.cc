#include "consensus/shell/journaled_signer.h"

#include <utility>

#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace consensus {

std::expected<std::vector<Vote>, DiskFailure> JournaledSigner::sign(SigningOrder const& order) {
  auto entry = JournalEntry{.grounds = order.grounds, .votes = {}};
  for (auto const& statement : order.statements) {
    entry.votes.push_back(
        {.statement = statement, .voter = order.voter, .signature = key_.sign(statement)});
  }
  TRY_VOID(journal_.append_and_sync(entry));
  return std::move(entry.votes);
}

std::expected<void, DiskFailure> JournaledSigner::committed(View floor) {
  return journal_.committed(floor);
}

std::expected<std::vector<Vote>, DiskFailure> NoSigner::sign(SigningOrder const&) {
  UNREACHABLE();  // Config::self is empty, and the core writes nothing.
}

std::expected<void, DiskFailure> NoSigner::committed(View) {
  return {};
}

}  // namespace consensus
