// What proves an ended contract, read from a node: records with their proofs, or the receipt of a
// commitment to feedback where amounts are left out, and the ends of all epochs up to them.
//
// Nothing here is believed: make_credential() checks all of it before it is signed.

#pragma once

#include <labor/v1/history.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "wallet/json.h"
#include "wallet/session.h"

namespace wallet {

enum class Amounts { left_out, included };

struct Gathered {
  labor::v1::HistoryEvidence evidence;
  // What the holder says for what the evidence leaves out (credential.h).
  json::object stated;
  // What the holder should know, a line each.
  std::vector<std::string> notes;
};

// Of the acting account. NOT_FOUND, CONTRACT_NOT_ENDED, NOT_YOUR_CONTRACT, and
// NOTHING_WITHOUT_AMOUNTS where only the contract's record, which has them, shows who it is of.
Result<Gathered> gather(Session& session, std::uint64_t contract, Amounts amounts);

}  // namespace wallet
