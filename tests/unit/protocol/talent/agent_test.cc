// Agents and who answers for them.

#include <gtest/gtest.h>

#include "protocol/mandates/mandate.h"
#include "protocol/talent/profile.h"
#include "tests/support/work_scene.h"

namespace talent {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

// The outsider is the agent, the client the person.
class AgentTest : public testing::Test {
 protected:
  ProfileDetails details(std::string const& responsible) const {
    auto made = profile_details();
    made.set_kind(PROFILE_KIND_AGENT);
    made.set_responsible(responsible);
    return made;
  }
  TxStatus create(ProfileDetails const& made) {
    CreateProfile message;
    *message.mutable_details() = made;
    return scene.act(agent, message);
  }
  TxStatus edit(ProfileDetails const& made) {
    EditProfile message;
    *message.mutable_details() = made;
    return scene.act(agent, message);
  }
  TxStatus answer(Address const& by) {
    AnswerForAgent message;
    message.set_agent(agent.str());
    return scene.act(by, message);
  }
  TxStatus publish() { return scene.act(agent, PublishProfile{}); }
  Profile profile() const { return scene.find<Profile>(state::keys::profile(agent)).value(); }

  WorkScene scene;
  Address const agent = scene.outsider;
  Address const person = scene.client;
};

TEST_F(AgentTest, IsShownOnlyOnceAnAttestedPersonAnswersForIt) {
  ASSERT_EQ(create(details(person.str())), TX_STATUS_OK);
  EXPECT_EQ(publish(), TX_STATUS_NOBODY_ANSWERS);
  EXPECT_EQ(answer(scene.talent), TX_STATUS_NOT_RESPONSIBLE) << "nobody takes the place of another";
  EXPECT_EQ(answer(person), TX_STATUS_NOT_ATTESTED);
  scene.identify(person);
  EXPECT_EQ(answer(person), TX_STATUS_OK);
  EXPECT_EQ(publish(), TX_STATUS_OK);
}

TEST_F(AgentTest, NamesAnotherPersonOnlyWhileItIsNotShown) {
  scene.identify(person);
  ASSERT_EQ(create(details(person.str())), TX_STATUS_OK);
  ASSERT_EQ(answer(person), TX_STATUS_OK);
  ASSERT_EQ(publish(), TX_STATUS_OK);
  auto again = details(person.str());
  again.set_headline("Draws faster");
  EXPECT_EQ(edit(again), TX_STATUS_OK) << "whoever answers goes on";
  EXPECT_TRUE(profile().answered_for());
  EXPECT_EQ(edit(details(scene.talent.str())), TX_STATUS_NOBODY_ANSWERS);
  ASSERT_EQ(scene.act(agent, PauseProfile{}), TX_STATUS_OK);
  EXPECT_EQ(edit(details(scene.talent.str())), TX_STATUS_OK);
  EXPECT_FALSE(profile().answered_for());
  EXPECT_EQ(scene.act(agent, ResumeProfile{}), TX_STATUS_NOBODY_ANSWERS);
}

TEST_F(AgentTest, AnswersNotForItselfAndNobodyAnswersForAPerson) {
  EXPECT_EQ(create(details(agent.str())), TX_STATUS_OWN_AGENT);
  auto human = profile_details();
  human.set_responsible(person.str());
  EXPECT_EQ(create(human), TX_STATUS_NOT_AN_AGENT);
  EXPECT_EQ(create(details("short")), TX_STATUS_INVALID_ADDRESS);
  AnswerForAgent message;
  message.set_agent("short");
  EXPECT_EQ(scene.act(person, message), TX_STATUS_INVALID_ADDRESS);
  EXPECT_EQ(answer(person), TX_STATUS_PROFILE_NOT_FOUND);
}

TEST_F(AgentTest, IsOneInterestWithWhoAnswersForIt) {
  scene.identify(person);
  ASSERT_EQ(create(details(person.str())), TX_STATUS_OK);
  EXPECT_FALSE(mandates::connected(scene.state(), person, agent)) << "to be named says nothing";
  ASSERT_EQ(answer(person), TX_STATUS_OK);
  EXPECT_TRUE(mandates::connected(scene.state(), person, agent));
  EXPECT_TRUE(mandates::connected(scene.state(), agent, person));
  EXPECT_FALSE(mandates::connected(scene.state(), scene.talent, agent));
}

TEST_F(AgentTest, OfWhomNobodyAnswersCannotBeHired) {
  scene.identify(person);
  ASSERT_EQ(create(details(person.str())), TX_STATUS_OK);
  ASSERT_EQ(answer(person), TX_STATUS_OK);
  ASSERT_EQ(publish(), TX_STATUS_OK);
  scene.post_job();
  SubmitProposal proposal;
  proposal.set_job(1);
  proposal.set_amount(500 * usd);
  proposal.set_summary("By a program");
  StopAnsweringForAgent stop;
  stop.set_agent(agent.str());
  ASSERT_EQ(scene.act(person, stop), TX_STATUS_OK);
  EXPECT_EQ(scene.act(agent, proposal), TX_STATUS_PROFILE_NOT_ACTIVE);
}

}  // namespace
}  // namespace talent
