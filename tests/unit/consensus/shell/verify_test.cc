#include "consensus/shell/verify.h"

#include <gtest/gtest.h>
#include <labor/v1/block.pb.h>

#include <string>
#include <vector>

#include "consensus/shell/catch_up.h"
#include "tests/support/consensus_blocks.h"

namespace consensus {
namespace {

Statement about(VoteKind kind, std::uint64_t view, Block const& block) {
  return {.epoch = Epoch{0},
          .view = View{view},
          .kind = kind,
          .parent_view = {},
          .height = block.height,
          .block = block.hash};
}

std::string header_of(Block const& block) {
  labor::v1::Block read;
  EXPECT_TRUE(read.ParseFromString(*block.body));
  return read.header();
}

class ShellVerify : public testing::Test {
 protected:
  Committee const& committee() const { return keys.committee(); }
  GenesisHash const& genesis() const { return committee().genesis; }

  Keys keys{4};
  Block block = make_block(genesis(), {.transactions = {"one", "two"}});
  ValidatorIndex const leader{1};
};

TEST_F(ShellVerify, AVoteCountsOnItsSignersOwnStreamOnly) {
  auto const bytes = encode(keys.vote(2, nullify(Epoch{0}, View{1})));
  EXPECT_TRUE(verify_vote(committee(), ValidatorIndex{2}, bytes));
  auto const other = verify_vote(committee(), ValidatorIndex{3}, bytes);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error(), Refusal{MessageRefusal::not_its_own});
  EXPECT_EQ(verify_vote(committee(), ValidatorIndex{2}, "garbage").error(),
            Refusal{EncodingRefusal::truncated});
  EXPECT_FALSE(explain(other.error()).empty());
}

TEST_F(ShellVerify, AProposalIsTheLeadersAndCarriesItsNotarize) {
  auto const vote = encode(keys.vote(1, about(VoteKind::notarize, 1, block)));
  auto const good = verify_proposal(committee(), leader, vote, block.body, {});
  ASSERT_TRUE(good);
  ASSERT_TRUE(good->block);
  EXPECT_EQ(good->block->hash, block.hash);

  auto const refusal = [&](std::size_t signer, Statement const& said) {
    return verify_proposal(committee(), ValidatorIndex{static_cast<std::uint8_t>(signer)},
                           encode(keys.vote(signer, said)), block.body, {})
        .error();
  };
  EXPECT_EQ(refusal(2, about(VoteKind::notarize, 1, block)),
            Refusal{MessageRefusal::not_the_leader});
  EXPECT_EQ(refusal(1, about(VoteKind::finalize, 1, block)),
            Refusal{MessageRefusal::not_a_notarize});
}

TEST_F(ShellVerify, ALeaderThatSignsForAMalformedBodyIsHeard) {
  auto const vote = encode(keys.vote(1, about(VoteKind::notarize, 1, block)));
  auto const body = std::make_shared<std::string const>("garbage");
  auto const received = verify_proposal(committee(), leader, vote, body, {});
  ASSERT_TRUE(received);
  EXPECT_EQ(received->block.error(), BlockRefusal::malformed);
}

// A memory of votes that names the one it is given.
class OneKnownVote final : public KnownVotes {
 public:
  explicit OneKnownVote(Vote vote) : vote_{vote} {}
  bool holds(Vote const& vote) const override { return vote == vote_; }

 private:
  Vote vote_;
};

TEST_F(ShellVerify, ASignatureOfACertificateThatIsKnownIsNotCheckedAgain) {
  auto const statement = nullify(Epoch{0}, View{1});
  auto certificate = keys.certificate(statement);
  certificate.signatures.at(1).data[0] ^= 1;
  auto const bytes = encode(certificate, committee().validators);
  EXPECT_EQ(verify_certificate(committee(), bytes).error(), Refusal{VerifyRefusal::bad_signature});

  auto const signer = certificate.signers.members().at(1);
  auto const said =
      Vote{.statement = statement, .voter = signer, .signature = certificate.signatures.at(1)};
  EXPECT_TRUE(verify_certificate(committee(), bytes, OneKnownVote{said}));
  auto other = said;
  other.signature.data[1] ^= 1;
  EXPECT_FALSE(verify_certificate(committee(), bytes, OneKnownVote{other}));
}

TEST_F(ShellVerify, CertificatesAreAnAidTheBadOnesAreLeftOutAndTooManyRefused) {
  auto const vote = encode(keys.vote(1, about(VoteKind::notarize, 1, block)));
  auto const good = encode(keys.certificate(nullify(Epoch{0}, View{1})), committee().validators);
  auto bad = good;
  bad.back() = static_cast<char>(bad.back() ^ 1);
  auto const received = verify_proposal(committee(), leader, vote, block.body, {bad, good, "x"});
  ASSERT_TRUE(received);
  EXPECT_EQ(received->certificates.size(), 1u);
  std::vector<std::string> const many(protocol::limits::certificates_per_proposal_max + 1, good);
  EXPECT_EQ(verify_proposal(committee(), leader, vote, block.body, many).error(),
            Refusal{MessageRefusal::too_many_certificates});
  EXPECT_EQ(verify_certificate(committee(), std::string(1u << 20, 'x')).error(),
            Refusal{MessageRefusal::too_large});
}

TEST_F(ShellVerify, ABodyIsReadOnlyIfItsTransactionsAreTheHeadersOwn) {
  auto swapped = *block.body;
  auto const at = swapped.find("two");
  ASSERT_NE(at, std::string::npos);
  swapped.replace(at, 3, "TWO");
  auto const read = [&](std::string bytes) {
    return read_block(genesis(), std::make_shared<std::string const>(std::move(bytes)));
  };
  EXPECT_EQ(read(swapped).error(), BlockRefusal::wrong_root);
  EXPECT_EQ(read(*block.body + "x").error(), BlockRefusal::malformed);
  EXPECT_EQ(read(std::string(protocol::limits::block_bytes_max + 1, 'x')).error(),
            BlockRefusal::too_large);
  GenesisHash elsewhere;
  EXPECT_EQ(read_block(elsewhere, block.body).error(), BlockRefusal::wrong_chain);
  EXPECT_EQ(read(*encode_block(genesis(), {.proposer = 128})).error(),
            BlockRefusal::wrong_proposer);
  for (std::size_t cut = 1; cut < block.body->size(); ++cut) {
    EXPECT_FALSE(read(block.body->substr(0, cut))) << cut;
  }
}

// ava 544: blocks stored by the height a peer declared.
TEST_F(ShellVerify, FinalBlocksAreLinkedBackFromTheirFinalization) {
  std::vector<Block> chain;
  std::vector<Body> bodies;
  for (std::uint64_t height = 5; height < 9; ++height) {
    auto const parent = chain.empty() ? BlockHash{} : chain.back().hash;
    chain.push_back(make_block(genesis(), {.parent = parent, .height = height}));
    bodies.push_back(chain.back().body);
  }
  auto const proof = [&](Statement const& said) {
    return encode(keys.certificate(said), committee().validators);
  };
  auto const last = about(VoteKind::finalize, 9, chain.back());
  auto const good = verify_final_blocks(committee(), bodies, proof(last));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->blocks.front().height, Height{5});

  auto const refusal = [&](std::vector<Body> const& sent, std::string const& finalization) {
    return verify_final_blocks(committee(), sent, finalization).error();
  };
  EXPECT_EQ(refusal({}, proof(last)), FinalBlocksRefusal::empty);
  EXPECT_EQ(refusal(std::vector<Body>(chunk_blocks + 1, bodies[0]), proof(last)),
            FinalBlocksRefusal::too_many);
  EXPECT_EQ(refusal({bodies[0], bodies[2], bodies[3]}, proof(last)),
            FinalBlocksRefusal::broken_link);
  EXPECT_EQ(refusal({bodies[0], bodies[1]}, proof(last)), FinalBlocksRefusal::not_the_last);
  EXPECT_EQ(refusal(bodies, proof(about(VoteKind::notarize, 9, chain.back()))),
            FinalBlocksRefusal::not_a_finalization);
  auto forged = proof(last);
  forged.back() = static_cast<char>(forged.back() ^ 1);
  EXPECT_EQ(refusal(bodies, forged), FinalBlocksRefusal::bad_finalization);
  auto lying = last;
  lying.height = Height{7};
  EXPECT_EQ(refusal(bodies, proof(lying)), FinalBlocksRefusal::not_the_last);
  EXPECT_EQ(refusal({std::make_shared<std::string const>("x")}, proof(last)),
            FinalBlocksRefusal::bad_block);
}

TEST_F(ShellVerify, HeadersLeadFromFinalBlocksToTheDescendantThatHasAFinalization) {
  std::vector<Block> chain;
  std::vector<std::string> headers;  // Of heights 8 and 7.
  for (std::uint64_t height = 5; height < 9; ++height) {
    auto const parent = chain.empty() ? BlockHash{} : chain.back().hash;
    chain.push_back(make_block(genesis(), {.parent = parent, .height = height}));
    if (height > 6) headers.insert(headers.begin(), header_of(chain.back()));
  }
  std::vector<Body> const bodies{chain[0].body, chain[1].body};
  auto const last = about(VoteKind::finalize, 9, chain.back());
  auto const proof = encode(keys.certificate(last), committee().validators);
  auto const good = verify_final_blocks(committee(), bodies, proof, headers);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->blocks.back().hash, chain[1].hash);
  EXPECT_EQ(good->finalization->statement.block, chain[3].hash);

  auto const refusal = [&](std::vector<std::string> const& led) {
    return verify_final_blocks(committee(), bodies, proof, led).error();
  };
  EXPECT_EQ(refusal({}), FinalBlocksRefusal::not_the_last);
  EXPECT_EQ(refusal({headers[1]}), FinalBlocksRefusal::not_the_last);
  EXPECT_EQ(refusal({headers[0]}), FinalBlocksRefusal::bad_header);
  EXPECT_EQ(refusal({headers[1], headers[0]}), FinalBlocksRefusal::bad_header);
  EXPECT_EQ(refusal({headers[0], "x"}), FinalBlocksRefusal::bad_header);
  std::vector<std::string> const many(protocol::limits::headers_per_proof_max + 1, headers[0]);
  EXPECT_EQ(refusal(many), FinalBlocksRefusal::too_many_headers);

  auto const boundary = make_block(genesis(), {.height = 5, .boundary = true});
  auto const child = make_block(genesis(), {.parent = boundary.hash, .height = 6});
  auto const of_child =
      encode(keys.certificate(about(VoteKind::finalize, 9, child)), committee().validators);
  EXPECT_EQ(verify_final_blocks(committee(), {boundary.body}, of_child, {header_of(child)}).error(),
            FinalBlocksRefusal::bad_header);
}

TEST_F(ShellVerify, FinalBlocksOfOneAnswerEndWithTheBoundary) {
  auto const last = make_block(genesis(), {.height = 5, .boundary = true});
  auto const child = make_block(genesis(), {.parent = last.hash, .height = 6});
  auto const read = [&](std::vector<Body> const& bodies, Block const& final) {
    auto const said = about(VoteKind::finalize, 9, final);
    return verify_final_blocks(committee(), bodies,
                               encode(keys.certificate(said), committee().validators));
  };
  EXPECT_TRUE(read({last.body}, last));
  EXPECT_EQ(read({last.body, child.body}, child).error(), FinalBlocksRefusal::broken_link);
}

}  // namespace
}  // namespace consensus
