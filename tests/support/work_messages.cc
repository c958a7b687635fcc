#include "tests/support/work_messages.h"

#include "protocol/work/feedback.h"

namespace testing_support {

using namespace labor::v1;  // This file names most of the schema.

protocol::Address address(std::uint8_t byte) {
  protocol::Address made;
  made.data.fill(byte);
  return made;
}

std::string hash_of(std::uint8_t byte) {
  return address(byte).str();
}

JobDetails job_details() {
  JobDetails details;
  details.set_title("A logo");
  details.set_summary("Round, two colours");
  details.set_asset(ASSET_USD);
  details.set_budget_min(500 * usd);
  details.set_budget_max(1000 * usd);
  return details;
}

ProfileDetails profile_details() {
  ProfileDetails details;
  details.set_kind(PROFILE_KIND_PERSON);
  details.set_headline("Draws logos");
  auto& skill = *details.add_skills();
  skill.set_uri("http://data.europa.eu/esco/skill/1");
  skill.set_level(5);
  return details;
}

OfferTerms terms_of(std::vector<std::uint64_t> const& amounts) {
  OfferTerms terms;
  terms.set_title("A logo");
  terms.set_asset(ASSET_USD);
  for (auto const amount : amounts) {
    auto& milestone = *terms.add_milestones();
    milestone.set_title("A step");
    milestone.set_amount(amount);
    milestone.set_due_days(30);
  }
  return terms;
}

Attest identity_of(protocol::Address const& who, std::uint64_t expires_at_ms) {
  Attest message;
  message.set_subject(who.str());
  message.set_schema("identity");
  message.set_data_hash(hash_of(who.data.front()));
  message.set_expires_at_ms(expires_at_ms);
  return message;
}

SubmitMilestone delivery(std::uint32_t index) {
  auto message = on_milestone<SubmitMilestone>(index);
  message.set_delivery_hash(hash_of(0xDE));
  return message;
}

RequestChanges change_request(std::uint32_t index) {
  auto message = on_milestone<RequestChanges>(index);
  message.set_reason_hash(hash_of(0xAE));
  return message;
}

MilestoneAmendment new_terms(std::uint32_t index, std::uint64_t amount, std::uint32_t due_days,
                             std::string const& title) {
  MilestoneAmendment change;
  change.set_milestone(index);
  change.mutable_terms()->set_title(title);
  change.mutable_terms()->set_amount(amount);
  change.mutable_terms()->set_due_days(due_days);
  return change;
}

MilestoneAmendment dropping(std::uint32_t index) {
  MilestoneAmendment change;
  change.set_milestone(index);
  return change;
}

OfferAmendment amendment(std::vector<MilestoneAmendment> const& changes) {
  OfferAmendment message;
  message.set_contract(1);
  for (auto const& each : changes) *message.add_changes() = each;
  return message;
}

FeedbackContent rated(std::uint32_t rating) {
  FeedbackContent content;
  content.set_quality(rating);
  content.set_communication(rating);
  content.set_punctuality(rating);
  content.set_again(rating);
  return content;
}

CommitFeedback feedback_commit(protocol::Address const& author, std::uint32_t rating) {
  CommitFeedback message;
  message.set_contract(1);
  auto const salt = *protocol::Hash::from(hash_of(0x5A));
  message.set_commitment(work::feedback_commitment(1, author, salt, rated(rating)).str());
  return message;
}

PostFeedback feedback_post(std::uint32_t rating) {
  PostFeedback message;
  message.set_contract(1);
  *message.mutable_content() = rated(rating);
  return message;
}

RevealFeedback feedback_reveal(std::uint32_t rating) {
  RevealFeedback message;
  message.set_contract(1);
  message.set_salt(hash_of(0x5A));
  *message.mutable_content() = rated(rating);
  return message;
}

PayBonus bonus(std::uint64_t amount) {
  PayBonus message;
  message.set_contract(1);
  message.set_amount(amount);
  return message;
}

OfferSplit split_offer(std::uint64_t to_talent, std::uint32_t index) {
  auto message = on_milestone<OfferSplit>(index);
  message.set_to_talent(to_talent);
  return message;
}

AgreeSplit split_agreement(std::uint64_t to_talent, std::uint32_t index) {
  auto message = on_milestone<AgreeSplit>(index);
  message.set_to_talent(to_talent);
  return message;
}

ReleasePart part(std::uint64_t amount, std::uint32_t index) {
  auto message = on_milestone<ReleasePart>(index);
  message.set_amount(amount);
  return message;
}

}  // namespace testing_support
