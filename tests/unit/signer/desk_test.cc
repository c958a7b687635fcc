// A signer without its socket: what it refuses of a node, what it signs, and what it remembers.

#include "node/signer/desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "consensus/certificate/encoding.h"
#include "node/store/vote_journal.h"
#include "protocol/validators/seats.h"
#include "tests/support/consensus_keys.h"
#include "tests/support/memory_disk.h"

namespace node::signer {
namespace {

using consensus::Statement;
using consensus::VoteKind;
using labor::v1::SignerMessage;
using protocol::View;
using testing_support::MemoryDisk;

Statement about(VoteKind kind, std::uint64_t view, std::uint64_t parent_view) {
  if (kind == VoteKind::nullify) return consensus::nullify({}, View{view});
  protocol::BlockHash block;
  block.data.fill(static_cast<std::uint8_t>(view));
  return {.epoch = {},
          .view = View{view},
          .kind = kind,
          .parent_view = View{parent_view},
          .height = protocol::Height{parent_view + 1},
          .block = block};
}
Statement notarize(std::uint64_t view) {
  return about(VoteKind::notarize, view, view - 1);
}
Statement finalize(std::uint64_t view) {
  return about(VoteKind::finalize, view, view - 1);
}
Statement nullify(std::uint64_t view) {
  return about(VoteKind::nullify, view, 0);
}

// Validator 1 of four, on a disk that can lose its power.
class SignerDesk : public testing::Test {
 protected:
  SignerDesk() {
    auto const id = consensus::JournalId{7};
    begin(*VoteJournal::create(options(), disk, id, View{0}), {}, View{0});
  }
  JournalOptions options() const {
    return {.folder = "votes",
            .epoch = {},
            .validators = keys.committee().validators,
            .segment_bytes = 2000};
  }
  labor::v1::ValidatorSet set() const {
    labor::v1::ValidatorSet made;
    made.set_first_height(1);
    for (std::size_t i = 0; i < keys.committee().validators.size(); ++i) {
      auto const index = protocol::ValidatorIndex{static_cast<std::uint8_t>(i)};
      made.add_validators()->set_consensus_key(keys.committee().validators.key(index).str());
    }
    return made;
  }
  void begin(std::unique_ptr<VoteJournal> journal, consensus::JournalEntry entry, View dropped) {
    keeper = std::make_unique<Keeper>(
        keys.committee().genesis, keys.secret(1),
        Keeper::Epoch{.set = set(),
                      .journal = std::move(journal),
                      .entry = std::move(entry),
                      .dropped = dropped},
        [](auto const&, auto const&) -> std::expected<void, consensus::DiskFailure> { return {}; });
    desk = std::make_unique<Desk>(*keeper);
    greeted = false;
    ASSERT_EQ(say(hello()).body_case(), SignerMessage::kWelcome);
  }
  void crash() {
    desk = nullptr;
    keeper = nullptr;
    disk.crash();
    auto opened = VoteJournal::open(options(), disk, std::nullopt);
    ASSERT_TRUE(opened);
    ASSERT_EQ(opened->state, VoteJournal::Opened::State::found);
    begin(std::move(opened->journal), std::move(opened->entry), opened->segment.floor);
  }

  SignerMessage hello() const {
    SignerMessage message;
    message.mutable_hello()->set_genesis_hash(keys.committee().genesis.str());
    message.mutable_hello()->set_consensus_key(keys.secret(1).public_key().str());
    message.mutable_hello()->set_node_key(std::string(32, 'n'));
    return message;
  }
  SignerMessage order(std::vector<Statement> const& statements,
                      std::vector<Statement> const& certified = {}) const {
    SignerMessage message;
    auto& body = *message.mutable_order();
    for (auto const& statement : statements) body.add_statements(encode(statement));
    for (auto const& statement : certified) {
      body.add_certificates(encode(keys.certificate(statement), keys.committee().validators));
    }
    return message;
  }
  SignerMessage say_bytes(std::string_view bytes) {
    auto const reply = desk->reply(greeted, bytes);
    if (!reply) return {};
    auto const message = decode(std::string_view{reply->frame}.substr(prefix_bytes));
    EXPECT_EQ(reply->hang_up, message->has_goodbye());
    return *message;
  }
  SignerMessage say(SignerMessage const& message) {
    return say_bytes(std::string_view{encode(message)}.substr(prefix_bytes));
  }
  // "signed", or why not, of each statement.
  std::vector<std::string> verdicts(SignerMessage const& asked) {
    std::vector<std::string> said;
    auto const message = say(asked);
    for (auto const& verdict : message.answer().verdicts()) {
      said.push_back(verdict.has_signature() ? "signed" : verdict.refused());
    }
    return said;
  }

  consensus::Keys keys{4};
  MemoryDisk disk;
  std::unique_ptr<Keeper> keeper;
  std::unique_ptr<Desk> desk;
  bool greeted = false;
};

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(SignerDesk, SaysThatItsKeyIsReadyForASeatAtABlock) {
  protocol::BlockHash block;
  block.data.fill('b');
  SignerMessage message;
  auto& ready = *message.mutable_ready();
  ready.set_seat(3);
  ready.set_height(9);
  ready.set_block_hash(block.str());
  auto const said = say(message);
  ASSERT_EQ(said.answer().verdicts_size(), 1);
  auto const signature = protocol::Signature::from(said.answer().verdicts(0).signature());
  ASSERT_TRUE(signature);
  auto const bytes =
      validators::ready_bytes(keys.committee().genesis, 3, protocol::Height{9}, block);
  EXPECT_TRUE(crypto::verify(keys.secret(1).public_key(), base::bytes_of(bytes), *signature));

  greeted = false;
  EXPECT_EQ(say(message).goodbye().reason(), labor::v1::SIGNER_REFUSAL_OUT_OF_TURN);
}

TEST_F(SignerDesk, RefusesWhateverIsMalformedAndHangsUp) {
  struct Row {
    std::string_view name;
    std::function<std::string()> bytes;
    Refusal refusal;
  };
  auto const bytes_of = [](SignerMessage const& message) { return encode(message).substr(4); };
  auto const changed = [&](std::function<void(SignerMessage&)> const& change, SignerMessage base) {
    change(base);
    return bytes_of(base);
  };
  using labor::v1::SignerHello;
  Row const rows[] = {
      {"no protobuf", [&] { return std::string{"\xff\xff"}; }, labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"cut short", [&] { return bytes_of(hello()).substr(0, 20); },
       labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"no version", [&] { return hello().SerializeAsString(); },
       labor::v1::SIGNER_REFUSAL_UNKNOWN_VERSION},
      {"a later version",
       [&] {
         auto message = hello();
         message.set_version(2);
         return message.SerializeAsString();
       },
       labor::v1::SIGNER_REFUSAL_UNKNOWN_VERSION},
      {"nothing said",
       [&] {
         SignerMessage message;
         message.set_version(1);
         return message.SerializeAsString();
       },
       labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"a signer's message", [&] { return changed([](auto& m) { m.mutable_welcome(); }, {}); },
       labor::v1::SIGNER_REFUSAL_OUT_OF_TURN},
      {"another chain",
       [&] {
         return changed([](auto& m) { m.mutable_hello()->set_genesis_hash(std::string(32, 'x')); },
                        hello());
       },
       labor::v1::SIGNER_REFUSAL_ANOTHER_CHAIN},
      {"another key",
       [&] {
         return changed([](auto& m) { m.mutable_hello()->set_consensus_key(std::string(32, 'x')); },
                        hello());
       },
       labor::v1::SIGNER_REFUSAL_ANOTHER_KEY},
      {"a short node key",
       [&] { return changed([](auto& m) { m.mutable_hello()->set_node_key("n"); }, hello()); },
       labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"half a statement",
       [&] { return changed([](auto& m) { m.mutable_order()->add_statements("half"); }, {}); },
       labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"half a certificate",
       [&] { return changed([](auto& m) { m.mutable_order()->add_certificates("half"); }, {}); },
       labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"half a block hash",
       [&] { return changed([](auto& m) { m.mutable_ready()->set_block_hash("half"); }, {}); },
       labor::v1::SIGNER_REFUSAL_MALFORMED},
      {"too many statements",
       [&] { return bytes_of(order(std::vector(statements_per_order_max + 1, nullify(1)))); },
       labor::v1::SIGNER_REFUSAL_TOO_MANY},
      {"a forged certificate",
       [&] {
         auto forged = keys.certificate(notarize(1));
         forged.signatures.front().data.fill(1);
         SignerMessage message;
         message.mutable_order()->add_certificates(encode(forged, keys.committee().validators));
         return bytes_of(message);
       },
       labor::v1::SIGNER_REFUSAL_BAD_CERTIFICATE},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const said = say_bytes(row.bytes());
    EXPECT_EQ(said.goodbye().reason(), row.refusal);
    EXPECT_FALSE(explain(row.refusal).empty());
  }
}

TEST_F(SignerDesk, AFrameIsNeitherEmptyNorLongerThanItsBound) {
  auto const length = [](std::uint32_t number) {
    std::array<char, prefix_bytes> prefix{};
    for (std::size_t i = 0; i < prefix.size(); ++i) {
      prefix[i] = static_cast<char>(number >> (8 * (prefix.size() - 1 - i)) & 0xff);
    }
    return length_of(prefix);
  };
  EXPECT_FALSE(length(0));
  EXPECT_EQ(length(1).value(), 1U);
  EXPECT_EQ(length(message_bytes_max).value(), message_bytes_max);
  EXPECT_FALSE(length(message_bytes_max + 1));
  EXPECT_FALSE(length(0xffffffff));
}

TEST_F(SignerDesk, TakesNoOrderBeforeTheGreeting) {
  greeted = false;
  EXPECT_EQ(say(order({nullify(1)})).goodbye().reason(), labor::v1::SIGNER_REFUSAL_OUT_OF_TURN);
}

TEST_F(SignerDesk, SignsWithGroundsOnlyAndNeverAgainstItself) {
  EXPECT_THAT(verdicts(order({notarize(1)})), ElementsAre("signed"));
  EXPECT_THAT(verdicts(order({finalize(1), notarize(2)})),
              ElementsAre(HasSubstr("no notarization"), HasSubstr("no notarization")));
  EXPECT_THAT(verdicts(order({notarize(2)}, {notarize(1)})), ElementsAre("signed"));
  // A window of views, not a highest one: FINALIZE(1) after a vote of view 2.
  EXPECT_THAT(verdicts(order({finalize(1), nullify(1)})),
              ElementsAre("signed", HasSubstr("FINALIZE")));
  EXPECT_THAT(verdicts(order({nullify(2)})), ElementsAre("signed"));
  EXPECT_THAT(verdicts(order({finalize(2)}, {notarize(2)})), ElementsAre(HasSubstr("NULLIFY")));
  auto other = notarize(2);
  other.block.data.fill(0xee);
  EXPECT_THAT(verdicts(order({other})), ElementsAre(HasSubstr("NOTARIZE")));
}

TEST_F(SignerDesk, WhatIsSignedVerifies) {
  auto const answer = say(order({notarize(1)}));
  auto const vote = consensus::Vote{
      .statement = notarize(1),
      .voter = protocol::ValidatorIndex{1},
      .signature = *protocol::Signature::from(answer.answer().verdicts(0).signature())};
  EXPECT_TRUE(consensus::verify(keys.committee(), vote));
}

TEST_F(SignerDesk, RefusesWhatAFinalizationHasSettled) {
  EXPECT_THAT(verdicts(order({nullify(1), notarize(3)}, {finalize(2)})),
              ElementsAre(HasSubstr("is final"), "signed"));
  crash();
  EXPECT_THAT(verdicts(order({nullify(1), nullify(2)})),
              ElementsAre(HasSubstr("is final"), HasSubstr("is final")))
      << "the floor is in the journal";
}

TEST_F(SignerDesk, ACrashBetweenTheSyncAndTheAnswerChangesNoVote) {
  auto const asked = order({notarize(2), finalize(1)}, {notarize(1)});
  auto const lost = say(asked);
  crash();
  auto const again = say(asked);
  EXPECT_EQ(lost.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(again.answer().verdicts(0).signature().size(), 64U);
  EXPECT_THAT(verdicts(order({nullify(1)})), ElementsAre(HasSubstr("FINALIZE")));
}

TEST_F(SignerDesk, TellsANodeThatGreetsItWhatItHasSignedAndOnWhatGrounds) {
  say(order({notarize(2), finalize(1)}, {notarize(1)}));
  crash();
  auto const welcome = say(hello()).welcome();
  EXPECT_EQ(welcome.votes_size(), 2);
  ASSERT_EQ(welcome.grounds_size(), 1);
  EXPECT_EQ(welcome.grounds(0), encode(keys.certificate(notarize(1)), keys.committee().validators));
}

// Views pass, segments come and go, and the power with them.
TEST_F(SignerDesk, NeverForgetsAcrossSegments) {
  constexpr std::uint64_t views = 60;
  for (std::uint64_t view = 1; view <= views; ++view) {
    std::vector<Statement> shown;
    if (view > 1) shown = {notarize(view - 1)};
    if (view > 3) shown.push_back(finalize(view - 3));
    ASSERT_THAT(verdicts(order({notarize(view)}, shown)), ElementsAre("signed")) << view;
    if (view % 7 == 0) crash();
    auto other = notarize(view);
    other.block.data.fill(0xee);
    ASSERT_THAT(verdicts(order({other})), ElementsAre(HasSubstr("NOTARIZE"))) << view;
    if (view > 3) {
      ASSERT_THAT(verdicts(order({nullify(view - 3)})), ElementsAre(HasSubstr("is final")));
    }
  }
  EXPECT_LT(disk.paths().size(), 4U) << "old segments are removed";
}

TEST_F(SignerDesk, AfterADiskFailureNothingIsSigned) {
  disk.fail(0);
  auto const asked = [&](std::uint64_t view) {
    return desk->reply(greeted, std::string_view{encode(order({nullify(view)}))}.substr(4));
  };
  EXPECT_FALSE(asked(1));
  disk.heal();
  EXPECT_FALSE(asked(1)) << "it is in memory only";
  EXPECT_FALSE(asked(2));
}

}  // namespace
}  // namespace node::signer
