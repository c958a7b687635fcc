// Sending, and waiting for the definite end.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "protocol/execution/failure.h"
#include "wallet/created.h"
#include "wallet/dates.h"
#include "wallet/flow.h"
#include "wallet/outbox.h"
#include "wallet/refusal.h"

namespace wallet {

namespace {

// One question to the node; short, so that Ctrl-C is heard.
constexpr std::uint64_t ask_ms = 2000;
constexpr std::uint64_t pause_ms = 200;

// ... and what an unknown end tells to type: `labor tx wait ID`, or send.
std::string command(Session& session, std::string_view verb, protocol::TransactionId const& id) {
  auto command = fmt::format("labor tx {} {}", verb, base::hex(id.view()));
  auto const& options = session.options();
  if (!options.network.empty()) command += " --network " + options.network;
  if (!options.node.empty()) command += " --node " + options.node;
  if (!options.home.empty()) command += " --home " + options.home;
  return command;
}

Problem with_id(Problem problem, protocol::TransactionId const& id) {
  problem.metadata["transaction_id"] = base::hex(id.view());
  return problem;
}

Problem unknown(Session& session, protocol::TransactionId const& id, std::string_view why) {
  auto hint = fmt::format("This will tell: `{}`.", command(session, "wait", id));
  auto const network = session.network();
  if (network && Outbox(session.home(), network->chain_id).find(id)) {
    hint += fmt::format(" Do not make it anew; sending the same bytes again is safe: `{}`.",
                        command(session, "send", id));
  }
  return with_id({.exit = Exit::unknown,
                  .reason = "OUTCOME_UNKNOWN",
                  .message = fmt::format("Not known yet whether transaction {} happens: {}",
                                         base::hex(id.view()), why),
                  .hint = std::move(hint),
                  .metadata = {}},
                 id);
}

json::object standing_json(Session& session, Standing const& standing,
                           protocol::TransactionId const& id) {
  auto const network = session.address_network();
  json::object data{{"transaction_id", base::hex(id.view())},
                    {"outcome", "final"},
                    {"status", execution::reason_of(standing.receipt.status())},
                    {"height", fmt::format("{}", standing.height)},
                    {"block_time_ms", fmt::format("{}", standing.block_time_ms)}};
  auto receipt = to_json(standing.receipt, network);
  for (auto const* const name : {"fee_charged", "allowance_used", "created_ids", "events"}) {
    data[name] = receipt.get_object()[name];
  }
  return data;
}

Result<Output> final_output(Session& session, Standing const& standing,
                            protocol::TransactionId const& id) {
  if (standing.receipt.status() != labor::v1::TX_STATUS_OK) {
    labor::v1::Transaction transaction;
    labor::v1::TransactionBody body;
    transaction.ParseFromString(standing.transaction);
    body.ParseFromString(transaction.body());
    auto failed = with_id(problem_of(standing.receipt, body, Exit::failed), id);
    failed.message =
        fmt::format("Final at height {} and FAILED: {}", standing.height, failed.message);
    failed.metadata["height"] = fmt::format("{}", standing.height);
    return std::unexpected{std::move(failed)};
  }
  auto const created = created_records(standing.transaction, standing.receipt);
  auto data = standing_json(session, standing, id);
  json::array records;
  auto text =
      fmt::format("{} at height {}, {}.",
                  in_colour("Final and succeeded", Colour::green, session.console().colour_data()),
                  standing.height, show_time(protocol::TimeMs{standing.block_time_ms}));
  for (auto const& record : created) {
    records.push_back({{"kind", record.kind}, {"id", fmt::format("{}", record.id)}});
    text += fmt::format("\nCreated {} {}. See it: `{}`", record.kind, record.id, record.see);
  }
  data["created"] = std::move(records);
  return Output{.data = std::move(data), .text = std::move(text)};
}

// It is final that the transaction never happens only if nothing of this account took its number.
Result<void> prove_expiry(Session& session, Chain& chain, Document const& document,
                          protocol::TransactionId const& id) {
  if (chain.checking() == Checking::off) return {};
  labor::v1::Record key;
  key.mutable_account()->set_address(document.body.account());
  TRY(account, chain.record(key));
  if (!account || account->account().sequence() <= document.body.sequence()) return {};
  return std::unexpected{
      unknown(session, id,
              fmt::format("the node says that it expired, but another transaction has taken its "
                          "number ({}) and only a second node can show that it was not this one.",
                          document.body.sequence()))};
}

Problem expired(protocol::TransactionId const& id, Standing const& standing) {
  return with_id({.exit = Exit::expired,
                  .reason = "EXPIRED",
                  .message = fmt::format(
                      "Expired: block {} is past its time, so transaction {} never happens.",
                      standing.height, base::hex(id.view())),
                  .hint = "Nothing was taken. Run the command again to make a new transaction.",
                  .metadata = {{"height", fmt::format("{}", standing.height)}}},
                 id);
}

// Whether the transaction has an end already: it may have been sent before.
Result<std::optional<Output>> end_so_far(Session& session, Chain& chain, Document const& document) {
  labor::v1::GetTransactionRequest request;
  auto const id = document.id();
  request.set_transaction_id(id.str());
  request.set_valid_until_ms(document.body.valid_until_ms());
  auto const standing = chain.standing(request);
  if (!standing || standing->outcome != labor::v1::TRANSACTION_OUTCOME_FINAL) return std::nullopt;
  TRY(output, final_output(session, *standing, id));
  return std::optional{std::move(output)};
}

Result<void> submit(Session& session, Chain& chain, Document const& document) {
  auto const answer = chain.client().submit(document.transaction);
  if (answer) return {};
  auto const id = document.id();
  auto const& error = answer.error();
  // Silence is no refusal: the bytes may have arrived.
  bool const silent = error.exit == Exit::unreachable && error.reason != "WRONG_CHAIN";
  if (silent || error.exit == Exit::unexpected) {
    session.say(fmt::format("The node's answer did not arrive ({}). Waiting for the outcome.",
                            error.reason));
    return {};
  }
  return std::unexpected{with_id(error, id)};
}

Output sent_output(protocol::TransactionId const& id, std::string const& command) {
  auto const hex = base::hex(id.view());
  return {.data = json::object{{"transaction_id", hex}, {"outcome", "sent"}, {"wait", command}},
          .text = fmt::format("Sent {}.\nThis tells how it ended: `{}`", hex, command)};
}

}  // namespace

Result<Output> send(Session& session, Document const& document) {
  if (!document.is_signed()) {
    return usage("NOT_SIGNED", "The transaction is not signed.", "Sign it: `labor tx sign`.");
  }
  TRY(chain, session.chain());
  if (document.body.chain_id() != chain->trust().chain().id()) {
    return problem(Exit::unreachable, "WRONG_CHAIN",
                   fmt::format("The transaction is for the chain `{}`, not for `{}`.",
                               document.body.chain_id(), chain->trust().chain().id()),
                   "`--network` chooses the network.");
  }
  auto const id = document.id();
  TRY_VOID(Outbox(session.home(), document.body.chain_id()).keep(document));
  session.say(fmt::format("Transaction {}", base::hex(id.view())));
  auto const submitted = submit(session, *chain, document);
  if (!submitted) {
    auto const again = submitted.error().reason == "SEQUENCE_MISMATCH" ||
                       submitted.error().reason == "EXPIRED" ||
                       submitted.error().reason == "ALREADY_EXISTS";
    if (!again) return std::unexpected{submitted.error()};
    // Refused now; it may have been included when it was sent the first time.
    TRY(earlier, end_so_far(session, *chain, document));
    if (earlier) return *std::move(earlier);
    return std::unexpected{submitted.error()};
  }
  if (session.options().no_wait) return sent_output(id, command(session, "wait", id));
  return follow(session, id, document);
}

Result<Output> follow(Session& session, protocol::TransactionId const& id,
                      std::optional<Document> const& document) {
  TRY(patience_ms, parse_duration(session.options().wait));
  auto& console = session.console();
  auto const give_up = console.now_ms() + patience_ms;
  std::string why = "the node has it, and it is not final.";
  for (;;) {
    auto const now = console.now_ms();
    if (console.interrupted()) {
      auto stopped = unknown(session, id, "you interrupted the wait.");
      stopped.exit = Exit::interrupted;
      stopped.reason = "INTERRUPTED";
      return std::unexpected{std::move(stopped)};
    }
    if (now >= give_up) return std::unexpected{unknown(session, id, why)};
    auto chain = session.chain();
    labor::v1::GetTransactionRequest request;
    request.set_transaction_id(id.str());
    request.set_wait_ms(std::min(ask_ms, give_up - now));
    if (document) request.set_valid_until_ms(document->body.valid_until_ms());
    auto const standing =
        chain ? (*chain)->standing(request) : Result<Standing>{std::unexpected{chain.error()}};
    if (!standing && standing.error().exit != Exit::unreachable) {
      return std::unexpected{with_id(standing.error(), id)};
    }
    if (!standing) {
      if (standing.error().reason == "WRONG_CHAIN") return std::unexpected{standing.error()};
      why = "the node does not answer.";
    } else if (standing->outcome == labor::v1::TRANSACTION_OUTCOME_FINAL) {
      return final_output(session, *standing, id);
    } else if (standing->outcome == labor::v1::TRANSACTION_OUTCOME_EXPIRED && document) {
      TRY_VOID(prove_expiry(session, **chain, *document, id));
      return std::unexpected{expired(id, *standing)};
    } else {
      bool const pending = standing->outcome == labor::v1::TRANSACTION_OUTCOME_PENDING;
      why = pending ? "the node has it, and it is not final." : "this node does not have it.";
    }
    console.pause(std::min(pause_ms, give_up - now));
  }
}

}  // namespace wallet
