#include "protocol/validators/vote.h"

#include "protocol/base/big_endian.h"
#include "protocol/crypto/sign.h"

namespace validators {

namespace {

constexpr std::size_t subject_bytes = 8 + 8 + 1;
constexpr std::size_t body_bytes = 8 + 8 + 32;
constexpr std::size_t tail_bytes = 1 + protocol::Signature::size;

std::optional<VoteKind> kind_of(std::uint8_t number) {
  switch (VoteKind{number}) {
    case VoteKind::notarize:
    case VoteKind::nullify:
    case VoteKind::finalize:
      return VoteKind{number};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Vote> read_vote(std::string_view bytes) {
  if (bytes.size() < subject_bytes) return std::nullopt;
  auto const kind = kind_of(static_cast<std::uint8_t>(bytes[subject_bytes - 1]));
  if (!kind) return std::nullopt;
  auto const statement_bytes = subject_bytes + (*kind == VoteKind::nullify ? 0 : body_bytes);
  if (bytes.size() != statement_bytes + tail_bytes) return std::nullopt;

  auto const voter = static_cast<std::uint8_t>(bytes[statement_bytes]);
  auto const signature = protocol::Signature::from(bytes.substr(statement_bytes + 1));
  CHECK(signature.has_value());  // The length has been checked.
  return Vote{.epoch = protocol::Epoch{base::read_big_endian<std::uint64_t>(bytes)},
              .view = protocol::View{base::read_big_endian<std::uint64_t>(bytes.substr(8))},
              .kind = *kind,
              .voter = protocol::ValidatorIndex{voter},
              .signature = *signature,
              .statement = std::string{bytes.substr(0, statement_bytes)}};
}

bool contradict(Vote const& first, Vote const& second) {
  if (first.epoch != second.epoch || first.view != second.view) return false;
  if (first.voter != second.voter) return false;
  if (first.kind == second.kind) return first.statement != second.statement;
  return first.kind != VoteKind::notarize && second.kind != VoteKind::notarize;
}

bool signed_by(Vote const& vote, protocol::PublicKey const& key,
               protocol::GenesisHash const& genesis) {
  auto const message =
      crypto::signing_bytes(crypto::tags::vote, genesis, base::bytes_of(vote.statement));
  return crypto::verify(key, base::bytes_of(message), vote.signature);
}

}  // namespace validators
