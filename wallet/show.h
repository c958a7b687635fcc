// Records as people read them: aligned facts for one, a table for many.

#pragma once

#include <labor/v1/record.pb.h>

#include <string>
#include <utility>
#include <vector>

#include "wallet/session.h"

namespace wallet {

// Name and value, one a line, values aligned.
using Facts = std::vector<std::pair<std::string, std::string>>;
std::string show(Facts const& facts);

// Columns aligned by their widest cell; "None." without rows.
struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
};
std::string show(Table const& table);

// One record with all that matters, what its clocks say, and what can be done next.
Facts facts_of(Session& session, labor::v1::Record const& record);

// Records of one kind, shortened to a line each.
Table table_of(Session& session, std::vector<labor::v1::Record> const& records);

// The record inside as JSON: its members, without the name of its kind.
json::value json_of(Session& session, labor::v1::Record const& record);

// "funded", from any state enum.
std::string state_name(google::protobuf::EnumDescriptor const& type, int number);

// The name of an account in full, or the bytes where they are no address.
std::string full_label(Session& session, std::string const& bytes);

// First and last eight characters: for tables only, never for what is signed.
std::string short_label(Session& session, std::string const& address);

}  // namespace wallet
