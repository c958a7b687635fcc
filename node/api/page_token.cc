#include "node/api/page_token.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"

namespace node {
namespace {

constexpr std::size_t digest_bytes = 8;
constexpr std::size_t height_bytes = 8;
constexpr std::size_t after_bytes_max = 128;
constexpr std::size_t fixed_bytes = digest_bytes + height_bytes + digest_bytes;

std::string digest(std::string_view bytes) {
  auto const hash = crypto::hash(crypto::domains::list, {base::bytes_of(bytes)});
  return std::string{hash.chars().substr(0, digest_bytes)};
}

std::string query_digest(labor::v1::ListRecordsRequest request) {
  request.clear_page_size();
  request.clear_page_token();
  return digest(canonical::encode(request));
}

}  // namespace

std::string_view explain(PageTokenRefusal refusal) {
  switch (refusal) {
    case PageTokenRefusal::malformed:
      return "the page token is not one that this node gave; begin again without one";
    case PageTokenRefusal::other_request:
      return "the page token belongs to a request with other fields; repeat those or begin again";
  }
  UNREACHABLE();
}

std::string encode(PageToken const& token, labor::v1::ListRecordsRequest const& request) {
  CHECK(token.after.size() <= after_bytes_max);
  auto plain = query_digest(request);
  base::append_big_endian(plain, token.height.value());
  plain += token.after;
  return base::hex(plain + digest(plain));
}

std::expected<PageToken, PageTokenRefusal> decode_page_token(
    labor::v1::ListRecordsRequest const& request) {
  auto const& text = request.page_token();
  if (text.size() > 2 * (fixed_bytes + after_bytes_max)) {
    return std::unexpected{PageTokenRefusal::malformed};
  }
  auto const bytes = base::from_hex(text);
  if (!bytes || bytes->size() < fixed_bytes) return std::unexpected{PageTokenRefusal::malformed};
  auto const plain = std::string_view{*bytes}.substr(0, bytes->size() - digest_bytes);
  if (!bytes->ends_with(digest(plain))) return std::unexpected{PageTokenRefusal::malformed};
  if (!plain.starts_with(query_digest(request))) {
    return std::unexpected{PageTokenRefusal::other_request};
  }
  auto const height = base::read_big_endian<std::uint64_t>(plain.substr(digest_bytes));
  return PageToken{.height = protocol::Height{height},
                   .after = std::string{plain.substr(digest_bytes + height_bytes)}};
}

}  // namespace node
