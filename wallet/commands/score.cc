#include "wallet/commands/score.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocol/work/score.h"
#include "wallet/amount.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

using labor::v1::Record;
using work::Score;
using work::ScoreTerm;

// More than somebody can be rated in two years.
constexpr std::size_t listed_max = 10'000;

Result<std::vector<Record>> records_of(Session& session, labor::v1::RecordIndex index,
                                       std::string const& address) {
  TRY(chain, session.chain());
  labor::v1::ListRecordsRequest request;
  request.set_index(index);
  request.set_address(address);
  return chain->list(request, listed_max);
}

std::string subject(ScoreTerm const& term) {
  return term.dispute == 0 ? fmt::format("contract {}", term.contract)
                           : fmt::format("lost dispute {}", term.dispute);
}

json::object json_of(Session& session, ScoreTerm const& term) {
  return {{"contract", fmt::format("{}", term.contract)},
          {"dispute", fmt::format("{}", term.dispute)},
          {"counterparty", full_label(session, term.counterparty)},
          {"at_ms", fmt::format("{}", term.at.value())},
          {"value", fmt::format("{}", term.value)},
          {"points", term.points},
          {"weight", term.weight},
          {"capped", term.capped},
          {"counts", term.counts}};
}

json::object json_of(Session& session, Score const& score) {
  json::array terms;
  for (auto const& term : score.terms) terms.push_back(json_of(session, term));
  json::object object{{"version", work::score_version},
                      {"score", nullptr},
                      {"window_days", score.window_days},
                      {"terms", std::move(terms)}};
  if (score.points) object["score"] = *score.points;
  return object;
}

Table table_of(Session& session, Score const& score) {
  Table table{.head = {"OF", "WITH", "WHEN", "VALUE", "POINTS", "WEIGHT", "COUNTS"}, .rows = {}};
  for (auto const& term : score.terms) {
    table.rows.push_back(
        {subject(term), short_label(session, term.counterparty), show_time(term.at),
         show(protocol::Amount{term.value}, labor::v1::ASSET_USD), fmt::format("{}", term.points),
         fmt::format("{}{}", term.weight, term.capped ? " (capped)" : ""),
         term.counts ? "yes" : "no"});
  }
  return table;
}

std::string explanation(Session& session, Score const& score) {
  return fmt::format(
      "\n\n{}\n\nPoints: the four ratings of a feedback as 0 to 100; 0 for a dispute that was "
      "lost.\n"
      "Weight: the square root of what was paid, or claimed, in hundredths; of one counterparty "
      "{} at most.\n"
      "Score: the weighted mean over the best of {}, {} and {} days with {} terms at least, "
      "rounded down.",
      show(table_of(session, score)), work::counterparty_weight_max, work::score_windows_days[0],
      work::score_windows_days[1], work::score_windows_days[2], work::terms_min);
}

}  // namespace

Result<Output> show_score(Session& session, std::string const& account, bool explain) {
  TRY(address, address_or_mine(session, account));
  TRY(views, records_of(session, labor::v1::RECORD_INDEX_FEEDBACK_BY_SUBJECT, address));
  TRY(cases, records_of(session, labor::v1::RECORD_INDEX_DISPUTES_BY_PERSON, address));
  std::vector<labor::v1::Feedback> feedback;
  for (auto const& record : views) feedback.push_back(record.feedback());
  std::vector<labor::v1::Dispute> disputes;
  for (auto const& record : cases) disputes.push_back(record.dispute());
  TRY(by, onlooker(session));
  auto const whose = protocol::Address::from(address);
  if (!whose) return usage("INVALID_ADDRESS", "This is no address.", "An address or a key's name.");
  auto const score = work::score_of(*whose, feedback, disputes, chain_time(by));
  auto const counted = std::ranges::count_if(score.terms, &ScoreTerm::counts);
  Output output{.data = json_of(session, score), .text = {}};
  output.text =
      score.points
          ? fmt::format("Score {} of 100 (version {}), from {} of {} terms: the last {} d.",
                        *score.points, work::score_version, counted, score.terms.size(),
                        score.window_days)
          : std::string{"No score: nobody who paid or was paid enough has spoken."};
  if (explain) output.text += explanation(session, score);
  return output;
}

}  // namespace wallet
