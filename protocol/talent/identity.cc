#include "protocol/talent/identity.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/issuer.h"

namespace talent {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Attestation;
using labor::v1::Identity;

namespace limits = protocol::limits;

namespace {

std::optional<Identity> find_identity(state::Reader const& state, std::string_view nullifier) {
  return execution::find_record<Identity>(state, state::keys::identity(nullifier));
}

// Whose person the account is, by an issuer that is still admitted.
std::optional<Identity> attested_identity(state::Reader const& state,
                                          protocol::Address const& account) {
  auto person = find_identity(state, bank::account_of(state, account).person());
  if (!person) return std::nullopt;
  auto const counts = std::ranges::any_of(person->attestations(), [&](std::uint64_t id) {
    auto const live = execution::find_record<Attestation>(state, state::keys::attestation(id));
    return live && is_issuer(state, live->issuer());
  });
  return counts ? person : std::nullopt;
}

}  // namespace

bool is_attested(state::Reader const& state, protocol::Address const& account) {
  return attested_identity(state, account).has_value();
}

bool is_attested_since(state::Reader const& state, protocol::Address const& account,
                       protocol::Height height) {
  auto const person = attested_identity(state, account);
  return person && person->bound_height() <= height.value();
}

Done may_identify(Context const& context, Attestation const& attestation) {
  auto const person = find_identity(context.state(), attestation.data_hash());
  if (person && person->account() != attestation.subject()) {
    return fail(labor::v1::TX_STATUS_PERSON_HAS_ACCOUNT);
  }
  auto const subject = execution::address_in(attestation.subject());
  auto const known = bank::account_of(context.state(), subject).person();
  if (!known.empty() && known != attestation.data_hash()) {
    return fail(labor::v1::TX_STATUS_ACCOUNT_IS_ANOTHER_PERSON);
  }
  auto const have = person ? static_cast<std::uint64_t>(person->attestations_size()) : 0;
  if (have < limits::identities_max) return {};
  return fail(labor::v1::TX_STATUS_TOO_MANY_ATTESTATIONS,
              {{"have", have}, {"most", limits::identities_max}});
}

void identify(Context& context, Attestation const& attestation, std::string_view cause) {
  auto person = find_identity(context.state(), attestation.data_hash()).value_or(Identity{});
  if (person.account().empty()) {
    person.set_nullifier(attestation.data_hash());
    person.set_account(attestation.subject());
    person.set_bound_height(context.height().value());
    auto account = bank::account_of(context.state(), execution::address_in(attestation.subject()));
    account.set_person(attestation.data_hash());
    context.put(account, cause);
  }
  person.add_attestations(attestation.id());  // Ids ascend, and so does the list.
  context.put(person, cause);
}

Done forget(Context& context, Attestation const& attestation, std::string_view cause) {
  auto person = find_identity(context.state(), attestation.data_hash());
  if (!person) return execution::must_hold(false);
  auto& ids = *person->mutable_attestations();
  auto const found = std::ranges::find(ids, attestation.id());
  TRY_VOID(execution::must_hold(found != ids.end()));
  ids.erase(found);
  if (!ids.empty()) {
    context.put(*person, cause);
    return {};
  }
  context.remove(*person, cause);
  auto account = bank::account_of(context.state(), execution::address_in(attestation.subject()));
  account.clear_person();
  context.put(account, cause);
  return {};
}

}  // namespace talent
