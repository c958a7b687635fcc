#include "node/web/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace node::web {
namespace {

using labor::v1::ConsensusConflict;
using labor::v1::ConsensusValidator;
using labor::v1::GetConsensusResponse;
using labor::v1::GetNodeInfoResponse;
using labor::v1::PeerInfo;
using labor::v1::StageCost;
using prometheus::ClientMetric;
using Label = ClientMetric::Label;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr auto gauge = MetricType::Gauge;
constexpr auto counter = MetricType::Counter;

// A family of metrics, and how its value is read from what has one.
template <class Source>
struct Row {
  char const* name;
  MetricType type;
  char const* help;
  double (*value)(Source const&);
};

double number(std::uint64_t value) {
  return static_cast<double>(value);
}
double seconds(std::uint64_t ms) {
  constexpr double ms_per_second = 1000;
  return number(ms) / ms_per_second;
}

std::uint64_t count(auto const& items) {
  return static_cast<std::uint64_t>(items.size());
}
std::uint64_t count_if(auto const& items, auto predicate) {
  return static_cast<std::uint64_t>(std::ranges::count_if(items, predicate));
}

// clang-format off
constexpr Row<GetNodeInfoResponse> of_build[] = {
  {"labor_build_info", gauge, "Always 1; the version that runs is its label.",
   [](auto const&) { return 1.0; }},
};

constexpr Row<GetNodeInfoResponse> of_node[] = {
  {"labor_block_height", gauge, "Height of the last final block in the database.",
   [](auto const& it) { return number(it.height()); }},
  {"labor_block_timestamp_seconds", gauge,
   "Time of that block, since 1970. An idle chain makes one a minute at least.",
   [](auto const& it) { return seconds(it.block_time_ms()); }},
  {"labor_clock_timestamp_seconds", gauge, "This node's clock, since 1970.",
   [](auto const& it) { return seconds(it.now_ms()); }},
  {"labor_epoch", gauge, "Number of the present set of validators.",
   [](auto const& it) { return number(it.epoch()); }},
  {"labor_validating", gauge,
   "1: this node's consensus key is in the present set. 0: it observes.",
   [](auto const& it) { return it.validator() ? 1.0 : 0.0; }},
  {"labor_signer_away_since_timestamp_seconds", gauge,
   "Since when the signer apart is away, since 1970; 0: it is there, or there is none.",
   [](auto const& it) { return seconds(it.signer_away_since_ms()); }},
  {"labor_final_transactions_total", counter, "Transactions in blocks that became final here.",
   [](auto const& it) { return number(it.final_transactions()); }},
  {"labor_mempool_transactions", gauge, "Transactions that wait for a block.",
   [](auto const& it) { return number(it.mempool_transactions()); }},
  {"labor_peers", gauge, "Peers that the settings name.",
   [](auto const& it) { return number(count(it.peers())); }},
  {"labor_peers_connected", gauge, "Of them, those that are connected.",
   [](auto const& it) { return number(count_if(it.peers(), &PeerInfo::connected)); }},
  {"labor_resident_memory_bytes", gauge, "Memory of this process.",
   [](auto const& it) { return number(it.resident_bytes()); }},
  {"labor_disk_written_bytes_total", counter, "Handed to the disk by this process.",
   [](auto const& it) { return number(it.disk_bytes_written()); }},
  {"labor_documents", gauge, "Texts kept beside the chain, copies included.",
   [](auto const& it) { return number(it.documents()); }},
  {"labor_document_bytes", gauge, "What they take on the disk.",
   [](auto const& it) { return number(it.document_bytes()); }},
  {"labor_peer_sent_bytes_total", counter, "Sent to other validators.",
   [](auto const& it) { return number(it.peer_bytes_sent()); }},
};

constexpr Row<StageCost> of_stage[] = {
  {"labor_stage_cpu_seconds_total", counter, "CPU time of each stage of the work.",
   [](auto const& it) { return number(it.cpu_us()) / 1e6; }},
};

constexpr Row<bool> of_loop[] = {
  {"labor_consensus_answers", gauge,
   "0: the thread that decides has not answered for a while; what it would tell is left out.",
   [](auto const& it) { return it ? 1.0 : 0.0; }},
};

constexpr Row<GetConsensusResponse> of_consensus[] = {
  {"labor_view", gauge, "View of consensus that this node is in.",
   [](auto const& it) { return number(it.view()); }},
  {"labor_view_age_seconds", gauge, "For how long it has been in it. Long on an idle chain, too.",
   [](auto const& it) { return seconds(it.view_age_ms()); }},
  {"labor_final_view", gauge, "View of the last finalization.",
   [](auto const& it) { return number(it.final_view()); }},
  {"labor_final_height", gauge,
   "Height of the last finalization; labor_block_height catches up with it.",
   [](auto const& it) { return number(it.final_height()); }},
  {"labor_final_age_seconds", gauge, "Since the last finalization; 0: none since start.",
   [](auto const& it) { return seconds(it.final_age_ms()); }},
  {"labor_views_above_final", gauge,
   "Views begun since the last finalization: more than a few, and leaders are away or a quorum is.",
   [](auto const& it) { return number(it.views_above_final()); }},
  {"labor_leader_timeout_seconds", gauge, "How long a leader is waited for now.",
   [](auto const& it) { return seconds(it.leader_timeout_ms()); }},
  {"labor_quorum_validators", gauge, "How many equal votes make a certificate.",
   [](auto const& it) { return number(it.quorum()); }},
  {"labor_missing_items", gauge, "Bodies and certificates that this node asks others for.",
   [](auto const& it) { return number(count(it.missing())); }},
  {"labor_unsigned_votes", gauge, "Own votes that wait for the signer.",
   [](auto const& it) { return number(count(it.unsigned_votes())); }},
};

constexpr Row<ConsensusValidator> of_validator[] = {
  {"labor_validator_connected", gauge, "1: this node is joined to the validator, or is it.",
   [](auto const& it) { return it.this_node() || it.connected() ? 1.0 : 0.0; }},
  {"labor_validator_view", gauge,
   "Highest view that the validator has shown since it was connected; 0: none.",
   [](auto const& it) { return number(it.view()); }},
  {"labor_validator_silent_views", gauge,
   "Views in a row in which a quorum of others spoke and nothing came from it.",
   [](auto const& it) { return number(it.silent_views()); }},
  {"labor_validator_inactive", gauge, "1: silent for so long that it is not waited for as leader.",
   [](auto const& it) { return it.inactive() ? 1.0 : 0.0; }},
};

// A series for each validator that this process has evidence against.
constexpr Row<ConsensusConflict> of_conflict[] = {
  {"labor_contradicting_votes_total", counter,
   "Votes of the validator that contradict its own: its key is in two processes, or it lies.",
   [](auto const& it) { return number(it.noticed()); }},
  {"labor_evidence_sent_total", counter, "Transactions of this node that accuse the validator.",
   [](auto const& it) { return number(it.evidence_sent()); }},
  {"labor_evidence_open", gauge,
   "1: the validator has contradicted itself and still has its seat. 0: it lost it, or its key.",
   [](auto const& it) { return it.settled() ? 0.0 : 1.0; }},
};
// clang-format on

template <class Source, std::size_t N>
void add(std::vector<MetricFamily>& page, Row<Source> const (&rows)[N], auto const& sources,
         auto const& labels) {
  for (auto const& row : rows) {
    MetricFamily family{.name = row.name, .help = row.help, .type = row.type, .metric = {}};
    for (Source const& source : sources) {
      ClientMetric metric;
      metric.label = labels(source);
      (row.type == counter ? metric.counter.value : metric.gauge.value) = row.value(source);
      family.metric.push_back(std::move(metric));
    }
    page.push_back(std::move(family));
  }
}

std::vector<Label> unlabelled(auto const&) {
  return {};
}

void add(std::vector<MetricFamily>& page, GetConsensusResponse const& consensus) {
  add(page, of_consensus, std::span{&consensus, 1}, unlabelled<GetConsensusResponse>);
  // Names differ within an epoch; the key of one name may have changed between two.
  add(page, of_validator, consensus.validators(),
      [](ConsensusValidator const& it) { return std::vector<Label>{{"validator", it.name()}}; });
  add(page, of_conflict, consensus.conflicts(), [](ConsensusConflict const& it) {
    return std::vector<Label>{{"validator", it.name()}, {"epoch", std::to_string(it.epoch())}};
  });
}

}  // namespace

std::string metrics_page(GetNodeInfoResponse const& info, GetConsensusResponse const* consensus) {
  std::vector<MetricFamily> page;
  add(page, of_build, std::span{&info, 1},
      [](GetNodeInfoResponse const& it) { return std::vector<Label>{{"version", it.version()}}; });
  add(page, of_node, std::span{&info, 1}, unlabelled<GetNodeInfoResponse>);
  add(page, of_stage, info.stages(),
      [](StageCost const& it) { return std::vector<Label>{{"stage", it.stage()}}; });
  auto const answered = consensus != nullptr;
  add(page, of_loop, std::span{&answered, 1}, unlabelled<bool>);
  if (answered) add(page, *consensus);
  return prometheus::TextSerializer{}.Serialize(page);
}

std::string metrics_page(NodeFacts const& facts) {
  // A collector asks every few seconds and gives up after ten.
  constexpr auto patience = std::chrono::seconds{2};
  struct Answer {
    std::mutex mutex;
    std::condition_variable told;
    std::optional<GetConsensusResponse> consensus;
  };
  auto const answer = std::make_shared<Answer>();  // It may come after this has given up.
  auto const asked = facts.consensus([answer](GetConsensusResponse consensus) {
    {
      std::lock_guard const lock{answer->mutex};
      answer->consensus = std::move(consensus);
    }
    answer->told.notify_one();
  });
  std::unique_lock lock{answer->mutex};
  if (asked) answer->told.wait_for(lock, patience, [&] { return answer->consensus.has_value(); });
  return metrics_page(facts.info(), answer->consensus ? &*answer->consensus : nullptr);
}

}  // namespace node::web
