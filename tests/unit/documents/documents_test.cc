// Documents with their threads: two nodes that speak to each other by calls.

#include "node/documents/documents.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "tests/support/memory_disk.h"
#include "tests/support/mesh/mesh.h"
#include "tests/unit/documents/scene.h"

namespace node {
namespace {

using protocol::Document;
using testing_support::MemoryDisk;
using testing_support::Person;

PeerId peer(std::uint8_t number) {
  PeerId id;
  id.data.fill(number);
  return id;
}

class Passed final : public PeerSink {
 public:
  void deliver(PeerDelivery) override { ++delivered; }
  void connected(PeerId const&) override { ++connections; }

  int delivered = 0;
  int connections = 0;
};

// One peer, which may be silent.
class Link final : public Peers {
 public:
  explicit Link(PeerId self) : self_{self} {}
  void send(PeerId const& to, labor::v1::PeerMessage const& message) override {
    if (other != nullptr && to == other_id)
      other->deliver({.from = self_, .message = message, .credit = nullptr});
  }
  void broadcast(labor::v1::PeerMessage const& message) override { send(other_id, message); }
  std::vector<PeerStatus> status() const override {
    return {{.name = "other", .node_key = other_id, .key = other_id, .connected = true}};
  }
  std::uint64_t bytes_sent() const override { return 0; }

  PeerId other_id{};
  Documents* other = nullptr;

 private:
  PeerId self_;
};

class DocumentsTest : public testing::Test {
 protected:
  struct Node {
    Node(Mesh& mesh, std::uint8_t number)
        : link{peer(number)},
          documents{{.store = *DocumentStore::open("documents", {}, disk),
                     .chain_store = mesh.store(0),
                     .genesis = mesh.chain().hash(),
                     .clock = mesh.clock(),
                     .next = passed,
                     .copy_ms = day_ms}} {}

    MemoryDisk disk;
    Passed passed;
    Link link;
    Documents documents;
  };

  DocumentsTest() {
    one_.link.other_id = peer(2);
    two_.link.other_id = peer(1);
    one_.documents.start(one_.link);
    two_.documents.start(two_.link);
  }
  ~DocumentsTest() override {
    one_.documents.stop();
    two_.documents.stop();
  }
  void join() {
    one_.link.other = &two_.documents;
    two_.link.other = &one_.documents;
  }

  DocumentResult<protocol::Hash> put(Node& node, Document const& document) {
    std::promise<DocumentResult<protocol::Hash>> told;
    node.documents.put(putting(document, people_[0], mesh_.chain().hash()),
                       [&](auto result) { told.set_value(std::move(result)); });
    return told.get_future().get();
  }
  static DocumentResult<Document> get(Node& node, Document const& document) {
    std::promise<DocumentResult<Document>> told;
    labor::v1::GetDocumentRequest request;
    request.set_hash(protocol::document_hash(document).str());
    node.documents.get(request, [&](auto result) { told.set_value(std::move(result)); });
    return told.get_future().get();
  }

  std::vector<Person> const people_ = [] {
    std::vector<Person> people;
    people.emplace_back(0);
    return people;
  }();
  Mesh mesh_{people_, {.validators = 1}};
  Node one_{mesh_, 1};
  Node two_{mesh_, 2};
  Document const brief_ = document_by(people_[0], "What is to be done");
};

TEST_F(DocumentsTest, ATextPutAtOneNodeIsReadAtAnotherAndGoneAtBothOnceErased) {
  join();
  ASSERT_TRUE(put(one_, brief_).has_value());
  auto const read = get(two_, brief_);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, brief_);
  EXPECT_EQ(two_.documents.count(), 1u);

  std::promise<DocumentResult<labor::v1::DeleteDocumentResponse>> told;
  // At the node that has a copy.
  two_.documents.erase(deleting(brief_, people_[0], mesh_.chain().hash()),
                       [&](auto result) { told.set_value(std::move(result)); });
  auto const done = told.get_future().get();
  ASSERT_TRUE(done.has_value());
  EXPECT_TRUE(done->was_here());
  EXPECT_EQ(get(two_, brief_).error(), DocumentRefusal::erased);
  EXPECT_EQ(get(one_, brief_).error(), DocumentRefusal::erased);
  EXPECT_EQ(one_.documents.count(), 0u);
  EXPECT_EQ(put(one_, brief_).error(), DocumentRefusal::erased);
}

TEST_F(DocumentsTest, APeerThatIsSilentIsWaitedForSoLongAndNoLonger) {
  EXPECT_EQ(get(one_, brief_).error(), DocumentRefusal::not_found);
}

TEST_F(DocumentsTest, WhoWaitsWhenANodeStopsIsToldAndNobodyWaitsAfterwards) {
  std::promise<DocumentResult<Document>> told;
  labor::v1::GetDocumentRequest request;
  request.set_hash(protocol::document_hash(brief_).str());
  one_.documents.get(request, [&](auto result) { told.set_value(std::move(result)); });
  one_.documents.stop();
  EXPECT_EQ(told.get_future().get().error(), DocumentRefusal::not_found);
  EXPECT_EQ(get(one_, brief_).error(), DocumentRefusal::busy);
}

TEST_F(DocumentsTest, WhatIsAboutNoDocumentPassesOnAndAPeerThatComesIsSeenByBoth) {
  labor::v1::PeerMessage vote;
  vote.set_vote("a vote");
  one_.documents.deliver({.from = peer(2), .message = vote, .credit = nullptr});
  EXPECT_EQ(one_.passed.delivered, 1);
  labor::v1::PeerMessage question;
  question.mutable_fetch_document()->set_hash("x");
  one_.documents.deliver({.from = peer(2), .message = question, .credit = nullptr});
  EXPECT_EQ(one_.passed.delivered, 1);
  one_.documents.connected(peer(2));
  EXPECT_EQ(one_.passed.connections, 1);
}

TEST_F(DocumentsTest, OfAFloodOfQuestionsNoMoreWaitThanAreServed) {
  labor::v1::GetDocumentRequest request;
  request.set_hash("not a hash");
  std::atomic<std::size_t> answered{0};
  constexpr std::size_t flood = 20 * Documents::tasks_max;
  for (std::size_t i = 0; i < flood; ++i) {
    one_.documents.get(request, [&](auto const& result) {
      EXPECT_FALSE(result.has_value());
      ++answered;
    });
  }
  one_.documents.stop();
  EXPECT_EQ(answered.load(), flood) << "each is answered, if only with a refusal";
}

}  // namespace
}  // namespace node
