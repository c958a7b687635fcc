#include "tests/support/test_chain.h"

#include <algorithm>
#include <utility>

#include "protocol/bank/account.h"
#include "protocol/codec/canonical.h"
#include "protocol/limits.h"
#include "protocol/state/tree.h"

namespace testing_support {

using namespace labor::v1;  // This file fills a genesis and bodies.

Genesis test_genesis(int validators) {
  Genesis genesis;
  genesis.set_chain_id("test");
  genesis.set_time_ms(genesis_time_ms);
  genesis.set_devnet(true);
  for (int i = 0; i < validators; ++i) {
    auto const number = static_cast<std::uint64_t>(i);
    auto& validator = *genesis.add_validators();
    validator.set_name("v" + std::to_string(i));
    validator.set_consensus_key(Person{1000 + number}.key().public_key().str());
    validator.set_node_key(Person{2000 + number}.key().public_key().str());
  }
  return genesis;
}

void endow(Genesis& genesis, Person const& who, bool member, std::uint64_t lbr_amount,
           std::uint64_t usd_amount) {
  auto& account = *genesis.add_accounts();
  account.set_address(who.address().str());
  account.set_member(member);
  auto const add = [&](Asset asset, std::uint64_t amount) {
    if (amount == 0) return;
    auto& balance = *account.add_balances();
    balance.set_asset(asset);
    balance.set_amount(amount);
  };
  add(ASSET_LBR, lbr_amount);
  add(ASSET_USD, usd_amount);
}

void set_parameter(Genesis& genesis, Parameter parameter, std::uint64_t value) {
  auto& parameters = *genesis.mutable_parameters();
  auto found = std::ranges::find(parameters, parameter, &ParameterChange::parameter);
  auto& change = found == parameters.end() ? *parameters.Add() : *found;
  change.set_parameter(parameter);
  change.set_value(value);
}

Person issuer_of_persons() {
  return Person{900};
}

void make_person(Genesis& genesis, Person const& who) {
  if (genesis.issuers().empty()) {
    auto& issuer = *genesis.add_issuers();
    issuer.set_address(issuer_of_persons().address().str());
    issuer.set_name("An issuer");
  }
  set_parameter(genesis, PARAMETER_HOLDER_CAP_BPS, protocol::limits::bps_of_all);
  auto const address = who.address().str();
  auto& accounts = *genesis.mutable_accounts();
  auto const found = std::ranges::find(accounts, address, &GenesisAccount::address);
  CHECK(found != accounts.end());
  found->set_person(address);  // Any 32 bytes that are nobody else's.
}

void make_councillor(Genesis& genesis, Person const& who) {
  make_person(genesis, who);
  genesis.add_council(who.address().str());
}

protocol::Chain test_chain(Genesis const& genesis) {
  auto chain = protocol::Chain::from(genesis);
  CHECK(chain.has_value());
  return std::move(*chain);
}

TestChain::TestChain(Genesis const& genesis)
    : chain_{test_chain(genesis)},
      final_{std::make_shared<MemoryState>()},
      replica_{std::make_shared<MemoryState>()} {
  auto block = execution::genesis_block(chain_);
  replica_->apply(*block.state);
  commit(std::move(block));
}

TestChain::Fork::Fork(TestChain& chain)
    : chain_{chain}, values_{*chain.final_}, tip_{chain.tip_}, blocks_{chain.blocks_.size()} {}

TestChain::Fork::~Fork() {
  *chain_.final_ = values_;
  *chain_.replica_ = values_;
  chain_.tip_ = tip_;
  chain_.blocks_.resize(blocks_);
}

void TestChain::commit(execution::ExecutedBlock block) {
  final_->apply(*block.state);
  tip_ = execution::parent_of(block);
  tip_.state = final_;
  last_ = std::move(block);
}

void TestChain::settle(state::Overlay& tampered) {
  state::update_tree(tampered);
  final_->apply(tampered);
  replica_->apply(tampered);
}

execution::Parent TestChain::parent() const {
  return tip_;
}

execution::CheckedPtr TestChain::transaction(Person const& who, std::vector<Message> messages,
                                             TransactionOptions const& options) const {
  auto const account = bank::account_of(*final_, who.address());
  TransactionBody body;
  body.set_chain_id(chain_.id());
  body.set_account(who.address().str());
  body.set_sequence(options.sequence.value_or(account.sequence()));
  body.set_valid_until_ms(tip_.time.value() + hour_ms);
  body.set_fee_limit(options.fee_limit);
  body.set_memo(options.memo);
  auto signers = options.signers.empty() ? std::vector{&who} : options.signers;
  if (options.fee_payer != nullptr) {
    body.set_fee_payer(options.fee_payer->address().str());
    signers.push_back(options.fee_payer);
  }
  for (auto& inner : messages) *body.add_messages() = std::move(inner);
  auto checked = execution::check_transaction(sign(body, signers, chain_.hash()), chain_);
  CHECK(checked.has_value());
  return *checked;
}

Receipt TestChain::send(Person const& who, std::vector<Message> messages,
                        TransactionOptions const& options) {
  auto const& executed = block({transaction(who, std::move(messages), options)});
  CHECK(executed.receipts.size() == 1);
  return executed.receipts.front();
}

execution::ExecutedBlock const& TestChain::block(
    std::vector<execution::CheckedPtr> const& transactions, std::uint64_t later_ms) {
  auto const time = protocol::TimeMs{tip_.time.value() + std::max(later_ms, second_ms)};
  auto built = execution::build(chain_, tip_, transactions,
                                {.time = time, .proposer = protocol::ValidatorIndex{0}});

  auto other = tip_;
  other.state = replica_;
  auto const executed = execution::execute(chain_, other, built.bytes);
  CHECK(executed.has_value());
  CHECK(executed->hash == built.hash);
  replica_->apply(*executed->state);
  blocks_.push_back(built.bytes);
  commit(std::move(built));
  return last_;
}

void TestChain::advance(std::uint64_t later_ms) {
  block({}, later_ms);
  while (last_.deadlines_left) block({});
}

}  // namespace testing_support
