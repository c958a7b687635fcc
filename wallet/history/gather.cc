#include "wallet/history/gather.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "protocol/codec/canonical.h"
#include "protocol/execution/transaction.h"
#include "protocol/limits.h"
#include "protocol/work/feedback.h"
#include "wallet/dates.h"
#include "wallet/history/credential.h"
#include "wallet/history/proof_reader.h"
#include "wallet/show.h"

namespace wallet {

namespace {

using labor::v1::Contract;
using labor::v1::Feedback;
using labor::v1::Record;
using protocol::TimeMs;

// Of feedback that one account gave and got; who has more is not one person.
constexpr std::size_t events_max = 100'000;

constexpr auto client_side = labor::v1::CONTRACT_SIDE_CLIENT;
constexpr auto talent_side = labor::v1::CONTRACT_SIDE_TALENT;

Record contract_key(std::uint64_t id) {
  Record key;
  key.mutable_contract()->set_id(id);
  return key;
}

std::unexpected<Problem> refuse(std::string reason, std::string message, std::string hint) {
  return problem(Exit::refused, std::move(reason), std::move(message), std::move(hint));
}

// Where something was put on record.
struct Place {
  std::uint64_t height = 0;
  std::string transaction_id;
};
struct FeedbackPlaces {
  std::optional<Place> commit;
  std::optional<Place> reveal;
};

class Gatherer {
 public:
  Gatherer(Session& session, Chain const& chain, protocol::Address account, Contract contract,
           ProofReader reader)
      : session_{session},
        chain_{chain},
        account_{account},
        contract_{std::move(contract)},
        reader_{std::move(reader)} {}

  Result<Gathered> gather(Amounts amounts) {
    TRY_VOID(find_side());
    Record key;
    key.mutable_account()->set_address(account_.str());
    TRY(account, reader_.record(key));
    if (!account) return refuse("NOT_FOUND", "Your account has done nothing yet.", {});
    if (amounts == Amounts::included) {
      TRY_VOID(take_contract());
    } else {
      TRY_VOID(take_commitment());
    }
    TRY_VOID(take_handle(contract_.client()));
    TRY_VOID(take_handle(contract_.talent()));
    TRY(evidence, reader_.evidence());
    gathered_.evidence.MergeFrom(evidence);
    return std::move(gathered_);
  }

 private:
  Result<void> find_side() {
    auto const side = work::side_of(contract_, account_);
    auto const& team = contract_.frozen().team();
    is_member_ = !side && std::ranges::find(team, account_.chars(),
                                            &labor::v1::TeamShare::account) != team.end();
    if (!side && !is_member_) {
      return refuse(
          "NOT_YOUR_CONTRACT",
          fmt::format("{} is no side of contract {}.", session_.label_of(account_), contract_.id()),
          "`--from NAME` chooses the key, `--account ADDRESS` for whom it signs.");
    }
    // Of a team's member, the team's.
    side_ = side.value_or(talent_side);
    return {};
  }

  // What the other side says of the holder's.
  Record feedback_key() const {
    Record key;
    key.mutable_feedback()->set_contract(contract_.id());
    key.mutable_feedback()->set_side(work::other_side(side_));
    return key;
  }

  Result<void> take_contract() {
    TRY(contract, reader_.record(contract_key(contract_.id())));
    static_cast<void>(contract);  // Ended: it has paid out, and changes by a bonus at most.
    if (contract_.job() != 0) {
      Record key;
      key.mutable_job()->set_id(contract_.job());
      TRY(job, reader_.record(key));
      TRY_VOID(note_job(job));
    }
    TRY(known, chain_.record(feedback_key()));
    if (!known || known->feedback().state() != labor::v1::FEEDBACK_STATE_SHOWN) return {};
    TRY(feedback, reader_.record(feedback_key()));
    static_cast<void>(feedback);
    return {};
  }

  // Contracts stay in the state, jobs that are over leave it.
  Result<void> note_job(std::optional<Record> const& job) {
    if (!job) {
      gathered_.notes.emplace_back(
          "Skills are left out: they stood in the job, whose record has left the state.");
    } else if (auto const leaves_ms = job->job().leaves_at_ms(); leaves_ms != 0) {
      TRY(info, chain_.info());
      gathered_.notes.push_back(fmt::format(
          "The job's record leaves the state {}: skills can be proved in what is exported before.",
          show_time(TimeMs{leaves_ms + info.outages_ms()})));
    }
    return {};
  }

  Result<void> take_commitment() {
    TRY(feedback, committed());
    TRY(places, find_places(feedback));
    if (!places.commit) {
      return nothing_without("The node does not have the commitment to its feedback any more.",
                             "Ask one that keeps all blocks (`--node HOST:PORT`)");
    }
    TRY(receipt, reader_.receipt(places.commit->height, places.commit->transaction_id));
    if (!is_of_feedback_alone(receipt)) {
      return nothing_without(
          "The feedback was committed together with something else, whose amounts stand beside it.",
          "There is no other way");
    }
    return state_the_rest(feedback, places);
  }

  // Of the two sides one commits at most.
  Result<Feedback> committed() {
    if (is_member_) {
      return nothing_without("Who a team's members are stands in the contract's record alone.",
                             "There is no other way");
    }
    for (auto const side : {client_side, talent_side}) {
      auto key = feedback_key();
      key.mutable_feedback()->set_side(side);
      TRY(record, chain_.record(key));
      if (record && !record->feedback().commitment().empty()) return record->feedback();
    }
    TRY(info, chain_.info());
    auto const until_ms = contract_.ended_at_ms() + protocol::limits::feedback_window_ms;
    auto const until = show_time(TimeMs{until_ms + info.outages_ms()});
    bool const over = info.block_time_ms() >= until_ms + info.outages_ms();
    return nothing_without(
        "Neither side has given feedback.",
        over ? fmt::format("The time for it was over {}", until)
             : fmt::format("Until {} you can: `labor feedback give {}`, and export then", until,
                           contract_.id()));
  }

  std::unexpected<Problem> nothing_without(std::string_view why, std::string_view otherwise) const {
    return refuse(
        "NOTHING_WITHOUT_AMOUNTS",
        fmt::format("Nothing proves contract {} without its amounts. {}", contract_.id(), why),
        fmt::format("{}; or `--amounts` proves it with what was paid, which everybody can read on "
                    "the chain anyway.",
                    otherwise));
  }

  Result<FeedbackPlaces> find_places(Feedback const& feedback) {
    TRY(info, chain_.info());
    labor::v1::WatchEventsRequest request;
    request.mutable_after();
    request.mutable_filter()->set_address(account_.str());
    request.mutable_filter()->set_cause_prefix("feedback.");
    FeedbackPlaces places;
    std::size_t seen = 0;
    TRY_VOID(chain_.client().watch(request, [&](labor::v1::WatchEventsResponse const& said) {
      auto const& change = said.event().record_changed();
      bool const same = change.record().feedback().contract() == feedback.contract() &&
                        change.record().feedback().side() == feedback.side();
      Place const place{.height = said.cursor().height(), .transaction_id = said.transaction_id()};
      if (same && change.cause() == "feedback.commit") places.commit = place;
      if (same && change.cause() == "feedback.reveal") places.reveal = place;
      bool const whole = !said.has_event() && said.cursor().height() >= info.height();
      return !whole && ++seen < events_max && !session_.console().interrupted();
    }));
    return places;
  }

  static bool is_of_feedback_alone(labor::v1::Receipt const& receipt) {
    return std::ranges::all_of(receipt.events(), [](labor::v1::Event const& event) {
      // What the network takes for the transaction is no amount of the contract.
      return event.has_record_changed() ? event.record_changed().record().has_feedback()
                                        : event.has_money_moved();
    });
  }

  Result<void> state_the_rest(Feedback const& commitment, FeedbackPlaces const& places) {
    auto& stated = gathered_.stated;
    stated["title"] = contract_.title();
    stated["start"] = iso_time(TimeMs{contract_.signed_at_ms()});
    TRY(skills, skills_of_job());
    if (!skills.empty()) stated["skills"] = std::move(skills);
    TRY(said, chain_.record(feedback_key()));
    if (!said || said->feedback().state() != labor::v1::FEEDBACK_STATE_SHOWN) return {};
    if (commitment.side() != side_ && places.reveal) return open(*places.reveal);
    stated["rating"] = rating_json(said->feedback().content());
    return {};
  }

  Result<json::array> skills_of_job() {
    json::array skills;
    if (contract_.job() == 0) return skills;
    Record key;
    key.mutable_job()->set_id(contract_.job());
    TRY(job, chain_.record(key));
    if (!job) return skills;
    for (auto const& skill : job->job().details().skills()) skills.push_back(json::value(skill));
    return skills;
  }

  // The salt stands in the transaction that has revealed it.
  Result<void> open(Place const& place) {
    TRY(response, chain_.client().block(place.height));
    auto const block = canonical::decode<labor::v1::Block>(response.block());
    if (!block) return {};
    auto& rating = *gathered_.evidence.mutable_rating();
    auto const take = [&](labor::v1::RevealFeedback const& reveal) {
      if (reveal.contract() != contract_.id()) return;
      rating.set_salt(reveal.salt());
      *rating.mutable_content() = reveal.content();
    };
    for (auto const& bytes : block->transactions()) {
      auto const transaction = canonical::decode<labor::v1::Transaction>(bytes);
      if (!transaction) continue;
      if (execution::transaction_id(transaction->body()).chars() != place.transaction_id) continue;
      auto const body = canonical::decode<labor::v1::TransactionBody>(transaction->body());
      if (!body) continue;
      for (auto const& message : body->messages()) {
        if (message.has_reveal_feedback()) take(message.reveal_feedback());
        for (auto const& act : message.act_for().acts()) {
          if (act.has_reveal_feedback()) take(act.reveal_feedback());
        }
      }
    }
    return {};
  }

  Result<void> take_handle(std::string const& account) {
    Record profile;
    profile.mutable_profile()->set_owner(account);
    TRY(found, chain_.record(profile));
    if (!found || found->profile().handle().empty()) return {};
    Record handle;
    handle.mutable_handle()->set_handle(found->profile().handle());
    TRY(kept, reader_.record(handle));
    static_cast<void>(kept);
    return {};
  }

  Session& session_;
  Chain const& chain_;
  protocol::Address account_;
  Contract contract_;
  ProofReader reader_;
  labor::v1::ContractSide side_{};
  bool is_member_ = false;
  Gathered gathered_;
};

}  // namespace

Result<Gathered> gather(Session& session, std::uint64_t contract, Amounts amounts) {
  TRY(account, session.acting_account());
  TRY(chain, session.chain());
  TRY(record, chain->record(contract_key(contract)));
  if (!record) {
    return usage("NOT_FOUND", fmt::format("The state has no contract {}.", contract),
                 "`labor contract list` shows yours. What was exported while a record was there "
                 "stays good without it.");
  }
  if (record->contract().state() != labor::v1::CONTRACT_STATE_ENDED) {
    return refuse(
        "CONTRACT_NOT_ENDED",
        fmt::format("Contract {} is {}: only what has ended is history.", contract,
                    state_name(*labor::v1::ContractState_descriptor(), record->contract().state())),
        fmt::format("`labor contract show {}` tells what it waits for.", contract));
  }
  TRY(reader, ProofReader::of(*chain));
  Gatherer gatherer{session, *chain, account, record->contract(), std::move(reader)};
  return gatherer.gather(amounts);
}

}  // namespace wallet
