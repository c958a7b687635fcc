// What reaches a life: messages, transactions, results of execution.

#include <algorithm>
#include <utility>
#include <variant>

#include "protocol/base/check.h"
#include "tests/sim/life.h"
#include "tests/sim/load.h"
#include "tests/sim/testimony.h"
#include "tests/support/consensus_words.h"

namespace sim {
namespace {

using consensus::words::validator;

constexpr std::size_t blocks_per_answer_max = 16;

}  // namespace

protocol::TimeMs NodeClock::at(std::uint64_t now_us) const {
  auto const now_ms = static_cast<std::int64_t>(now_us / 1000) + skew_ms;
  return protocol::TimeMs{genesis_time_ms + start_after_genesis_ms +
                          static_cast<std::uint64_t>(now_ms)};
}

void Life::receive(Packet const& packet) {
  if (!power_->on() || events_.put_off([this, packet] { receive(packet); })) return;
  auto const& message = around_.opener.open(packet.from, *packet.payload);
  if (of_another_epoch(packet, message)) return turn();
  if (run().deviation && run().deviation->ignores(message)) return;
  std::visit([&](auto const& opened) { on(packet.from, opened); }, message);
  if (run().deviation) run().deviation->heard(packet.from, message);
  turn();
}

void Life::submit(std::string const& transaction) {
  if (!power_->on() || events_.put_off([this, transaction] { submit(transaction); })) return;
  auto const batch = wire_transactions({transaction});
  auto const& opened = around_.opener.open(self_, *batch);
  auto const* const transactions = std::get_if<Transactions>(&opened);
  CHECK(transactions != nullptr);
  if (!pending_.add(transactions->front())) return;
  post(others(committee(), validator(self_)), batch);
  look_again_ = true;
  turn();
}

// ---- messages ----

void Life::on(std::size_t from, Refused const& refused) {
  if (run().watch) run().watch->refused(refused.why);
  if (!around_.honest[from]) return;
  around_.oracle.violate("node " + std::to_string(self_) + " refuses a message of honest node " +
                         std::to_string(from) + ": " + refused.why);
}

void Life::on(std::size_t from, consensus::Verified<consensus::Vote> const& vote) {
  if (runner().interest().wants_vote(vote->statement)) {
    runner().received(vote);
  } else {
    runner().heard_vote(validator(from), vote->statement);
  }
}

void Life::on(std::size_t from, consensus::Verified<consensus::Certificate> const& certificate) {
  if (runner().interest().wants_certificate(certificate->statement)) {
    runner().received(validator(from), certificate);
  } else {
    runner().heard_certificate(validator(from), certificate->statement);
  }
}

void Life::on(std::size_t, consensus::ReceivedProposal const& proposal) {
  if (proposal.block) executor_.keep(*proposal.block);
  runner().received(proposal);
}

void Life::on(std::size_t from, ViewRequest const& request) {
  runner().asked(validator(from), request.epoch, request.view);
}

void Life::on(std::size_t from, BodyRequest const& request) {
  if (auto const block = executor_.find(request.block)) post(from, wire_body(*block->body));
}

// Up to the first block with a finalization of its own beyond the usual count: the others prove
// nothing by themselves.
void Life::on(std::size_t from, BlocksRequest const& request) {
  auto const& rows = remains_.store.blocks;
  auto const count_max = std::min<std::size_t>(request.count_max, blocks_per_answer_max);
  std::vector<consensus::Body> bodies;
  std::size_t proved = 0;
  for (auto i = request.first.value(); i >= 1 && i <= rows.size(); ++i) {
    if (bodies.size() >= count_max && proved > 0) break;
    bodies.push_back(rows[i - 1].block.body);
    if (rows[i - 1].finalization) proved = bodies.size();
    if (rows[i - 1].block.next_set) break;  // What follows is for those who know its validators.
  }
  if (proved == 0) return;
  bodies.resize(proved);
  auto const& last = rows[request.first.value() + proved - 2];
  auto const& epoch = around_.epochs.at(last.finalization->statement.epoch);
  post(from, wire_final(bodies, *last.finalization, epoch.committee.validators));
}

void Life::on(std::size_t, consensus::Block const& block) {
  executor_.keep(block);
  runner().received_body(block);
}

void Life::on(std::size_t from, consensus::FinalRange const& range) {
  if (run().watch) run().watch->final_blocks_came();
  runner().received(committee().validators.key(validator(from)), range);
}

void Life::on(std::size_t, Transactions const& transactions) {
  for (auto const& transaction : transactions) {
    if (pending_.add(transaction)) look_again_ = true;
  }
}

// ---- results of execution ----

void Life::answer(std::function<void(consensus::Runner&)> const& give) {
  give(runner());
  look_again_ = true;
  turn();
}

void Life::now_built(consensus::Block const& block) {
  around_.oracle.block(facts_of(block));
}

void Life::found_invalid(consensus::Block const& block, std::string const& why) {
  if (!around_.honest[block.proposer.value()]) return;
  around_.oracle.violate("node " + std::to_string(self_) + " finds the block of honest node " +
                         std::to_string(block.proposer.value()) + " invalid: " + why);
}

void Life::now_final(consensus::FinalBlock const& block, execution::ExecutedBlock const& executed) {
  note(Happening::committed, block.block.height.value(), short_of(block.block.hash.view()));
  if (run().watch) run().watch->committed();
  if (around_.honest[self_]) {
    around_.oracle.committed(self_, facts_of(block.block));
    auto const root = protocol::StateRoot::from(executed.header.state_root());
    CHECK(root);
    if (auto const wrong = around_.ledger.judge(remains_.store.state->values(), *root)) {
      around_.oracle.violate("node " + std::to_string(self_) + " at height " +
                             std::to_string(block.block.height.value()) + ": " + *wrong);
    }
  }
  around_.final(executed);
}

void Life::now_diverged(consensus::BlockRef const& block) {
  if (!around_.honest[self_]) return;
  around_.oracle.violate("node " + std::to_string(self_) + " diverges at height " +
                         std::to_string(block.height.value()));
}

}  // namespace sim
