#include "wallet/proved_state.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/context.h"
#include "protocol/state/keys.h"

namespace wallet {

using labor::v1::Record;
using state::Module;

namespace {

std::uint64_t number_in(std::string_view bytes) {
  return base::read_big_endian<std::uint64_t>(bytes.substr(0, sizeof(std::uint64_t)));
}

Record bank_record(char kind, std::string_view rest) {
  Record key;
  if (kind == 'l') {
    key.mutable_lock()->set_id(number_in(rest));
  } else if (kind == 'd') {
    key.mutable_locked_until()->set_day(number_in(rest));
    key.mutable_locked_until()->set_delegate(std::string{rest.substr(sizeof(std::uint64_t))});
  } else {
    CHECK(kind == 't');
    key.mutable_locked_sum()->set_delegate(std::string{rest});
  }
  return key;
}

Record talent_record(char kind, std::string_view rest) {
  Record key;
  if (kind == 'a') {
    key.mutable_attestation()->set_id(number_in(rest));
  } else if (kind == 'n') {
    key.mutable_identity()->set_nullifier(std::string{rest});
  } else {
    CHECK(kind == 'i');
    key.mutable_issuer()->set_account(std::string{rest});
  }
  return key;
}

Record governance_record(char kind, std::string_view rest) {
  Record key;
  if (kind == 'g') {
    key.mutable_delegation()->set_account(std::string{rest});
  } else if (kind == 'w') {
    key.mutable_delegated_votes()->set_ballot(number_in(rest));
    key.mutable_delegated_votes()->set_delegate(std::string{rest.substr(sizeof(std::uint64_t))});
  } else if (kind == 'e') {
    key.mutable_enrolment()->set_account(std::string{rest});
  } else {
    CHECK(kind == 'c');
    key.mutable_council();
  }
  return key;
}

// With the key's fields, as Chain::record() asks for it: keys.h read backwards.
Record record_at(state::Key const& key) {
  auto const kind = key.logical.front();
  auto const rest = std::string_view{key.logical}.substr(1);
  switch (key.module) {
    case Module::bank:
      return bank_record(kind, rest);
    case Module::talent:
      return talent_record(kind, rest);
    case Module::governance:
      return governance_record(kind, rest);
    default:
      CHECK(key.module == Module::accounts && kind == 'a');
      Record account;
      account.mutable_account()->set_address(std::string{rest});
      return account;
  }
}

std::string value_of(Record const& record) {
  switch (record.record_case()) {
    case Record::kAccount:
      return canonical::encode(record.account());
    case Record::kLock:
      return canonical::encode(record.lock());
    case Record::kLockedUntil:
      return canonical::encode(record.locked_until());
    case Record::kLockedSum:
      return canonical::encode(record.locked_sum());
    case Record::kAttestation:
      return canonical::encode(record.attestation());
    case Record::kIdentity:
      return canonical::encode(record.identity());
    case Record::kIssuer:
      return canonical::encode(record.issuer());
    case Record::kDelegation:
      return canonical::encode(record.delegation());
    case Record::kDelegatedVotes:
      return canonical::encode(record.delegated_votes());
    case Record::kEnrolment:
      return canonical::encode(record.enrolment());
    case Record::kCouncil:
      return canonical::encode(record.council());
    default:
      UNREACHABLE();
  }
}

}  // namespace

std::optional<std::string> ProvedState::get(state::Key const& key) const {
  if (problem_) return std::nullopt;
  if (auto const known = known_.find(key); known != known_.end()) return known->second;
  auto const found = chain_.record(record_at(key));
  if (!found) {
    problem_ = found.error();
    return std::nullopt;
  }
  auto value = *found ? std::optional{value_of(**found)} : std::nullopt;
  return known_.emplace(key, std::move(value)).first->second;
}

std::optional<std::string> ProvedState::next(Module, std::string_view) const {
  UNREACHABLE();
}

std::optional<std::string> ProvedState::node(Module, std::string_view) const {
  UNREACHABLE();
}

}  // namespace wallet
