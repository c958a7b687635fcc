// The signer's side of a conversation with a node, without the socket: one message in, one frame
// out. Everything that a node says wrongly ends its conversation with a reason.
//
// Threads: one. A Desk serves all conversations; what they may say depends on a greeting each.

#pragma once

#include <string>
#include <string_view>

#include "node/signer/frame.h"
#include "node/signer/keeper.h"

namespace node::signer {

struct Reply {
  std::string frame;
  bool hang_up = false;      // After it has been sent.
  std::string refused = {};  // Why, for the log.
};

class Desk {
 public:
  explicit Desk(Keeper& keeper) : keeper_{keeper} {}

  // `greeted` is the conversation's own, false at its start.
  std::expected<Reply, consensus::DiskFailure> reply(bool& greeted, std::string_view message);
  static Reply refuse(Refusal refusal);

 private:
  std::expected<labor::v1::SignerMessage, Refusal> welcome(labor::v1::SignerHello const& hello);
  using Answered = std::expected<labor::v1::SignerMessage, Refusal>;
  std::expected<Answered, consensus::DiskFailure> answer(labor::v1::SignerMessage const& message);
  std::expected<Answered, consensus::DiskFailure> answer(labor::v1::SignerOrder const& order);
  std::expected<Answered, consensus::DiskFailure> advance(labor::v1::EpochChange const& change);
  Answered ready(labor::v1::SignerReady const& ready) const;

  Keeper& keeper_;
};

}  // namespace node::signer
