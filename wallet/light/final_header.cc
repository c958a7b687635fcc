#include "wallet/light/final_header.h"

#include <fmt/format.h>

#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/codec/canonical.h"

namespace wallet {

namespace {

constexpr std::string_view node_says = "The node's answer";

}  // namespace

std::unexpected<Problem> unverified(std::string reason, std::string const& message) {
  return problem(Exit::unverified, std::move(reason),
                 fmt::format("{} does not verify: {}", node_says, message),
                 "Do not act on it. Ask another node: `--node HOST:PORT`.");
}

Problem of_file(Problem unverified) {
  if (unverified.exit != Exit::unverified) return unverified;
  if (unverified.message.starts_with(node_says)) {
    unverified.message.replace(0, node_says.size(), "This file");
  }
  unverified.hint = "Do not rely on it. Ask whoever gave it to you for another.";
  return unverified;
}

Result<labor::v1::BlockHeader> header_of(protocol::Chain const& chain, std::string_view bytes) {
  auto header = canonical::decode<labor::v1::BlockHeader>(bytes);
  if (!header) return unverified("BAD_HEADER", std::string{explain(header.error())});
  if (header->genesis_hash() != chain.hash().chars()) {
    return unverified("WRONG_GENESIS", "the block belongs to another chain.");
  }
  return *std::move(header);
}

Result<void> check_finalization(consensus::Committee const& committee,
                                std::string_view finalization, protocol::BlockHash const& block,
                                protocol::Height height) {
  auto certificate = consensus::decode_certificate(finalization, committee.validators);
  if (!certificate) {
    return unverified("BAD_CERTIFICATE", std::string{explain(certificate.error())});
  }
  auto const verified = consensus::verify(committee, *std::move(certificate));
  if (!verified) return unverified("BAD_CERTIFICATE", std::string{explain(verified.error())});
  auto const& statement = (*verified)->statement;
  if (statement.kind != consensus::VoteKind::finalize) {
    return unverified("NOT_FINAL", "the certificate does not make the block final.");
  }
  if (statement.block != block || statement.height != height) {
    return unverified("WRONG_BLOCK", "the certificate is for another block.");
  }
  return {};
}

}  // namespace wallet
