// How each kind of record reads. Part of show.h.

#pragma once

#include "wallet/show.h"
#include "wallet/show_hours.h"

namespace wallet {

Facts facts_of(Session& session, labor::v1::Profile const& profile);
Facts facts_of(Session& session, labor::v1::Job const& job);
Facts facts_of(Session& session, labor::v1::Proposal const& proposal);
Facts facts_of(Session& session, labor::v1::Offer const& offer);
Facts facts_of(Session& session, labor::v1::Contract const& contract);
Facts facts_of(Session& session, labor::v1::Milestone const& milestone);
Facts facts_of(Session& session, labor::v1::Feedback const& feedback);
Facts facts_of(Session& session, labor::v1::Ballot const& ballot);
Facts facts_of(Session& session, labor::v1::Dispute const& dispute);
Facts facts_of(Session& session, labor::v1::Juror const& juror);
Facts facts_of(Session& session, labor::v1::Vetting const& vetting);
Facts facts_of(Session& session, labor::v1::Report const& report);
Facts facts_of(Session& session, labor::v1::Attestation const& attestation);
Facts facts_of(Session& session, labor::v1::Invitation const& invitation);
Facts facts_of(Session& session, labor::v1::Recovery const& recovery);
Facts facts_of(Session& session, labor::v1::App const& app);
Facts facts_of(Session& session, labor::v1::Team const& team);
Facts facts_of(labor::v1::Lock const& lock);

// The columns for records of this kind, and the cells of one.
std::vector<std::string> head_for(labor::v1::Record const& record);
std::vector<std::string> row_of(Session& session, labor::v1::Record const& record);
std::vector<std::string> row_of(Session& session, labor::v1::Feedback const& feedback);
std::vector<std::string> row_of(Session& session, labor::v1::Dispute const& dispute);
std::vector<std::string> row_of(Session& session, labor::v1::Juror const& juror);
std::vector<std::string> row_of(Session& session, labor::v1::Vetting const& vetting);
std::vector<std::string> row_of(Session& session, labor::v1::Report const& report);

// "milestone 7/0", "week 7/0": what it is about.
std::string subject_of(labor::v1::Dispute const& dispute);

}  // namespace wallet
