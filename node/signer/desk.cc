#include "node/signer/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "node/signer/binding.h"
#include "protocol/base/try.h"
#include "protocol/validators/seats.h"

namespace node::signer {

using namespace labor::v1;  // NOLINT(google-build-using-namespace): the schema's names.

namespace {

// Everything of one message, or a reason.
struct Wanted {
  std::vector<consensus::Certificate> certificates;
  std::vector<consensus::Statement> statements;
};

std::expected<Wanted, Refusal> read(SignerOrder const& order,
                                    consensus::ValidatorSet const& validators) {
  if (order.certificates_size() > certificates_per_order_max ||
      order.statements_size() > statements_per_order_max) {
    return std::unexpected{SIGNER_REFUSAL_TOO_MANY};
  }
  Wanted wanted;
  for (auto const& bytes : order.certificates()) {
    auto certificate = consensus::decode_certificate(bytes, validators);
    if (!certificate) return std::unexpected{SIGNER_REFUSAL_MALFORMED};
    wanted.certificates.push_back(*std::move(certificate));
  }
  for (auto const& bytes : order.statements()) {
    auto const statement = consensus::decode_statement(bytes);
    if (!statement) return std::unexpected{SIGNER_REFUSAL_MALFORMED};
    wanted.statements.push_back(*statement);
  }
  return wanted;
}

}  // namespace

Reply Desk::refuse(Refusal refusal) {
  SignerMessage message;
  message.mutable_goodbye()->set_reason(refusal);
  return {.frame = encode(message), .hang_up = true, .refused = std::string{explain(refusal)}};
}

std::expected<Reply, consensus::DiskFailure> Desk::reply(bool& greeted, std::string_view bytes) {
  auto const message = decode(bytes);
  if (!message) return refuse(message.error());
  if (message->has_hello()) {
    auto const answer = welcome(message->hello());
    if (!answer) return refuse(answer.error());
    greeted = true;
    return Reply{.frame = encode(*answer)};
  }
  if (!greeted) return refuse(SIGNER_REFUSAL_OUT_OF_TURN);
  TRY(answered, answer(*message));
  if (!answered) return refuse(answered.error());
  return Reply{.frame = encode(*answered)};
}

std::expected<SignerMessage, Refusal> Desk::welcome(SignerHello const& hello) {
  auto const node_key = protocol::PublicKey::from(hello.node_key());
  if (!node_key) return std::unexpected{SIGNER_REFUSAL_MALFORMED};
  auto const& committee = keeper_.committee();
  if (hello.genesis_hash() != committee.genesis.chars()) {
    return std::unexpected{SIGNER_REFUSAL_ANOTHER_CHAIN};
  }
  if (hello.consensus_key() != keeper_.key().public_key().chars()) {
    return std::unexpected{SIGNER_REFUSAL_ANOTHER_KEY};
  }
  SignerMessage message;
  auto& welcome = *message.mutable_welcome();
  auto const binding = peer_binding(committee.genesis, committee.epoch, *node_key);
  welcome.set_peer_signature(keeper_.key().sign(base::bytes_of(binding)).str());
  welcome.set_epoch(committee.epoch.value());
  auto const mark = keeper_.mark();
  welcome.set_journal_id(mark.id.data(), mark.id.size());
  welcome.set_highest_view(mark.highest_view.value());
  auto const* guard = keeper_.guard();
  auto entry = guard == nullptr ? consensus::JournalEntry{} : guard->remembered();
  auto const higher = [](auto const& a, auto const& b) {
    return a.statement.view > b.statement.view;
  };
  std::ranges::sort(entry.grounds, higher);
  std::ranges::sort(entry.votes, higher);
  for (auto const& ground : entry.grounds) {
    if (welcome.grounds_size() == certificates_per_order_max) break;
    welcome.add_grounds(consensus::encode(ground, committee.validators));
  }
  for (auto const& vote : entry.votes) {
    if (welcome.votes_size() == statements_per_order_max) break;
    welcome.add_votes(consensus::encode(vote));
  }
  return message;
}

std::expected<Desk::Answered, consensus::DiskFailure> Desk::answer(SignerMessage const& message) {
  switch (message.body_case()) {
    case SignerMessage::kOrder:
      return answer(message.order());
    case SignerMessage::kEpoch:
      return advance(message.epoch());
    case SignerMessage::kReady:
      return ready(message.ready());
    default:
      return Answered{std::unexpected{SIGNER_REFUSAL_OUT_OF_TURN}};
  }
}

std::expected<Desk::Answered, consensus::DiskFailure> Desk::answer(SignerOrder const& order) {
  auto const wanted = read(order, keeper_.committee().validators);
  if (!wanted) return Answered{std::unexpected{wanted.error()}};
  auto* guard = keeper_.guard();
  SignerMessage message;
  auto& answer = *message.mutable_answer();
  if (guard == nullptr) {
    for (auto const& statement : wanted->statements) {
      answer.add_verdicts()->set_refused(
          fmt::format("the key is not a validator of epoch {}", statement.epoch.value()));
    }
    return Answered{std::move(message)};
  }
  for (auto const& certificate : wanted->certificates) {
    if (!guard->show(certificate)) return Answered{std::unexpected{SIGNER_REFUSAL_BAD_CERTIFICATE}};
  }
  TRY(verdicts, guard->sign(wanted->statements));
  for (auto const& verdict : verdicts) {
    auto& said = *answer.add_verdicts();
    if (verdict) {
      said.set_signature(verdict->signature.str());
    } else {
      said.set_refused(std::string{consensus::explain(verdict.error())});
    }
  }
  return Answered{std::move(message)};
}

std::expected<Desk::Answered, consensus::DiskFailure> Desk::advance(EpochChange const& change) {
  TRY(advanced, keeper_.advance(change));
  if (!advanced) return Answered{std::unexpected{SIGNER_REFUSAL_BAD_BOUNDARY}};
  SignerMessage message;
  message.mutable_answer();
  return Answered{std::move(message)};
}

// It is no vote: the chain takes it for one block of the last moments, and it binds the key to
// nothing.
Desk::Answered Desk::ready(SignerReady const& ready) const {
  auto const block = protocol::BlockHash::from(ready.block_hash());
  if (!block) return std::unexpected{SIGNER_REFUSAL_MALFORMED};
  auto const bytes = validators::ready_bytes(keeper_.committee().genesis, ready.seat(),
                                             protocol::Height{ready.height()}, *block);
  SignerMessage message;
  auto& verdict = *message.mutable_answer()->add_verdicts();
  verdict.set_signature(keeper_.key().sign(base::bytes_of(bytes)).str());
  return message;
}

}  // namespace node::signer
