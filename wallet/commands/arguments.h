// What the nouns' verbs have in common: reading arguments, showing and listing records.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wallet/amount.h"
#include "wallet/flow.h"
#include "wallet/menu.h"
#include "wallet/next_steps.h"
#include "wallet/show.h"

namespace wallet {

// "12"; anything else is refused with the noun in the sentence.
Result<std::uint64_t> parse_id(std::string_view text, std::string_view noun);

// A milestone or week of a contract.
struct PartRef {
  std::uint64_t contract = 0;
  std::uint32_t index = 0;
};
// CONTRACT/INDEX: "7/0" is the first milestone, or week, of contract 7.
Result<PartRef> parse_milestone(std::string_view text);
Result<PartRef> parse_week(std::string_view text);
// The number of an entry of a week.
Result<std::uint32_t> parse_entry(std::string_view text);

// "40 USD" and hours a week: HourlyTerms.
Result<labor::v1::HourlyTerms> parse_hourly_terms(std::string_view rate, std::string_view hours);

// TITLE=AMOUNT/DAYSd: "Design=500 USD/14d". A title may hold anything but the last "=".
Result<labor::v1::MilestoneTerms> parse_milestone_terms(std::string_view text);

// 64 hex digits, or "@FILE": the hash of the file, which stays where it is.
Result<std::string> parse_hash(std::string_view text);

// 64 hex digits, or "@FILE": the document hash of its text, which goes to the node with what is
// done (put_text.h); of the acting account, whoever it is done for.
Result<std::string> parse_document_hash(Session& session, std::string_view text);
inline constexpr char const* document_help = "Hash of longer text, or @FILE: nodes keep its text";

// A UTC date or a duration from the network's own time, in ms; asks the node for that.
Result<std::uint64_t> parse_until(Session& session, std::string_view text);

// An amount whose asset stands in the next word or is left out: {"120.50", "USD"}.
std::string joined(std::vector<std::string> const& words);

// NOT_FOUND in the noun's words.
std::unexpected<Problem> no_such(std::string_view noun, std::string_view id);

// One record, proved, in full.
Result<Output> show_record(Session& session, labor::v1::Record const& key, std::string_view noun,
                           std::string_view id);
// The same of one that was read, with what whoever looks may do next.
Result<Output> shown(Session& session, labor::v1::Record const& record, Onlooker const& by);
void add_next(json::value& record, NextSteps const& next);
// The record, or NOT_FOUND.
Result<labor::v1::Record> existing_record(Session& session, labor::v1::Record const& key,
                                          std::string_view noun, std::string_view id);

struct Listing {
  labor::v1::RecordIndex index{};
  std::string address = {};  // 32 bytes, where the index wants one.
  std::uint64_t id = 0;
};
Result<Output> list_records(Session& session, Listing const& listing);
// One after the other.
Result<Output> list_records(Session& session, std::span<Listing const> listings);

// What has two sides: of this client, or of this talent, or of the acting account on either side.
struct Sides {
  labor::v1::RecordIndex by_talent{};
  labor::v1::RecordIndex by_client{};
  std::string talent = {};
  std::string client = {};
};
Result<Output> list_sides(Session& session, Sides const& sides);

// The address of the acting key, or of `text` if given.
Result<std::string> address_or_mine(Session& session, std::string const& text);

// A verb whose only argument is an id: `labor job close 3`.
struct IdVerb {
  std::string name;
  std::string help;
  std::string noun;  // Of what the id is.
};
using IdAction = std::function<Result<Output>(Session&, std::uint64_t)>;
void add_id_verb(Session& session, Noun& noun, IdVerb const& verb, IdAction action);

// A verb that sends a message which names somebody, and nothing else: `labor team leave design`.
struct AddressVerb {
  std::string name;
  std::string help;
  std::string argument;  // What the address is called: "TEAM".
  std::string argument_help;
};
// Puts the address into the message.
using NameAddress = std::function<void(labor::v1::Message&, std::string const&)>;
void add_address_verb(Session& session, Noun& noun, AddressVerb const& verb, NameAddress name);

}  // namespace wallet
