// How a life goes from epoch to epoch, and what it says to those in another one.

#include <fmt/format.h>

#include <utility>

#include "consensus/core/step.h"
#include "node/engine/recovery.h"
#include "protocol/base/check.h"
#include "protocol/validators/set.h"
#include "tests/sim/life.h"
#include "tests/sim/testimony.h"

namespace sim {
namespace {

// As the product keeps and answers them: node/engine/ingest.cc.
constexpr std::uint64_t early_views_max = 2;
constexpr std::uint64_t earlier_answer_us = 1'000'000;

}  // namespace

void Life::begin_epoch(std::shared_ptr<node::VoteJournal> journal,
                       consensus::JournalEntry const& journaled) {
  auto const& known = around_.epochs.at(store_.head().epoch);
  runs_.push_back(
      std::make_unique<EpochRun>(EpochRun{.known = known, .journal = std::move(journal)}));
  auto& run = *runs_.back();
  if (run.journal) run.self = known.committee.validators.index_of(remains_.key.public_key());
  if (deviation_ && !observes()) {
    run.deviation =
        deviation_({.self = *run.self,
                    .committee = known.committee,
                    .signer = *this,
                    .network = *this,
                    .journal = *this,
                    .clock = *this,
                    .executor = executor_,
                    .events = events_,
                    .prng = prng_.split(),
                    .faults = around_.faults,
                    .post = [this, &known](consensus::SignerSet const& to,
                                           Payload const& payload) { post(known, to, payload); },
                    .runner = [this]() -> consensus::Runner& { return runner(); },
                    .turn = [this] { turn(); }});
  }
  consensus::Journal& written = run.deviation ? run.deviation->journal(*this) : *this;
  consensus::Network& network = run.deviation ? run.deviation->network(*this) : *this;
  run.signer.emplace(written, static_cast<consensus::SigningKey&>(*this));
  auto const config = consensus::Config{.epoch = known.committee.epoch,
                                        .self = run.self,
                                        .validators = known.committee.validators,
                                        .root = known.root};
  if (around_.honest[self_]) run.watch.emplace(config, around_.rules);
  auto recovered = node::recovered_from(config, known.committee, store_->latest(), {});
  for (auto const& ground : journaled.grounds) {
    auto verified = consensus::verify(known.committee, ground);
    if (verified) {
      recovered.grounds.push_back(*std::move(verified));
    } else {
      around_.oracle.violate("a certificate in the journal does not verify");
    }
  }
  for (auto const& vote : journaled.votes) {
    auto verified = consensus::verify(known.committee, vote);
    if (!verified) {
      around_.oracle.violate("a vote in the journal does not verify");
    } else if (vote.voter == run.self && vote.statement.view > recovered.final.view) {
      recovered.own_votes.push_back(*std::move(verified));
    }
  }
  run.runner = std::make_unique<consensus::Runner>(
      config, recovered, consensus::Ports{*run.signer, network, *this, *this, executor_, *this});
  if (run.watch) run.watch->recovered(recovered, run.runner->state());
}

// A write that a crash has met may have survived it: the block is the oracle's to judge, and news
// to the people.
void Life::tell_oracle_of_start() {
  if (!around_.honest[self_] || !power_->on()) return;
  auto const& head = store_.head();
  around_.oracle.restarted(self_, head.height.value(), head.hash);
  judge_state();
  tell_oracle_of_set();
  if (head.height > consensus::Height{0}) {
    auto const block = execution::parse_block(*store_->latest()->block(head.height), around_.chain);
    CHECK(block);
    Transactions transactions;
    for (auto const& bytes : block->transactions) {
      transactions.push_back(around_.opener.check(bytes));
    }
    around_.final(head.height, transactions);
  }
  if (committee().epoch > consensus::Epoch{0}) obeyed(Rule::r17_restarted);
  if (remains_.spent) obeyed(Rule::r16_key_spent);
  if (observes()) return;
  std::vector<Said> found;
  for (auto const& vote : opened_.entry.votes) found.push_back(said(vote, run().known));
  around_.oracle.replayed(self_, committee().epoch.value(), opened_.segment.floor.value(), found);
}

// What its own database says, as the product reads it; all nodes of a simulation share one list of
// epochs, which is the first committer's.
void Life::tell_oracle_of_set() {
  auto const snapshot = store_->latest();
  auto const epoch = snapshot->head().epoch;
  auto const set = validators::set_of_epoch(*snapshot, epoch);
  if (!set) {
    return around_.oracle.violate(
        fmt::format("node {} enters epoch {} without a set", self_, epoch.value()));
  }
  around_.oracle.entered(self_, epoch.value(), validators::hash_of(*set));
  if (node::set_of(*set) == committee().validators) return;
  around_.oracle.violate(
      fmt::format("node {} enters epoch {} with a set of its own", self_, epoch.value()));
}

void Life::judge_state() {
  auto const snapshot = store_->latest();
  auto const& head = snapshot->head();
  if (auto const wrong = around_.ledger.judge(values_of(*snapshot), head.root)) {
    around_.oracle.violate(
        fmt::format("node {} at height {}: {}", self_, head.height.value(), *wrong));
  }
}

// The timers of the old epoch mean nothing in the new one; what waited for it is read now.
void Life::epoch_begins(std::shared_ptr<node::VoteJournal> journal) {
  auto const helper = runner().caught_up_with();
  begin_epoch(std::move(journal), {});
  if (around_.honest[self_]) tell_oracle_of_set();
  armed_.clear();
  work_.reset();
  look_again_ = true;
  note(Happening::epoch_began, committee().epoch.value(), 0);
  obeyed(Rule::r17_ended);
  runner().start();
  if (helper) {
    obeyed(Rule::r17_caught_up);
    runner().heard_later_epoch(*helper);
  }
  for (auto& [place, packet] : std::exchange(early_, {})) receive(packet);
  turn();
}

bool Life::of_another_epoch(Packet const& packet, Opened const& message) {
  auto const present = committee().epoch;
  auto const place = place_of(message);
  if (!place || place->epoch == present) return false;
  // Only who is asked sends these, and it was asked before the epoch ended.
  if (std::holds_alternative<consensus::FinalRange>(message)) return true;
  if (place->epoch > present) {
    obeyed(Rule::r17_later_heard);
    runner().heard_later_epoch(around_.epochs.key_of(packet.from));
    if (place->epoch == present.next() && place->view.value() <= early_views_max) {
      early_.try_emplace({packet.from, message.index()}, packet);
    }
    return true;
  }
  auto const now_us = around_.events.now_us();
  auto const [last, fresh] = answered_us_.try_emplace(packet.from, now_us);
  if (!fresh && now_us - last->second < earlier_answer_us) return true;
  last->second = now_us;
  obeyed(Rule::r17_earlier_answered);
  send_finalization(packet.from, around_.epochs.at(place->epoch.next()).root.height);
  return true;
}

void Life::send_finalization(std::size_t peer, consensus::Height height) {
  auto const finalization = store_->latest()->finalization(height);
  if (finalization) post(peer, wire_certificate(*finalization));
}

void Life::obeyed(Rule rule) {
  if (around_.honest[self_]) around_.rules.add(rule);
}

}  // namespace sim
