// A year's statement of an account, made of the events that touch it, oldest first: what was earned
// and paid, under which contract, with whom, and what of it was fee.
//
//   received   from others: wages and bonuses as talent, transfers, pay as a juror, shares of fees,
//              parts of a job's bond, ownership that was claimed
//   paid       to others: wages and bonuses as client, transfers, network fees
//   fee        the client's, on top of what was paid under a contract; talent pays none
//   put aside  into locks, deposits, stakes, bonds and what is put down for jurors
//   came back  of it; what never does was lost
//
// What goes into the escrow of a contract is paid once it is released, and not before. Contracts
// tell of themselves with each change, so the two sides of one read the same numbers.
//
//   csv = head { "\r\n" row }        RFC 4180; amounts in whole units, times in UTC. Text of other
//                                    people that a spreadsheet would run begins with an apostrophe
//
// Pure: of events; the node's word, as they are.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "protocol/address.h"
#include "wallet/json.h"

namespace wallet {

struct StatementRow {
  std::uint64_t time_ms = 0;
  std::string transaction_id;  // In hex; empty where the block itself did it.
  std::string what;            // "milestone.accept"
  std::uint64_t contract = 0;
  std::string title;
  std::string with;  // Address in text, or what holds it: "treasury", "dispute 3".
  labor::v1::Asset asset{};
  std::uint64_t received = 0;
  std::uint64_t paid = 0;
  std::uint64_t fee = 0;
  std::uint64_t put_aside = 0;
  std::uint64_t came_back = 0;
};

class Statement {
 public:
  Statement(protocol::Address const& account, protocol::Network network, int year);

  // Of all years, in their order: numbers of this year count from what was before.
  void add(labor::v1::WatchEventsResponse const& event);

  std::vector<StatementRow> const& rows() const { return rows_; }
  // {"year", "rows": [...], "totals": {"USD": {"received", "paid", "fee", "put_aside",
  // "came_back"}}}
  json::object to_json() const;
  std::string csv() const;

 private:
  void add(labor::v1::Contract const& contract, StatementRow row);
  void add(labor::v1::MoneyMoved const& move, StatementRow row);
  void keep(StatementRow row);
  bool is_mine(labor::v1::Holder const& holder) const;
  std::string name_of(labor::v1::Holder const& holder) const;
  std::string address_text(std::string const& bytes) const;

  // What a contract said when it was last heard of.
  struct Heard {
    std::uint64_t wages = 0;
    std::uint64_t fees = 0;
  };

  std::string account_;
  protocol::Network network_;
  std::uint64_t from_ms_ = 0;
  std::uint64_t until_ms_ = 0;
  int year_ = 0;
  std::map<std::uint64_t, Heard> contracts_;
  // Contracts that are worked by a team of which it is the account.
  std::set<std::uint64_t> teams_;
  std::set<std::uint64_t> jobs_;            // The account's own.
  std::set<std::uint64_t> challenges_;      // Vettings that the account has challenged.
  std::set<std::uint64_t> reports_;         // Of jobs, by the account.
  std::map<std::uint64_t, bool> disputes_;  // Whether it is one of the account's own.
  std::vector<StatementRow> rows_;
};

}  // namespace wallet
