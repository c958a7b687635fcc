// What the two sides of one contract say, from the hire to the last word of feedback: a state
// machine that knows whose turn it is and what comes next once that is final.
//
//   hire        [post job, propose, [shortlist]] make offer, accept offer
//   milestones  1 to 3: fund, submit, [request changes, submit], then one of
//                 open dispute, answer, offer split, agree split
//                 [release part], accept
//   or hours    fund week, log hours 2 to 5 times
//   end         end contract, [approve week: of hours], [commit feedback, post, reveal, [reply]]
//
// Invariant: on a chain that does what protocol/README.md says, nobody is ever refused, as long as
// messages are said in time: no clock of days runs out meanwhile.
// Chance decides what is in brackets, and the numbers. Threads: one.

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/transaction.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "devnet/bench_chance.h"
#include "protocol/types.h"

namespace devnet {

// A profile that may be hired: a talent says so first.
std::vector<labor::v1::Message> bench_profile();

class BenchContract {
 public:
  enum class Side : std::uint8_t { client, talent };
  struct Parties {
    protocol::Address client{};
    protocol::Address talent{};
  };

  BenchContract(Parties const& parties, BenchChance& chance);

  // Nothing is left to say.
  bool over() const { return step_ == Step::over; }
  // Signed and not ended: something of it has a clock at all times.
  bool open() const { return contract_ != 0 && step_ < Step::commit_feedback; }
  // Its money is locked and nobody is in a hurry: a contract may lie for weeks here. True until
  // resume(); what is said next stays the same.
  bool rests() const { return rests_; }
  void resume() { rests_ = false; }
  // Whether what comes next can be said in a block of `time_ms`: hours are worked before they are
  // logged.
  bool ready_at(std::uint64_t time_ms) const { return time_ms >= ready_at_ms_; }

  // Who says what next; not over().
  Side side() const;
  labor::v1::Message message() const;

  // What was said is final and done. `receipt` is of its transaction, `created` the record that the
  // message made: 0 if it makes none.
  void heard(labor::v1::Receipt const& receipt, std::uint64_t created, BenchChance& chance);

 private:
  // In this order: hire, milestone, dispute, hours and end, feedback.
  enum class Step : std::uint8_t {
    post_job,
    propose,
    shortlist,
    make_offer,
    accept_offer,
    fund,
    submit,
    request_changes,
    release_part,
    accept,
    open_dispute,
    answer_dispute,
    offer_split,
    agree_split,
    fund_week,
    log_hours,
    end,
    approve_week,
    commit_feedback,
    post_feedback,
    reveal_feedback,
    reply,
    over,
  };

  // Drawn when it is begun.
  struct Plan {
    bool shortlisted = false;
    bool hourly = false;
    std::uint32_t milestones = 0;
    std::uint32_t entries = 0;
    std::uint64_t amount = 0;  // Of a milestone.
    bool rests_in_review = false;
    Side ends = Side::client;
    bool feedback = false;
    Side speaks_first = Side::client;
    bool replies = false;
  };
  // Drawn for each milestone.
  struct Fate {
    bool changes = false;
    bool disputed = false;
    Side opens = Side::client;
    bool part = false;
  };

  labor::v1::OfferTerms terms() const;
  void say_hire(labor::v1::Message& said) const;
  void say_milestone(labor::v1::Message& said) const;
  void say_dispute(labor::v1::Message& said) const;
  void say_hours_or_end(labor::v1::Message& said) const;
  void say_feedback(labor::v1::Message& said) const;

  void learn(labor::v1::Receipt const& receipt, std::uint64_t created);
  Step following(BenchChance& chance);
  Step next_milestone(BenchChance& chance);
  Step after_delivery();
  Step after_end() const;

  Parties parties_;
  Plan plan_;
  Fate fate_;
  Step step_ = Step::make_offer;
  bool rests_ = false;
  std::uint64_t ready_at_ms_ = 0;

  std::uint64_t job_ = 0;
  std::uint64_t proposal_ = 0;
  std::uint64_t offer_ = 0;
  std::string terms_hash_;
  std::uint64_t contract_ = 0;
  std::uint32_t milestone_ = 0;  // How many are behind it.
  std::uint64_t dispute_ = 0;
  std::uint64_t week_starts_ms_ = 0;
  std::uint32_t logged_ = 0;
};

}  // namespace devnet
