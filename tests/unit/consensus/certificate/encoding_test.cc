#include "consensus/certificate/encoding.h"

#include <gtest/gtest.h>

#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;

Vote sample(Statement const& statement) {
  auto one = *vote(3, statement);
  one.signature.data.fill(0xab);
  return one;
}

Certificate sample_certificate(Statement const& statement, std::size_t validators) {
  auto one = *certificate(statement, validators);
  for (std::size_t i = 0; i < one.signatures.size(); ++i) {
    one.signatures[i].data.fill(static_cast<std::uint8_t>(i + 1));
  }
  return one;
}

TEST(Encoding, AVoteHasTheDocumentedLayout) {
  auto const bytes = encode(sample(notarize(0x0102, 'B', {.parent_view = 1, .height = 2})));
  ASSERT_EQ(bytes.size(), 17u + 48u + 1u + 64u);
  EXPECT_EQ(bytes.substr(0, 8), std::string(8, '\0'));
  EXPECT_EQ(bytes.substr(8, 8), std::string("\0\0\0\0\0\0\1\2", 8));
  EXPECT_EQ(bytes[16], 1);
  EXPECT_EQ(bytes[24], 1);
  EXPECT_EQ(bytes[32], 2);
  EXPECT_EQ(bytes.substr(33, 32), std::string(32, 'B'));
  EXPECT_EQ(bytes[65], 3);
  EXPECT_EQ(encode(sample(nullify(1))).size(), 17u + 1u + 64u);
}

TEST(Encoding, VotesComeBackAndEveryTruncationAndTailIsRefused) {
  for (auto const& statement : {notarize(7, 'A', {3, 4}), nullify(7), finalize(7, 'A', {3, 4})}) {
    auto const vote = sample(statement);
    auto const bytes = encode(vote);
    EXPECT_EQ(decode_vote(bytes), vote);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(decode_vote(bytes.substr(0, size)).error(), EncodingRefusal::truncated) << size;
    }
    EXPECT_EQ(decode_vote(bytes + '\0').error(), EncodingRefusal::trailing_bytes);
  }
}

TEST(Encoding, AnUnknownKindIsRefused) {
  auto bytes = encode(sample(nullify(7)));
  for (int kind : {0, 4, 5, 127, 255}) {
    bytes[16] = static_cast<char>(kind);
    EXPECT_EQ(decode_vote(bytes).error(), EncodingRefusal::unknown_kind) << kind;
    EXPECT_EQ(decode_certificate(bytes, set_of(4)).error(), EncodingRefusal::unknown_kind) << kind;
  }
}

TEST(Encoding, CertificatesComeBackForEverySizeOfSet) {
  for (std::size_t n : {1u, 2u, 3u, 4u, 7u, 8u, 9u, 64u, 65u, 100u, 128u}) {
    SCOPED_TRACE(n);
    auto const set = set_of(n);
    auto const certificate = sample_certificate(finalize(9, 'A', {8, 9}), n);
    auto const bytes = encode(certificate, set);
    EXPECT_EQ(bytes.size(), 65 + (n + 7) / 8 + 64 * set.quorum());
    EXPECT_LE(bytes.size(), protocol::limits::certificate_bytes_max);
    EXPECT_EQ(decode_certificate(bytes, set), certificate);
  }
}

TEST(Encoding, EveryTruncationAndTailOfACertificateIsRefused) {
  auto const set = set_of(4);
  auto const bytes = encode(sample_certificate(nullify(9), 4), set);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode_certificate(bytes.substr(0, size), set).error(), EncodingRefusal::truncated);
  }
  EXPECT_EQ(decode_certificate(bytes + 'x', set).error(), EncodingRefusal::trailing_bytes);
}

TEST(Encoding, ABitmapWithPaddingOrAnotherCountThanAQuorumIsRefused) {
  auto const set = set_of(4);
  auto bytes = encode(sample_certificate(nullify(9), 4), set);
  struct Row {
    int bitmap;
    EncodingRefusal want;
  };
  for (auto const& row : {Row{0b1'0111, EncodingRefusal::bitmap_padding},
                          Row{0b1000'0111, EncodingRefusal::bitmap_padding},
                          Row{0b0011, EncodingRefusal::wrong_signature_count},
                          Row{0b0000, EncodingRefusal::wrong_signature_count},
                          Row{0b1111, EncodingRefusal::wrong_signature_count}}) {
    bytes[17] = static_cast<char>(row.bitmap);
    EXPECT_EQ(decode_certificate(bytes, set).error(), row.want) << row.bitmap;
  }
  bytes[17] = 0b1101;
  EXPECT_EQ(decode_certificate(bytes, set)->signers,
            SignerSet::of({validator(0), validator(2), validator(3)}));
}

TEST(Encoding, WhatIsSignedNamesItsUseAndItsChain) {
  GenesisHash genesis;
  genesis.data.fill(9);
  auto const bytes = signing_bytes(genesis, nullify(1));
  EXPECT_EQ(bytes.substr(0, 16), std::string("LABOR/vote/v1\0\0\0", 16));
  EXPECT_EQ(bytes.substr(16, 32), genesis.chars());
  EXPECT_EQ(bytes.substr(48), encode(nullify(1)));
}

TEST(SignerSet, CountsOrdersAndForgetsItsMembers) {
  SignerSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_TRUE(set.insert(validator(127)));
  EXPECT_TRUE(set.insert(validator(0)));
  EXPECT_TRUE(set.insert(validator(64)));
  EXPECT_FALSE(set.insert(validator(64)));
  EXPECT_EQ(set.size(), 3u);
  EXPECT_EQ(set.members(), (std::vector{validator(0), validator(64), validator(127)}));
  set.erase(validator(64));
  EXPECT_FALSE(set.contains(validator(64)));
  EXPECT_DEATH(set.insert(validator(128)), "validators_max");
}

TEST(ValidatorSet, AnyTwoQuorumsShareAnHonestValidator) {
  for (std::size_t n = 1; n <= protocol::limits::validators_max; ++n) {
    auto const set = set_of(n);
    EXPECT_GE(2 * set.quorum(), n + set.faults_max() + 1) << n;
    EXPECT_LE(set.quorum() + set.faults_max(), n) << n;
  }
  EXPECT_EQ(set_of(4).quorum(), 3u);
  EXPECT_EQ(set_of(7).quorum(), 5u);
}

TEST(ValidatorSet, RefusesNoneTooManyAndTwins) {
  EXPECT_FALSE(ValidatorSet::from({}));
  EXPECT_FALSE(ValidatorSet::from({PublicKey{}, PublicKey{}}));
  std::vector<PublicKey> many(protocol::limits::validators_max + 1);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].data[0] = static_cast<std::uint8_t>(i);
  EXPECT_FALSE(ValidatorSet::from(many));
}

TEST(ValidatorSet, TheLeaderTurnsWithViewAndEpochAndNeverOverflows) {
  auto const set = set_of(4);
  EXPECT_EQ(set.leader(Epoch{0}, View{1}), validator(1));
  EXPECT_EQ(set.leader(Epoch{0}, View{4}), validator(0));
  EXPECT_EQ(set.leader(Epoch{2}, View{1}), validator(3));
  EXPECT_EQ(set_of(3).leader(Epoch{~0ull}, View{~0ull}), validator(0));
  EXPECT_EQ(set.index_of(set.key(validator(2))), validator(2));
}

}  // namespace
}  // namespace consensus
