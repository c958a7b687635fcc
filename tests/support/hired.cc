#include "tests/support/hired.h"

#include <utility>

#include "protocol/bank/account.h"
#include "protocol/base/check.h"

namespace testing_support {

using namespace labor::v1;  // This file speaks for both sides.

namespace {

Genesis endowed(Genesis genesis, std::vector<Person const*> const& people) {
  for (auto const* who : people) endow(genesis, *who, true, 1000 * lbr, 100'000 * usd);
  return genesis;
}

std::string some_hash() {
  return std::string(32, 'h');
}

}  // namespace

Hired::Hired(Genesis genesis) : chain_{endowed(std::move(genesis), {&client, &talent, &other})} {
  CreateProfile create;
  create.mutable_details()->set_kind(PROFILE_KIND_PERSON);
  create.mutable_details()->set_headline("Draws logos");
  CHECK(act(talent, create) == TX_STATUS_OK);
  CHECK(act(talent, PublishProfile{}) == TX_STATUS_OK);
}

std::uint64_t Hired::sign(std::vector<std::uint64_t> const& amounts, std::uint32_t due_days) {
  MakeOffer make;
  make.set_talent(talent.address().str());
  make.mutable_terms()->set_title("A logo");
  make.mutable_terms()->set_asset(ASSET_USD);
  for (auto const amount : amounts) {
    auto& milestone = *make.mutable_terms()->add_milestones();
    milestone.set_title("A step");
    milestone.set_amount(amount * usd);
    milestone.set_due_days(due_days);
  }
  auto const made = chain_.send(client, {message(make)});
  CHECK(made.status() == TX_STATUS_OK);
  auto const offer = chain_.find<Offer>(state::keys::offer(made.created_ids(0))).value();
  AcceptOffer accept;
  accept.set_offer(offer.id());
  accept.set_version(offer.version());
  accept.set_terms_hash(offer.terms_hash());
  auto const accepted = chain_.send(talent, {message(accept)});
  CHECK(accepted.status() == TX_STATUS_OK);
  return accepted.created_ids(0);
}

void Hired::fund(std::uint64_t contract) {
  FundMilestone inner;
  inner.set_contract(contract);
  CHECK(act(client, inner) == TX_STATUS_OK);
}

void Hired::submit(std::uint64_t contract) {
  SubmitMilestone inner;
  inner.set_contract(contract);
  inner.set_delivery_hash(some_hash());
  CHECK(act(talent, inner) == TX_STATUS_OK);
}

void Hired::request_changes(std::uint64_t contract) {
  RequestChanges inner;
  inner.set_contract(contract);
  inner.set_reason_hash(some_hash());
  CHECK(act(client, inner) == TX_STATUS_OK);
}

Contract Hired::contract(std::uint64_t id) const {
  return chain_.find<Contract>(state::keys::contract(id)).value();
}

Milestone Hired::milestone(std::uint64_t contract, std::uint32_t index) const {
  return chain_.find<Milestone>(state::keys::milestone(contract, index)).value();
}

std::uint64_t Hired::usd_of(Person const& who) const {
  return bank::balance_of(chain_.state(), who.address(), ASSET_USD).value();
}

}  // namespace testing_support
