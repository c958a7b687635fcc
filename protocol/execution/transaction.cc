#include "protocol/execution/transaction.h"

#include <algorithm>
#include <span>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/mandates/scope.h"

namespace execution {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file reads every field of a transaction.

namespace {

// The most that one message may make a validator do, roughly, but for what it holds.
std::uint64_t own_weight_of(Message const& message) {
  switch (message.message_case()) {
    case Message::kDeclineAllProposals:
    case Message::kAcceptOffer:
    case Message::kEndContract:
    case Message::kPauseContract:
    case Message::kResumeContract:
    case Message::kSubmitBallot:
    case Message::kDelegate:
    case Message::kRotateValidatorKeys:
    case Message::kSubmitEvidence:
    case Message::kAppealDispute:
      return limits::many_records_units;
    case Message::kSponsorAccount:
    case Message::kLockTokens:
    case Message::kCommitHandle:
    case Message::kClaimHandle:
    case Message::kAttest:
    case Message::kInviteTalent:
    case Message::kSetGuardians:
    case Message::kBlockAccount:
    case Message::kStartRecovery:
    case Message::kGiveMandate:
    case Message::kRegisterApp:
    case Message::kProposeSplit:
    case Message::kCreateProfile:
    case Message::kPostJob:
    case Message::kSubmitProposal:
    case Message::kMakeOffer:
    case Message::kCounterOffer:
    case Message::kAddDeposit:
    case Message::kCastVote:
    case Message::kEnrol:
    case Message::kReadySeat:
    case Message::kFundWeek:
    case Message::kOpenDispute:
    case Message::kDisputeHours:
    case Message::kApplyForVetting:
    case Message::kChallengeVetting:
    case Message::kReportJob:
    case Message::kCommitRandomness:
    case Message::kRevealRandomness:
      return limits::record_units;
    default:
      return limits::message_units;
  }
}

std::uint64_t weight_of(Message const& message) {
  auto weight = own_weight_of(message);
  for (auto const& act : message.act_for().acts()) {
    weight += own_weight_of(mandates::as_message(act));
  }
  return weight;
}

bool well_formed(Message const& message) {
  if (!message.has_act_for()) return message.message_case() != Message::MESSAGE_NOT_SET;
  auto const& acts = message.act_for().acts();
  auto const set = [](MandatedAct const& act) {
    return act.act_case() != MandatedAct::ACT_NOT_SET;
  };
  return !acts.empty() && std::ranges::all_of(acts, set);
}

std::size_t count_of(TransactionBody const& body) {
  std::size_t count = 0;
  for (auto const& message : body.messages()) {
    count += 1 + static_cast<std::size_t>(message.act_for().acts_size());
  }
  return count;
}

bool well_formed(Signature const& signature) {
  return signature.public_key().size() == protocol::PublicKey::size &&
         signature.signature().size() == protocol::Signature::size;
}

Done check_signatures(Transaction const& transaction, protocol::Chain const& chain) {
  auto const& signatures = transaction.signatures();
  if (std::cmp_greater(signatures.size(), limits::signatures_per_transaction_max)) {
    return fail(TX_STATUS_TOO_MANY_SIGNATURES);
  }
  auto const unsorted = std::ranges::adjacent_find(
      signatures, [](auto const& a, auto const& b) { return a.public_key() >= b.public_key(); });
  if (unsorted != signatures.end()) return fail(TX_STATUS_SIGNATURES_NOT_SORTED);

  auto const signed_bytes = crypto::signing_bytes(crypto::tags::transaction, chain.hash(),
                                                  base::bytes_of(transaction.body()));
  for (auto const& signature : signatures) {
    auto const key = protocol::PublicKey::from(signature.public_key());
    auto const value = protocol::Signature::from(signature.signature());
    CHECK(key && value);  // well_formed()
    if (!crypto::verify(*key, base::bytes_of(signed_bytes), *value)) {
      return fail(TX_STATUS_BAD_SIGNATURE);
    }
  }
  return {};
}

}  // namespace

protocol::TransactionId transaction_id(std::string_view body) {
  return crypto::hash_as<protocol::TransactionId>(crypto::domains::transaction,
                                                  {base::bytes_of(body)});
}

protocol::WireHash wire_hash(std::string_view transaction) {
  return crypto::hash_as<protocol::WireHash>(crypto::domains::wire, {base::bytes_of(transaction)});
}

std::uint64_t units_of(TransactionBody const& body, std::size_t bytes, std::size_t signatures) {
  auto units = bytes + signatures * limits::signature_units;
  for (auto const& message : body.messages()) units += weight_of(message);
  return units;
}

// Tag and length of the body; tags and lengths of a signature, its key (32) and value (64).
std::size_t signed_size(std::size_t body, std::size_t signatures) {
  std::size_t length_bytes = 1;
  for (auto rest = body; rest > 127; rest /= 128) ++length_bytes;
  return 1 + length_bytes + body + signatures * (2 + 2 + 32 + 2 + 64);
}

Done check_body(TransactionBody const& body, protocol::Chain const& chain) {
  if (body.chain_id() != chain.id()) return fail(TX_STATUS_WRONG_CHAIN);

  auto const payer_fits =
      body.fee_payer().empty() ||
      (body.fee_payer().size() == protocol::Address::size && body.fee_payer() != body.account());
  if (body.account().size() != protocol::Address::size || !payer_fits ||
      body.memo().size() > limits::memo_bytes_max) {
    return fail(TX_STATUS_MALFORMED);
  }
  auto const& messages = body.messages();
  auto const good = [](Message const& message) { return well_formed(message); };
  if (!std::ranges::all_of(messages, good)) return fail(TX_STATUS_MALFORMED);

  if (messages.empty()) return fail(TX_STATUS_NO_MESSAGES);
  auto const count = count_of(body);
  if (count > limits::messages_per_transaction_max) {
    return fail(TX_STATUS_TOO_MANY_MESSAGES,
                {{"got", count}, {"most", limits::messages_per_transaction_max}});
  }
  return {};
}

std::expected<CheckedPtr, Failure> check_transaction(std::string bytes,
                                                     protocol::Chain const& chain) {
  if (bytes.size() > limits::transaction_bytes_max) {
    return fail(TX_STATUS_TOO_LARGE,
                {{"got", bytes.size()}, {"most", limits::transaction_bytes_max}});
  }
  auto const transaction = canonical::decode<Transaction>(bytes);
  if (!transaction) return fail(TX_STATUS_NON_CANONICAL);
  auto body = canonical::decode<TransactionBody>(transaction->body());
  if (!body) return fail(TX_STATUS_NON_CANONICAL);

  TRY_VOID(check_body(*body, chain));
  auto const& signatures = transaction->signatures();
  if (signatures.empty() ||
      !std::ranges::all_of(signatures, [](auto const& one) { return well_formed(one); })) {
    return fail(TX_STATUS_MALFORMED);
  }
  TRY_VOID(check_signatures(*transaction, chain));

  CheckedTransaction checked;
  checked.id_ = transaction_id(transaction->body());
  checked.wire_ = wire_hash(bytes);
  checked.account_ = address_in(body->account());
  checked.fee_payer_ = protocol::Address::from(body->fee_payer());
  for (auto const& signature : signatures) {
    auto const key = protocol::PublicKey::from(signature.public_key());
    CHECK(key.has_value());  // well_formed() saw it.
    checked.signers_.push_back(*key);
  }
  checked.units_ = units_of(*body, bytes.size(), checked.signers_.size());
  checked.body_ = std::move(*body);
  checked.bytes_ = std::move(bytes);
  return std::make_shared<CheckedTransaction const>(std::move(checked));
}

}  // namespace execution
