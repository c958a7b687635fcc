#include "node/engine/epoch_run.h"

#include "consensus/shell/journaled_signer.h"
#include "protocol/base/check.h"

namespace node {
namespace {

std::unique_ptr<consensus::Signer> signer_into(VoteJournal* journal, consensus::SigningKey* key) {
  if (journal == nullptr) return std::make_unique<consensus::NoSigner>();
  CHECK(key != nullptr);
  return std::make_unique<consensus::JournaledSigner>(*journal, *key);
}

}  // namespace

EpochRun::EpochRun(Parts const& parts, consensus::Committee committee,
                   consensus::Config const& config, consensus::Recovered const& recovered,
                   std::shared_ptr<VoteJournal> journal)
    : committee_{std::move(committee)},
      config_{config},
      journal_{std::move(journal)},
      own_signer_{signer_into(journal_.get(), parts.key)},
      network_{parts.peers, parts.gossip, parts.mempool, committee_},
      runner_{config,
              recovered,
              {.signer = parts.signer_apart != nullptr ? *parts.signer_apart : *own_signer_,
               .network = network_,
               .timers = parts.timers,
               .clock = parts.clock,
               .executor = parts.executor,
               .trace = parts.trace}},
      known_votes_{committee_.validators.size()} {
  CHECK(!config_.self || journal_ != nullptr || parts.signer_apart != nullptr);
}

bool EpochRun::proposes_anew(protocol::ValidatorIndex peer, protocol::View view) {
  auto& newest = newest_proposal_.at(peer.value());
  auto before = newest.load(std::memory_order_relaxed);
  while (before < view.value() && !newest.compare_exchange_weak(before, view.value())) continue;
  return before < view.value();
}

}  // namespace node
