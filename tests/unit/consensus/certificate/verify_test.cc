#include "consensus/certificate/verify.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/consensus_keys.h"
#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;

TEST(Verify, AVoteIsBelievedAsItWasSigned) {
  Keys const keys{4};
  auto const vote = keys.vote(2, notarize(1, 'A'));
  ASSERT_TRUE(verify(keys.committee(), vote));
  EXPECT_EQ(**verify(keys.committee(), vote), vote);
}

TEST(Verify, AChangedVoteIsRefusedWithTheReason) {
  Keys const keys{4};
  auto const good = keys.vote(2, notarize(2, 'A', {.parent_view = 1, .height = 2}));
  struct Row {
    char const* name;
    std::function<void(Vote&)> change;
    VerifyRefusal want;
  };
  Row const rows[] = {
      {"epoch", [](Vote& v) { v.statement.epoch = Epoch{1}; }, VerifyRefusal::wrong_epoch},
      {"view 0", [](Vote& v) { v.statement.view = View{0}; }, VerifyRefusal::impossible_view},
      {"view max", [](Vote& v) { v.statement.view = View{~0ull}; }, VerifyRefusal::impossible_view},
      {"view", [](Vote& v) { v.statement.view = View{3}; }, VerifyRefusal::bad_signature},
      {"kind", [](Vote& v) { v.statement.kind = VoteKind::finalize; },
       VerifyRefusal::bad_signature},
      {"parent", [](Vote& v) { v.statement.parent_view = View{2}; },
       VerifyRefusal::parent_not_below},
      {"height", [](Vote& v) { v.statement.height = Height{3}; }, VerifyRefusal::bad_signature},
      {"block", [](Vote& v) { v.statement.block = block('B'); }, VerifyRefusal::bad_signature},
      {"voter", [](Vote& v) { v.voter = validator(1); }, VerifyRefusal::bad_signature},
      {"no voter", [](Vote& v) { v.voter = validator(4); }, VerifyRefusal::unknown_validator},
      {"signature", [](Vote& v) { v.signature.data[5] ^= 1; }, VerifyRefusal::bad_signature},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto vote = good;
    row.change(vote);
    auto const result = verify(keys.committee(), vote);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), row.want) << explain(result.error());
  }
}

TEST(Verify, AVoteOfAnotherChainIsRefused) {
  Keys const keys{4};
  auto other = keys.committee();
  other.genesis.data[0] ^= 1;
  EXPECT_EQ(verify(other, keys.vote(0, nullify(1))).error(), VerifyRefusal::bad_signature);
}

TEST(Verify, ACertificateNeedsExactlyAQuorumOfGoodSignatures) {
  Keys const keys{4};
  auto const good = keys.certificate(finalize(1, 'A'));
  ASSERT_TRUE(verify(keys.committee(), good));

  auto few = good;
  few.signers.erase(validator(2));
  few.signatures.pop_back();
  EXPECT_EQ(verify(keys.committee(), few).error(), VerifyRefusal::wrong_quorum);

  auto many = good;
  many.signers.insert(validator(3));
  many.signatures.push_back(keys.sign(3, good.statement));
  EXPECT_EQ(verify(keys.committee(), many).error(), VerifyRefusal::wrong_quorum);

  auto unsigned_one = good;
  unsigned_one.signatures.pop_back();
  EXPECT_EQ(verify(keys.committee(), unsigned_one).error(), VerifyRefusal::wrong_quorum);

  auto swapped = good;
  std::swap(swapped.signatures[0], swapped.signatures[1]);
  EXPECT_EQ(verify(keys.committee(), swapped).error(), VerifyRefusal::bad_signature);

  // A signature under another kind of the same block counts for nothing.
  for (std::size_t i = 0; i < good.signatures.size(); ++i) {
    auto mixed = good;
    mixed.signatures[i] = keys.sign(i, notarize(1, 'A'));
    EXPECT_EQ(verify(keys.committee(), mixed).error(), VerifyRefusal::bad_signature) << i;
  }

  auto stranger = good;
  stranger.signers.erase(validator(2));
  stranger.signers.insert(validator(77));
  EXPECT_EQ(verify(keys.committee(), stranger).error(), VerifyRefusal::unknown_validator);
}

// ava 543: the votes of former validators were counted.
TEST(Verify, AFormerValidatorsVoteIsRefused) {
  Keys const before{5};
  Keys const now{4};
  EXPECT_EQ(verify(now.committee(), before.vote(4, nullify(1))).error(),
            VerifyRefusal::unknown_validator);
}

}  // namespace
}  // namespace consensus
