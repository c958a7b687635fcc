#include "tests/support/consensus_blocks.h"

#include <labor/v1/block.pb.h>

#include <utility>

#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/list.h"

namespace consensus {
namespace {

std::string name(VoteKind kind) {
  if (kind == VoteKind::notarize) return "NOTARIZE";
  return kind == VoteKind::nullify ? "NULLIFY" : "FINALIZE";
}

std::string at(Statement const& said) {
  return name(said.kind) + " " + std::to_string(said.view.value());
}

std::string timer_name(TimerId timer) {
  return std::to_string(std::to_underlying(timer.kind)) + "/" + std::to_string(timer.view.value());
}

}  // namespace

Body encode_block(GenesisHash const& genesis, BlockFields const& fields) {
  std::vector<protocol::Hash> items;
  labor::v1::Block block;
  for (auto const& transaction : fields.transactions) {
    block.add_transactions(transaction);
    items.push_back(crypto::hash(crypto::domains::wire, {base::bytes_of(transaction)}));
  }
  labor::v1::BlockHeader header;
  header.set_version(1);
  header.set_genesis_hash(genesis.str());
  header.set_height(fields.height);
  header.set_parent_hash(fields.parent.str());
  header.set_time_ms(fields.time_ms);
  header.set_proposer(fields.proposer);
  if (fields.boundary) header.set_next_set_hash(protocol::Hash{}.str());
  header.set_transactions_root(crypto::list_root(std::move(items)).str());
  block.set_header(canonical::encode(header));
  return std::make_shared<std::string const>(canonical::encode(block));
}

Block make_block(GenesisHash const& genesis, BlockFields const& fields) {
  auto block = read_block(genesis, encode_block(genesis, fields));
  CHECK(block.has_value());
  return *block;
}

std::vector<std::string> RecordingPorts::take() {
  return std::exchange(log, {});
}

std::expected<void, DiskFailure> RecordingPorts::append_and_sync(JournalEntry const& entry) {
  if (disk_fails) return std::unexpected{DiskFailure{.what = "the disk is full"}};
  std::string text = "journal";
  for (auto const& ground : entry.grounds) text += " ground " + at(ground.statement);
  for (auto const& vote : entry.votes) text += " " + at(vote.statement);
  log.push_back(text);
  return {};
}

std::expected<void, DiskFailure> RecordingPorts::committed(View floor) {
  log.push_back("floor " + std::to_string(floor.value()));
  return {};
}

void RecordingPorts::send(SignerSet, Vote const& vote) {
  CHECK(verify(keys_.committee(), vote).has_value());
  log.push_back("send " + at(vote.statement));
}

void RecordingPorts::send(SignerSet, Certificate const& certificate) {
  log.push_back("send certificate " + at(certificate.statement));
}

void RecordingPorts::send(SignerSet, ProposalMessage const& proposal) {
  CHECK(verify(keys_.committee(), proposal.vote).has_value());
  log.push_back("send proposal " + at(proposal.vote.statement));
}

void RecordingPorts::fetch_view(ValidatorIndex, View view) {
  log.push_back("fetch view " + std::to_string(view.value()));
}

void RecordingPorts::fetch_body(ValidatorIndex, BlockHash const&) {
  log.emplace_back("fetch body");
}

void RecordingPorts::fetch_blocks(PublicKey const& from, Height first, std::uint32_t count_max) {
  auto const member = keys_.committee().validators.index_of(from);
  log.push_back("fetch blocks " + std::to_string(first.value()) + "+" + std::to_string(count_max) +
                " from " + (member ? std::to_string(member->value()) : "a stranger"));
}

void RecordingPorts::arm(TimerId timer, std::uint64_t delay_ms) {
  log.push_back("arm " + timer_name(timer) + " " + std::to_string(delay_ms));
}

void RecordingPorts::cancel(TimerId timer) {
  log.push_back("cancel " + timer_name(timer));
}

void RecordingPorts::build(Build const& order) {
  log.push_back("build " + std::to_string(order.view.value()));
}

void RecordingPorts::execute(View view, Block const&) {
  log.push_back("execute " + std::to_string(view.value()));
}

void RecordingPorts::store_body(Block const& block) {
  log.push_back("store " + std::to_string(block.height.value()));
}

void RecordingPorts::commit(FinalBlock const& block) {
  commits.push_back(block);
  log.push_back("commit " + std::to_string(block.block.height.value()));
}

void RecordingPorts::diverged(BlockRef const&) {
  log.emplace_back("diverged");
}

}  // namespace consensus
