#include "node/documents/exchange.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "protocol/limits.h"
#include "tests/support/memory_disk.h"
#include "tests/unit/documents/scene.h"

namespace node {
namespace {

using labor::v1::PeerMessage;
using protocol::Document;
using protocol::Hash;
using testing_support::MemoryDisk;
using testing_support::Person;

PeerId peer(std::uint8_t number) {
  PeerId id;
  id.data.fill(number);
  return id;
}

class RecordingPeers final : public Peers {
 public:
  struct Sent {
    std::optional<PeerId> to;  // Nothing: to all.
    PeerMessage message;
  };

  void send(PeerId const& to, PeerMessage const& message) override {
    sent.push_back({to, message});
  }
  void broadcast(PeerMessage const& message) override { sent.push_back({std::nullopt, message}); }
  std::vector<PeerStatus> status() const override {
    std::vector<PeerStatus> rows;
    for (auto const& id : connected) {
      rows.push_back({.name = "", .node_key = id, .key = id, .connected = true});
    }
    rows.push_back({.name = "down", .node_key = peer(99)});
    return rows;
  }
  std::uint64_t bytes_sent() const override { return 0; }

  std::vector<Sent> sent;
  std::vector<PeerId> connected{peer(1), peer(2)};
};

// What a caller was told; nothing yet.
using Told = std::shared_ptr<std::optional<DocumentResult<Document>>>;

class Exchange : public testing::Test {
 protected:
  Exchange() {
    auto store = DocumentStore::open("documents", {.copies_bytes_max = 1u << 20}, disk_);
    EXPECT_TRUE(store.has_value());
    store_ = std::move(*store);
    exchange_.emplace(DocumentExchange::Parts{
        .store = *store_,
        .peers = peers_,
        .genesis = genesis_of_test(),
        // Whose address is the hash of the key that signed; of the state owner_test.cc speaks.
        .check_owner = [this](auto const& owner, auto const& signatures,
                              auto bytes) -> DocumentResult<void> {
          for (auto const& person : people_) {
            auto const expected = signature_by(person, std::string{bytes});
            auto const signs =
                signatures.size() == 1 && signatures[0].signature() == expected.signature();
            if (person.address() == owner && signs) return {};
          }
          return std::unexpected{DocumentRefusal::not_the_owner};
        },
        .copy_ms = day_ms});
  }

  Told get(Document const& document) { return get(protocol::document_hash(document).str()); }
  Told get(std::string const& hash) {
    auto told = std::make_shared<std::optional<DocumentResult<Document>>>();
    exchange_->get(hash, now_, [told](DocumentResult<Document> result) {
      EXPECT_FALSE(told->has_value()) << "once";
      *told = std::move(result);
    });
    return told;
  }
  static DocumentRefusal refusal(Told const& told) {
    EXPECT_TRUE(told->has_value() && !(*told)->has_value());
    return told->has_value() && !(*told)->has_value() ? (*told)->error() : DocumentRefusal::busy;
  }

  void hear(PeerId const& from, labor::v1::Document const& answer) {
    PeerMessage message;
    *message.mutable_document() = answer;
    exchange_->heard(from, message, now_);
  }
  static labor::v1::Document answer(Document const& document, std::uint64_t keep_ms = day_ms) {
    labor::v1::Document message;
    message.set_hash(protocol::document_hash(document).str());
    message.set_owner(document.owner.str());
    message.set_salt(document.salt.str());
    message.set_text(document.text);
    message.set_keep_ms(keep_ms);
    return message;
  }
  static labor::v1::Document has_not(Document const& document) {
    labor::v1::Document message;
    message.set_hash(protocol::document_hash(document).str());
    return message;
  }
  void hear_question(PeerId const& from, Hash const& hash) {
    PeerMessage message;
    message.mutable_fetch_document()->set_hash(hash.str());
    exchange_->heard(from, message, now_);
  }
  void hear_erasure(PeerId const& from, labor::v1::DocumentErasure const& erasure) {
    PeerMessage message;
    *message.mutable_document_erasures()->add_erasures() = erasure;
    exchange_->heard(from, message, now_);
  }
  DocumentResult<Hash> put(Document const& document, Person const& signer) {
    return exchange_->put(putting(document, signer, genesis_of_test()), now_);
  }
  void pass(std::uint64_t ms) {
    now_.time = protocol::TimeMs{now_.time.value() + ms};
    now_.steady_ms += ms;
    exchange_->tick(now_);
  }
  std::size_t questions() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        peers_.sent, [](auto const& sent) { return sent.message.has_fetch_document(); }));
  }

  std::vector<Person> const people_ = [] {
    std::vector<Person> people;
    for (std::uint64_t i = 0; i < 2; ++i) people.emplace_back(i);
    return people;
  }();
  Person const& alice_ = people_[0];
  Person const& bob_ = people_[1];
  Document const brief_ = document_by(alice_, "What is to be done");
  MemoryDisk disk_;
  RecordingPeers peers_;
  std::unique_ptr<DocumentStore> store_;
  std::optional<DocumentExchange> exchange_;
  DocumentMoment now_{.time = protocol::TimeMs{1'000'000}, .steady_ms = 5000};
};

TEST_F(Exchange, WhatWasPutIsGivenAtOnceAndNobodyIsAsked) {
  ASSERT_EQ(*put(brief_, alice_), protocol::document_hash(brief_));
  auto const told = get(brief_);
  ASSERT_TRUE(told->has_value() && (*told)->has_value());
  EXPECT_EQ(***told, brief_);
  EXPECT_EQ(questions(), 0u);
}

TEST_F(Exchange, NothingIsTakenThatIsNoSignedTextOfItsOwner) {
  EXPECT_EQ(put(brief_, bob_).error(), DocumentRefusal::not_the_owner);
  auto const refused = [&](auto change) {
    auto request = putting(brief_, alice_, genesis_of_test());
    change(request);
    return exchange_->put(request, now_).error();
  };
  EXPECT_EQ(refused([](auto& r) { r.set_owner("short"); }), DocumentRefusal::bad_owner);
  EXPECT_EQ(refused([](auto& r) { r.set_salt(""); }), DocumentRefusal::bad_salt);
  EXPECT_EQ(refused([](auto& r) { r.set_text(""); }), DocumentRefusal::no_text);
  EXPECT_EQ(refused([](auto& r) { r.set_text("\xff\xfe"); }), DocumentRefusal::not_utf8);
  auto const too_long = std::string(protocol::limits::document_bytes_max + 1, 'x');
  EXPECT_EQ(refused([&](auto& r) { r.set_text(too_long); }), DocumentRefusal::too_long);
  EXPECT_EQ(refused([](auto& r) { r.set_text("Something else"); }), DocumentRefusal::not_the_owner)
      << "the signature is for the other text";
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(Exchange, ASignatureForAnotherChainOrForErasingPutsNothing) {
  protocol::GenesisHash other;
  other.data.fill(8);
  EXPECT_EQ(exchange_->put(putting(brief_, alice_, other), now_).error(),
            DocumentRefusal::not_the_owner);
  auto request = putting(brief_, alice_, genesis_of_test());
  *request.mutable_signatures() = erasure_of(brief_, alice_, genesis_of_test()).signatures();
  EXPECT_EQ(exchange_->put(request, now_).error(), DocumentRefusal::not_the_owner);
}

TEST_F(Exchange, WhatIsNotHereIsAskedOfEveryPeerOnceAndTheFirstRightAnswerServesAllWhoWait) {
  auto const one = get(brief_);
  auto const another = get(brief_);
  EXPECT_EQ(questions(), 1u);
  EXPECT_FALSE(one->has_value());
  hear(peer(1), has_not(brief_));
  EXPECT_FALSE(one->has_value());
  hear(peer(2), answer(brief_));
  ASSERT_TRUE(one->has_value() && another->has_value());
  EXPECT_EQ(***one, brief_);
  EXPECT_EQ(***another, brief_);
  EXPECT_TRUE(get(brief_)->has_value()) << "a copy is kept";
}

TEST_F(Exchange, AnAnswerOfAnotherTextIsNotBelieved) {
  auto const told = get(brief_);
  auto forged = answer(brief_);
  forged.set_text("What somebody would rather have done");
  hear(peer(1), forged);
  EXPECT_FALSE(told->has_value());
  auto stolen = answer(brief_);
  stolen.set_owner(bob_.address().str());
  hear(peer(2), stolen);
  EXPECT_EQ(refusal(told), DocumentRefusal::not_found);
  EXPECT_EQ(exchange_->refused(), 2u);
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(Exchange, AnAnswerOfTheRightHashThatIsNoTextIsNotBelieved) {
  auto const binary = document_by(bob_, "\xc0\x80");
  auto const told = get(binary);
  hear(peer(1), answer(binary));
  hear(peer(2), answer(binary));
  EXPECT_EQ(refusal(told), DocumentRefusal::not_found);
  EXPECT_EQ(exchange_->refused(), 2u);
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(Exchange, WhatNobodyAskedForIsNotKept) {
  hear(peer(1), answer(brief_));
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(Exchange, ItIsNotFoundOnceAllHaveSaidSoOrTheTimeIsOver) {
  auto const told = get(brief_);
  hear(peer(1), has_not(brief_));
  hear(peer(1), has_not(brief_));
  EXPECT_FALSE(told->has_value());
  hear(peer(2), has_not(brief_));
  EXPECT_EQ(refusal(told), DocumentRefusal::not_found);

  auto const late = get(document_by(alice_, "another"));
  pass(DocumentExchange::ask_ms - 1);
  EXPECT_FALSE(late->has_value());
  pass(1);
  EXPECT_EQ(refusal(late), DocumentRefusal::not_found);
}

TEST_F(Exchange, WithoutPeersItIsNotFoundAtOnce) {
  peers_.connected.clear();
  EXPECT_EQ(refusal(get(brief_)), DocumentRefusal::not_found);
  EXPECT_EQ(refusal(get("no hash")), DocumentRefusal::bad_hash);
}

TEST_F(Exchange, ThousandsOfHashesThatNobodyHasAskPeersSoOftenAndNoMore) {
  std::size_t busy = 0;
  constexpr std::size_t asked = 5000;
  for (std::size_t i = 0; i < asked; ++i) {
    auto const told = get(document_by(alice_, std::to_string(i)));
    if (told->has_value()) busy += refusal(told) == DocumentRefusal::busy ? 1u : 0u;
  }
  EXPECT_EQ(questions(), DocumentExchange::questions.burst);
  EXPECT_EQ(busy, asked - questions());
  pass(1000);
  for (std::size_t i = 0; i < asked; ++i) get(document_by(bob_, std::to_string(i)));
  EXPECT_EQ(questions(),
            DocumentExchange::questions.burst + DocumentExchange::questions.per_second);
}

TEST_F(Exchange, CallersForOneHashAreBoundedToo) {
  std::vector<Told> all;
  for (std::size_t i = 0; i < DocumentExchange::callers_max + 1; ++i) all.push_back(get(brief_));
  EXPECT_EQ(refusal(all.back()), DocumentRefusal::busy);
  hear(peer(1), answer(brief_));
  EXPECT_TRUE(all.front()->has_value());
}

TEST_F(Exchange, APeerThatAsksIsAnsweredAndOneThatFloodsIsNot) {
  ASSERT_TRUE(put(brief_, alice_).has_value());
  hear_question(peer(1), protocol::document_hash(brief_));
  ASSERT_EQ(peers_.sent.size(), 1u);
  EXPECT_EQ(peers_.sent[0].to, peer(1));
  EXPECT_EQ(peers_.sent[0].message.document().text(), brief_.text);
  EXPECT_EQ(peers_.sent[0].message.document().keep_ms(), day_ms);
  hear_question(peer(1), protocol::document_hash(document_by(alice_, "another")));
  EXPECT_TRUE(peers_.sent[1].message.document().owner().empty());
  for (int i = 0; i < 5000; ++i) hear_question(peer(1), protocol::document_hash(brief_));
  EXPECT_EQ(peers_.sent.size(), DocumentExchange::answers.burst);
  hear_question(peer(2), protocol::document_hash(brief_));
  EXPECT_EQ(peers_.sent.back().to, peer(2));
}

TEST_F(Exchange, ACopyOfACopyIsKeptNoLongerThanTheFirst) {
  auto const told = get(brief_);
  hear(peer(1), answer(brief_, day_ms / 4));
  ASSERT_TRUE(told->has_value() && (*told)->has_value());
  pass(day_ms / 8);
  peers_.sent.clear();
  hear_question(peer(2), protocol::document_hash(brief_));
  EXPECT_EQ(peers_.sent[0].message.document().keep_ms(), day_ms / 8);
  pass(day_ms / 8);
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(Exchange, APeerThatWantsACopyToBeKeptForEverHasItKeptForADay) {
  get(brief_);
  hear(peer(1), answer(brief_, ~0ull));
  pass(day_ms - 1);
  EXPECT_EQ(store_->count(), 1u);
  pass(1);
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(Exchange, WhatItsOwnerDeletesIsGoneHereAndAllPeersAreTold) {
  ASSERT_TRUE(put(brief_, alice_).has_value());
  auto const done = exchange_->erase(deleting(brief_, alice_, genesis_of_test()), now_);
  ASSERT_TRUE(done.has_value());
  EXPECT_TRUE(done->was_here());
  EXPECT_EQ(done->peers_told(), 2u);
  ASSERT_EQ(peers_.sent.size(), 1u);
  EXPECT_FALSE(peers_.sent[0].to.has_value());
  EXPECT_EQ(peers_.sent[0].message.document_erasures().erasures_size(), 1);
  EXPECT_EQ(refusal(get(brief_)), DocumentRefusal::erased);
  EXPECT_EQ(put(brief_, alice_).error(), DocumentRefusal::erased);
}

TEST_F(Exchange, NobodyElseDeletesIt) {
  ASSERT_TRUE(put(brief_, alice_).has_value());
  EXPECT_EQ(exchange_->erase(deleting(brief_, bob_, genesis_of_test()), now_).error(),
            DocumentRefusal::not_the_owner);
  // Under his own name the text has another hash.
  auto const as_his = document_by(bob_, brief_.text);
  ASSERT_TRUE(exchange_->erase(deleting(as_his, bob_, genesis_of_test()), now_).has_value());
  EXPECT_TRUE(get(brief_)->has_value() && (**get(brief_)).has_value());
  peers_.sent.clear();
  hear_erasure(peer(1), erasure_of(brief_, bob_, genesis_of_test()));
  EXPECT_TRUE(peers_.sent.empty());
  EXPECT_EQ(exchange_->refused(), 1u);
  EXPECT_TRUE((**get(brief_)).has_value());
}

TEST_F(Exchange, AnErasureThatAPeerTellsIsDoneAndToldOnOnce) {
  ASSERT_TRUE(put(brief_, alice_).has_value());
  auto const erasure = erasure_of(brief_, alice_, genesis_of_test());
  hear_erasure(peer(1), erasure);
  EXPECT_EQ(refusal(get(brief_)), DocumentRefusal::erased);
  EXPECT_EQ(peers_.sent.size(), 1u);
  hear_erasure(peer(2), erasure);
  EXPECT_EQ(peers_.sent.size(), 1u) << "or two nodes would tell each other for ever";
}

TEST_F(Exchange, AnErasureEndsTheWaitOfThoseWhoAskForTheText) {
  auto const told = get(brief_);
  hear_erasure(peer(1), erasure_of(brief_, alice_, genesis_of_test()));
  EXPECT_EQ(refusal(told), DocumentRefusal::erased);
  hear(peer(2), answer(brief_));
  EXPECT_EQ(store_->count(), 0u) << "what comes late is not taken";
}

TEST_F(Exchange, WhoAsksForWhatWasErasedOrComesBackIsTold) {
  hear_erasure(peer(1), erasure_of(brief_, alice_, genesis_of_test()));
  peers_.sent.clear();
  hear_question(peer(2), protocol::document_hash(brief_));
  ASSERT_EQ(peers_.sent.size(), 2u);
  EXPECT_TRUE(peers_.sent[0].message.has_document_erasures());
  EXPECT_TRUE(peers_.sent[1].message.document().owner().empty());
  peers_.sent.clear();
  exchange_->connected(peer(3));
  ASSERT_EQ(peers_.sent.size(), 1u);
  EXPECT_EQ(peers_.sent[0].to, peer(3));
  EXPECT_EQ(peers_.sent[0].message.document_erasures().erasures_size(), 1);
}

TEST_F(Exchange, ErasuresOfNoFormOrTooManyAreRefusedAndTheRestIsHeard) {
  PeerMessage message;
  auto& erasures = *message.mutable_document_erasures();
  erasures.add_erasures()->set_owner("nobody");
  *erasures.add_erasures() = erasure_of(brief_, alice_, genesis_of_test());
  exchange_->heard(peer(1), message, now_);
  EXPECT_EQ(exchange_->refused(), 1u);
  EXPECT_TRUE(store_->erasures().contains(protocol::document_hash(brief_)));
  for (std::size_t i = 0; i < DocumentExchange::erasures_per_message_max; ++i) {
    *erasures.add_erasures() = erasures.erasures(1);
  }
  exchange_->heard(peer(1), message, now_);
  EXPECT_EQ(exchange_->refused(), 2u);
}

TEST_F(Exchange, WritesOfAllClientsAreBoundedForTheDiskThatVotesAreSyncedTo) {
  std::size_t taken = 0;
  for (int i = 0; i < 1000; ++i) {
    taken += put(document_by(alice_, std::to_string(i)), alice_).has_value() ? 1u : 0u;
  }
  EXPECT_EQ(taken, DocumentExchange::changes.burst);
}

}  // namespace
}  // namespace node
