// What people of the work scene say: messages about job 1, proposal 1, offer 1, contract 1.

#pragma once

#include <labor/v1/attestation.pb.h>
#include <labor/v1/feedback.pb.h>
#include <labor/v1/talent.pb.h>
#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/limits.h"
#include "protocol/types.h"

namespace testing_support {

inline constexpr std::uint64_t usd = 1'000'000;
inline constexpr std::uint64_t day_ms = protocol::limits::day_ms;

// An address of 32 equal bytes: no key is needed below the signature checks.
protocol::Address address(std::uint8_t byte);

std::string hash_of(std::uint8_t byte);

labor::v1::JobDetails job_details();
labor::v1::ProfileDetails profile_details();
labor::v1::OfferTerms terms_of(std::vector<std::uint64_t> const& amounts);

// Messages about job 1, proposal 1, offer 1, contract 1.
template <class M>
M on_job() {
  M message;
  message.set_job(1);
  return message;
}
template <class M>
M on_proposal() {
  M message;
  message.set_proposal(1);
  return message;
}
template <class M>
M on_offer() {
  M message;
  message.set_offer(1);
  return message;
}
template <class M>
M on_milestone(std::uint32_t index = 0) {
  M message;
  message.set_contract(1);
  message.set_milestone(index);
  return message;
}
// The nullifier is made of the address.
labor::v1::Attest identity_of(protocol::Address const& who, std::uint64_t expires_at_ms);
labor::v1::SubmitMilestone delivery(std::uint32_t index = 0);
labor::v1::RequestChanges change_request(std::uint32_t index = 0);
// Of milestone `index`, as it would be: its title unless given, its amount, its days.
labor::v1::MilestoneAmendment new_terms(std::uint32_t index, std::uint64_t amount,
                                        std::uint32_t due_days = 30,
                                        std::string const& title = "A step");
labor::v1::MilestoneAmendment dropping(std::uint32_t index);
labor::v1::OfferAmendment amendment(std::vector<labor::v1::MilestoneAmendment> const& changes);
// Feedback on contract 1: `rating` on every scale, with a salt that everybody shares.
labor::v1::FeedbackContent rated(std::uint32_t rating = 5);
labor::v1::CommitFeedback feedback_commit(protocol::Address const& author,
                                          std::uint32_t rating = 5);
labor::v1::PostFeedback feedback_post(std::uint32_t rating = 4);
labor::v1::RevealFeedback feedback_reveal(std::uint32_t rating = 5);
labor::v1::PayBonus bonus(std::uint64_t amount);
labor::v1::OfferSplit split_offer(std::uint64_t to_talent, std::uint32_t index = 0);
labor::v1::AgreeSplit split_agreement(std::uint64_t to_talent, std::uint32_t index = 0);
labor::v1::ReleasePart part(std::uint64_t amount, std::uint32_t index = 0);

}  // namespace testing_support
