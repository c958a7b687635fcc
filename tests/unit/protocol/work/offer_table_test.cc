// Every row of the offer's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/offer_machine.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = OFFER_STATE_UNSPECIFIED;
constexpr auto made = OFFER_STATE_MADE;
constexpr auto accepted = OFFER_STATE_ACCEPTED;
constexpr auto declined = OFFER_STATE_DECLINED;
constexpr auto withdrawn = OFFER_STATE_WITHDRAWN;
constexpr auto lapsed = OFFER_STATE_LAPSED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const offer = scene.offer();
  auto const due = offer ? state::deadline_of(*offer) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus make(WorkScene& scene, Address const& by) {
  MakeOffer message;
  message.set_talent(scene.talent.str());
  *message.mutable_terms() = terms_of({500 * usd});
  return scene.act(by, message);
}
TxStatus counter_version(WorkScene& scene, Address const& by, std::uint32_t version) {
  auto message = on_offer<CounterOffer>();
  message.set_version(version);
  *message.mutable_terms() = terms_of({600 * usd});
  return scene.act(by, message);
}
TxStatus counter(WorkScene& scene, Address const& by) {
  return counter_version(scene, by, scene.offer()->version());
}
TxStatus counter_older(WorkScene& scene, Address const& by) {
  return counter_version(scene, by, scene.offer()->version() + 1);
}
TxStatus accept(WorkScene& scene, Address const& by) {
  return scene.act(by, scene.acceptance());
}
TxStatus accept_other_version(WorkScene& scene, Address const& by) {
  auto message = scene.acceptance();
  message.set_version(message.version() + 1);
  return scene.act(by, message);
}
TxStatus accept_other_terms(WorkScene& scene, Address const& by) {
  auto message = scene.acceptance();
  message.set_terms_hash(hash_of(1));
  return scene.act(by, message);
}
TxStatus decline(WorkScene& scene, Address const& by) {
  return scene.act(by, on_offer<DeclineOffer>());
}
TxStatus withdraw(WorkScene& scene, Address const& by) {
  return scene.act(by, on_offer<WithdrawOffer>());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

void offered(WorkScene& scene) {
  EXPECT_EQ(make(scene, scene.client), TX_STATUS_OK);
}
void pause_profile(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.talent, PauseProfile{}), TX_STATUS_OK);
}
void fifty_open(WorkScene& scene) {
  for (int i = 0; i < 50; ++i) offered(scene);
}
// Each counters the other until the tenth version lies with the client, who made it again.
void ten_versions(WorkScene& scene) {
  auto offer = *scene.offer();
  offer.set_version(10);
  scene.put(offer);
}
void many_contracts(WorkScene& scene) {
  OpenWork open;
  open.set_account(scene.talent.str());
  open.set_contracts(500);
  scene.put(open);
}

std::vector<RowCase> cases() {
  auto const turn = TX_STATUS_NOT_YOUR_TURN;
  std::vector<Stranger> const not_other = {{client, turn}, {outsider, TX_STATUS_NOT_YOUR_OFFER}};
  std::vector<Stranger> const not_author = {{talent, turn}, {outsider, TX_STATUS_NOT_YOUR_OFFER}};
  auto const empty = [](WorkScene&) {};
  auto const then = [](Run second, Role who) -> Arrange {
    return [=](WorkScene& scene) {
      offered(scene);
      EXPECT_EQ(second(scene, scene.*who), TX_STATUS_OK);
    };
  };
  // clang-format off
  return {
    {"make", none, made, "anyone but the talent and whom it has blocked", empty, make, client,
     {{talent, TX_STATUS_OWN_OFFER}},
     {{"a paused profile", pause_profile, TX_STATUS_PROFILE_NOT_ACTIVE},
      {"fifty open offers", fifty_open, TX_STATUS_TOO_MANY_OPEN_OFFERS}}},
    {"counter", made, made, "the other side", offered, counter, talent, not_other,
     {{"another version", {}, TX_STATUS_TERMS_CHANGED, counter_older},
      {"the tenth version", ten_versions, TX_STATUS_TOO_MANY_COUNTERS}}},
    {"accept", made, accepted, "the other side", offered, accept, talent, not_other,
     {{"another version", {}, TX_STATUS_TERMS_CHANGED, accept_other_version},
      {"other terms", {}, TX_STATUS_TERMS_CHANGED, accept_other_terms},
      {"500 contracts", many_contracts, TX_STATUS_TOO_MANY_CONTRACTS}}},
    {"decline", made, declined, "the other side", offered, decline, talent, not_other},
    {"withdraw", made, withdrawn, "who made this version", offered, withdraw, client, not_author},
    {"lapse", made, lapsed, "the block", offered, wait_for_it},
    {"leave", declined, none, "the block", then(decline, talent), wait_for_it},
    {"leave", withdrawn, none, "the block", then(withdraw, client), wait_for_it},
    {"leave", lapsed, none, "the block", then(wait_for_it, client), wait_for_it},
  };
  // clang-format on
}

TEST(OfferTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const offer = scene.offer();
                              return offer ? offer->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<OfferAct, OfferState>{offer_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
