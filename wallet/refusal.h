// What a node's refusal means for the person: a table from canonical code to exit code; hint.h has
// the next thing to do. Reasons of transactions are TxStatus names; their sentences are the
// chain's own (execution::explain).

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/transaction.pb.h>

#include <map>
#include <string>
#include <string_view>

#include "wallet/problem.h"

namespace wallet {

// As a node's answer carries it: google.rpc.Code, its message, and google.rpc.ErrorInfo.
struct Refusal {
  int code = 0;
  std::string message;
  std::string reason;
  std::map<std::string, std::string> metadata;
};

Problem problem_of(Refusal refusal);

// A receipt of `body` that is not OK: final and failed, or what a simulation foresees.
Problem problem_of(labor::v1::Receipt const& receipt, labor::v1::TransactionBody const& body,
                   Exit exit);

// A number of the metadata as people read it: times as dates, money in whole units.
std::string show_detail(std::string_view reason, std::string_view name, std::string_view value);

}  // namespace wallet
