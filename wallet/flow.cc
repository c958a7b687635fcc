#include "wallet/flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "protocol/base/hex.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/sign.h"
#include "protocol/limits.h"
#include "protocol/mandates/scope.h"
#include "wallet/dates.h"
#include "wallet/plain_text.h"
#include "wallet/put_text.h"
#include "wallet/refusal.h"
#include "wallet/teller.h"

namespace wallet {

namespace {

// Long enough for a person to answer a question about a signature, short enough to be final soon.
constexpr std::uint64_t valid_for_ms = 10ull * 60 * 1000;
// A node whose clock is further from ours than this is worth a word.
constexpr std::uint64_t clock_distance_ms_max = 2ull * 60 * 1000;

TellerOptions teller_options(Session& session, Telling telling) {
  return {.label = [&session](auto const& address) { return session.label_of(address); },
          .read = [&session, telling](
                      labor::v1::Record const& key) -> Result<std::optional<labor::v1::Record>> {
            if (!telling.online) return std::nullopt;
            TRY(chain, session.chain());
            return chain->record(key);
          },
          .unread = telling.past ? "" : "What it holds could not be read here: no node was asked."};
}

// What moves into and out of the account's free balance, by asset.
std::vector<std::string> expected_changes(labor::v1::Receipt const& receipt,
                                          std::string const& account) {
  std::vector<std::string> lines;
  for (auto const asset : {labor::v1::ASSET_USD, labor::v1::ASSET_LBR}) {
    std::uint64_t in = 0;
    std::uint64_t out = 0;
    for (auto const& event : receipt.events()) {
      auto const& move = event.money_moved();
      if (!event.has_money_moved() || move.asset() != asset) continue;
      auto const mine = [&](labor::v1::Holder const& holder) {
        return holder.kind() == labor::v1::HOLDER_KIND_ACCOUNT && holder.address() == account;
      };
      if (mine(move.to())) in += move.amount();
      if (mine(move.from())) out += move.amount();
    }
    if (in == out) continue;
    auto const change = protocol::Amount{std::max(in, out) - std::min(in, out)};
    lines.push_back(
        fmt::format("Your balance changes by {}{}.", in > out ? "+" : "-", show(change, asset)));
  }
  return lines;
}

std::string fee_line(labor::v1::TransactionBody const& body) {
  if (body.fee_limit() == 0) return "Network fee: none, your allowance covers it.";
  return fmt::format("Network fee: at most {}.",
                     show(protocol::Amount{body.fee_limit()}, labor::v1::ASSET_LBR));
}

Result<void> warn_about_clock(Session& session, labor::v1::GetNodeInfoResponse const& info) {
  if (info.devnet()) return {};
  auto const here = session.console().now_ms();
  auto const there = info.now_ms();
  auto const distance = std::max(here, there) - std::min(here, there);
  if (distance > clock_distance_ms_max) {
    session.say(fmt::format("Careful: the node's clock and this machine's are {} apart.",
                            show_duration(distance)));
  }
  return {};
}

Result<Document> add_signature(Session& session, Document const& document, Trust const& trust,
                               KeyFile const& file) {
  auto const bytes = crypto::signing_bytes(crypto::tags::transaction, trust.chain().hash(),
                                           base::bytes_of(document.body_bytes));
  TRY(mine, signature_of(session, file, bytes));
  return with_signatures(document, std::array{mine});
}

// As --act-for says: all of it is done for that account, under the mandate that it has given.
Result<std::vector<labor::v1::Message>> for_whom_it_is(Session& session,
                                                       std::vector<labor::v1::Message> messages) {
  if (session.options().act_for.empty()) return messages;
  TRY(account, session.address_of(session.options().act_for));
  labor::v1::Message outer;
  outer.mutable_act_for()->set_account(account.str());
  for (auto const& message : messages) {
    auto const act = mandates::as_act(message);
    if (!act) {
      return usage("ACT_NOT_FOR_OTHERS", "Nobody does this for another account.",
                   "Leave out `--act-for`; the account's own key signs it.");
    }
    *outer.mutable_act_for()->add_acts() = *act;
  }
  return std::vector{outer};
}

Output document_output(Document const& document) {
  return {.data = document.json(), .text = document.text()};
}

}  // namespace

Result<Document> build(Session& session, protocol::Address const& account,
                       std::vector<labor::v1::Message> messages) {
  TRY(chain, session.chain());
  TRY(info, chain->info());
  TRY_VOID(warn_about_clock(session, info));
  TRY(standing, chain->client().account(account.str()));
  labor::v1::TransactionBody body;
  body.set_chain_id(chain->trust().chain().id());
  body.set_account(account.str());
  body.set_sequence(standing.next_sequence());
  body.set_valid_until_ms(std::max(info.now_ms(), info.block_time_ms()) + valid_for_ms);
  for (auto& message : messages) *body.add_messages() = std::move(message);

  // Simulated without a limit to learn the fee, then bound to it and a quarter more: fees move
  // with the size of the signature only.
  body.set_fee_limit(std::numeric_limits<std::uint64_t>::max());
  TRY(receipt, simulate(session, document_of(chain->trust().chain().hash(), body)));
  auto const fee = receipt.fee_charged();
  body.set_fee_limit(fee + fee / 4);
  return document_of(chain->trust().chain().hash(), std::move(body));
}

Result<labor::v1::Receipt> simulate(Session& session, Document const& document) {
  TRY(chain, session.chain());
  auto const answer = chain->client().simulate(document.body_bytes);
  bool const would_succeed = answer && answer->receipt().status() == labor::v1::TX_STATUS_OK;
  if (would_succeed) return answer->receipt();
  auto refused =
      answer ? problem_of(answer->receipt(), document.body, Exit::refused) : answer.error();
  if (refused.exit == Exit::refused) refused.message += " Nothing was signed or sent.";
  return std::unexpected{std::move(refused)};
}

Result<std::vector<std::string>> summarize(Session& session, Document const& document,
                                           Telling telling) {
  auto const account = protocol::Address::from(document.body.account());
  if (!account) return usage("INVALID_TRANSACTION", "The transaction names no account.");
  auto const options = teller_options(session, telling);
  TRY(lines, tell(document.body, options));
  if (telling.online) {
    TRY(receipt, simulate(session, document));
    for (auto& line : expected_changes(receipt, document.body.account())) {
      lines.push_back(std::move(line));
    }
  }
  lines.push_back(fmt::format("As {}, on {}.", session.label_of(*account),
                              plain_text(document.body.chain_id())));
  if (!document.body.fee_payer().empty()) {
    auto const payer = protocol::Address::from(document.body.fee_payer());
    lines.push_back(fmt::format("The fee is paid by {}.",
                                payer ? session.label_of(*payer) : "an invalid address"));
  }
  if (!document.body.memo().empty())
    lines.push_back(fmt::format("Memo: {}", plain_text(document.body.memo())));
  lines.push_back(fee_line(document.body));
  auto const until = protocol::TimeMs{document.body.valid_until_ms()};
  lines.push_back(fmt::format("Valid until {}, number {} of this account.", show_time(until),
                              document.body.sequence()));
  return lines;
}

Result<void> confirm(Session& session, Document const& document, std::string_view question,
                     Telling telling) {
  TRY(lines, summarize(session, document, telling));
  for (auto const& line : lines) session.say(line);
  tell_of_texts(session);
  return agree(session, question);
}

Result<void> agree(Session& session, std::string_view question) {
  if (session.options().yes) return {};
  if (session.options().no_input || !session.console().can_ask()) {
    return usage("CONFIRMATION_NEEDED", "There is no terminal to confirm on: nothing was signed.",
                 "Give `--yes` to go ahead without being asked.");
  }
  TRY(answer, session.console().ask(fmt::format("{} [y/N] ", question)));
  if (answer == "y" || answer == "Y" || answer == "yes") return {};
  return problem(Exit::cancelled, "CANCELLED", "Cancelled: nothing was signed or sent.");
}

Result<labor::v1::Signature> signature_of(Session& session, KeyFile const& file,
                                          std::string_view bytes) {
  TRY(trust, session.trust());
  if (file.devnet && !trust.chain().devnet()) {
    return problem(Exit::key, "KEY_FOR_DEVNETS",
                   fmt::format("`{}` is a devnet key: others may know it.", file.name),
                   "Make a key of your own: `labor key new NAME`.");
  }
  TRY(key, session.unlocked(file));
  labor::v1::Signature mine;
  mine.set_public_key(file.public_key.str());
  mine.set_signature(key->sign(base::bytes_of(bytes)).str());
  return mine;
}

Result<Document> sign(Session& session, Document const& document) {
  TRY(trust, session.trust());
  if (document.body.chain_id() != trust.chain().id() ||
      document.genesis_hash != trust.chain().hash()) {
    return problem(Exit::unreachable, "WRONG_CHAIN",
                   fmt::format("The transaction is for the chain `{}`, not for `{}`.",
                               document.body.chain_id(), trust.chain().id()),
                   "`--network` chooses the network.");
  }
  TRY(file, session.acting_key());
  // Of an account whose keys have changed, only the chain knows which they are: whoever says that
  // this is one is believed here, and refused there if it is not.
  TRY(account, session.acting_account());
  for (auto const& mine : {account.str(), file.address().str()}) {
    if (mine != document.body.account() && mine != document.body.fee_payer()) continue;
    return add_signature(session, document, trust, file);
  }
  return problem(
      Exit::key, "NOT_AUTHORIZED",
      fmt::format("`{}` is neither the account nor the fee payer of this transaction.", file.name),
      "Sign with the key of the account, `--from NAME`; if the account has other keys "
      "than its first, say so: `--account ADDRESS`.");
}

Result<Output> perform(Session& session, std::vector<labor::v1::Message> messages) {
  TRY(account, session.acting_account());
  TRY(acts, for_whom_it_is(session, std::move(messages)));
  TRY(document, build(session, account, std::move(acts)));
  if (session.options().build_only) {
    TRY_VOID(leave_texts(session));
    return document_output(document);
  }
  auto const* const question = session.options().sign_only ? "Sign it?" : "Sign and send it?";
  TRY_VOID(confirm(session, document, question, {.online = true, .past = false}));
  TRY(done, sign(session, document));
  if (session.options().sign_only) {
    TRY_VOID(leave_texts(session));
    return document_output(done);
  }
  TRY_VOID(put_texts(session));
  return send(session, done);
}

Result<Output> perform(Session& session, labor::v1::Message message) {
  return perform(session, std::vector{std::move(message)});
}

}  // namespace wallet
