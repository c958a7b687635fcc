#include "wallet/created.h"

#include <fmt/format.h>
#include <labor/v1/transaction.pb.h>

#include "protocol/codec/canonical.h"
#include "protocol/mandates/scope.h"

namespace wallet {

namespace {

std::string_view kind_made_by(labor::v1::Message const& message) {
  using labor::v1::Message;
  switch (message.message_case()) {
    case Message::kLockTokens:
      return "lock";
    case Message::kAttest:
      return "attestation";
    case Message::kPostJob:
      return "job";
    case Message::kSubmitProposal:
      return "proposal";
    case Message::kMakeOffer:
      return "offer";
    case Message::kAcceptOffer:
      return "contract";
    case Message::kOpenDispute:
    case Message::kDisputeHours:
      return "dispute";
    case Message::kApplyForVetting:
      return "vetting";
    case Message::kReportJob:
      return "report";
    case Message::kSubmitBallot:
      return "ballot";
    case Message::kEnrol:
      return "enrolment";
    default:
      return {};
  }
}

}  // namespace

std::vector<Created> created_records(std::string_view transaction,
                                     labor::v1::Receipt const& receipt) {
  std::vector<Created> created;
  auto const outer = canonical::decode<labor::v1::Transaction>(transaction);
  if (!outer) return created;
  auto const body = canonical::decode<labor::v1::TransactionBody>(outer->body());
  if (!body) return created;
  int next = 0;
  auto const add = [&](labor::v1::Message const& message) {
    auto const kind = kind_made_by(message);
    if (kind.empty() || next == receipt.created_ids_size()) return;
    auto const id = receipt.created_ids(next++);
    auto see = fmt::format("labor {} show {}", kind, id);
    if (kind == "lock") see = "labor token list";
    if (kind == "enrolment") see = "labor ballot members";
    created.push_back({.kind = kind, .id = id, .see = std::move(see)});
  };
  for (auto const& message : body->messages()) {
    add(message);
    for (auto const& act : message.act_for().acts()) add(mandates::as_message(act));
  }
  return created;
}

}  // namespace wallet
