#include "wallet/commands/arguments.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>

#include "protocol/base/hex.h"
#include "protocol/crypto/hash.h"
#include "protocol/limits.h"
#include "protocol/work/proposal.h"
#include "wallet/commands/next.h"
#include "wallet/dates.h"
#include "wallet/file.h"

namespace wallet {

namespace {

constexpr std::size_t list_records_max = 200;
constexpr std::size_t hash_digits = 64;
constexpr crypto::Domain file_domain{"LBRfile1"};

template <class Integer>
std::optional<Integer> integer(std::string_view text) {
  Integer value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::string_view milestone_example = "Write it like \"Design=500 USD/14d\".";

// A job declines all its proposals in one write: what one of them is now, the two say together.
Result<void> settle_proposals(Chain const& chain, std::vector<labor::v1::Record>& records) {
  std::map<std::uint64_t, std::optional<labor::v1::Record>> jobs;
  for (auto& record : records) {
    if (!record.has_proposal()) continue;
    auto const id = record.proposal().job();
    if (!jobs.contains(id)) {
      labor::v1::Record key;
      key.mutable_job()->set_id(id);
      TRY(job, chain.record(key));
      jobs.emplace(id, std::move(job));
    }
    auto const& job = jobs.at(id);
    if (!job) continue;
    auto const state = work::current_state(record.proposal(), job->job());
    // Its clock no longer lapses it.
    if (state != record.proposal().state()) record.mutable_proposal()->clear_lapses_at_ms();
    record.mutable_proposal()->set_state(state);
  }
  return {};
}

Result<PartRef> parse_part(std::string_view text, std::string_view noun) {
  auto const slash = text.find('/');
  if (slash != std::string_view::npos) {
    auto const contract = integer<std::uint64_t>(text.substr(0, slash));
    auto const index = integer<std::uint32_t>(text.substr(slash + 1));
    if (contract && index) return PartRef{.contract = *contract, .index = *index};
  }
  return usage("INVALID_ID", fmt::format("`{}` is not a {}.", text, noun),
               fmt::format("Write CONTRACT/INDEX: `7/0` is the first {} of contract 7.", noun));
}

}  // namespace

Result<std::uint64_t> parse_id(std::string_view text, std::string_view noun) {
  if (auto const id = integer<std::uint64_t>(text)) return *id;
  return usage("INVALID_ID", fmt::format("`{}` is not the number of a {}.", text, noun),
               fmt::format("`labor {} list` shows them.", noun));
}

Result<PartRef> parse_milestone(std::string_view text) {
  return parse_part(text, "milestone");
}

Result<PartRef> parse_week(std::string_view text) {
  return parse_part(text, "week");
}

Result<std::uint32_t> parse_entry(std::string_view text) {
  if (auto const number = integer<std::uint32_t>(text)) return *number;
  return usage("INVALID_ID", fmt::format("`{}` is not the number of an entry.", text),
               "`labor hours show CONTRACT/WEEK` lists them, from 0.");
}

Result<labor::v1::HourlyTerms> parse_hourly_terms(std::string_view rate, std::string_view hours) {
  constexpr std::uint32_t minutes_of_hour = 60;
  TRY(amount, parse_amount(rate, labor::v1::ASSET_USD));
  auto const weekly = integer<std::uint32_t>(hours);
  if (!weekly || *weekly > protocol::limits::hours_per_week_max) {
    return usage("INVALID_HOURS", fmt::format("`{}` is not a number of hours a week.", hours),
                 "Write whole hours, 1 to 168.");
  }
  labor::v1::HourlyTerms terms;
  terms.set_rate(amount.value());
  terms.set_minutes_per_week(*weekly * minutes_of_hour);
  return terms;
}

Result<labor::v1::MilestoneTerms> parse_milestone_terms(std::string_view text) {
  auto const equals = text.rfind('=');
  auto const slash = text.rfind('/');
  bool const shaped = equals != std::string_view::npos && slash != std::string_view::npos &&
                      equals < slash && text.ends_with('d') && slash + 2 < text.size();
  auto const refuse = [&] {
    return usage("INVALID_MILESTONE", fmt::format("`{}` is not a milestone.", text),
                 std::string{milestone_example});
  };
  if (!shaped) return refuse();
  std::uint32_t days = 0;
  auto const* const end = text.data() + text.size() - 1;
  auto const parsed = std::from_chars(text.data() + slash + 1, end, days);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return refuse();
  TRY(amount, parse_amount(text.substr(equals + 1, slash - equals - 1), labor::v1::ASSET_USD));
  labor::v1::MilestoneTerms terms;
  terms.set_title(std::string{text.substr(0, equals)});
  terms.set_amount(amount.value());
  terms.set_due_days(days);
  return terms;
}

Result<std::string> parse_hash(std::string_view text) {
  if (text.starts_with('@')) {
    TRY(content, read_file(text.substr(1)));
    return crypto::hash(file_domain, {base::bytes_of(content)}).str();
  }
  auto bytes = base::from_hex(text);
  if (bytes && text.size() == hash_digits) return *std::move(bytes);
  return usage("INVALID_HASH", fmt::format("`{}` is not a hash.", text),
               "Write 64 hex digits, or `@FILE` for the hash of a file.");
}

Result<std::string> parse_document_hash(Session& session, std::string_view text) {
  if (!text.starts_with('@')) return parse_hash(text);
  TRY(owner, session.acting_account());
  std::string const name{text.substr(1)};
  TRY(content, read_file(name));
  TRY(made, make_text(owner, name, std::move(content)));
  session.texts().push_back(made);
  return made.hash().str();
}

std::string joined(std::vector<std::string> const& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::unexpected<Problem> no_such(std::string_view noun, std::string_view id) {
  return usage("NOT_FOUND", fmt::format("There is no {} {}.", noun, id));
}

Result<labor::v1::Record> existing_record(Session& session, labor::v1::Record const& key,
                                          std::string_view noun, std::string_view id) {
  TRY(chain, session.chain());
  TRY(record, chain->record(key));
  if (!record) return no_such(noun, id);
  std::vector found{*std::move(record)};
  TRY_VOID(settle_proposals(*chain, found));
  return std::move(found.front());
}

Result<Output> show_record(Session& session, labor::v1::Record const& key, std::string_view noun,
                           std::string_view id) {
  TRY(record, existing_record(session, key, noun, id));
  TRY(by, onlooker(session));
  return shown(session, record, by);
}

Result<Output> shown(Session& session, labor::v1::Record const& record, Onlooker const& by) {
  Output output{.data = json_of(session, record), .text = show(facts_of(session, record))};
  TRY(next, next_of(session, record, by));
  add_next(output.data, next);
  auto const steps = show(next, by.block_time);
  if (!steps.empty()) output.text += "\n\nNext\n" + steps;
  return output;
}

void add_next(json::value& record, NextSteps const& next) {
  if (!record.is_object()) return;
  for (auto& [name, value] : to_json(next)) record.as_object()[name] = std::move(value);
}

Result<Output> list_records(Session& session, std::span<Listing const> listings) {
  TRY(chain, session.chain());
  std::vector<labor::v1::Record> records;
  for (auto const& listing : listings) {
    labor::v1::ListRecordsRequest request;
    request.set_index(listing.index);
    request.set_address(listing.address);
    request.set_id(listing.id);
    TRY(some, chain->list(request, list_records_max - records.size()));
    records.insert(records.end(), some.begin(), some.end());
  }
  TRY_VOID(settle_proposals(*chain, records));
  json::array data;
  for (auto const& record : records) data.push_back(json_of(session, record));
  if (records.size() == list_records_max) {
    session.say(fmt::format("Only the first {} are shown.", list_records_max));
  }
  return Output{.data = std::move(data), .text = show(table_of(session, records))};
}

Result<Output> list_records(Session& session, Listing const& listing) {
  return list_records(session, std::span{&listing, 1});
}

Result<Output> list_sides(Session& session, Sides const& sides) {
  Listing as_talent{.index = sides.by_talent};
  Listing as_client{.index = sides.by_client};
  if (!sides.client.empty()) {
    TRY(client, session.address_of(sides.client));
    as_client.address = client.str();
    return list_records(session, as_client);
  }
  TRY(address, address_or_mine(session, sides.talent));
  as_talent.address = address;
  if (!sides.talent.empty()) return list_records(session, as_talent);
  as_client.address = address;
  return list_records(session, std::array{as_talent, as_client});
}

Result<std::uint64_t> parse_until(Session& session, std::string_view text) {
  TRY(chain, session.chain());
  TRY(info, chain->info());
  TRY(until, parse_time(text, protocol::TimeMs{info.now_ms()}));
  return until.value();
}

Result<std::string> address_or_mine(Session& session, std::string const& text) {
  if (!text.empty()) {
    TRY(address, session.address_of(text));
    return address.str();
  }
  TRY(me, session.subject());
  return me.str();
}

void add_id_verb(Session& session, Noun& noun, IdVerb const& verb, IdAction action) {
  auto const id = std::make_shared<std::string>();
  auto added =
      noun.verb(verb.name, verb.help,
                [&session, id, name = verb.noun, action = std::move(action)]() -> Result<Output> {
                  TRY(number, parse_id(*id, name));
                  return action(session, number);
                });
  added.argument("ID", *id, "The " + verb.noun);
}

void add_address_verb(Session& session, Noun& noun, AddressVerb const& verb, NameAddress name) {
  auto const text = std::make_shared<std::string>();
  auto added =
      noun.verb(verb.name, verb.help, [&session, text, name = std::move(name)]() -> Result<Output> {
        TRY(address, session.address_of(*text));
        labor::v1::Message message;
        name(message, address.str());
        return perform(session, std::move(message));
      });
  added.argument(verb.argument, *text, verb.argument_help);
}

}  // namespace wallet
