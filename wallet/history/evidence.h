// What an exported contract stands on, checked against the genesis and nothing else:
//
//   genesis -> ends of epochs -> final blocks -> state roots    -> records
//                                             -> receipts roots -> a receipt
//
// Two ways show who worked for whom:
//
//   the contract's record   all of it, amounts too; with the job's record (skills) and with what
//                           the other side says of the holder's (rating)
//   the receipt of a commitment to feedback, of either side: the chain takes one only from a side
//                           of a contract that has ended with work delivered or paid, and the
//                           record in it has no amount. Whoever knows the salt of the other
//                           side's shows the rating, too.
//
// The holder is whose account's record there is. Bounded: what is not of this shape is refused
// before it is hashed.
//
// A failure is UNVERIFIED (exit 10) with the reason of the step that failed.

#pragma once

#include <labor/v1/history.pb.h>

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/types.h"
#include "wallet/light/trust.h"
#include "wallet/problem.h"

namespace wallet {

// A record each, in as many blocks, and the receipt in one more.
inline constexpr int evidence_records_max = 6;
inline constexpr int evidence_blocks_max = evidence_records_max + 1;

enum class Role { client, talent, team_member };

// What the evidence shows.
struct Engagement {
  labor::v1::Account holder;
  Role role{};
  std::uint64_t contract = 0;
  protocol::Address client;
  protocol::Address talent;
  std::string client_handle;  // Empty: not shown.
  std::string talent_handle;
  std::uint64_t ended_at_ms = 0;  // Chain time.
  // Where its record is shown, and with it the job's.
  std::optional<labor::v1::Contract> terms;
  std::optional<labor::v1::Job> job;
  // What the other side says of the holder's side.
  std::optional<labor::v1::FeedbackContent> rating;
  // The oldest block that a record is shown of.
  protocol::TimeMs as_of;
  std::uint64_t height = 0;

  protocol::Address account() const;
  // The account of the holder's side: of a team's member, the team's.
  protocol::Address const& side() const { return role == Role::client ? client : talent; }
};

// `trust` knows the genesis' validators alone; what it learns is the evidence's.
Result<Engagement> check_evidence(Trust trust, labor::v1::HistoryEvidence const& evidence);

}  // namespace wallet
