#include "wallet/show.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocol/base/hex.h"
#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/plain_text.h"
#include "wallet/show_record.h"

namespace wallet {

namespace {

constexpr std::size_t short_end = 8;

void append(std::string& text, std::string_view line) {
  if (!text.empty()) text += '\n';
  text += line;
}

}  // namespace

std::string show(Facts const& facts) {
  std::size_t width = 0;
  for (auto const& [name, value] : facts) width = std::max(width, name.size());
  std::string text;
  for (auto const& [name, value] : facts) {
    append(text, fmt::format("{:<{}}  {}", name, width, plain_text(value)));
  }
  return text;
}

std::string show(Table const& given) {
  if (given.rows.empty()) return "None.";
  auto table = given;
  for (auto& row : table.rows) {
    for (auto& cell : row) cell = plain_text(cell);
  }
  std::vector<std::size_t> widths;
  widths.reserve(table.head.size());
  for (auto const& cell : table.head) widths.push_back(cell.size());
  for (auto const& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  auto const line = [&](std::vector<std::string> const& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      bool const last = i + 1 == cells.size();
      out += last ? cells[i] : fmt::format("{:<{}}  ", cells[i], widths[i]);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
  };
  std::string text = line(table.head);
  for (auto const& row : table.rows) append(text, line(row));
  return text;
}

std::string state_name(google::protobuf::EnumDescriptor const& type, int number) {
  auto const* const value = type.FindValueByNumber(number);
  return value == nullptr ? fmt::format("state {}", number) : enum_name(*value);
}

std::string full_label(Session& session, std::string const& bytes) {
  auto const address = protocol::Address::from(bytes);
  return address ? session.label_of(*address) : base::hex(bytes);
}

std::string short_label(Session& session, std::string const& bytes) {
  auto const address = protocol::Address::from(bytes);
  if (!address) return base::hex(bytes);
  auto const label = session.label_of(*address);
  auto const space = label.find(' ');
  if (space != std::string::npos) return label.substr(0, space);
  return fmt::format("{}..{}", label.substr(0, short_end + 6),
                     label.substr(label.size() - short_end));
}

json::value json_of(Session& session, labor::v1::Record const& record) {
  auto whole = to_json(record, session.address_network());
  auto& members = whole.get_object();
  return members.empty() ? json::value{json::object{}} : std::move(members.begin()->value());
}

Facts facts_of(Session& session, labor::v1::Record const& record) {
  using labor::v1::Record;
  switch (record.record_case()) {
    case Record::kProfile:
      return facts_of(session, record.profile());
    case Record::kJob:
      return facts_of(session, record.job());
    case Record::kProposal:
      return facts_of(session, record.proposal());
    case Record::kOffer:
      return facts_of(session, record.offer());
    case Record::kContract:
      return facts_of(session, record.contract());
    case Record::kMilestone:
      return facts_of(session, record.milestone());
    case Record::kWeek:
      return facts_of(record.week());
    case Record::kFeedback:
      return facts_of(session, record.feedback());
    case Record::kDispute:
      return facts_of(session, record.dispute());
    case Record::kJuror:
      return facts_of(session, record.juror());
    case Record::kVetting:
      return facts_of(session, record.vetting());
    case Record::kReport:
      return facts_of(session, record.report());
    case Record::kBallot:
      return facts_of(session, record.ballot());
    case Record::kLock:
      return facts_of(record.lock());
    case Record::kAttestation:
      return facts_of(session, record.attestation());
    case Record::kRecovery:
      return facts_of(session, record.recovery());
    case Record::kTeam:
      return facts_of(session, record.team());
    case Record::kApp:
      return facts_of(session, record.app());
    case Record::kInvitation:
      return facts_of(session, record.invitation());
    default:
      return {{"Record", json::serialize(json_of(session, record))}};
  }
}

Table table_of(Session& session, std::vector<labor::v1::Record> const& records) {
  if (records.empty()) return {};
  Table table{.head = head_for(records.front()), .rows = {}};
  for (auto const& record : records) table.rows.push_back(row_of(session, record));
  return table;
}

}  // namespace wallet
