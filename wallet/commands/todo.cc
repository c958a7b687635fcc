// labor todo: what waits for the acting key, and until when.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "protocol/limits.h"
#include "protocol/work/feedback.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/plain_text.h"
#include "wallet/show_record.h"

namespace wallet {

namespace {

using labor::v1::Record;

// Of each list, the newest; more contracts than one may have open (protocol/limits.h).
constexpr std::size_t listed_max = 1000;

struct Item {
  std::string what;  // "Milestone 7/0, Logo: Sketch"
  std::string state;
  NextSteps next;
};

class Todo {
 public:
  using Naming = std::function<std::string(std::string const& address)>;

  Todo(Chain const& chain, Onlooker const& by, Naming name, Naming typed)
      : chain_{chain}, by_{by}, name_{std::move(name)}, typed_{std::move(typed)} {}

  Result<void> collect() {
    TRY_VOID(each(labor::v1::RECORD_INDEX_JOBS_BY_CLIENT, by_.account.str(), 0,
                  [this](Record const& job) { return add_job(job); }));
    TRY_VOID(each(labor::v1::RECORD_INDEX_RECOVERIES_BY_PERSON, by_.account.str(), 0,
                  [this](Record const& recovery) {
                    auto const& it = recovery.recovery();
                    return add(recovery, {}, fmt::format("Other keys for {}", name_(it.account())),
                               state_name(*labor::v1::RecoveryState_descriptor(), it.state()));
                  }));
    TRY_VOID(each(labor::v1::RECORD_INDEX_TEAMS_BY_MEMBER, by_.account.str(), 0,
                  [this](Record const& team) {
                    auto const& it = team.team();
                    return add(team, {}, fmt::format("How the team {} shares", name_(it.account())),
                               state_name(*labor::v1::TeamState_descriptor(), it.state()));
                  }));
    TRY_VOID(each(labor::v1::RECORD_INDEX_INVITATIONS_BY_TALENT, by_.account.str(), 0,
                  [this](Record const& invitation) { return add_invitation(invitation); }));
    for (auto const index :
         {labor::v1::RECORD_INDEX_OFFERS_BY_CLIENT, labor::v1::RECORD_INDEX_OFFERS_BY_TALENT}) {
      TRY_VOID(each(index, by_.account.str(), 0, [this](Record const& offer) {
        auto const& it = offer.offer();
        return add(offer, {}, fmt::format("Offer {}, {}", it.id(), it.terms().title()),
                   state_name(*labor::v1::OfferState_descriptor(), it.state()));
      }));
    }
    for (auto const index : {labor::v1::RECORD_INDEX_CONTRACTS_BY_CLIENT,
                             labor::v1::RECORD_INDEX_CONTRACTS_BY_TALENT}) {
      TRY_VOID(each(index, by_.account.str(), 0,
                    [this](Record const& contract) { return add_contract(contract); }));
    }
    TRY_VOID(each(labor::v1::RECORD_INDEX_VETTINGS_BY_PERSON, by_.account.str(), 0,
                  [this](Record const& vetting) {
                    auto const& it = vetting.vetting();
                    return add(vetting, {}, fmt::format("Vetting {} of {}", it.id(), it.skill()),
                               state_name(*labor::v1::VettingState_descriptor(), it.state()));
                  }));
    TRY_VOID(each(labor::v1::RECORD_INDEX_REPORTS_BY_PERSON, by_.account.str(), 0,
                  [this](Record const& report) {
                    auto const& it = report.report();
                    return add(report, {}, fmt::format("Report {} of job {}", it.id(), it.job()),
                               state_name(*labor::v1::ReportState_descriptor(), it.state()));
                  }));
    TRY_VOID(each(labor::v1::RECORD_INDEX_AGENTS_BY_PERSON, by_.account.str(), 0,
                  [this](Record const& agent) { return add_agent(agent.profile()); }));
    return each(labor::v1::RECORD_INDEX_DISPUTES_BY_PERSON, by_.account.str(), 0,
                [this](Record const& dispute) {
                  auto const& it = dispute.dispute();
                  return add(dispute, {},
                             fmt::format("Dispute {} about {}", it.id(), subject_of(it)),
                             state_name(*labor::v1::DisputeState_descriptor(), it.state()));
                });
  }

  // What has the least time left comes first.
  std::vector<Item> take() {
    auto const until = [](Item const& item) {
      constexpr auto never = std::numeric_limits<std::uint64_t>::max();
      return std::pair{item.next.silence ? item.next.silence->at.value() : never, item.what};
    };
    std::ranges::sort(items_, {}, until);
    return std::move(items_);
  }

 private:
  template <class F>
  Result<void> each(labor::v1::RecordIndex index, std::string const& address, std::uint64_t id,
                    F visit) {
    labor::v1::ListRecordsRequest request;
    request.set_index(index);
    request.set_address(address);
    request.set_id(id);
    TRY(records, chain_.list(request, listed_max));
    for (auto const& record : records) TRY_VOID(visit(record));
    return {};
  }

  Result<void> add_job(Record const& job) {
    if (job.job().open_proposals() == 0) return {};
    return each(labor::v1::RECORD_INDEX_PROPOSALS_BY_JOB, {}, job.job().id(),
                [this, &job](Record const& proposal) {
                  auto const& it = proposal.proposal();
                  return add(proposal, job,
                             fmt::format("Proposal {} on job {}, {}", it.id(), it.job(),
                                         job.job().details().title()),
                             state_name(*labor::v1::ProposalState_descriptor(), it.state()));
                });
  }

  // Who is to answer for it has to agree; nothing happens if they do not.
  Result<void> add_agent(labor::v1::Profile const& profile) {
    if (profile.answered_for() || profile.state() == labor::v1::PROFILE_STATE_CLOSED) return {};
    auto const name = name_(profile.owner());
    NextSteps next;
    next.steps.push_back(
        {.command = fmt::format("labor profile answer-for {}", typed_(profile.owner())),
         .waited_for = true});
    keep(std::move(next), fmt::format("The agent {}, which names you", name), "not answered for");
    return {};
  }

  Result<void> add_invitation(Record const& invitation) {
    Record key;
    key.mutable_job()->set_id(invitation.invitation().job());
    TRY(job, chain_.record(key));
    return add(invitation, {},
               fmt::format("Invitation to job {}, {}", key.job().id(),
                           job ? job->job().details().title() : std::string{"which is over"}),
               "open");
  }

  Result<void> add_contract(Record const& contract) {
    auto const& signed_terms = contract.contract();
    if (signed_terms.state() == labor::v1::CONTRACT_STATE_ENDED) return add_feedback(signed_terms);
    TRY_VOID(add(contract, {},
                 fmt::format("Contract {}, {}", signed_terms.id(), signed_terms.title()),
                 state_name(*labor::v1::ContractState_descriptor(), signed_terms.state())));
    if (signed_terms.has_hours()) return add_weeks(contract);
    return each(labor::v1::RECORD_INDEX_MILESTONES_BY_CONTRACT, {}, contract.contract().id(),
                [this, &contract](Record const& milestone) {
                  auto const& it = milestone.milestone();
                  return add(milestone, contract,
                             fmt::format("Milestone {}/{}, {}: {}", it.contract(), it.index(),
                                         contract.contract().title(), it.title()),
                             state_name(*labor::v1::MilestoneState_descriptor(), it.state()));
                });
  }

  Result<void> add_weeks(Record const& contract) {
    return each(labor::v1::RECORD_INDEX_WEEKS_BY_CONTRACT, {}, contract.contract().id(),
                [this, &contract](Record const& week) {
                  auto const& it = week.week();
                  return add(week, contract,
                             fmt::format("Week {}/{}, {}", it.contract(), it.index(),
                                         contract.contract().title()),
                             it.state() == labor::v1::WEEK_STATE_REVIEW ? "in review" : "open");
                });
  }

  // For as long as something can still be said.
  Result<void> add_feedback(labor::v1::Contract const& contract) {
    namespace limits = protocol::limits;
    auto const over_ms =
        contract.ended_at_ms() + limits::feedback_window_ms + limits::feedback_reveal_ms;
    auto const side = work::side_of(contract, by_.account);
    if (chain_time(by_).value() >= over_ms || !side) return {};
    TRY(own, feedback_of(chain_, contract, *side));
    TRY(others, feedback_of(chain_, contract, work::other_side(*side)));
    auto const given = own.state() != labor::v1::FEEDBACK_STATE_UNSPECIFIED;
    keep(next_steps(own, others, contract, by_),
         fmt::format("Your feedback on contract {}, {}", contract.id(), contract.title()),
         given ? state_name(*labor::v1::FeedbackState_descriptor(), own.state()) : "not given");
    return {};
  }

  Result<void> add(Record const& record, Record const& about, std::string what, std::string state) {
    keep(next_steps(record, about, by_), std::move(what), std::move(state));
    return {};
  }

  void keep(NextSteps next, std::string what, std::string state) {
    if (!next.waits()) return;
    std::erase_if(next.steps, [](Step const& step) { return !step.waited_for; });
    items_.push_back({.what = std::move(what), .state = std::move(state), .next = std::move(next)});
  }

  Chain const& chain_;
  Onlooker by_;
  Naming name_;   // As it is shown.
  Naming typed_;  // As a command takes it.
  std::vector<Item> items_;
};

Result<Output> todo(Session& session) {
  TRY_VOID(session.subject());
  TRY(by, onlooker(session));
  TRY(chain, session.chain());
  Todo todo{*chain, by, [&](std::string const& address) { return full_label(session, address); },
            [&](std::string const& address) {
              auto const it = protocol::Address::from(address);
              return it ? protocol::address_text(*it, session.address_network()) : address;
            }};
  TRY_VOID(todo.collect());
  Output output{.data = json::array{}, .text = {}};
  for (auto const& item : todo.take()) {
    auto object = to_json(item.next);
    object["what"] = item.what;
    object["state"] = item.state;
    output.data.as_array().push_back(std::move(object));
    if (!output.text.empty()) output.text += "\n\n";
    output.text += plain_text(fmt::format("{}, is {}.", item.what, item.state)) + "\n" +
                   show(item.next, by.block_time);
  }
  if (output.text.empty()) output.text = "Nothing waits for you.";
  return output;
}

}  // namespace

void add_todo(Menu& menu) {
  auto& session = menu.session();
  menu.verb("todo", "What waits for you, until when, and what you can do",
            [&session] { return todo(session); });
}

}  // namespace wallet
