#include "tests/support/random_talent.h"

#include <algorithm>

#include "protocol/bank/vesting.h"
#include "protocol/execution/form.h"
#include "protocol/state/keys.h"
#include "protocol/talent/attestation.h"
#include "protocol/talent/handle.h"
#include "protocol/talent/identity.h"

namespace testing_support {

using namespace labor::v1;  // This file makes messages of talent.

namespace {

constexpr std::uint64_t identified = 3;  // From the start.

// Agents mostly name one of those who are attested from the start.
void make_agent(Draws& draws, ProfileDetails& details) {
  details.set_kind(PROFILE_KIND_AGENT);
  details.set_responsible(crowd()[draws.below(identified)].address().str());
}

ProfileDetails details(Draws& draws) {
  ProfileDetails made;
  made.set_kind(draws.below(5) == 0 ? PROFILE_KIND_TEAM : PROFILE_KIND_PERSON);
  if (draws.below(4) == 0) make_agent(draws, made);
  made.set_headline(draws.below(6) == 0 ? "" : "Does things");
  for (std::uint64_t i = 0; i < 2; ++i)
    claim(made, i, 1 + static_cast<std::uint32_t>(draws.below(5)));
  return made;
}

Attest identity(Person const& of, std::uint64_t person, std::uint64_t until_ms) {
  Attest message;
  message.set_subject(of.address().str());
  message.set_schema(std::string{talent::identity_schema});
  message.set_data_hash(std::string(32, static_cast<char>('A' + person)));
  message.set_expires_at_ms(until_ms);
  return message;
}

std::optional<Profile> profile_of(TestChain const& chain, Person const& person) {
  return chain.find<Profile>(state::keys::profile(person.address()));
}

// An agent that somebody answers for, or is to, and anybody where there is none.
std::string some_agent(Draws& draws, bool answered) {
  auto const first = draws.below(crowd_size);
  auto const* const agent = person_where(first, [&](Person const& person) {
    auto const profile = profile_of(draws.chain(), person);
    auto const is_agent = profile && profile->details().kind() == PROFILE_KIND_AGENT;
    return is_agent && profile->answered_for() == answered;
  });
  return (agent != nullptr ? *agent : crowd()[first]).address().str();
}

Person const* whoever_is_responsible(TestChain const& chain, std::string const& agent) {
  auto const address = protocol::Address::from(agent);
  auto const profile = address ? chain.find<Profile>(state::keys::profile(*address)) : std::nullopt;
  return profile ? with_address(profile->details().responsible()) : nullptr;
}

Person const* whoever_may_claim(TestChain const& chain, Act const& act) {
  return person_where(act.who, [&](Person const& person) {
    auto const vesting = chain.find<Vesting>(state::keys::vesting(person.address()));
    return vesting && bank::claimable(*vesting, chain.time()) > 0;
  });
}

// One that there is, if there is any.
std::string some_team(TestChain const& chain, std::uint64_t first) {
  auto const* const team = person_where(first, [&](Person const& person) {
    return chain.find<Team>(state::keys::team(person.address())).has_value();
  });
  return (team != nullptr ? *team : crowd()[first]).address().str();
}

Person const* whoever_is_a_team(TestChain const& chain, Act const& act) {
  return person_where(act.who, [&](Person const& person) {
    auto const profile = profile_of(chain, person);
    return profile && profile->details().kind() == PROFILE_KIND_TEAM;
  });
}

Person const* whoever_may_apply(TestChain const& chain, Act const& act) {
  return person_where(act.who, [&](Person const& person) {
    auto const profile = profile_of(chain, person);
    return profile && profile->state() == PROFILE_STATE_ACTIVE && profile->applied() == 0 &&
           profile->apply_from_ms() <= chain.time().value() &&
           talent::is_attested(chain.state(), person.address());
  });
}

Person const* whoever_is_in(TestChain const& chain, std::string const& account, bool missing) {
  auto const address = protocol::Address::from(account);
  auto const team = address ? chain.find<Team>(state::keys::team(*address)) : std::nullopt;
  if (!team) return nullptr;
  if (missing) return team->missing().empty() ? nullptr : with_address(team->missing(0));
  return team->split().empty() ? nullptr : with_address(team->split(0).account());
}

Person const* whoever_is_invited(TestChain const& chain, std::uint64_t job) {
  return person_where(0, [&](Person const& person) {
    auto const invitation = state::keys::invitation(job, person.address());
    return chain.find<Invitation>(invitation).has_value();
  });
}

}  // namespace

std::string skill_name(std::uint64_t number) {
  return "http://data.europa.eu/esco/skill/" + std::to_string(number);
}

void claim(ProfileDetails& details, std::uint64_t skill, std::uint32_t level) {
  auto& claimed = *details.add_skills();
  claimed.set_uri(skill_name(skill));
  claimed.set_level(level);
}

void add_issuer(Genesis& genesis) {
  auto& issuer = *genesis.add_issuers();
  issuer.set_address(crowd()[0].address().str());
  issuer.set_name("An issuer");
  genesis.set_community_pool(100'000 * lbr);
}

void identify_some(TestChain& chain) {
  for (std::uint64_t i = 0; i < identified; ++i) {
    auto const until = chain.time().value() + 300 * day_ms;
    auto const receipt = chain.send(crowd()[0], {message(identity(crowd()[i], i, until))});
    CHECK(receipt.status() == TX_STATUS_OK);
  }
}

void fill(Draws& draws, CommitHandle& message) {
  auto const handle = "name_" + std::to_string(draws.below(2));
  message.set_commitment(
      talent::handle_commitment(protocol::Hash{}, draws.sender().address(), handle).str());
  if (draws.below(8) == 0) message.set_commitment("short");
}

void fill(Draws& draws, ClaimHandle& message) {
  message.set_handle("name_" + std::to_string(draws.below(2)));
  message.set_salt(protocol::Hash{}.str());
}

void fill(Draws& draws, CreateProfile& message) {
  *message.mutable_details() = details(draws);
}

void fill(Draws& draws, EditProfile& message) {
  *message.mutable_details() = details(draws);
}

void fill(Draws& draws, Attest& message) {
  // Mostly everybody is who they are.
  auto const who = draws.below(crowd_size);
  auto const person = draws.below(6) == 0 ? draws.below(crowd_size) : who;
  auto const until = draws.chain().time().value() + (draws.below(400) * day_ms);
  message = identity(crowd()[who], person, until);
  if (draws.below(3) != 0) return;
  message.set_schema("https://example.org/degree");
  message.set_revocable(draws.below(2) == 0);
  message.set_refers_to(draws.below(2) == 0 ? 0 : draws.id("attestation"));
}

void fill(Draws& draws, RevokeAttestation& message) {
  message.set_attestation(draws.id("attestation"));
}

void fill(Draws& draws, ProposeSplit& message) {
  auto const first = draws.below(crowd_size);
  for (std::size_t i = 0; i < 2; ++i) {
    message.add_shares()->set_account(crowd()[(first + i) % crowd_size].address().str());
  }
  std::ranges::sort(*message.mutable_shares(), {}, &TeamShare::account);
  message.mutable_shares(0)->set_bps(static_cast<std::uint32_t>(draws.below(4) * 2000));
  message.mutable_shares(1)->set_bps(10'000 - message.shares(0).bps());
}

void fill(Draws& draws, AgreeToSplit& message) {
  message.set_team(some_team(draws.chain(), draws.below(crowd_size)));
  auto const team =
      draws.chain().find<Team>(state::keys::team(execution::address_in(message.team())));
  message.set_split_hash(draws.below(8) == 0 || !team || team->proposed_hash().empty()
                             ? draws.hash()
                             : team->proposed_hash());
}

void fill(Draws& draws, LeaveTeam& message) {
  message.set_team(some_team(draws.chain(), draws.below(crowd_size)));
}

void fill(Draws& draws, AnswerForAgent& message) {
  message.set_agent(some_agent(draws, false));
}

void fill(Draws& draws, StopAnsweringForAgent& message) {
  message.set_agent(some_agent(draws, true));
}

void fill(Draws& draws, ApplyForVetting& message) {
  message.set_skill(skill_name(draws.below(2)));
  message.set_evidence_hash(draws.hash());
}

void fill(Draws& draws, InviteTalent& message) {
  message.set_job(draws.id("job"));
  message.set_talent(draws.somebody().address().str());
}

void fill(Draws& draws, DeclineInvitation& message) {
  message.set_job(draws.id("job"));
}

Person const* teller_of(TestChain const& chain, Message const& message, Act const& act) {
  switch (message.message_case()) {
    case Message::kAttest:
      return &crowd()[0];
    case Message::kRevokeAttestation: {
      auto const key = state::keys::attestation(message.revoke_attestation().attestation());
      auto const found = chain.find<Attestation>(key);
      return found ? with_address(found->issuer()) : nullptr;
    }
    case Message::kDeclineInvitation:
      return whoever_is_invited(chain, message.decline_invitation().job());
    case Message::kProposeSplit:
      return whoever_is_a_team(chain, act);
    case Message::kAgreeToSplit:
      return whoever_is_in(chain, message.agree_to_split().team(), true);
    case Message::kLeaveTeam:
      return whoever_is_in(chain, message.leave_team().team(), false);
    case Message::kAnswerForAgent:
      return whoever_is_responsible(chain, message.answer_for_agent().agent());
    case Message::kStopAnsweringForAgent:
      return whoever_is_responsible(chain, message.stop_answering_for_agent().agent());
    case Message::kApplyForVetting:
      return whoever_may_apply(chain, act);
    case Message::kClaimOwnership:
      return whoever_may_claim(chain, act);
    default:
      return nullptr;
  }
}

}  // namespace testing_support
