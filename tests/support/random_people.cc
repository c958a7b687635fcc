#include "tests/support/random_people.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "protocol/execution/context.h"
#include "tests/support/numbers.h"
#include "tests/support/random_ballots.h"
#include "tests/support/random_contracts.h"
#include "tests/support/random_hours.h"
#include "tests/support/random_justice.h"
#include "tests/support/random_powers.h"
#include "tests/support/random_talent.h"
#include "tests/support/random_validators.h"

namespace testing_support {

using namespace labor::v1;  // This file makes every message.

namespace pb = google::protobuf;

namespace {

// ---- one function for each message whose fields need thought ----

void fill(Draws& draws, Transfer& message) {
  message = transfer(draws.somebody(), draws.below(300 * usd),
                     draws.below(2) == 0 ? ASSET_LBR : ASSET_USD);
}
void fill(Draws& draws, SponsorAccount& message) {
  message.set_account(draws.somebody().address().str());
}
void fill(Draws& draws, LockTokens& message) {
  message.set_amount(draws.below(500) * lbr);
  message.set_until_ms(draws.chain().time().value() + draws.below(9) * day_ms);
}
void fill(Draws& draws, UnlockTokens& message) {
  message.set_lock_id(draws.id("lock"));
}
void fill(Draws& draws, PostJob& message) {
  auto& job = *message.mutable_details();
  job.set_title("Job");
  job.set_asset(ASSET_USD);
  job.set_budget_min(draws.below(100) * usd);
  job.set_budget_max(draws.below(1000) * usd);
  if (draws.below(3) == 0) job.set_app("app_" + std::to_string(draws.below(6)));
  message.set_bond(draws.below(2) == 0 ? 0 : draws.below(100) * usd);
  message.set_invited_only(draws.below(6) == 0);
}
void fill(Draws& draws, SubmitProposal& message) {
  message.set_job(draws.id("job"));
  message.set_summary("I can");
  message.set_amount(draws.below(500) * usd);
}
void fill(Draws& draws, MakeOffer& message) {
  if (draws.below(2) == 0) {
    message.set_proposal(draws.id("proposal"));
  } else {
    message.set_talent(draws.somebody().address().str());
  }
  *message.mutable_terms() = random_terms(draws);
}

Offer offer_of(Draws& draws, std::uint64_t id) {
  auto const found = draws.chain().find<Offer>(state::keys::offer(id));
  return found.value_or(Offer{});
}
void fill(Draws& draws, CounterOffer& message) {
  message.set_offer(draws.id("offer"));
  message.set_version(offer_of(draws, message.offer()).version() + (draws.below(8) == 0 ? 1 : 0));
  *message.mutable_terms() = random_terms(draws);
}
void fill(Draws& draws, AcceptOffer& message) {
  message.set_offer(draws.id("offer"));
  auto const offer = offer_of(draws, message.offer());
  message.set_version(offer.version());
  message.set_terms_hash(draws.below(8) == 0 ? draws.hash() : offer.terms_hash());
}
void fill(Draws& draws, ReleasePart& message) {
  message.set_contract(contract_with_money(draws));
  message.set_milestone(draws.milestone());
  message.set_amount(draws.below(120 * usd));
}
void fill(Draws& draws, ReadySeat& message) {
  message = random_ready(draws.chain(), drawn_by(draws));
}
void fill(Draws& draws, RotateValidatorKeys& message) {
  message = random_rotation(draws.chain(), drawn_by(draws));
}
void fill(Draws& draws, SubmitEvidence& message) {
  message = random_evidence(draws.chain(), drawn_by(draws));
}

// The number of a record for a field of this name: mostly one of which the message may be true.
std::uint64_t named_by(Draws& draws, pb::Descriptor const& type, std::string const& field) {
  auto const about_milestone = field == "contract" && type.FindFieldByName("milestone") != nullptr;
  if (!about_milestone) return draws.id(field);
  auto const funds = &type == FundMilestone::descriptor();
  return funds ? contract_by_milestones(draws) : contract_with_money(draws);
}

// The others name a record or nothing: fields are filled by their names.
void fill_by_name(Draws& draws, pb::Message& message) {
  auto const* const reflection = message.GetReflection();
  auto const* const type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    auto const* const field = type->field(i);
    if (field->type() == pb::FieldDescriptor::TYPE_UINT64) {
      reflection->SetUInt64(&message, field, named_by(draws, *type, field->name()));
    } else if (field->type() == pb::FieldDescriptor::TYPE_UINT32) {
      reflection->SetUInt32(&message, field, draws.milestone());
    } else if (field->type() == pb::FieldDescriptor::TYPE_BYTES) {
      reflection->SetString(&message, field, draws.hash());
    }
  }
}

template <class... M>
bool fill_one_of(Draws& draws, pb::Message& message) {
  auto const attempt = [&]<class One>(One*) {
    auto* const mine = dynamic_cast<One*>(&message);
    if (mine != nullptr) fill(draws, *mine);
    return mine != nullptr;
  };
  return (attempt(static_cast<M*>(nullptr)) || ...);
}

pb::OneofDescriptor const& choices() {
  return *Message::descriptor()->oneof_decl(0);
}

// Which field of the schema a kind is: those that stories hang on come more often, so that money
// gets to where it can go wrong. The last few kinds are the passing of time.
constexpr std::uint32_t time_kinds = 4;

int weight_of(std::string const& name) {
  // clang-format off
  static std::map<std::string, int> const weights = {
    {"commit_handle", 2}, {"unlock_tokens", 4}, {"claim_handle", 4}, {"claim_ownership", 3},
    {"set_guardians", 2}, {"start_recovery", 2}, {"approve_recovery", 3}, {"cancel_recovery", 2},
    {"give_mandate", 3}, {"end_mandate", 3}, {"act_for", 6}, {"revoke_attestation", 2},
    {"propose_split", 3}, {"agree_to_split", 4}, {"post_job", 2}, {"invite_talent", 4},
    {"decline_invitation", 3}, {"submit_proposal", 4}, {"shortlist_proposal", 3},
    {"make_offer", 4}, {"accept_offer", 10}, {"fund_milestone", 10}, {"submit_milestone", 8},
    {"accept_milestone", 4}, {"request_changes", 4}, {"release_part", 4}, {"request_refund", 8},
    {"refuse_refund", 9}, {"agree_refund", 4}, {"offer_split", 4}, {"withdraw_split", 2},
    {"agree_split", 6}, {"offer_amendment", 4}, {"withdraw_amendment", 2}, {"agree_amendment", 6},
    {"commit_feedback", 12}, {"post_feedback", 12}, {"reveal_feedback", 16},
    {"reply_to_feedback", 10}, {"fund_week", 8}, {"set_top_up", 3}, {"log_hours", 12},
    {"approve_week", 6}, {"dispute_hours", 8}, {"open_dispute", 8}, {"answer_dispute", 12},
    {"add_dispute_evidence", 2}, {"offer_dispute_split", 3}, {"withdraw_dispute_split", 2},
    {"agree_dispute_split", 2}, {"appeal_dispute", 14}, {"stake_as_juror", 2},
    {"close_account", 2}, {"reopen_account", 5}, {"unblock_account", 5}, {"apply_for_vetting", 5},
    {"challenge_vetting", 8}, {"report_job", 5},
    {"answer_for_agent", 5}, {"stop_answering_for_agent", 3},
    {"commit_verdict", 26}, {"reveal_verdict", 28}, {"expose_verdict", 5},
    {"commit_randomness", 2}, {"reveal_randomness", 26}, {"pause_contract", 3},
    {"resume_contract", 4}, {"end_contract", 2}, {"submit_ballot", 2}, {"cast_vote", 4},
    {"delegate", 3}, {"enrol", 4}, {"ready_seat", 3}, {"rotate_validator_keys", 2},
  };
  // clang-format on
  auto const found = weights.find(name);
  return found == weights.end() ? 1 : found->second;
}

std::vector<int> const& weighted_fields() {
  static std::vector<int> const fields = [] {
    std::vector<int> made;
    for (int i = 0; i < choices().field_count(); ++i) {
      made.insert(made.end(), static_cast<std::size_t>(weight_of(choices().field(i)->name())), i);
    }
    return made;
  }();
  return fields;
}

Message message_for(Draws& draws, int field) {
  Message outer;
  auto* const inner = outer.GetReflection()->MutableMessage(&outer, choices().field(field));
  auto const filled = fill_one_of<
      Transfer, SponsorAccount, LockTokens, UnlockTokens, CommitHandle, ClaimHandle, CreateProfile,
      EditProfile, Attest, RevokeAttestation, ProposeSplit, AgreeToSplit, LeaveTeam, AnswerForAgent,
      StopAnsweringForAgent, ApplyForVetting, ChallengeVetting, ReportJob, PostJob, InviteTalent,
      DeclineInvitation, RotateAuthority, SetGuardians, StartRecovery, ApproveRecovery, GiveMandate,
      EndMandate, ActFor, RegisterApp, CloseAccount, BlockAccount, UnblockAccount, SubmitProposal,
      MakeOffer, CounterOffer, AcceptOffer, ReleasePart, OfferSplit, AgreeSplit, PayBonus,
      OfferAmendment, AgreeAmendment, FundWeek, SetTopUp, LogHours, ApproveWeek, DisputeHours,
      CommitFeedback, PostFeedback, RevealFeedback, ReplyToFeedback, OfferDisputeSplit,
      AgreeDisputeSplit, AppealDispute, StakeAsJuror, WithdrawJurorStake, CommitVerdict,
      RevealVerdict, ExposeVerdict, CommitRandomness, RevealRandomness, SubmitBallot, AddDeposit,
      CastVote, Delegate, ReadySeat, RotateValidatorKeys, SubmitEvidence>(draws, *inner);
  if (!filled) fill_by_name(draws, *inner);
  return outer;
}

// Of hours each act is one side's alone.
std::vector<std::string> sides_of(Contract const& contract, Message const& message) {
  if (message.has_log_hours()) return {contract.talent()};
  auto const clients = message.has_fund_week() || message.has_set_top_up() ||
                       message.has_approve_week() || message.has_dispute_hours();
  if (clients) return {contract.client()};
  return {contract.client(), contract.talent()};
}

// Who could do it, so that most acts get past the first guard: the side of the contract, offer,
// job or proposal that the message names.
Person const& actor(TestChain const& chain, Message const& message, Act const& act) {
  auto const& anybody = crowd()[act.who % crowd_size];
  if (act.who % 6 == 0) return anybody;  // Legal or not.
  if (auto const* const able = speaker(chain, message, act)) return *able;
  if (auto const* const able = teller_of(chain, message, act)) return *able;
  if (auto const* const able = power_holder(chain, message, act)) return *able;
  auto const* const inner = message.GetReflection()->GetOneofFieldDescriptor(message, &choices());
  auto const& fields = message.GetReflection()->GetMessage(message, inner);
  auto const id_in = [&](char const* name) -> std::uint64_t {
    auto const* const field = fields.GetDescriptor()->FindFieldByName(name);
    return field == nullptr ? 0 : fields.GetReflection()->GetUInt64(fields, field);
  };
  std::vector<std::string> sides;
  if (auto const id = id_in("contract")) {
    auto const contract = chain.find<Contract>(state::keys::contract(id));
    if (contract) sides = sides_of(*contract, message);
  } else if (auto const offer_id = id_in("offer")) {
    auto const offer = chain.find<Offer>(state::keys::offer(offer_id));
    if (offer) sides = {offer->client(), offer->talent()};
  } else if (auto const dispute_id = id_in("dispute")) {
    auto const dispute = chain.find<Dispute>(state::keys::dispute(dispute_id));
    if (dispute) sides = {dispute->client(), dispute->talent()};
  } else if (auto const job_id = id_in("job")) {
    auto const job = chain.find<Job>(state::keys::job(job_id));
    if (job && message.message_case() != Message::kSubmitProposal) sides = {job->client()};
  } else if (auto const proposal_id = id_in("proposal")) {
    auto const proposal = chain.find<Proposal>(state::keys::proposal(proposal_id));
    auto const job = proposal ? chain.find<Job>(state::keys::job(proposal->job())) : std::nullopt;
    if (job) sides = {job->client(), proposal->talent()};
  }
  if (message.has_rotate_validator_keys()) {
    if (auto const its = operator_of(chain, message.rotate_validator_keys())) sides = {its->str()};
  }
  if (sides.empty()) return anybody;
  auto const& side = sides[act.who % sides.size()];
  auto const* const able = with_address(side);
  return able != nullptr ? *able : anybody;
}

TxStatus perform_so(TestChain& chain, Act const& act, bool at_an_end) {
  auto const kind = act.kind % act_kinds();
  Draws draws{chain, act};
  if (kind >= weighted_fields().size()) {
    auto const hours = draws.below(3) != 0 ? 1 + draws.below(12) : 24 * (1 + draws.below(20));
    chain.advance(hours * hour_ms);
    return TX_STATUS_OK;
  }
  auto inner = message_for(draws, weighted_fields()[kind]);
  auto const& who = actor(chain, inner, act);
  if (at_an_end) put_at_an_end(inner, drawn_by(draws));
  auto const tx = chain.transaction(who, {inner}, {.fee_limit = 10 * lbr});
  auto const& block = chain.block({tx});
  // Admission may refuse who has spent all; that is an answer too.
  return block.receipts.empty() ? TX_STATUS_FEE_NOT_COVERED : block.receipts.front().status();
}

}  // namespace

std::vector<Person> const& crowd() {
  static std::vector<Person> const people = [] {
    std::vector<Person> made;
    for (std::uint64_t i = 0; i < crowd_size; ++i) made.emplace_back(i + 1);
    return made;
  }();
  return people;
}

TestChain crowded_chain() {
  auto genesis = test_genesis();
  for (auto& validator : *genesis.mutable_validators()) {
    validator.set_operator_(crowd()[0].address().str());
  }
  for (std::size_t i = 0; i < crowd_size; ++i) {
    endow(genesis, crowd()[i], i + 2 < crowd_size, 5000 * lbr, 5000 * usd);
  }
  add_arbiters(genesis);
  add_issuer(genesis);
  // Ballots pass at times, and who has worked a little may enrol.
  genesis.add_council(crowd()[0].address().str());
  set_parameter(genesis, PARAMETER_HOLDER_CAP_BPS, 10'000);
  set_parameter(genesis, PARAMETER_MEMBER_FEES_USD, usd);
  TestChain chain{genesis};
  StakeAsJuror stake;
  stake.set_amount(1000 * usd);
  for (auto const& juror : jurors()) {
    CHECK(chain.send(juror, {message(stake)}).status() == TX_STATUS_OK);
  }
  ProfileDetails details;
  details.set_kind(PROFILE_KIND_PERSON);
  details.set_headline("Does things");
  for (std::uint64_t skill = 0; skill < 2; ++skill) claim(details, skill, 3);
  CreateProfile create;
  *create.mutable_details() = details;
  LockTokens lock;
  lock.set_amount(200 * lbr);
  lock.set_until_ms(chain.time().value() + 300 * day_ms);
  for (std::size_t i = 0; i + 1 < crowd_size; ++i) {
    auto const receipt =
        chain.send(crowd()[i], {message(create), message(PublishProfile{}), message(lock)},
                   {.fee_limit = lbr});
    CHECK(receipt.status() == TX_STATUS_OK);
  }
  return chain;
}

TestChain quarrelsome_chain() {
  auto chain = crowded_chain();
  identify_some(chain);
  for (std::uint64_t id = 1; id <= 3; ++id) start_case(chain, crowd()[id], crowd()[0], id);
  bring_to_draw(chain);
  ApplyForVetting apply;
  apply.set_skill(skill_name(0));
  apply.set_evidence_hash(std::string(protocol::Hash::size, '4'));
  CHECK(chain.send(crowd()[1], {message(apply)}).status() == TX_STATUS_OK);
  hire_by_milestone(chain, crowd()[2], crowd()[0], 4);
  hire_by_hour(chain, crowd()[3], crowd()[0], 5);
  return chain;
}

std::uint32_t act_kinds() {
  return static_cast<std::uint32_t>(weighted_fields().size()) + time_kinds;
}

std::string name_of(Act const& act) {
  auto const kind = act.kind % act_kinds();
  if (kind >= weighted_fields().size()) return "time";
  return choices().field(weighted_fields()[kind])->name();
}

TxStatus perform(TestChain& chain, Act const& act) {
  return perform_so(chain, act, false);
}

TxStatus perform_at_an_end(TestChain& chain, Act const& act) {
  return perform_so(chain, act, true);
}

}  // namespace testing_support
