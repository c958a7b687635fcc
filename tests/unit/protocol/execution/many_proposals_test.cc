// A hundred thousand proposals to one job: what anybody does with the job costs what it costs with
// ten, and the block works off their clocks a bounded number at a time.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocol/base/big_endian.h"
#include "protocol/execution/block.h"
#include "protocol/limits.h"
#include "protocol/talent/attestation.h"
#include "protocol/work/proposal.h"
#include "tests/support/hired.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::day_ms;
using testing_support::Hired;
using testing_support::message;
using testing_support::Person;
using testing_support::TestChain;
using testing_support::usd;

namespace limits = protocol::limits;

constexpr std::uint64_t few = 10;
constexpr std::uint64_t many = 100'000;
constexpr std::uint64_t blocks_of_lapses = 4;
constexpr std::uint64_t bond = 100 * usd;
constexpr std::uint64_t lapse_ms = 14 * day_ms;

// Nobody signs for them.
protocol::Address applicant(std::uint64_t id) {
  return *protocol::Address::from(base::big_endian(id) + std::string(24, 'a'));
}

Genesis with_an_issuer() {
  auto genesis = testing_support::test_genesis();
  auto& issuer = *genesis.add_issuers();
  issuer.set_address(Person{3}.address().str());
  issuer.set_name("An issuer");
  return genesis;
}

// A job with a bond, which that many have asked for, and two of them are attested: the first and
// the last.
class Crowded {
 public:
  explicit Crowded(std::uint64_t applicants) : count{applicants}, hired{with_an_issuer()} {
    PostJob post;
    post.mutable_details()->set_title("A logo");
    post.mutable_details()->set_asset(ASSET_USD);
    post.mutable_details()->set_budget_max(100 * usd);
    post.set_bond(bond);
    EXPECT_EQ(hired.act(hired.client, post), TX_STATUS_OK);
    for (auto const id : {std::uint64_t{1}, count}) attest(applicant(id));
    put_applicants();
  }

  Job job() { return hired.chain().find<Job>(state::keys::job(1)).value(); }
  ProposalState state_of(std::uint64_t id) {
    auto const proposal = hired.chain().find<Proposal>(state::keys::proposal(id)).value();
    return work::current_state(proposal, job());
  }
  std::uint64_t usd_of(protocol::Address const& who) {
    auto const held = hired.chain().find<Balance>(state::keys::balance(who, ASSET_USD));
    return held ? held->amount() : 0;
  }

  // How many keys the block changes in which it is done.
  template <class M>
  std::size_t cost_of(Person const& who, M const& inner) {
    EXPECT_EQ(hired.act(who, inner), TX_STATUS_OK);
    return hired.chain().last().state->changes().size();
  }
  std::size_t cost_of_waiting(std::uint64_t ms) {
    return hired.chain().block({}, ms).state->changes().size();
  }

  std::uint64_t const count;
  Hired hired;

 private:
  void attest(protocol::Address const& who) {
    Attest message;
    message.set_subject(who.str());
    message.set_schema(std::string{talent::identity_schema});
    message.set_data_hash(who.str());
    message.set_expires_at_ms(hired.chain().time().value() + 300 * day_ms);
    EXPECT_EQ(hired.act(hired.other, message), TX_STATUS_OK);
  }

  void put_applicants() {
    auto changed = job();
    changed.set_open_proposals(static_cast<std::uint32_t>(count));
    changed.set_last_proposal(count);
    hired.chain().tamper([&](state::Overlay& overlay) {
      auto const now = hired.chain().time();
      Context context{overlay, {.height = {}, .time = now}, {}};
      context.put(changed, "test");
      context.set_counter("proposal", count);
      Proposal proposal;
      proposal.set_job(1);
      proposal.set_summary("Me");
      proposal.set_amount(usd);
      proposal.set_state(PROPOSAL_STATE_SUBMITTED);
      proposal.set_lapses_at_ms(now.value() + lapse_ms);
      for (std::uint64_t id = 1; id <= count; ++id) {
        proposal.set_id(id);
        proposal.set_talent(applicant(id).str());
        context.put(proposal, "test");
        OpenWork open;
        open.set_account(proposal.talent());
        open.add_proposals(id);
        context.put(open, "test");
      }
    });
  }
};

SubmitProposal one_more() {
  SubmitProposal message;
  message.set_job(1);
  message.set_summary("Me too");
  message.set_amount(usd);
  return message;
}

template <class M>
M on_job() {
  M message;
  message.set_job(1);
  return message;
}

// By who acts: one more applicant, the client with one and with all, and nobody for thirty days.
std::vector<std::size_t> costs(Crowded& crowded) {
  auto& hired = crowded.hired;
  std::vector<std::size_t> all;
  all.push_back(crowded.cost_of(hired.talent, one_more()));
  ShortlistProposal shortlist;
  shortlist.set_proposal(crowded.count / 2);
  all.push_back(crowded.cost_of(hired.client, shortlist));
  for (auto const closes : {false, true}) {
    TestChain::Fork const fork{hired.chain()};
    all.push_back(closes ? crowded.cost_of(hired.client, on_job<CloseJob>())
                         : crowded.cost_of(hired.client, on_job<DeclineAllProposals>()));
    EXPECT_EQ(crowded.job().open_proposals(), 0u);
    EXPECT_EQ(crowded.state_of(1), PROPOSAL_STATE_DECLINED);
    EXPECT_EQ(crowded.state_of(crowded.count + 1), PROPOSAL_STATE_DECLINED);
  }
  return all;
}

TEST(ManyProposals, ToOneJobCostWhoeverActsOnItWhatAFewDo) {
  Crowded with_few{few};
  Crowded with_many{many};
  EXPECT_EQ(costs(with_few), costs(with_many));
  EXPECT_LT(with_many.cost_of_waiting(lapse_ms), limits::deadline_changes_per_block_max);
  EXPECT_EQ(with_many.job().open_proposals(), many + 1 - limits::deadlines_per_block_max);
  EXPECT_TRUE(with_many.hired.chain().last().deadlines_left);
}

TEST(ManyProposals, LapseABoundedNumberInABlockAndTheBondIsPaidOut) {
  constexpr auto all = blocks_of_lapses * limits::deadlines_per_block_max;
  Crowded crowded{all};
  auto& chain = crowded.hired.chain();
  auto expired = crowded.job();
  auto const client_before = crowded.hired.usd_of(crowded.hired.client);
  // As if nobody had touched it for long: it expires a day before the first of them lapses.
  chain.tamper([&](state::Overlay& overlay) {
    Context context{overlay, {.height = {}, .time = chain.time()}, {}};
    expired.set_expires_at_ms(chain.time().value() + lapse_ms - day_ms);
    context.put(expired, "test");
  });
  EXPECT_LT(crowded.cost_of_waiting(lapse_ms - day_ms), 10u) << "the job and its clock";
  EXPECT_EQ(crowded.job().state(), JOB_STATE_EXPIRED);
  EXPECT_EQ(crowded.job().open_proposals(), all);
  EXPECT_EQ(crowded.job().bond_held(), bond);

  std::size_t blocks = 0;
  chain.block({}, day_ms);
  for (;; chain.block({})) {
    ++blocks;
    EXPECT_LT(chain.last().state->changes().size(), limits::deadline_changes_per_block_max);
    if (!chain.last().deadlines_left) break;
  }
  EXPECT_EQ(blocks, blocks_of_lapses);
  EXPECT_EQ(crowded.state_of(all), PROPOSAL_STATE_LAPSED);
  EXPECT_EQ(crowded.job().open_proposals(), 0u);
  EXPECT_EQ(crowded.usd_of(applicant(1)), bond / limits::bond_parts);
  EXPECT_EQ(crowded.usd_of(applicant(2)), 0u) << "it is nobody's word that this is a person";
  EXPECT_EQ(crowded.usd_of(applicant(all)), bond / limits::bond_parts);
  EXPECT_EQ(crowded.job().bond_held(), 0u);
  auto const back = bond - 2 * bond / limits::bond_parts;
  EXPECT_EQ(crowded.hired.usd_of(crowded.hired.client), client_before + back);
}

}  // namespace
}  // namespace execution
