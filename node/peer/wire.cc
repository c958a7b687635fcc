#include "node/peer/wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "protocol/base/bytes.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace node::peer {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using labor::v1::PeerMessage;

constexpr auto messages_tag = WireFormatLite::MakeTag(
    labor::v1::ConnectRequest::kMessagesFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);

CodedInputStream reader_of(std::string_view bytes) {
  auto const view = base::bytes_of(bytes);
  return CodedInputStream{view.data(), static_cast<int>(view.size())};
}

// The next length-delimited value, without a copy.
std::expected<std::string_view, WireRefusal> take_value(CodedInputStream& in,
                                                        std::string_view bytes) {
  std::uint32_t size = 0;
  if (!in.ReadVarint32(&size)) return std::unexpected{WireRefusal::not_a_request};
  auto const at = static_cast<std::size_t>(in.CurrentPosition());
  if (size > bytes.size() - at) return std::unexpected{WireRefusal::not_a_request};
  in.Skip(static_cast<int>(size));
  return bytes.substr(at, size);
}

// How many fields a message of strings and messages has. Those of other kinds are none of ours
// and make it too many at once.
std::expected<void, WireRefusal> check_parts(std::string_view message) {
  auto in = reader_of(message);
  std::size_t parts = 0;
  for (auto tag = in.ReadTag(); tag != 0; tag = in.ReadTag()) {
    if (++parts > parts_per_message_max) return std::unexpected{WireRefusal::too_many_parts};
    if (!WireFormatLite::SkipField(&in, tag)) return std::unexpected{WireRefusal::not_a_request};
  }
  return {};
}

// Votes and certificates are opaque here; of everything else the parts are counted.
bool is_opaque(std::uint32_t tag) {
  auto const field = WireFormatLite::GetTagFieldNumber(tag);
  return field == PeerMessage::kVoteFieldNumber || field == PeerMessage::kCertificateFieldNumber;
}

std::expected<PeerMessage, WireRefusal> decode_message(std::string_view bytes) {
  auto in = reader_of(bytes);
  std::size_t parts = 0;
  for (auto tag = in.ReadTag(); tag != 0; tag = in.ReadTag()) {
    if (++parts > parts_per_message_max) return std::unexpected{WireRefusal::too_many_parts};
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      return std::unexpected{WireRefusal::not_a_request};
    }
    TRY(value, take_value(in, bytes));
    if (!is_opaque(tag)) TRY_VOID(check_parts(value));
  }
  PeerMessage message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::unexpected{WireRefusal::not_a_request};
  }
  if (message.message_case() == PeerMessage::MESSAGE_NOT_SET) {
    return std::unexpected{WireRefusal::empty_message};
  }
  return message;
}

}  // namespace

Encoded encode(PeerMessage const& message) {
  auto const size = message.ByteSizeLong();
  CHECK(size <= protocol::limits::peer_message_bytes_max);
  std::string bytes;
  bytes.reserve(size + 8);
  {
    google::protobuf::io::StringOutputStream out{&bytes};
    google::protobuf::io::CodedOutputStream coded{&out};
    coded.WriteTag(messages_tag);
    coded.WriteVarint32(static_cast<std::uint32_t>(size));
    message.SerializeWithCachedSizes(&coded);
  }
  return std::make_shared<std::string const>(std::move(bytes));
}

std::string_view explain(WireRefusal refusal) {
  switch (refusal) {
    case WireRefusal::not_a_request:
      return "the bytes are not a ConnectRequest of labor.v1";
    case WireRefusal::too_many_messages:
      return "more than 4096 messages in one write";
    case WireRefusal::too_many_parts:
      return "a message of more than 16384 parts";
    case WireRefusal::empty_message:
      return "a message that says nothing this version knows";
  }
  UNREACHABLE();
}

std::expected<std::vector<PeerMessage>, WireRefusal> decode(std::string_view request) {
  std::vector<PeerMessage> messages;
  auto in = reader_of(request);
  while (static_cast<std::size_t>(in.CurrentPosition()) < request.size()) {
    if (in.ReadTag() != messages_tag) return std::unexpected{WireRefusal::not_a_request};
    if (messages.size() == messages_per_request_max) {
      return std::unexpected{WireRefusal::too_many_messages};
    }
    TRY(bytes, take_value(in, request));
    TRY(message, decode_message(bytes));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace node::peer
