#include "consensus/certificate/encoding.h"

#include <algorithm>
#include <optional>

#include "protocol/base/try.h"
#include "protocol/crypto/sign.h"

namespace consensus {
namespace {

void put_u64(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

// Takes fields off the front. The first that does not fit makes everything after it fail too.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_{bytes} {}

  std::optional<std::string_view> bytes(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    auto const taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::optional<std::uint8_t> u8() {
    auto const taken = bytes(1);
    if (!taken) return std::nullopt;
    return static_cast<std::uint8_t>(taken->front());
  }
  std::optional<std::uint64_t> u64() {
    auto const taken = bytes(8);
    if (!taken) return std::nullopt;
    std::uint64_t value = 0;
    for (auto const byte : base::bytes_of(*taken)) value = value << 8 | byte;
    return value;
  }
  template <class T>
  std::optional<T> fixed() {
    auto const taken = bytes(T::size);
    if (!taken) return std::nullopt;
    return T::from(*taken);
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<VoteKind> kind_of(std::uint8_t number) {
  switch (VoteKind{number}) {
    case VoteKind::notarize:
    case VoteKind::nullify:
    case VoteKind::finalize:
      return VoteKind{number};
  }
  return std::nullopt;
}

std::expected<Subject, EncodingRefusal> take_subject(Reader& in) {
  auto const epoch = in.u64();
  auto const view = in.u64();
  auto const number = in.u8();
  if (!epoch || !view || !number) return std::unexpected{EncodingRefusal::truncated};
  auto const kind = kind_of(*number);
  if (!kind) return std::unexpected{EncodingRefusal::unknown_kind};
  return Subject{.epoch = Epoch{*epoch}, .view = View{*view}, .kind = *kind};
}

std::expected<Statement, EncodingRefusal> take_statement(Reader& in) {
  TRY(subject, take_subject(in));
  auto const [epoch, view, kind] = subject;
  if (kind == VoteKind::nullify) return nullify(epoch, view);

  auto const parent_view = in.u64();
  auto const height = in.u64();
  auto const block = in.fixed<BlockHash>();
  if (!parent_view || !height || !block) return std::unexpected{EncodingRefusal::truncated};
  return Statement{.epoch = epoch,
                   .view = view,
                   .kind = kind,
                   .parent_view = View{*parent_view},
                   .height = Height{*height},
                   .block = *block};
}

constexpr std::size_t bits_per_byte = 8;

std::size_t bitmap_bytes(ValidatorSet const& set) {
  return (set.size() + bits_per_byte - 1) / bits_per_byte;
}

std::expected<SignerSet, EncodingRefusal> signers_of(std::string_view bitmap,
                                                     ValidatorSet const& set) {
  SignerSet signers;
  for (std::size_t i = 0; i < bitmap.size() * bits_per_byte; ++i) {
    auto const byte = static_cast<std::uint8_t>(bitmap[i / bits_per_byte]);
    if ((byte >> (i % bits_per_byte) & 1) == 0) continue;
    if (i >= set.size()) return std::unexpected{EncodingRefusal::bitmap_padding};
    signers.insert(ValidatorIndex{static_cast<std::uint8_t>(i)});
  }
  return signers;
}

}  // namespace

std::string_view explain(EncodingRefusal refusal) {
  switch (refusal) {
    case EncodingRefusal::truncated:
      return "the bytes end before the value does";
    case EncodingRefusal::trailing_bytes:
      return "bytes follow the end of the value";
    case EncodingRefusal::unknown_kind:
      return "the kind of vote is none that this version knows";
    case EncodingRefusal::bitmap_padding:
      return "the bitmap names a validator that the set does not have";
    case EncodingRefusal::wrong_signature_count:
      return "a certificate has exactly a quorum of signers";
  }
  UNREACHABLE();
}

std::expected<Subject, EncodingRefusal> subject_of(std::string_view bytes) {
  Reader in{bytes};
  return take_subject(in);
}

std::string encode(Statement const& statement) {
  std::string out;
  put_u64(out, statement.epoch.value());
  put_u64(out, statement.view.value());
  out.push_back(static_cast<char>(statement.kind));
  if (statement.kind == VoteKind::nullify) return out;
  put_u64(out, statement.parent_view.value());
  put_u64(out, statement.height.value());
  out += statement.block.chars();
  return out;
}

std::string encode(Vote const& vote) {
  auto out = encode(vote.statement);
  out.push_back(static_cast<char>(vote.voter.value()));
  out += vote.signature.chars();
  return out;
}

std::string encode(Certificate const& certificate, ValidatorSet const& set) {
  CHECK(certificate.signers.size() == certificate.signatures.size());
  auto out = encode(certificate.statement);
  std::string bitmap(bitmap_bytes(set), '\0');
  for (auto const signer : certificate.signers.members()) {
    CHECK(set.contains(signer));
    auto& byte = bitmap[signer.value() / bits_per_byte];
    byte =
        static_cast<char>(static_cast<std::uint8_t>(byte) | 1u << (signer.value() % bits_per_byte));
  }
  out += bitmap;
  for (auto const& signature : certificate.signatures) out += signature.chars();
  return out;
}

std::expected<Statement, EncodingRefusal> decode_statement(std::string_view bytes) {
  Reader in{bytes};
  TRY(statement, take_statement(in));
  if (!in.done()) return std::unexpected{EncodingRefusal::trailing_bytes};
  return statement;
}

std::expected<Vote, EncodingRefusal> decode_vote(std::string_view bytes) {
  Reader in{bytes};
  TRY(statement, take_statement(in));
  auto const voter = in.u8();
  auto const signature = in.fixed<Signature>();
  if (!voter || !signature) return std::unexpected{EncodingRefusal::truncated};
  if (!in.done()) return std::unexpected{EncodingRefusal::trailing_bytes};
  return Vote{.statement = statement, .voter = ValidatorIndex{*voter}, .signature = *signature};
}

std::expected<Certificate, EncodingRefusal> decode_certificate(std::string_view bytes,
                                                               ValidatorSet const& set) {
  Reader in{bytes};
  TRY(statement, take_statement(in));
  auto const bitmap = in.bytes(bitmap_bytes(set));
  if (!bitmap) return std::unexpected{EncodingRefusal::truncated};
  TRY(signers, signers_of(*bitmap, set));
  if (signers.size() != set.quorum()) {
    return std::unexpected{EncodingRefusal::wrong_signature_count};
  }
  Certificate certificate{.statement = statement, .signers = signers, .signatures = {}};
  certificate.signatures.reserve(signers.size());
  for (std::size_t i = 0; i < signers.size(); ++i) {
    auto const signature = in.fixed<Signature>();
    if (!signature) return std::unexpected{EncodingRefusal::truncated};
    certificate.signatures.push_back(*signature);
  }
  if (!in.done()) return std::unexpected{EncodingRefusal::trailing_bytes};
  return certificate;
}

std::string signing_bytes(GenesisHash const& genesis, Statement const& statement) {
  return crypto::signing_bytes(crypto::tags::vote, genesis, base::bytes_of(encode(statement)));
}

}  // namespace consensus
