#include "node/api/node_facts.h"

#include <utility>

#include "node/api/consensus_message.h"
#include "node/api/process_facts.h"
#include "node/documents/documents.h"
#include "protocol/execution/block.h"

namespace node {

using namespace labor::v1;  // This file makes its messages.

NodeFacts::NodeFacts(Names names, Parts parts)
    : names_{std::move(names)},
      parts_{std::move(parts)},
      counting_{parts_.engine.final_blocks().subscribe([this](FinalNotice const& block) {
        final_transactions_.fetch_add(block.transactions.size(), std::memory_order_relaxed);
      })} {}

GetNodeInfoResponse NodeFacts::info() const {
  GetNodeInfoResponse info;
  auto const latest = parts_.store.latest();
  auto const& head = latest->head();
  auto const consensus = parts_.engine.consensus();
  info.set_chain_id(parts_.chain.id());
  info.set_genesis_hash(parts_.chain.hash().str());
  info.set_version(names_.version);
  info.set_name(names_.node);
  info.set_height(head.height.value());
  info.set_block_hash(head.hash.str());
  info.set_state_root(head.root.str());
  info.set_block_time_ms(head.time.value());
  info.set_outages_ms(execution::outages_ms(*latest));
  info.set_epoch(consensus.epoch.value());
  info.set_view(consensus.view.value());
  info.set_validator(consensus.self.has_value());
  if (consensus.self) info.set_validator_index(consensus.self->value());
  if (parts_.signer_away_since) {
    info.set_signer_away_since_ms(parts_.signer_away_since().value_or(0));
  }
  for (auto const& peer : parts_.peers.status()) {
    auto& listed = *info.add_peers();
    listed.set_name(peer.name);
    listed.set_node_key(peer.node_key.str());
    listed.set_connected(peer.connected);
  }
  info.set_mempool_transactions(parts_.engine.mempool().count());
  info.set_devnet(parts_.chain.devnet());
  info.set_now_ms(parts_.clock.now().value());
  info.set_final_transactions(final_transactions_.load(std::memory_order_relaxed));
  info.set_peer_bytes_sent(parts_.peers.bytes_sent());
  info.set_resident_bytes(resident_bytes());
  info.set_disk_bytes_written(disk_bytes_written());
  if (parts_.documents != nullptr) {
    info.set_documents(parts_.documents->count());
    info.set_document_bytes(parts_.documents->bytes());
  }
  add_stages(info);
  return info;
}

void NodeFacts::add_stages(GetNodeInfoResponse& info) const {
  std::uint64_t staged = 0;
  for (auto const stage : stages) {
    auto& cost = *info.add_stages();
    cost.set_stage(std::string{name_of(stage)});
    cost.set_cpu_us(parts_.engine.stages().cpu_us(stage));
    staged += cost.cpu_us();
  }
  auto& network = *info.add_stages();
  network.set_stage("network");
  auto const all = StageCosts::process_cpu_us();
  network.set_cpu_us(all > staged ? all - staged : 0);
}

bool NodeFacts::consensus(Told told) const {
  return parts_.engine.report(
      [by = ReportedBy{.node_name = names_.node,
                       .consensus_key = names_.consensus_key,
                       .observes_because = names_.observes_because,
                       .peers = parts_.peers.status()},
       told = std::move(told)](ConsensusReport const& report) { told(to_message(report, by)); });
}

}  // namespace node
