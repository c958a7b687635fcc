#include "tests/support/random_people.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "protocol/execution/context.h"
#include "protocol/execution/form.h"
#include "protocol/talent/handle.h"
#include "protocol/work/feedback.h"
#include "tests/support/prng.h"
#include "tests/support/random_validators.h"

namespace testing_support {

using namespace labor::v1;  // This file makes every message.

namespace pb = google::protobuf;

namespace {

// Numbers of an act, read one after the other, repeating.
class Draws {
 public:
  Draws(TestChain const& chain, Act const& act) : chain_{chain}, act_{act} {}

  std::uint64_t below(std::uint64_t bound) {
    // One number serves several fields: stirred, so that they are independent.
    auto const drawn = sim::mix(act_.draws[next_ % act_.draws.size()] + 7919 * (next_ + 1));
    ++next_;
    return drawn % bound;
  }
  // Who acts unless the message is about somebody's record.
  Person const& sender() const { return crowd()[act_.who % crowd_size]; }
  // Who acts on a contract, if they may.
  std::string const& side_of(Contract const& contract) const {
    return act_.who % 2 == 0 ? contract.client() : contract.talent();
  }
  Person const& somebody() { return crowd()[below(crowd_size)]; }
  // Mostly one of the last records made, about which something can still be done; sometimes any,
  // sometimes none.
  std::uint64_t id(std::string_view counter) {
    auto const made = execution::counter_of(chain_.state(), counter);
    if (made == 0 || below(16) == 0) return made + 1;
    return below(4) == 0 ? 1 + below(made) : made - below(std::min<std::uint64_t>(made, 3));
  }
  // Mostly the first of a contract, sometimes one that it does not have.
  std::uint32_t milestone() { return static_cast<std::uint32_t>(below(4) == 0 ? below(3) : 0); }
  std::string hash() { return std::string(32, static_cast<char>('a' + below(26))); }
  TestChain const& chain() const { return chain_; }

 private:
  TestChain const& chain_;
  Act const& act_;
  std::size_t next_ = 0;
};

Draw drawn_by(Draws& draws) {
  return [&draws](std::uint64_t bound) { return draws.below(bound); };
}

OfferTerms terms(Draws& draws) {
  OfferTerms made;
  made.set_title("Work");
  made.set_asset(draws.below(12) == 0 ? ASSET_LBR : ASSET_USD);
  auto const count = 1 + draws.below(2);
  for (std::uint64_t i = 0; i < count; ++i) {
    auto& milestone = *made.add_milestones();
    milestone.set_title("Part");
    milestone.set_amount((4 + draws.below(200)) * usd + draws.below(usd));
    milestone.set_due_days(static_cast<std::uint32_t>(1 + draws.below(30)));
  }
  return made;
}

ProfileDetails details(Draws& draws) {
  ProfileDetails made;
  made.set_kind(PROFILE_KIND_PERSON);
  made.set_headline(draws.below(6) == 0 ? "" : "Does things");
  return made;
}

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
void fill(Draws& draws, PostJob& message) {
  auto& job = *message.mutable_details();
  job.set_title("Job");
  job.set_asset(ASSET_USD);
  job.set_budget_min(draws.below(100) * usd);
  job.set_budget_max(draws.below(1000) * usd);
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
  *message.mutable_terms() = terms(draws);
}

Offer offer_of(Draws& draws, std::uint64_t id) {
  auto const found = draws.chain().find<Offer>(state::keys::offer(id));
  return found.value_or(Offer{});
}
void fill(Draws& draws, CounterOffer& message) {
  message.set_offer(draws.id("offer"));
  message.set_version(offer_of(draws, message.offer()).version() + (draws.below(8) == 0 ? 1 : 0));
  *message.mutable_terms() = terms(draws);
}
void fill(Draws& draws, AcceptOffer& message) {
  message.set_offer(draws.id("offer"));
  auto const offer = offer_of(draws, message.offer());
  message.set_version(offer.version());
  message.set_terms_hash(draws.below(8) == 0 ? draws.hash() : offer.terms_hash());
}
void fill(Draws& draws, ReleasePart& message) {
  message.set_contract(draws.id("contract"));
  message.set_milestone(draws.milestone());
  message.set_amount(draws.below(120 * usd));
}
Milestone milestone_of(Draws& draws, std::uint64_t contract, std::uint32_t index) {
  auto const found = draws.chain().find<Milestone>(state::keys::milestone(contract, index));
  return found.value_or(Milestone{});
}
void fill(Draws& draws, OfferSplit& message) {
  message.set_contract(draws.id("contract"));
  message.set_milestone(draws.milestone());
  message.set_to_talent(draws.below(120 * usd));
}
void fill(Draws& draws, AgreeSplit& message) {
  message.set_contract(draws.id("contract"));
  message.set_milestone(draws.milestone());
  auto const milestone = milestone_of(draws, message.contract(), message.milestone());
  message.set_to_talent(milestone.split().to_talent() + (draws.below(8) == 0 ? 1 : 0));
}
void fill(Draws& draws, OfferAmendment& message) {
  message.set_contract(draws.id("contract"));
  auto const offered = terms(draws);
  for (int i = 0; i < offered.milestones_size(); ++i) {
    auto& change = *message.add_changes();
    change.set_milestone(static_cast<std::uint32_t>(i) + (draws.below(3) == 0 ? 1u : 0u));
    if (draws.below(6) == 0) continue;
    *change.mutable_terms() = offered.milestones(i);
    if (draws.below(2) == 0) change.mutable_terms()->set_due_days(40);
  }
}
void fill(Draws& draws, AgreeAmendment& message) {
  message.set_contract(draws.id("contract"));
  auto const contract = draws.chain().find<Contract>(state::keys::contract(message.contract()));
  auto const offered = contract ? contract->amendment().hash() : std::string{};
  message.set_amendment_hash(offered.empty() || draws.below(8) == 0 ? draws.hash() : offered);
}
void fill(Draws& draws, PayBonus& message) {
  message.set_contract(draws.id("contract"));
  message.set_amount(draws.below(60 * usd));
}
// What anybody says of anybody: mostly the same, so that a reveal can match.
FeedbackContent opinion(Draws& draws) {
  FeedbackContent content;
  content.set_quality(draws.below(12) == 0 ? 6 : 4);
  content.set_communication(4);
  content.set_punctuality(4);
  content.set_again(4);
  return content;
}
void fill(Draws& draws, CommitFeedback& message) {
  message.set_contract(draws.id("contract"));
  auto const contract = draws.chain().find<Contract>(state::keys::contract(message.contract()));
  auto author = draws.sender().address();
  if (contract) author = execution::address_in(draws.side_of(*contract));
  message.set_commitment(
      work::feedback_commitment(message.contract(), author, protocol::Hash{}, opinion(draws))
          .str());
}
void fill(Draws& draws, PostFeedback& message) {
  message.set_contract(draws.id("contract"));
  *message.mutable_content() = opinion(draws);
}
void fill(Draws& draws, RevealFeedback& message) {
  message.set_contract(draws.id("contract"));
  message.set_salt(protocol::Hash{}.str());
  *message.mutable_content() = opinion(draws);
}
void fill(Draws& draws, SubmitBallot& message) {
  message.set_title("Change");
  message.set_deposit(draws.below(3) == 0 ? 1000 * lbr : draws.below(1100) * lbr);
  if (draws.below(3) == 0) return;
  if (draws.below(4) == 0) {
    *message.add_validator_changes() = random_admission(drawn_by(draws));
  }
  auto& change = *message.add_changes();
  change.set_parameter(draws.below(2) == 0 ? PARAMETER_CLIENT_FEE_BPS : PARAMETER_FIRST_REVIEW_MS);
  change.set_value(change.parameter() == PARAMETER_CLIENT_FEE_BPS ? 850 + draws.below(300)
                                                                  : draws.below(70) * day_ms);
}
void fill(Draws& draws, AddDeposit& message) {
  message.set_ballot(draws.id("ballot"));
  message.set_amount(draws.below(1000) * lbr);
}
void fill(Draws& draws, CastVote& message) {
  message.set_ballot(draws.id("ballot"));
  message.set_choice(static_cast<Choice>(draws.below(5)));
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

// The others name a record or nothing: fields are filled by their names.
void fill_by_name(Draws& draws, pb::Message& message) {
  auto const* const reflection = message.GetReflection();
  auto const* const type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    auto const* const field = type->field(i);
    if (field->type() == pb::FieldDescriptor::TYPE_UINT64) {
      reflection->SetUInt64(&message, field, draws.id(field->name()));
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
  static std::map<std::string, int> const weights = {{"commit_handle", 2},
                                                     {"unlock_tokens", 4},
                                                     {"claim_handle", 4},
                                                     {"post_job", 2},
                                                     {"submit_proposal", 4},
                                                     {"shortlist_proposal", 3},
                                                     {"make_offer", 4},
                                                     {"accept_offer", 10},
                                                     {"fund_milestone", 10},
                                                     {"submit_milestone", 8},
                                                     {"accept_milestone", 4},
                                                     {"request_changes", 4},
                                                     {"release_part", 4},
                                                     {"request_refund", 8},
                                                     {"refuse_refund", 9},
                                                     {"agree_refund", 4},
                                                     {"offer_split", 4},
                                                     {"withdraw_split", 2},
                                                     {"agree_split", 6},
                                                     {"offer_amendment", 4},
                                                     {"withdraw_amendment", 2},
                                                     {"agree_amendment", 6},
                                                     {"commit_feedback", 12},
                                                     {"post_feedback", 12},
                                                     {"reveal_feedback", 16},
                                                     {"reply_to_feedback", 10},
                                                     {"end_contract", 2},
                                                     {"submit_ballot", 2},
                                                     {"cast_vote", 4},
                                                     {"ready_seat", 3},
                                                     {"rotate_validator_keys", 2}};
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
  auto const filled =
      fill_one_of<Transfer, SponsorAccount, LockTokens, UnlockTokens, CommitHandle, ClaimHandle,
                  CreateProfile, EditProfile, PostJob, SubmitProposal, MakeOffer, CounterOffer,
                  AcceptOffer, ReleasePart, OfferSplit, AgreeSplit, PayBonus, OfferAmendment,
                  AgreeAmendment, CommitFeedback, PostFeedback, RevealFeedback, SubmitBallot,
                  AddDeposit, CastVote, ReadySeat, RotateValidatorKeys, SubmitEvidence>(draws,
                                                                                        *inner);
  if (!filled) fill_by_name(draws, *inner);
  return outer;
}

// Who could do it, so that most acts get past the first guard: the side of the contract, offer,
// job or proposal that the message names.
Person const& actor(TestChain const& chain, Message const& message, Act const& act) {
  auto const& anybody = crowd()[act.who % crowd_size];
  if (act.who % 6 == 0) return anybody;  // Legal or not.
  auto const* const inner = message.GetReflection()->GetOneofFieldDescriptor(message, &choices());
  auto const& fields = message.GetReflection()->GetMessage(message, inner);
  auto const id_in = [&](char const* name) -> std::uint64_t {
    auto const* const field = fields.GetDescriptor()->FindFieldByName(name);
    return field == nullptr ? 0 : fields.GetReflection()->GetUInt64(fields, field);
  };
  std::vector<std::string> sides;
  if (auto const id = id_in("contract")) {
    auto const contract = chain.find<Contract>(state::keys::contract(id));
    if (contract) sides = {contract->client(), contract->talent()};
  } else if (auto const offer_id = id_in("offer")) {
    auto const offer = chain.find<Offer>(state::keys::offer(offer_id));
    if (offer) sides = {offer->client(), offer->talent()};
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
  for (auto const& person : crowd()) {
    if (person.address().chars() == side) return person;
  }
  return anybody;
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
  TestChain chain{genesis};
  ProfileDetails details;
  details.set_kind(PROFILE_KIND_PERSON);
  details.set_headline("Does things");
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

std::uint32_t act_kinds() {
  return static_cast<std::uint32_t>(weighted_fields().size()) + time_kinds;
}

std::string name_of(Act const& act) {
  auto const kind = act.kind % act_kinds();
  if (kind >= weighted_fields().size()) return "time";
  return choices().field(weighted_fields()[kind])->name();
}

TxStatus perform(TestChain& chain, Act const& act) {
  auto const kind = act.kind % act_kinds();
  Draws draws{chain, act};
  if (kind >= weighted_fields().size()) {
    auto const hours = draws.below(3) != 0 ? 1 + draws.below(12) : 24 * (1 + draws.below(20));
    chain.advance(hours * hour_ms);
    return TX_STATUS_OK;
  }
  auto const inner = message_for(draws, weighted_fields()[kind]);
  auto const& who = actor(chain, inner, act);
  auto const tx = chain.transaction(who, {inner}, {.fee_limit = 10 * lbr});
  auto const& block = chain.block({tx});
  // Admission may refuse who has spent all; that is an answer too.
  return block.receipts.empty() ? TX_STATUS_FEE_NOT_COVERED : block.receipts.front().status();
}

}  // namespace testing_support
