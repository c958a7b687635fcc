// What reaches a life: messages, transactions, results of execution.

#include <algorithm>
#include <utility>
#include <variant>

#include "node/engine/final_range.h"
#include "node/engine/pool_entry.h"
#include "protocol/base/check.h"
#include "tests/sim/life.h"
#include "tests/sim/load.h"
#include "tests/sim/testimony.h"

namespace sim {
namespace {}  // namespace

protocol::TimeMs NodeClock::at(std::uint64_t now_us) const {
  auto const now_ms = static_cast<std::int64_t>(now_us / 1000) + skew_ms;
  return protocol::TimeMs{genesis_time_ms + start_after_genesis_ms + leapt_ms +
                          static_cast<std::uint64_t>(now_ms)};
}

void Life::receive(Packet const& packet) {
  if (!power_->on() || events_.put_off([this, packet] { receive(packet); })) return;
  events_.live([&] { read(packet); });
}

void Life::read(Packet const& packet) {
  auto const& message = around_.opener.open(packet.from, *packet.payload);
  if (of_another_epoch(packet, message)) return turn();
  auto const proves_itself = std::holds_alternative<consensus::FinalRange>(message);
  if (place_of(message) && !proves_itself && !place_of_peer(packet.from)) return;
  if (run().deviation && run().deviation->ignores(message)) return;
  std::visit([&](auto const& opened) { on(packet.from, opened); }, message);
  if (run().deviation) run().deviation->heard(packet.from, message);
  turn();
}

void Life::submit(std::string const& transaction) {
  if (!power_->on() || events_.put_off([this, transaction] { submit(transaction); })) return;
  events_.live([&] { read(transaction); });
}

void Life::read(std::string const& transaction) {
  auto const batch = wire_transactions({transaction});
  auto const& opened = around_.opener.open(self_, *batch);
  auto const* const transactions = std::get_if<Transactions>(&opened);
  CHECK(transactions != nullptr);
  if (!take(transactions->front(), node::from_client)) return;
  post_to_validators(batch);
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
    runner().heard_vote(*place_of_peer(from), vote->statement);
  }
}

void Life::on(std::size_t from, consensus::Verified<consensus::Certificate> const& certificate) {
  if (runner().interest().wants_certificate(certificate->statement)) {
    runner().received(*place_of_peer(from), certificate);
  } else {
    runner().heard_certificate(*place_of_peer(from), certificate->statement);
  }
}

void Life::on(std::size_t, consensus::ReceivedProposal const& proposal) {
  if (proposal.block) executor_.keep(*proposal.block);
  runner().received(proposal);
}

void Life::on(std::size_t from, ViewRequest const& request) {
  runner().asked(*place_of_peer(from), request.epoch, request.view);
}

void Life::on(std::size_t from, BodyRequest const& request) {
  auto const* held = runner().body(request.block);
  if (held == nullptr) held = executor_.find(request.block);
  if (held != nullptr) post(from, wire_body(*held->body));
}

void Life::on(std::size_t from, BlocksRequest const& request) {
  labor::v1::FetchBlocks wanted;
  wanted.set_from_height(request.first.value());
  wanted.set_count_max(request.count_max);
  if (auto const range = node::final_range(*store_->latest(), wanted)) post(from, wire(*range));
}

void Life::on(std::size_t, consensus::Block const& block) {
  executor_.keep(block);
  runner().received_body(block);
}

void Life::on(std::size_t from, consensus::FinalRange const& range) {
  if (run().watch) run().watch->final_blocks_came();
  runner().received(around_.epochs.key_of(from), range);
}

void Life::on(std::size_t from, Transactions const& transactions) {
  auto const& key = around_.epochs.key_of(from);
  for (auto const& transaction : transactions) {
    if (take(transaction, key)) look_again_ = true;
  }
}

// Whether it was new.
bool Life::take(execution::CheckedPtr const& transaction, node::Origin const& origin) {
  auto const added = node::enter_pool(mempool_, *store_, now(), transaction, origin);
  return added && *added == node::Added::fresh;
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
  auto const& epoch = around_.epochs.at(block.epoch);
  auto const proposer = epoch.node_of(block.proposer);
  if (!around_.honest[proposer]) return;
  around_.oracle.violate("node " + std::to_string(self_) + " finds the block of honest node " +
                         std::to_string(proposer) + " invalid: " + why);
}

void Life::now_final(consensus::FinalBlock const& block, execution::ExecutedBlock const& executed) {
  note(Happening::committed, block.block.height.value(), short_of(block.block.hash.view()));
  if (run().watch) run().watch->committed();
  if (around_.honest[self_]) {
    around_.oracle.committed(self_, facts_of(block.block));
    if (block.finalization) judge_state();  // Else it is not shown yet.
  }
  around_.final(block.block.height, executed.transactions);
}

void Life::now_diverged(consensus::BlockRef const& block) {
  if (!around_.honest[self_]) return;
  around_.oracle.violate("node " + std::to_string(self_) + " diverges at height " +
                         std::to_string(block.height.value()));
}

}  // namespace sim
