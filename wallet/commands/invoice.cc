#include "wallet/commands/invoice.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "wallet/amount.h"
#include "wallet/commands/account_events.h"
#include "wallet/commands/arguments.h"
#include "wallet/dates.h"
#include "wallet/plain_text.h"
#include "wallet/statement.h"

namespace wallet {

namespace {

using labor::v1::Contract;
using protocol::Amount;
using protocol::TimeMs;

struct Payments {
  std::vector<StatementRow> rows;  // Oldest first.
  std::uint64_t paid = 0;
  std::uint64_t fee = 0;
};

int year_of(std::uint64_t time_ms) {
  auto const text = iso_time(TimeMs{time_ms});
  int year = 0;
  std::from_chars(text.data(), text.data() + text.find('-'), year);
  return year;
}

Result<Payments> payments_of(Session& session, Contract const& contract) {
  auto const client = protocol::Address::from(contract.client());
  if (!client) return no_such("account", contract.client());
  TRY(chain, session.chain());
  TRY(info, chain->info());
  std::vector<Statement> years;
  for (auto year = year_of(contract.signed_at_ms()); year <= year_of(info.block_time_ms());
       ++year) {
    years.emplace_back(*client, session.address_network(), year);
  }
  TRY_VOID(each_event_of(session, client->str(), [&](auto const& event) {
    for (auto& year : years) year.add(event);
  }));
  Payments payments;
  for (auto const& year : years) {
    for (auto const& row : year.rows()) {
      if (row.contract != contract.id()) continue;
      payments.paid += row.paid;
      payments.fee += row.fee;
      payments.rows.push_back(row);
    }
  }
  bool const whole = payments.paid == contract.released() + contract.bonus() &&
                     payments.fee == contract.fee_earned() + contract.bonus_fee();
  if (!whole) {
    return problem(Exit::refused, "INVOICE_INCOMPLETE",
                   "The payments that the node tells of are not all that the contract has paid.",
                   "Ask again, or a node that keeps all blocks: `--node HOST:PORT`.");
  }
  return payments;
}

// "northern_maps (tlabor1...)"
Result<std::string> party(Session& session, std::string const& account) {
  labor::v1::Record key;
  key.mutable_profile()->set_owner(account);
  TRY(chain, session.chain());
  TRY(profile, chain->record(key));
  auto const address = protocol::Address::from(account);
  auto text = address ? session.text_of(*address) : std::string{};
  if (!profile || profile->profile().handle().empty()) return text;
  return fmt::format("{} ({})", profile->profile().handle(), text);
}

}  // namespace

Result<Output> show_invoice(Session& session, std::uint64_t id) {
  labor::v1::Record key;
  key.mutable_contract()->set_id(id);
  TRY(record, existing_record(session, key, "contract", fmt::format("{}", id)));
  auto const& contract = record.contract();
  TRY(payments, payments_of(session, contract));
  if (payments.rows.empty()) {
    return problem(Exit::refused, "NOTHING_PAID",
                   fmt::format("Contract {} has paid nothing yet.", id),
                   fmt::format("`labor contract show {}` tells what it holds.", id));
  }
  TRY(talent, party(session, contract.talent()));
  TRY(client, party(session, contract.client()));
  auto const money = [&](std::uint64_t amount) { return show(Amount{amount}, contract.asset()); };
  Table table{.head = {"PAID ON", "FOR", "AMOUNT", "FEE"}, .rows = {}};
  json::array lines;
  for (auto const& row : payments.rows) {
    auto const time = iso_time(TimeMs{row.time_ms});
    table.rows.push_back({time.substr(0, 10), row.what, money(row.paid), money(row.fee)});
    lines.push_back(json::object{{"time", time},
                                 {"for", row.what},
                                 {"amount", money(row.paid)},
                                 {"fee", money(row.fee)},
                                 {"transaction_id", row.transaction_id}});
  }
  Facts const facts{{"From", talent},
                    {"To", client},
                    {"For the work", money(payments.paid)},
                    {"Network's fee, on top", money(payments.fee)},
                    {"The client has paid", money(payments.paid + payments.fee)}};
  return Output{.data = {{"contract", fmt::format("{}", id)},
                         {"title", contract.title()},
                         {"from", talent},
                         {"to", client},
                         {"lines", std::move(lines)},
                         {"total", money(payments.paid)},
                         {"fee", money(payments.fee)}},
                .text = fmt::format("Contract {}, {}, paid\n{}\n\n{}", id,
                                    plain_text(contract.title()), show(facts), show(table))};
}

}  // namespace wallet
