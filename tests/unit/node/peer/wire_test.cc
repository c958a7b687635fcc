#include "node/peer/wire.h"

#include <gtest/gtest.h>

#include <string>

#include "node/peer/outbox.h"
#include "protocol/limits.h"

namespace node::peer {
namespace {

labor::v1::PeerMessage vote(std::string bytes) {
  labor::v1::PeerMessage message;
  message.set_vote(std::move(bytes));
  return message;
}

labor::v1::PeerMessage gossip(std::size_t count, std::size_t size = 0) {
  labor::v1::PeerMessage message;
  for (std::size_t i = 0; i < count; ++i) {
    message.mutable_transactions()->add_transactions(std::string(size, 'x'));
  }
  return message;
}

TEST(PeerWire, EncodingsOneAfterTheOtherAreOneRequest) {
  auto const bytes = *encode(vote("first")) + *encode(gossip(2)) + *encode(vote("last"));
  labor::v1::ConnectRequest request;
  ASSERT_TRUE(request.ParseFromString(bytes)) << "not what protobuf calls a ConnectRequest";
  ASSERT_EQ(request.messages_size(), 3);

  auto const messages = decode(bytes);
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 3u);
  EXPECT_EQ(messages->at(0).vote(), "first");
  EXPECT_EQ(messages->at(1).transactions().transactions_size(), 2);
  EXPECT_EQ(messages->at(2).vote(), "last");
}

TEST(PeerWire, RefusesWhatIsNotARequestOrTooMuchOfOne) {
  auto const good = *encode(vote("v"));
  auto many = std::string{};
  for (std::size_t i = 0; i <= messages_per_request_max; ++i) many += good;
  auto const raw = [](labor::v1::PeerMessage const& message) { return *encode(message); };
  struct Row {
    char const* name;
    std::string bytes;
    WireRefusal want;
  };
  Row const rows[] = {
      {"noise", "\xFF\xFF\xFF\xFF\xFF\xFF", WireRefusal::not_a_request},
      {"another field", std::string{"\x12\x00", 2}, WireRefusal::not_a_request},
      {"cut short", good.substr(0, good.size() - 1), WireRefusal::not_a_request},
      {"length beyond the end", std::string{"\x0A\x7F"}, WireRefusal::not_a_request},
      {"length of 4 GiB", std::string{"\x0A\xFF\xFF\xFF\xFF\x0F"}, WireRefusal::not_a_request},
      {"garbage after", good + "\x01", WireRefusal::not_a_request},
      {"message of another shape", std::string{"\x0A\x02\x08\x01", 4}, WireRefusal::not_a_request},
      {"empty message", std::string{"\x0A\x00", 2}, WireRefusal::empty_message},
      {"too many messages", many, WireRefusal::too_many_messages},
      {"too many parts", raw(gossip(parts_per_message_max + 1)), WireRefusal::too_many_parts},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const got = decode(row.bytes);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), row.want) << explain(got.error());
  }
}

TEST(PeerWire, TakesWhatIsJustWithinTheBounds) {
  std::string bytes;
  for (std::size_t i = 0; i < messages_per_request_max; ++i) bytes += *encode(vote("v"));
  EXPECT_TRUE(decode(bytes));
  EXPECT_TRUE(decode(*encode(gossip(parts_per_message_max))));
  EXPECT_TRUE(decode(""));
}

TEST(PeerWire, AVoteIsOpaqueWhateverItsBytes) {
  std::string const bytes(100, '\xFF');
  auto const got = decode(*encode(vote(bytes)));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->front().vote(), bytes);
}

TEST(PeerOutbox, WritesVotesBeforeAnswersBeforeTransactionsBeforeDocuments) {
  Outbox outbox;
  auto const last = encode(gossip(2));
  outbox.push(Lane::documents, last);
  auto const first = encode(gossip(1));
  auto const second = encode(vote("body"));
  auto const third = encode(vote("a"));
  auto const fourth = encode(vote("b"));
  outbox.push(Lane::transactions, first);
  outbox.push(Lane::answers, second);
  outbox.push(Lane::consensus, third);
  outbox.push(Lane::consensus, fourth);
  EXPECT_EQ(outbox.take(), (std::vector{third, fourth, second, first, last}));
  EXPECT_TRUE(outbox.empty());
}

TEST(PeerOutbox, AFullLaneDropsItsOldestAndNoOtherLane) {
  Outbox outbox;
  auto const keep = encode(vote("keep"));
  outbox.push(Lane::consensus, keep);
  auto const batch = encode(gossip(1, 1u << 20));
  auto const fits = Outbox::lane_bytes_max / batch->size();
  for (std::size_t i = 0; i < fits + 3; ++i) outbox.push(Lane::transactions, batch);
  EXPECT_EQ(outbox.dropped(), 3u);

  EXPECT_EQ(outbox.take(), std::vector{keep}) << "the rest does not fit into the same write";
  std::size_t left = 0;
  while (!outbox.empty()) left += outbox.take().size();
  EXPECT_EQ(left, fits);
}

TEST(PeerOutbox, AWriteIsBoundedButAlwaysMakesProgress) {
  Outbox outbox;
  auto const large = encode(gossip(1, Outbox::write_bytes * 2));
  auto const small = encode(gossip(1, Outbox::write_bytes / 2 + 1));
  for (auto const& message : {large, small, small}) outbox.push(Lane::transactions, message);
  EXPECT_EQ(outbox.take(), std::vector{large});
  EXPECT_EQ(outbox.take(), std::vector{small});
  EXPECT_EQ(outbox.take(), std::vector{small});
  EXPECT_TRUE(outbox.take().empty());

  auto const tiny = encode(vote(""));
  for (std::size_t i = 0; i <= messages_per_request_max; ++i) outbox.push(Lane::consensus, tiny);
  EXPECT_EQ(outbox.take().size(), messages_per_request_max);
}

TEST(PeerOutbox, EveryKindOfMessageHasItsLane) {
  struct Row {
    Lane want;
    void (*fill)(labor::v1::PeerMessage&);
  };
  Row const rows[] = {
      {Lane::consensus, [](auto& m) { m.set_vote(""); }},
      {Lane::consensus, [](auto& m) { m.set_certificate(""); }},
      {Lane::consensus, [](auto& m) { m.mutable_proposal(); }},
      {Lane::consensus, [](auto& m) { m.mutable_fetch_view(); }},
      {Lane::consensus, [](auto& m) { m.mutable_fetch_body(); }},
      {Lane::consensus, [](auto& m) { m.mutable_fetch_blocks(); }},
      {Lane::answers, [](auto& m) { m.mutable_body(); }},
      {Lane::answers, [](auto& m) { m.mutable_final_blocks(); }},
      {Lane::transactions, [](auto& m) { m.mutable_transactions(); }},
      {Lane::documents, [](auto& m) { m.mutable_fetch_document(); }},
      {Lane::documents, [](auto& m) { m.mutable_document(); }},
      {Lane::documents, [](auto& m) { m.mutable_document_erasures(); }},
  };
  for (auto const& row : rows) {
    labor::v1::PeerMessage message;
    row.fill(message);
    EXPECT_EQ(lane_of(message), row.want) << message.ShortDebugString();
  }
}

}  // namespace
}  // namespace node::peer
