#include "wallet/statement.h"

#include <fmt/format.h>

#include <chrono>
#include <string_view>
#include <utility>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

using labor::v1::Holder;
using protocol::Amount;

std::uint64_t start_of(int year) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates are written in it.
  auto const day = sys_days{std::chrono::year{year} / January / 1};
  return static_cast<std::uint64_t>(duration_cast<milliseconds>(day.time_since_epoch()).count());
}

std::string asset_name(labor::v1::Asset asset) {
  auto const text = show(Amount{0}, asset);
  return text.substr(text.find(' ') + 1);
}

// Without the asset, which has a column of its own.
std::string number(std::uint64_t amount, labor::v1::Asset asset) {
  auto const text = show(Amount{amount}, asset);
  return text.substr(0, text.find(' '));
}

std::string utc(std::uint64_t time_ms) {
  auto const text = show_time(protocol::TimeMs{time_ms});
  return text.substr(0, text.find(" UTC"));
}

// What a spreadsheet would take for a formula.
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view{"=+-@\t\r"}.contains(text.front());
}

std::string cell(std::string_view text) {
  auto safe = looks_like_formula(text) ? "'" + std::string{text} : std::string{text};
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (auto const c : safe) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

// What is moved there stays the account's, unless it is lost.
bool puts_aside(Holder const& holder) {
  return holder.kind() == labor::v1::HOLDER_KIND_LOCK ||
         holder.kind() == labor::v1::HOLDER_KIND_DEPOSIT ||
         holder.kind() == labor::v1::HOLDER_KIND_JUROR_STAKE;
}

}  // namespace

Statement::Statement(protocol::Address const& account, protocol::Network network, int year)
    : account_{account.str()},
      network_{network},
      from_ms_{start_of(year)},
      until_ms_{start_of(year + 1)},
      year_{year} {}

void Statement::add(labor::v1::WatchEventsResponse const& response) {
  StatementRow row;
  row.time_ms = response.block_time_ms();
  row.transaction_id = base::hex(response.transaction_id());
  auto const& event = response.event();
  if (event.has_money_moved()) {
    row.what = event.money_moved().cause();
    return add(event.money_moved(), std::move(row));
  }
  auto const& record = event.record_changed().record();
  row.what = event.record_changed().cause();
  if (record.has_contract()) add(record.contract(), std::move(row));
  if (record.has_job() && record.job().client() == account_) jobs_.insert(record.job().id());
  if (record.has_vetting() && record.vetting().challenger() == account_) {
    challenges_.insert(record.vetting().id());
  }
  if (record.has_report() && record.report().reporter() == account_) {
    reports_.insert(record.report().id());
  }
  if (record.has_dispute()) {
    auto const& dispute = record.dispute();
    disputes_[dispute.id()] = dispute.client() == account_ || dispute.talent() == account_;
  }
}

void Statement::add(labor::v1::Contract const& contract, StatementRow row) {
  auto const is_client = contract.client() == account_;
  if (!is_client && contract.talent() != account_) return;
  if (!is_client && !contract.frozen().team().empty()) {
    teams_.insert(contract.id());  // What is paid goes to its members.
    return;
  }
  auto& heard = contracts_[contract.id()];
  auto const now = Heard{.wages = contract.released() + contract.bonus(),
                         .fees = contract.fee_earned() + contract.bonus_fee()};
  auto const wages = now.wages - heard.wages;
  auto const fees = now.fees - heard.fees;
  heard = now;
  if (wages == 0 && fees == 0) return;
  row.contract = contract.id();
  row.title = contract.title();
  row.with = address_text(is_client ? contract.talent() : contract.client());
  row.asset = contract.asset();
  row.received = is_client ? 0 : wages;
  row.paid = is_client ? wages : 0;
  row.fee = is_client ? fees : 0;
  keep(std::move(row));
}

void Statement::add(labor::v1::MoneyMoved const& move, StatementRow row) {
  auto const out = is_mine(move.from());
  if (out == is_mine(move.to())) return;
  auto const& other = out ? move.to() : move.from();
  // Contracts tell of these themselves, to their own sides.
  auto const team = row.what == "team.share";
  auto const share = team || row.what.starts_with("fee.") || teams_.contains(other.id());
  auto const told = other.kind() == labor::v1::HOLDER_KIND_ESCROW && !share;
  if (told || (team && out) || row.what == "contract.bonus") return;
  row.asset = move.asset();
  row.with = name_of(other);
  auto const own_dispute =
      other.kind() == labor::v1::HOLDER_KIND_DISPUTE && (out || disputes_[other.id()]);
  auto const own_bond =
      other.kind() == labor::v1::HOLDER_KIND_JOB_BOND && (out || jobs_.contains(other.id()));
  auto const own_challenge =
      other.kind() == labor::v1::HOLDER_KIND_VETTING && (out || challenges_.contains(other.id()));
  auto const own_report =
      other.kind() == labor::v1::HOLDER_KIND_REPORT && (out || reports_.contains(other.id()));
  if (puts_aside(other) || own_dispute || own_bond || own_challenge || own_report) {
    (out ? row.put_aside : row.came_back) = move.amount();
  } else {
    (out ? row.paid : row.received) = move.amount();
  }
  keep(std::move(row));
}

void Statement::keep(StatementRow row) {
  if (row.time_ms >= from_ms_ && row.time_ms < until_ms_) rows_.push_back(std::move(row));
}

bool Statement::is_mine(Holder const& holder) const {
  return holder.kind() == labor::v1::HOLDER_KIND_ACCOUNT && holder.address() == account_;
}

std::string Statement::name_of(Holder const& holder) const {
  switch (holder.kind()) {
    case labor::v1::HOLDER_KIND_ACCOUNT:
      return address_text(holder.address());
    case labor::v1::HOLDER_KIND_LOCK:
      return fmt::format("lock {}", holder.id());
    case labor::v1::HOLDER_KIND_DEPOSIT:
      return fmt::format("ballot {}", holder.id());
    case labor::v1::HOLDER_KIND_DISPUTE:
      return fmt::format("dispute {}", holder.id());
    case labor::v1::HOLDER_KIND_VETTING:
      return fmt::format("vetting {}", holder.id());
    case labor::v1::HOLDER_KIND_REPORT:
      return fmt::format("report {}", holder.id());
    case labor::v1::HOLDER_KIND_JUROR_STAKE:
      return "stake as a juror";
    case labor::v1::HOLDER_KIND_TREASURY:
      return "treasury";
    case labor::v1::HOLDER_KIND_COMMUNITY_POOL:
      return "community pool";
    case labor::v1::HOLDER_KIND_VESTING:
      return "ownership for work";
    case labor::v1::HOLDER_KIND_JOB_BOND:
      return fmt::format("bond of job {}", holder.id());
    case labor::v1::HOLDER_KIND_ESCROW:
      return fmt::format("contract {}", holder.id());
    default:
      return "unknown";
  }
}

std::string Statement::address_text(std::string const& bytes) const {
  auto const address = protocol::Address::from(bytes);
  return address ? protocol::address_text(*address, network_) : base::hex(bytes);
}

json::object Statement::to_json() const {
  struct Totals {
    std::uint64_t received = 0;
    std::uint64_t paid = 0;
    std::uint64_t fee = 0;
    std::uint64_t put_aside = 0;
    std::uint64_t came_back = 0;
  };
  std::map<labor::v1::Asset, Totals> totals;
  json::array rows;
  for (auto const& row : rows_) {
    auto& sums = totals[row.asset];
    sums.received += row.received;
    sums.paid += row.paid;
    sums.fee += row.fee;
    sums.put_aside += row.put_aside;
    sums.came_back += row.came_back;
    rows.push_back(json::object{{"time", utc(row.time_ms)},
                                {"what", row.what},
                                {"contract", row.contract},
                                {"title", row.title},
                                {"with", row.with},
                                {"asset", asset_name(row.asset)},
                                {"received", number(row.received, row.asset)},
                                {"paid", number(row.paid, row.asset)},
                                {"fee", number(row.fee, row.asset)},
                                {"put_aside", number(row.put_aside, row.asset)},
                                {"came_back", number(row.came_back, row.asset)},
                                {"transaction_id", row.transaction_id}});
  }
  json::object by_asset;
  for (auto const& [asset, sums] : totals) {
    by_asset[asset_name(asset)] = json::object{{"received", number(sums.received, asset)},
                                               {"paid", number(sums.paid, asset)},
                                               {"fee", number(sums.fee, asset)},
                                               {"put_aside", number(sums.put_aside, asset)},
                                               {"came_back", number(sums.came_back, asset)}};
  }
  return json::object{{"year", year_}, {"rows", rows}, {"totals", by_asset}};
}

std::string Statement::csv() const {
  std::string text =
      "time,what,contract,title,with,asset,received,paid,fee,put_aside,came_back,transaction_id";
  for (auto const& row : rows_) {
    auto const contract = row.contract == 0 ? std::string{} : fmt::format("{}", row.contract);
    text += fmt::format("\r\n{},{},{},{},{},{},{},{},{},{},{},{}", utc(row.time_ms), cell(row.what),
                        contract, cell(row.title), row.with, asset_name(row.asset),
                        number(row.received, row.asset), number(row.paid, row.asset),
                        number(row.fee, row.asset), number(row.put_aside, row.asset),
                        number(row.came_back, row.asset), row.transaction_id);
  }
  return text;
}

}  // namespace wallet
