#include "consensus/certificate/verify.h"

#include <cstdint>
#include <limits>

#include "consensus/certificate/attestation.h"
#include "consensus/certificate/encoding.h"
#include "protocol/base/try.h"
#include "protocol/crypto/sign.h"

namespace consensus {
namespace {

std::expected<void, VerifyRefusal> check(Committee const& committee, Statement const& statement) {
  if (statement.epoch != committee.epoch) return std::unexpected{VerifyRefusal::wrong_epoch};
  auto const view = statement.view.value();
  if (view == 0 || view == std::numeric_limits<std::uint64_t>::max()) {
    return std::unexpected{VerifyRefusal::impossible_view};
  }
  if (statement.kind == VoteKind::nullify) return {};
  if (statement.parent_view >= statement.view) {
    return std::unexpected{VerifyRefusal::parent_not_below};
  }
  return {};
}

}  // namespace

std::string_view explain(VerifyRefusal refusal) {
  switch (refusal) {
    case VerifyRefusal::wrong_epoch:
      return "it is of another epoch";
    case VerifyRefusal::impossible_view:
      return "the view is one that is not voted on";
    case VerifyRefusal::unknown_validator:
      return "the set has no validator with this index";
    case VerifyRefusal::parent_not_below:
      return "the parent's view is not below the block's own";
    case VerifyRefusal::wrong_quorum:
      return "a certificate has exactly a quorum of signers, and a signature of each";
    case VerifyRefusal::bad_signature:
      return "a signature does not verify";
  }
  UNREACHABLE();
}

std::expected<void, VerifyRefusal> check_claim(Committee const& committee, Vote const& vote) {
  TRY_VOID(check(committee, vote.statement));
  if (committee.validators.contains(vote.voter)) return {};
  return std::unexpected{VerifyRefusal::unknown_validator};
}

std::expected<void, VerifyRefusal> check_claim(Committee const& committee,
                                               Certificate const& certificate) {
  TRY_VOID(check(committee, certificate.statement));
  auto const signers = certificate.signers.members();
  if (signers.size() != committee.validators.quorum() ||
      signers.size() != certificate.signatures.size()) {
    return std::unexpected{VerifyRefusal::wrong_quorum};
  }
  if (committee.validators.contains(signers.back())) return {};
  return std::unexpected{VerifyRefusal::unknown_validator};
}

std::expected<Verified<Vote>, VerifyRefusal> verify(Committee const& committee, Vote vote) {
  TRY_VOID(check_claim(committee, vote));
  auto const message = signing_bytes(committee.genesis, vote.statement);
  auto const& key = committee.validators.key(vote.voter);
  if (!crypto::verify(key, base::bytes_of(message), vote.signature)) {
    return std::unexpected{VerifyRefusal::bad_signature};
  }
  return Attestation::of(vote);
}

std::expected<Verified<Certificate>, VerifyRefusal> verify(Committee const& committee,
                                                           Certificate certificate,
                                                           KnownVotes const& known) {
  TRY_VOID(check_claim(committee, certificate));
  auto const signers = certificate.signers.members();
  auto const message = signing_bytes(committee.genesis, certificate.statement);
  for (std::size_t i = 0; i < signers.size(); ++i) {
    if (known.holds({.statement = certificate.statement,
                     .voter = signers[i],
                     .signature = certificate.signatures[i]})) {
      continue;
    }
    auto const& key = committee.validators.key(signers[i]);
    if (!crypto::verify(key, base::bytes_of(message), certificate.signatures[i])) {
      return std::unexpected{VerifyRefusal::bad_signature};
    }
  }
  return Attestation::of(std::move(certificate));
}

}  // namespace consensus
