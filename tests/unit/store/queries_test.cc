// What snapshots answer about events and records.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "node/store/cache.h"
#include "node/store/store.h"
#include "protocol/codec/canonical.h"
#include "protocol/state/keys.h"
#include "tests/support/final_chain.h"
#include "tests/support/temp_folder.h"

namespace node {
namespace {

using namespace labor::v1;  // This file names every index.
using testing_support::address;
using testing_support::FinalChain;
using testing_support::paid;
using testing_support::receipt;

class QueriesTest : public testing::Test {
 protected:
  void SetUp() override {
    StoreOptions options;
    options.folder = folder.path();
    auto opened = Store::open(options, machine_disk());
    ASSERT_TRUE(opened.has_value());
    store = std::move(*opened);
  }
  Snapshot const& commit(ExecutedFinal const& block) {
    store->commit(block, std::nullopt);
    snapshot = store->latest();
    return *snapshot;
  }

  testing_support::TempFolder folder;
  FinalChain chain{1};
  std::unique_ptr<Store> store;
  std::shared_ptr<Snapshot const> snapshot;
};

template <class R>
std::pair<state::Key, std::optional<std::string>> change(R const& record) {
  return {state::key_of(record), canonical::encode(record)};
}

std::vector<std::string> causes(EventPage const& page) {
  std::vector<std::string> all;
  for (auto const& event : page.events) all.push_back(event.event.money_moved().cause());
  return all;
}

TEST_F(QueriesTest, EventsComeInOrderOfPlaceAndResumeAnywhere) {
  BlockEvents events;
  *events.add_begin() = paid(1, 2, "begin");
  *events.add_end() = paid(1, 2, "end");
  commit(chain.block({}, {receipt(1, {paid(1, 2, "a"), paid(3, 4, "b")}), receipt(2, {})}, events));
  commit(chain.block({}));
  auto const& final = commit(chain.block({}, {receipt(3, {paid(2, 3, "c")})}));

  std::vector<std::string> const all{"begin", "a", "b", "end", "c"};
  auto const page = final.events({});
  EXPECT_EQ(causes(page), all);
  EXPECT_TRUE(page.at_head);
  EXPECT_EQ(page.events[2].place, (EventPlace{protocol::Height{0}, 3}));
  EXPECT_EQ(page.events[2].transaction_id, testing_support::transaction_id(1).str());
  EXPECT_EQ(page.events[3].transaction_id, "");
  EXPECT_EQ(page.events[4].time, protocol::TimeMs{2001});
  for (std::size_t count_max = 1; count_max <= all.size(); ++count_max) {
    SCOPED_TRACE(count_max);
    std::vector<std::string> seen;
    EventQuery query;
    query.count_max = count_max;
    for (auto at_head = false; !at_head;) {
      auto const next = final.events(query);
      EXPECT_LE(next.events.size(), count_max);
      for (auto const& cause : causes(next)) seen.push_back(cause);
      EXPECT_GT(next.reached, query.after);
      query.after = next.reached;
      at_head = next.at_head;
    }
    EXPECT_EQ(seen, all);
    EXPECT_TRUE(final.events(query).events.empty());
  }
}

TEST_F(QueriesTest, EventsCanBeThoseOfOneAccountOrOneCause) {
  for (std::uint64_t n = 0; n < 600; ++n) {
    commit(chain.block({}, {receipt(n, {paid(n % 10, 20, n % 2 == 0 ? "fee" : "transfer")})}));
  }
  EventQuery query;
  query.account = address(3).str();
  query.count_max = 1000;
  auto const of_three = snapshot->events(query);
  EXPECT_EQ(of_three.events.size(), 60u);
  EXPECT_TRUE(of_three.at_head) << "blocks without its events are not looked at";
  query.cause_prefix = "fee";
  EXPECT_TRUE(snapshot->events(query).events.empty());

  EventQuery fees;
  fees.cause_prefix = "fe";
  fees.count_max = 1000;
  std::size_t seen = 0;
  int calls = 0;
  for (auto at_head = false; !at_head; ++calls) {
    auto const page = snapshot->events(fees);
    seen += page.events.size();
    fees.after = page.reached;
    at_head = page.at_head;
  }
  EXPECT_EQ(seen, 300u);
  EXPECT_GT(calls, 1) << "one call looks at a bounded number of blocks";
}

std::vector<std::uint64_t> job_ids(std::optional<Page> const& page) {
  std::vector<std::uint64_t> ids;
  for (auto const& record : page.value().records) ids.push_back(record.job().id());
  return ids;
}

TEST_F(QueriesTest, OpenJobsAreListedNewestFirstAndLeaveTheListWhenFilled) {
  std::vector<std::pair<state::Key, std::optional<std::string>>> posted;
  Job job;
  job.set_state(JOB_STATE_OPEN);
  for (std::uint64_t id = 1; id <= 5; ++id) {
    job.set_id(id);
    job.set_client(address(id % 2).str());
    posted.push_back(change(job));
  }
  commit(chain.block(posted));
  auto const before = snapshot;
  job.set_id(3);
  job.set_client(address(1).str());
  job.set_state(JOB_STATE_FILLED);
  commit(chain.block({change(job)}));

  IndexQuery open;
  open.index = RECORD_INDEX_JOBS_OPEN;
  EXPECT_EQ(job_ids(snapshot->list(open)), (std::vector<std::uint64_t>{5, 4, 2, 1}));
  EXPECT_EQ(job_ids(before->list(open)), (std::vector<std::uint64_t>{5, 4, 3, 2, 1}));
  IndexQuery of_one;
  of_one.index = RECORD_INDEX_JOBS_BY_CLIENT;
  of_one.account = address(1).str();
  EXPECT_EQ(job_ids(snapshot->list(of_one)), (std::vector<std::uint64_t>{5, 3, 1}));

  open.count_max = 2;
  auto const first = snapshot->list(open);
  EXPECT_EQ(job_ids(first), (std::vector<std::uint64_t>{5, 4}));
  open.after = first->next;
  auto const second = snapshot->list(open);
  EXPECT_EQ(job_ids(second), (std::vector<std::uint64_t>{2, 1}));
  EXPECT_EQ(second->next, "");
}

TEST_F(QueriesTest, ProposalsOfOneJobAreReadAPageAtATimeHoweverManyThereAre) {
  constexpr std::uint64_t count = 20'000;
  std::vector<std::pair<state::Key, std::optional<std::string>>> sent;
  Proposal proposal;
  for (std::uint64_t id = 1; id <= count; ++id) {
    proposal.set_id(id);
    proposal.set_job(1 + id % 2);
    proposal.set_talent(address(id).str());
    sent.push_back(change(proposal));
  }
  commit(chain.block(sent));

  IndexQuery query;
  query.index = RECORD_INDEX_PROPOSALS_BY_JOB;
  query.id = 1;
  query.count_max = 100;
  std::set<std::uint64_t> seen;
  std::size_t pages = 0;
  do {
    auto const page = snapshot->list(query);
    ASSERT_TRUE(page.has_value());
    ASSERT_LE(page->records.size(), query.count_max);
    for (auto const& record : page->records) seen.insert(record.proposal().id());
    query.after = page->next;
    ++pages;
  } while (!query.after.empty());
  EXPECT_EQ(pages, count / 2 / query.count_max);
  EXPECT_EQ(seen.size(), count / 2);
}

TEST_F(QueriesTest, ARecordThatIsErasedLeavesItsIndexes) {
  Lock lock;
  lock.set_id(8);
  lock.set_owner(address(1).str());
  commit(chain.block({change(lock)}));
  IndexQuery locks;
  locks.index = RECORD_INDEX_LOCKS_BY_OWNER;
  locks.account = address(1).str();
  EXPECT_EQ(snapshot->list(locks)->records.size(), 1u);
  commit(chain.block({{state::key_of(lock), std::nullopt}}));
  EXPECT_TRUE(snapshot->list(locks)->records.empty());
}

// A case with the number 1 on which one juror sits.
template <class Case>
Case judged_by(std::string const& juror) {
  Case about;
  about.set_id(1);
  about.add_panels()->add_seats()->set_juror(juror);
  return about;
}

// One of each kind of case.
std::vector<std::pair<state::Key, std::optional<std::string>>> cases_of(std::string const& who) {
  auto vetting = judged_by<Vetting>(who);
  vetting.set_account(who);
  auto report = judged_by<Report>(who);
  report.set_reporter(who);
  auto dispute = judged_by<Dispute>(address(4).str());
  dispute.set_client(who);
  dispute.set_talent(address(3).str());
  return {change(vetting), change(report), change(dispute)};
}

std::vector<std::pair<state::Key, std::optional<std::string>>> voters(std::string const& who) {
  Delegation delegation;
  delegation.set_account(who);
  delegation.set_delegate(who);
  Enrolment enrolment;
  enrolment.set_account(who);
  return {change(delegation), change(enrolment)};
}

// One of each, with everything that an index can be asked for set to 1 or address(1).
std::vector<std::pair<state::Key, std::optional<std::string>>> one_of_each() {
  auto const who = address(1).str();
  Job job;
  job.set_id(1);
  job.set_client(who);
  job.set_state(JOB_STATE_OPEN);
  Proposal proposal;
  proposal.set_id(1);
  proposal.set_job(1);
  proposal.set_talent(who);
  Offer offer;
  offer.set_id(1);
  offer.set_client(who);
  offer.set_talent(who);
  Contract contract;
  contract.set_id(1);
  contract.set_client(who);
  contract.set_talent(who);
  Milestone milestone;
  milestone.set_contract(1);
  Week week;
  week.set_contract(1);
  Feedback feedback;
  feedback.set_contract(1);
  feedback.set_subject(who);
  Ballot ballot;
  ballot.set_id(1);
  Lock lock;
  lock.set_id(1);
  lock.set_owner(who);
  Profile profile;
  profile.set_owner(who);
  profile.mutable_details()->set_responsible(who);
  Vote vote;
  vote.set_ballot(1);
  vote.set_account(who);
  Juror juror;
  juror.set_account(who);
  juror.set_number(1);
  Invitation invitation;
  invitation.set_job(1);
  invitation.set_talent(who);
  Attestation attestation;
  attestation.set_id(1);
  attestation.set_issuer(who);
  attestation.set_subject(who);
  Issuer issuer;
  issuer.set_account(who);
  Mandate mandate;
  mandate.set_account(who);
  mandate.set_holder(who);
  Blocked blocked;
  blocked.set_by(who);
  blocked.set_account(who);
  App app;
  app.set_name("app");
  Team team;
  team.set_account(who);
  Recovery recovery;
  recovery.set_account(who);
  std::vector all{change(job),        change(proposal),    change(offer),  change(contract),
                  change(milestone),  change(ballot),      change(lock),   change(profile),
                  change(vote),       change(juror),       change(week),   change(feedback),
                  change(invitation), change(attestation), change(issuer), change(mandate),
                  change(app),        change(recovery),    change(team),   change(blocked)};
  std::ranges::move(cases_of(who), std::back_inserter(all));
  std::ranges::move(voters(who), std::back_inserter(all));
  return all;
}

TEST_F(QueriesTest, EveryIndexOfTheSchemaListsItsRecordsAndOnlyForWhatItIsAskedFor) {
  commit(chain.block(one_of_each()));
  auto const* const indexes = RecordIndex_descriptor();
  for (int i = 0; i < indexes->value_count(); ++i) {
    SCOPED_TRACE(indexes->value(i)->name());
    IndexQuery query;
    query.index = static_cast<RecordIndex>(indexes->value(i)->number());
    query.account = address(1).str();
    query.id = 1;
    auto const page = snapshot->list(query);
    if (query.index == RECORD_INDEX_UNSPECIFIED) {
      EXPECT_FALSE(page);
      continue;
    }
    ASSERT_TRUE(page);
    EXPECT_EQ(page->records.size(), 1u);
    auto elsewhere = query;
    elsewhere.account = address(2).str();
    elsewhere.id = 2;
    auto const everybodys =
        query.index == RECORD_INDEX_JOBS_OPEN || query.index == RECORD_INDEX_BALLOTS ||
        query.index == RECORD_INDEX_PROFILES || query.index == RECORD_INDEX_JURORS ||
        query.index == RECORD_INDEX_ISSUERS || query.index == RECORD_INDEX_APPS ||
        query.index == RECORD_INDEX_ENROLMENTS;
    EXPECT_EQ(snapshot->list(elsewhere)->records.size(), everybodys ? 1u : 0u);
    elsewhere.after = "not a position";
    EXPECT_FALSE(snapshot->list(elsewhere));
  }
  EXPECT_FALSE(snapshot->list({.index = RECORD_INDEX_LOCKS_BY_OWNER, .account = "x", .after = ""}));
}

TEST(Cache, HoldsTheLatestUsedWithinItsBytes) {
  Cache cache{1000};
  cache.put("a", std::string(100, 'a'));
  cache.put("b", std::nullopt);
  ASSERT_TRUE(cache.find("a"));
  EXPECT_EQ(cache.find("b").value(), std::nullopt);
  EXPECT_FALSE(cache.find("c"));
  for (char c = 'c'; c < 'z'; ++c) {
    cache.put(std::string(1, c), std::string(50, c));
    (void)cache.find("a");
    EXPECT_LE(cache.bytes(), 1000u);
  }
  EXPECT_TRUE(cache.find("a")) << "used again and again";
  EXPECT_FALSE(cache.find("b"));
  cache.put("a", "A");
  EXPECT_EQ(cache.find("a").value(), "A");
}

TEST(Cache, TellsAsOfItsOwnHeightOnly) {
  Cache cache{1000};
  cache.put("a", "before any block");
  EXPECT_FALSE(cache.find(protocol::Height{0}, "a"));
  Cache::Value const seven = "seven";
  Cache::Value const eight = "eight";
  Cache::Value const gone;
  cache.advance(protocol::Height{7}, {{"a", &seven}, {"b", &gone}});
  EXPECT_EQ(cache.find(protocol::Height{7}, "a").value(), "seven");
  EXPECT_EQ(cache.find(protocol::Height{7}, "b").value(), std::nullopt);
  cache.advance(protocol::Height{8}, {{"b", &eight}});
  EXPECT_FALSE(cache.find(protocol::Height{7}, "a")) << "a snapshot of the block before";
  EXPECT_FALSE(cache.find(protocol::Height{7}, "b"));
  EXPECT_EQ(cache.find(protocol::Height{8}, "a").value(), "seven");
  EXPECT_EQ(cache.find(protocol::Height{8}, "b").value(), "eight");
}

}  // namespace
}  // namespace node
