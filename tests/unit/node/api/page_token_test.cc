#include "node/api/page_token.h"

#include <gtest/gtest.h>

#include <string>

namespace node {
namespace {

labor::v1::ListRecordsRequest request_for(std::uint64_t id) {
  labor::v1::ListRecordsRequest request;
  request.set_index(labor::v1::RECORD_INDEX_MILESTONES_BY_CONTRACT);
  request.set_id(id);
  return request;
}

TEST(PageToken, ComesBackAsItWasWhateverThePageSize) {
  auto request = request_for(7);
  auto const token = PageToken{.height = protocol::Height{42}, .after = std::string("\0key", 4)};
  request.set_page_token(encode(token, request));
  request.set_page_size(9);
  auto const decoded = decode_page_token(request);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(*decoded, token);
}

TEST(PageToken, OfAnotherRequestIsRefused) {
  auto request = request_for(7);
  auto const text = encode({.height = protocol::Height{42}, .after = "key"}, request);
  auto other = request_for(8);
  other.set_page_token(text);
  EXPECT_EQ(decode_page_token(other).error(), PageTokenRefusal::other_request);
}

TEST(PageToken, EveryMangledByteIsRefused) {
  auto request = request_for(7);
  auto const text = encode({.height = protocol::Height{42}, .after = "key"}, request);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto mangled = text;
    mangled[i] = mangled[i] == '0' ? '1' : '0';
    request.set_page_token(mangled);
    EXPECT_FALSE(decode_page_token(request).has_value()) << i;
  }
  std::string const bads[] = {"x", "00", "zz", text.substr(1), std::string(1000, '0')};
  for (auto const& bad : bads) {
    request.set_page_token(bad);
    EXPECT_EQ(decode_page_token(request).error(), PageTokenRefusal::malformed) << bad;
  }
}

}  // namespace
}  // namespace node
