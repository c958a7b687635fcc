#include "devnet/bench_contract.h"

#include <algorithm>

#include "protocol/base/check.h"
#include "protocol/limits.h"
#include "protocol/work/feedback.h"

namespace devnet {

using namespace labor::v1;  // This file says most of what the schema has for work.

namespace {

constexpr std::uint64_t usd = 1'000'000;
constexpr std::uint32_t entry_minutes = 10;
constexpr std::uint64_t entry_ms = entry_minutes * protocol::limits::minute_ms;

// Of a hundred.
constexpr std::uint64_t by_job = 40;
constexpr std::uint64_t shortlisted = 50;
constexpr std::uint64_t by_the_hour = 25;
constexpr std::uint64_t rested_in_review = 33;
constexpr std::uint64_t ended_by_talent = 30;
constexpr std::uint64_t with_feedback = 70;
constexpr std::uint64_t spoken_first_by_talent = 50;
constexpr std::uint64_t with_reply = 20;
constexpr std::uint64_t with_changes = 12;
constexpr std::uint64_t disputed = 5;
constexpr std::uint64_t disputed_by_talent = 30;
constexpr std::uint64_t with_part = 10;
// Of what is locked.
constexpr std::uint64_t part_percent = 30;
constexpr std::uint64_t split_percent = 80;

using Side = BenchContract::Side;

Side other(Side side) {
  return side == Side::client ? Side::talent : Side::client;
}

Side drawn_side(BenchChance& chance, std::uint64_t talents) {
  return chance.percent(talents) ? Side::talent : Side::client;
}

std::uint64_t part_of(std::uint64_t amount, std::uint64_t percent) {
  constexpr std::uint64_t all = 100;
  return amount * percent / all;
}

// Stands for a text that is served off chain.
std::string some_hash() {
  return std::string(protocol::Hash::size, 'h');
}

FeedbackContent opinion() {
  constexpr std::uint32_t good = 4;
  FeedbackContent content;
  content.set_quality(good);
  content.set_communication(good + 1);
  content.set_punctuality(good);
  content.set_again(good + 1);
  return content;
}

}  // namespace

std::vector<Message> bench_profile() {
  Message create;
  auto& details = *create.mutable_create_profile()->mutable_details();
  details.set_kind(PROFILE_KIND_PERSON);
  details.set_headline("Writes firmware for small machines");
  auto& skill = *details.add_skills();
  skill.set_uri("http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d");
  skill.set_level(4);
  Message publish;
  publish.mutable_publish_profile();
  return {create, publish};
}

BenchContract::BenchContract(Parties const& parties, BenchChance& chance) : parties_{parties} {
  constexpr std::uint32_t milestones_most = 3;
  constexpr std::uint32_t entries_least = 2;
  constexpr std::uint32_t entries_most = 5;
  constexpr std::uint64_t amount_least = 50 * usd;
  constexpr std::uint64_t amount_most = 250 * usd;
  step_ = chance.percent(by_job) ? Step::post_job : Step::make_offer;
  plan_.shortlisted = chance.percent(shortlisted);
  plan_.hourly = chance.percent(by_the_hour);
  plan_.milestones = static_cast<std::uint32_t>(chance.between(1, milestones_most));
  plan_.entries = static_cast<std::uint32_t>(chance.between(entries_least, entries_most));
  plan_.amount = chance.between(amount_least, amount_most);
  plan_.rests_in_review = chance.percent(rested_in_review);
  plan_.ends = drawn_side(chance, ended_by_talent);
  plan_.feedback = chance.percent(with_feedback);
  plan_.speaks_first = drawn_side(chance, spoken_first_by_talent);
  plan_.replies = chance.percent(with_reply);
}

Side BenchContract::side() const {
  switch (step_) {
    case Step::propose:
    case Step::accept_offer:
    case Step::submit:
    case Step::log_hours:
      return Side::talent;
    case Step::open_dispute:
    case Step::agree_split:
      return fate_.opens;
    case Step::answer_dispute:
    case Step::offer_split:
      return other(fate_.opens);
    case Step::end:
      return plan_.ends;
    case Step::commit_feedback:
    case Step::reveal_feedback:
      return plan_.speaks_first;
    case Step::post_feedback:
    case Step::reply:
      return other(plan_.speaks_first);
    default:
      return Side::client;
  }
}

Message BenchContract::message() const {
  CHECK(!over());
  Message said;
  if (step_ <= Step::accept_offer) {
    say_hire(said);
  } else if (step_ <= Step::accept) {
    say_milestone(said);
  } else if (step_ <= Step::agree_split) {
    say_dispute(said);
  } else if (step_ <= Step::approve_week) {
    say_hours_or_end(said);
  } else {
    say_feedback(said);
  }
  return said;
}

void BenchContract::say_hire(Message& said) const {
  if (step_ == Step::post_job) {
    auto& job = *said.mutable_post_job()->mutable_details();
    job.set_title("Firmware for a sensor");
    job.set_summary("Sleep modes, a driver for the radio, tests on the bench; a report at the end");
    job.set_asset(ASSET_USD);
    job.set_budget_min(plan_.amount);
    job.set_budget_max(4 * plan_.amount);
  } else if (step_ == Step::propose) {
    auto& proposal = *said.mutable_submit_proposal();
    proposal.set_job(job_);
    proposal.set_summary("I have done two of these; the driver first, then the sleep modes");
    proposal.set_amount(plan_.milestones * plan_.amount);
  } else if (step_ == Step::shortlist) {
    said.mutable_shortlist_proposal()->set_proposal(proposal_);
  } else if (step_ == Step::make_offer) {
    auto& offer = *said.mutable_make_offer();
    offer.set_proposal(proposal_);
    offer.set_talent(parties_.talent.str());
    *offer.mutable_terms() = terms();
  } else {
    auto& accept = *said.mutable_accept_offer();
    accept.set_offer(offer_);
    accept.set_version(1);
    accept.set_terms_hash(terms_hash_);
  }
}

void BenchContract::say_milestone(Message& said) const {
  auto const name = [&](auto& message) {
    message.set_contract(contract_);
    message.set_milestone(milestone_);
  };
  if (step_ == Step::fund) {
    name(*said.mutable_fund_milestone());
  } else if (step_ == Step::submit) {
    name(*said.mutable_submit_milestone());
    said.mutable_submit_milestone()->set_delivery_hash(some_hash());
  } else if (step_ == Step::request_changes) {
    name(*said.mutable_request_changes());
    said.mutable_request_changes()->set_reason_hash(some_hash());
  } else if (step_ == Step::release_part) {
    name(*said.mutable_release_part());
    said.mutable_release_part()->set_amount(part_of(plan_.amount, part_percent));
  } else {
    name(*said.mutable_accept_milestone());
  }
}

void BenchContract::say_dispute(Message& said) const {
  auto const to_talent = part_of(plan_.amount, split_percent);
  if (step_ == Step::open_dispute) {
    auto& open = *said.mutable_open_dispute();
    open.set_contract(contract_);
    open.set_milestone(milestone_);
    open.set_reason_hash(some_hash());
  } else if (step_ == Step::answer_dispute) {
    said.mutable_answer_dispute()->set_dispute(dispute_);
    said.mutable_answer_dispute()->set_statement_hash(some_hash());
  } else if (step_ == Step::offer_split) {
    said.mutable_offer_dispute_split()->set_dispute(dispute_);
    said.mutable_offer_dispute_split()->set_to_talent(to_talent);
  } else {
    said.mutable_agree_dispute_split()->set_dispute(dispute_);
    said.mutable_agree_dispute_split()->set_to_talent(to_talent);
  }
}

void BenchContract::say_hours_or_end(Message& said) const {
  if (step_ == Step::fund_week) {
    said.mutable_fund_week()->set_contract(contract_);
  } else if (step_ == Step::log_hours) {
    auto& log = *said.mutable_log_hours();
    log.set_contract(contract_);
    log.set_entry(logged_);
    log.set_ended_at_ms(week_starts_ms_ + (logged_ + 1) * entry_ms);
    log.set_minutes(entry_minutes);
    log.set_memo("Radio driver");
  } else if (step_ == Step::end) {
    said.mutable_end_contract()->set_contract(contract_);
  } else {
    said.mutable_approve_week()->set_contract(contract_);
  }
}

void BenchContract::say_feedback(Message& said) const {
  protocol::Hash const salt{};  // Nobody here is curious.
  if (step_ == Step::commit_feedback) {
    auto const author = plan_.speaks_first == Side::client ? parties_.client : parties_.talent;
    auto& commit = *said.mutable_commit_feedback();
    commit.set_contract(contract_);
    commit.set_commitment(work::feedback_commitment(contract_, author, salt, opinion()).str());
  } else if (step_ == Step::post_feedback) {
    said.mutable_post_feedback()->set_contract(contract_);
    *said.mutable_post_feedback()->mutable_content() = opinion();
  } else if (step_ == Step::reveal_feedback) {
    auto& reveal = *said.mutable_reveal_feedback();
    reveal.set_contract(contract_);
    reveal.set_salt(salt.str());
    *reveal.mutable_content() = opinion();
  } else {
    said.mutable_reply_to_feedback()->set_contract(contract_);
    said.mutable_reply_to_feedback()->set_reply_hash(some_hash());
  }
}

OfferTerms BenchContract::terms() const {
  OfferTerms terms;
  terms.set_title("Firmware for a sensor");
  terms.set_asset(ASSET_USD);
  if (plan_.hourly) {
    constexpr std::uint64_t rate = 40 * usd;
    constexpr std::uint32_t minutes_per_week = 10 * 60;
    terms.mutable_hourly()->set_rate(rate);
    terms.mutable_hourly()->set_minutes_per_week(minutes_per_week);
    return terms;
  }
  for (std::uint32_t i = 0; i < plan_.milestones; ++i) {
    constexpr std::uint32_t due_days = 30;
    auto& milestone = *terms.add_milestones();
    milestone.set_title("A step of it");
    milestone.set_amount(plan_.amount);
    milestone.set_due_days(due_days);
  }
  return terms;
}

void BenchContract::learn(Receipt const& receipt, std::uint64_t created) {
  switch (step_) {
    case Step::post_job:
      job_ = created;
      break;
    case Step::propose:
      proposal_ = created;
      break;
    case Step::make_offer:
      offer_ = created;
      break;
    case Step::accept_offer:
      contract_ = created;
      break;
    case Step::open_dispute:
      dispute_ = created;
      break;
    default:
      break;
  }
  for (auto const& event : receipt.events()) {
    auto const& record = event.record_changed().record();
    if (step_ == Step::make_offer && record.offer().id() == offer_) {
      terms_hash_ = record.offer().terms_hash();
    }
    if (step_ == Step::fund_week && record.week().contract() == contract_) {
      week_starts_ms_ = record.week().starts_at_ms();
      ready_at_ms_ = week_starts_ms_ + plan_.entries * entry_ms;
    }
  }
}

void BenchContract::heard(Receipt const& receipt, std::uint64_t created, BenchChance& chance) {
  CHECK(!over());
  learn(receipt, created);
  auto const rest = plan_.rests_in_review ? Step::submit : Step::fund;
  rests_ = step_ == Step::fund_week || (step_ == rest && milestone_ == 0);
  step_ = following(chance);
}

BenchContract::Step BenchContract::following(BenchChance& chance) {
  switch (step_) {
    case Step::post_job:
      return Step::propose;
    case Step::propose:
      return plan_.shortlisted ? Step::shortlist : Step::make_offer;
    case Step::shortlist:
      return Step::make_offer;
    case Step::make_offer:
      return Step::accept_offer;
    case Step::accept_offer:
      return plan_.hourly ? Step::fund_week : next_milestone(chance);
    case Step::fund:
    case Step::request_changes:
      return Step::submit;
    case Step::submit:
      return after_delivery();
    case Step::release_part:
      return Step::accept;
    case Step::accept:
    case Step::agree_split:
      return ++milestone_ < plan_.milestones ? next_milestone(chance) : Step::end;
    case Step::open_dispute:
      return Step::answer_dispute;
    case Step::answer_dispute:
      return Step::offer_split;
    case Step::offer_split:
      return Step::agree_split;
    case Step::fund_week:
      return Step::log_hours;
    case Step::log_hours:
      return ++logged_ < plan_.entries ? Step::log_hours : Step::end;
    case Step::end:
      return plan_.hourly ? Step::approve_week : after_end();
    case Step::approve_week:
      return after_end();
    case Step::commit_feedback:
      return Step::post_feedback;
    case Step::post_feedback:
      return Step::reveal_feedback;
    case Step::reveal_feedback:
      return plan_.replies ? Step::reply : Step::over;
    case Step::reply:
    case Step::over:
      break;
  }
  return Step::over;
}

BenchContract::Step BenchContract::next_milestone(BenchChance& chance) {
  fate_ = {.changes = chance.percent(with_changes),
           .disputed = chance.percent(disputed),
           .opens = drawn_side(chance, disputed_by_talent),
           .part = chance.percent(with_part)};
  return Step::fund;
}

BenchContract::Step BenchContract::after_delivery() {
  if (fate_.changes) {
    fate_.changes = false;
    return Step::request_changes;
  }
  if (fate_.disputed) return Step::open_dispute;
  return fate_.part ? Step::release_part : Step::accept;
}

BenchContract::Step BenchContract::after_end() const {
  return plan_.feedback ? Step::commit_feedback : Step::over;
}

}  // namespace devnet
