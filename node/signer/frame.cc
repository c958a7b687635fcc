#include "node/signer/frame.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"

namespace node::signer {

using namespace labor::v1;  // NOLINT(google-build-using-namespace): the schema's names.

std::string_view explain(Refusal refusal) {
  switch (refusal) {
    case SIGNER_REFUSAL_FRAME_LENGTH:
      return "a frame is empty or longer than any message";
    case SIGNER_REFUSAL_MALFORMED:
      return "a message is not what its schema says";
    case SIGNER_REFUSAL_UNKNOWN_VERSION:
      return "node and signer are of versions that do not understand each other: run the same "
             "labord on both sides";
    case SIGNER_REFUSAL_OUT_OF_TURN:
      return "a message came before the greeting or is none that a node sends";
    case SIGNER_REFUSAL_ANOTHER_CHAIN:
      return "node and signer have different genesis files";
    case SIGNER_REFUSAL_ANOTHER_KEY:
      return "the signer holds another key than signer.key in the node's labord.toml says";
    case SIGNER_REFUSAL_TOO_MANY:
      return "an order has more certificates or statements than it may";
    case SIGNER_REFUSAL_BAD_CERTIFICATE:
      return "a certificate does not verify against the validators";
    case SIGNER_REFUSAL_BAD_BOUNDARY:
      return "what should end the epoch is not the final block that names the next validators";
    default:
      return "the signer gives a reason that this version does not know";
  }
}

std::string encode(SignerMessage message) {
  message.set_version(protocol_version);
  auto const body = message.SerializeAsString();
  CHECK(!body.empty() && body.size() <= message_bytes_max);
  return base::big_endian(static_cast<std::uint32_t>(body.size())) + body;
}

std::expected<std::size_t, Refusal> length_of(std::array<char, prefix_bytes> const& prefix) {
  auto const length =
      base::read_big_endian<std::uint32_t>(std::string_view{prefix.data(), prefix.size()});
  if (length == 0 || length > message_bytes_max) {
    return std::unexpected{SIGNER_REFUSAL_FRAME_LENGTH};
  }
  return length;
}

std::expected<SignerMessage, Refusal> decode(std::string_view bytes) {
  SignerMessage message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::unexpected{SIGNER_REFUSAL_MALFORMED};
  }
  if (message.version() != protocol_version) {
    return std::unexpected{SIGNER_REFUSAL_UNKNOWN_VERSION};
  }
  if (message.body_case() == SignerMessage::BODY_NOT_SET) {
    return std::unexpected{SIGNER_REFUSAL_MALFORMED};
  }
  return message;
}

}  // namespace node::signer
