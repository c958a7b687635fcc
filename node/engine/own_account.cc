#include "node/engine/own_account.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "protocol/address.h"
#include "protocol/bank/account.h"
#include "protocol/codec/canonical.h"

namespace node {
namespace {

std::string why(SubmitRefusal const& refusal) {
  if (auto const* const failure = std::get_if<execution::Failure>(&refusal)) {
    return fmt::format("{}, {}", execution::reason_of(failure->status),
                       execution::explain(failure->status));
  }
  if (auto const* const pool = std::get_if<PoolRefusal>(&refusal)) {
    return fmt::format("{}, {}", reason_of(*pool), explain(*pool));
  }
  return "this node has too much to do";
}

}  // namespace

void OwnAccount::send(labor::v1::Message const& message, std::string what) {
  if (parts_.key == nullptr) return;
  waiting_.push_back({.message = message, .what = std::move(what)});
  tick();
}

void OwnAccount::tick() {
  if (waiting_.empty() || busy_->exchange(true)) return;
  submit(waiting_.front());
  waiting_.pop_front();
}

void OwnAccount::submit(Waiting const& next) {
  auto const network = parts_.chain.devnet() ? protocol::Network::devnet : protocol::Network::main;
  auto const account =
      protocol::address_text(protocol::address_of(parts_.key->public_key()), network);
  std::vector<std::string> transactions;
  transactions.push_back(transaction(next.message));
  parts_.admission.submit(
      std::move(transactions), from_client,
      [what = next.what, account, busy = busy_](std::vector<Submitted> const& answers) {
        *busy = false;
        if (answers.at(0)) {
          spdlog::info("{}: on its way to the chain, by this node's account {}", what, account);
          return;
        }
        spdlog::error(
            "{}: this node's account {} could not send it: {}. An account that is not "
            "known, or has no allowance left, needs a sponsor: labor account sponsor {}",
            what, account, why(answers.at(0).error()), account);
      });
}

std::string OwnAccount::transaction(labor::v1::Message const& message) const {
  auto const address = protocol::address_of(parts_.key->public_key());
  auto const snapshot = parts_.store.latest();
  auto const next = protocol::Sequence{bank::account_of(*snapshot, address).sequence()};
  auto const now = std::max(snapshot->head().time, parts_.clock.now());

  labor::v1::TransactionBody body;
  body.set_chain_id(parts_.chain.id());
  body.set_account(address.str());
  body.set_sequence(parts_.mempool.next_sequence(address, next).value());
  body.set_valid_until_ms(now.value() + valid_ms);
  *body.add_messages() = message;

  labor::v1::Transaction made;
  made.set_body(canonical::encode(body));
  auto const signed_bytes = crypto::signing_bytes(crypto::tags::transaction, parts_.chain.hash(),
                                                  base::bytes_of(made.body()));
  auto& signature = *made.add_signatures();
  signature.set_public_key(parts_.key->public_key().str());
  signature.set_signature(parts_.key->sign(base::bytes_of(signed_bytes)).str());
  return canonical::encode(made);
}

}  // namespace node
