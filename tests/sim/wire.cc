#include "tests/sim/wire.h"

#include <labor/v1/peer_service.pb.h>

#include <memory>

#include "consensus/certificate/encoding.h"
#include "protocol/codec/canonical.h"

namespace sim {
namespace {

using labor::v1::PeerMessage;

Payload sealed(PeerMessage const& message) {
  return std::make_shared<std::string const>(canonical::encode(message));
}

template <class T, class Refusal>
Opened opened(std::expected<T, Refusal> result) {
  if (!result) return Refused{std::string{consensus::explain(result.error())}};
  return *std::move(result);
}

// A vote counts only on its signer's own stream (R15).
template <class Verify>
Opened on_stream(std::size_t from, KnownEpoch const& epoch, Verify const& verify) {
  auto const stream = epoch.place_of(from);
  if (!stream) return Refused{"a vote on the stream of a node that is not in its set"};
  return verify(*stream);
}

Place place(consensus::Statement const& statement) {
  return {.epoch = statement.epoch, .view = statement.view};
}

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

consensus::Body body_of(std::string const& bytes) {
  return std::make_shared<std::string const>(bytes);
}

}  // namespace

Payload wire(consensus::Vote const& vote) {
  PeerMessage message;
  message.set_vote(consensus::encode(vote));
  return sealed(message);
}

Payload wire(consensus::Certificate const& certificate, consensus::ValidatorSet const& set) {
  return wire_certificate(consensus::encode(certificate, set));
}

Payload wire_certificate(std::string const& certificate) {
  PeerMessage message;
  message.set_certificate(certificate);
  return sealed(message);
}

Payload wire(consensus::ProposalMessage const& proposal, consensus::ValidatorSet const& set) {
  PeerMessage message;
  auto& fields = *message.mutable_proposal();
  fields.set_vote(consensus::encode(proposal.vote));
  fields.set_block(*proposal.body);
  for (auto const& certificate : proposal.certificates) {
    fields.add_certificates(consensus::encode(certificate, set));
  }
  return sealed(message);
}

Payload wire(ViewRequest const& request) {
  PeerMessage message;
  message.mutable_fetch_view()->set_epoch(request.epoch.value());
  message.mutable_fetch_view()->set_view(request.view.value());
  return sealed(message);
}

Payload wire(BodyRequest const& request) {
  PeerMessage message;
  message.mutable_fetch_body()->set_block_hash(request.block.str());
  return sealed(message);
}

Payload wire(BlocksRequest const& request) {
  PeerMessage message;
  message.mutable_fetch_blocks()->set_from_height(request.first.value());
  message.mutable_fetch_blocks()->set_count_max(request.count_max);
  return sealed(message);
}

Payload wire_body(std::string const& block) {
  PeerMessage message;
  message.mutable_body()->set_block(block);
  return sealed(message);
}

Payload wire(labor::v1::FinalBlocks const& range) {
  PeerMessage message;
  *message.mutable_final_blocks() = range;
  return sealed(message);
}

Payload wire_transactions(std::vector<std::string> const& transactions) {
  PeerMessage message;
  auto& fields = *message.mutable_transactions();
  for (auto const& transaction : transactions) fields.add_transactions(transaction);
  return sealed(message);
}

std::optional<Place> place_of(Opened const& message) {
  using Found = std::optional<Place>;
  return std::visit(
      Overloaded{
          [](consensus::Verified<consensus::Vote> const& vote) -> Found {
            return place(vote->statement);
          },
          [](consensus::Verified<consensus::Certificate> const& certificate) -> Found {
            return place(certificate->statement);
          },
          [](consensus::ReceivedProposal const& proposal) -> Found {
            return place(proposal.vote->statement);
          },
          [](ViewRequest const& request) -> Found {
            return Place{.epoch = request.epoch, .view = request.view};
          },
          [](consensus::FinalRange const& range) -> Found {
            return place(range.finalization->statement);
          },
          [](auto const&) -> Found { return std::nullopt; },
      },
      message);
}

Opened const& Opener::open(std::size_t from, std::string const& bytes) {
  auto const key = std::pair{from, bytes};
  auto found = opened_.find(key);
  if (found == opened_.end()) found = opened_.emplace(key, read(from, bytes)).first;
  return found->second;
}

execution::CheckedPtr Opener::check(std::string const& transaction) {
  auto found = transactions_.find(transaction);
  if (found == transactions_.end()) {
    auto checked = execution::check_transaction(transaction, chain_);
    found = transactions_.emplace(transaction, checked ? *std::move(checked) : nullptr).first;
  }
  return found->second;
}

template <class Verify>
Opened Opener::verified(std::string const& statement, Verify const& verify) const {
  auto const subject = consensus::subject_of(statement);
  if (!subject) return Refused{std::string{consensus::explain(subject.error())}};
  auto const* const epoch = epochs_.find(subject->epoch);
  if (epoch == nullptr) return Refused{"of an epoch that nobody has entered"};
  return verify(*epoch);
}

Opened Opener::read_certificate(std::string const& certificate) {
  auto found = certificates_.find(certificate);
  if (found == certificates_.end()) {
    auto result = verified(certificate, [&](KnownEpoch const& epoch) {
      return opened(consensus::verify_certificate(epoch.committee, certificate));
    });
    found = certificates_.emplace(certificate, std::move(result)).first;
  }
  return found->second;
}

Opened Opener::read_transactions(std::vector<std::string> const& transactions) {
  Transactions all;
  for (auto const& transaction : transactions) {
    auto checked = check(transaction);
    if (checked == nullptr) return Refused{"a transaction that is not good"};
    all.push_back(std::move(checked));
  }
  return all;
}

Opened Opener::read(std::size_t from, std::string const& bytes) {
  auto const decoded = canonical::decode<PeerMessage>(bytes);
  if (!decoded) return Refused{std::string{canonical::explain(decoded.error())}};
  switch (decoded->message_case()) {
    case PeerMessage::kVote:
      return verified(decoded->vote(), [&](KnownEpoch const& epoch) {
        return on_stream(from, epoch, [&](consensus::ValidatorIndex stream) {
          return opened(consensus::verify_vote(epoch.committee, stream, decoded->vote()));
        });
      });
    case PeerMessage::kCertificate:
      return read_certificate(decoded->certificate());
    case PeerMessage::kProposal: {
      auto const& fields = decoded->proposal();
      return verified(fields.vote(), [&](KnownEpoch const& epoch) {
        return on_stream(from, epoch, [&](consensus::ValidatorIndex stream) {
          return opened(consensus::verify_proposal(
              epoch.committee, stream, fields.vote(), body_of(fields.block()),
              {fields.certificates().begin(), fields.certificates().end()}));
        });
      });
    }
    case PeerMessage::kFetchView:
      return ViewRequest{consensus::Epoch{decoded->fetch_view().epoch()},
                         consensus::View{decoded->fetch_view().view()}};
    case PeerMessage::kFetchBody: {
      auto const hash = consensus::BlockHash::from(decoded->fetch_body().block_hash());
      if (!hash) return Refused{"a block hash that is not 32 bytes"};
      return BodyRequest{*hash};
    }
    case PeerMessage::kFetchBlocks:
      return BlocksRequest{consensus::Height{decoded->fetch_blocks().from_height()},
                           decoded->fetch_blocks().count_max()};
    case PeerMessage::kBody:
      return opened(consensus::read_block(chain_.hash(), body_of(decoded->body().block())));
    case PeerMessage::kFinalBlocks: {
      std::vector<consensus::Body> bodies;
      for (auto const& block : decoded->final_blocks().blocks()) {
        bodies.push_back(body_of(block.block()));
      }
      auto const& finalization = decoded->final_blocks().finalization();
      auto const& headers = decoded->final_blocks().headers();
      return verified(finalization, [&](KnownEpoch const& epoch) {
        return opened(consensus::verify_final_blocks(epoch.committee, bodies, finalization,
                                                     {headers.begin(), headers.end()}));
      });
    }
    case PeerMessage::kTransactions: {
      auto const& batch = decoded->transactions().transactions();
      return read_transactions({batch.begin(), batch.end()});
    }
    case PeerMessage::kFetchDocument:
    case PeerMessage::kDocument:
    case PeerMessage::kDocumentErasures:
      return Refused{"about a document: nothing of consensus"};
    case PeerMessage::kHello:
    case PeerMessage::MESSAGE_NOT_SET:
      return Refused{"not a message of a set-up stream"};
  }
  return Refused{"not a message this version knows"};
}

}  // namespace sim
