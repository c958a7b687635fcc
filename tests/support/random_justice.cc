#include "tests/support/random_justice.h"

#include <algorithm>
#include <array>
#include <concepts>

#include "protocol/execution/form.h"
#include "protocol/justice/verdict.h"
#include "protocol/state/keys.h"
#include "protocol/validators/randomness.h"
#include "tests/support/random_contracts.h"

namespace testing_support {

using namespace labor::v1;  // This file makes messages of justice.
using protocol::Hash;

namespace {

constexpr std::uint64_t first_juror = 60;  // Persons.
constexpr std::size_t jurors_here = 10;
constexpr std::uint64_t first_node = 2000;  // As test_genesis() has them.
constexpr std::size_t nodes_here = 4;
constexpr std::size_t values_here = 400;
constexpr std::uint32_t award = 60;

// Disputes, vettings and reports alike, by their numbers.
template <class Case>
std::string_view counter_for() {
  if (std::same_as<Case, Dispute>) return "dispute";
  return std::same_as<Case, Vetting> ? "vetting" : "report";
}
template <class Case>
std::optional<Case> case_numbered(TestChain const& chain, std::uint64_t id) {
  Case named;
  named.set_id(id);
  return chain.find<Case>(state::key_of(named));
}

// Mostly one of the last that is in this state, where there is one.
template <class Case, class State>
std::optional<Case> case_in(Draws& draws, State state) {
  constexpr std::uint64_t looked_at_max = 20;
  auto const made = execution::counter_of(draws.chain().state(), counter_for<Case>());
  for (std::uint64_t back = 0; back < std::min(made, looked_at_max); ++back) {
    auto found = case_numbered<Case>(draws.chain(), made - back);
    if (found && found->state() == state && draws.below(8) != 0) return found;
  }
  return case_numbered<Case>(draws.chain(), draws.id(counter_for<Case>()));
}

// One of its last panel, or anybody.
template <class Case>
std::string juror_of(Draws& draws, std::optional<Case> const& about) {
  auto const none = !about || about->panels().rbegin()->seats().empty();
  if (none) return jurors()[draws.below(jurors_here)].address().str();
  auto const& seats = about->panels().rbegin()->seats();
  return seats.at(static_cast<int>(draws.below(static_cast<std::uint64_t>(seats.size())))).juror();
}

std::vector<Person> const& nodes() {
  static auto const people = [] {
    std::vector<Person> made;
    for (std::uint64_t i = 0; i < nodes_here; ++i) made.emplace_back(first_node + i);
    return made;
  }();
  return people;
}

std::array<std::vector<Hash>, nodes_here> const& random_chains() {
  static auto const chains = [] {
    std::array<std::vector<Hash>, nodes_here> made;
    for (std::size_t i = 0; i < nodes_here; ++i) {
      auto value = Hash{};
      value.data[0] = static_cast<std::uint8_t>(i + 1);
      made[i].assign(values_here, {});
      for (auto place = made[i].rbegin(); place != made[i].rend(); ++place) {
        *place = value;
        value = validators::randomness_before(value);
      }
    }
    return made;
  }();
  return chains;
}

std::string tip_of(TestChain const& chain, std::uint64_t node) {
  auto const known = chain.find<SeatRandomness>(state::keys::seat_randomness(node + 1));
  return known ? known->tip() : std::string{};
}

// Everybody says the same of a case with the same salt: so a reveal matches, and can be exposed.
std::uint32_t award_on(Dispute const&) {
  return award;
}
// A third of the claims and challenges find nobody who believes.
std::uint32_t award_on(Vetting const& vetting) {
  return (vetting.id() + vetting.challenges()) % 3 == 0 ? 100 - award : award;
}

// Half of the jobs are a scam.
std::uint32_t award_on(Report const& report) {
  return report.id() % 2 == 0 ? 100 - award : award;
}

template <class Case>
std::string commitment_of(Case const& about, std::string_view juror) {
  auto const address = execution::address_in(juror);
  return justice::verdict_commitment(justice::sitting_on(about), address, Hash{}, award_on(about))
      .str();
}

template <class Case>
Person const* juror_where(Case const& about, auto const& fits) {
  for (auto const& seat : about.panels().rbegin()->seats()) {
    if (!fits(seat)) continue;
    auto const found = std::ranges::find_if(
        jurors(), [&](Person const& person) { return person.address().chars() == seat.juror(); });
    if (found != jurors().end()) return &*found;
  }
  return nullptr;
}

template <class Case>
Person const* who_committed(TestChain const& chain, std::uint64_t id, std::string_view commitment) {
  auto const about = case_numbered<Case>(chain, id);
  if (!about) return nullptr;
  return juror_where(*about, [&](JurorSeat const& seat) {
    return commitment_of(*about, seat.juror()) == commitment;
  });
}

bool is_committed(JurorSeat const& seat) {
  return seat.state() == JUROR_SEAT_STATE_COMMITTED;
}

template <class Case>
Person const* who_may_reveal(TestChain const& chain, std::uint64_t id) {
  auto const about = case_numbered<Case>(chain, id);
  return about ? juror_where(*about, is_committed) : nullptr;
}

// Calls `visit` with the kind of case that a message names, and its number.
template <class Visit>
auto visit_case(auto const& message, Visit visit) {
  if (message.report() != 0) return visit(Report{}, message.report());
  if (message.vetting() != 0) return visit(Vetting{}, message.vetting());
  return visit(Dispute{}, message.dispute());
}

Person const* verdict_speaker(TestChain const& chain, Message const& message) {
  if (message.has_commit_verdict()) {
    auto const& said = message.commit_verdict();
    return visit_case(said, [&]<class Case>(Case const&, std::uint64_t id) {
      return who_committed<Case>(chain, id, said.commitment());
    });
  }
  return visit_case(message.reveal_verdict(), [&]<class Case>(Case const&, std::uint64_t id) {
    return who_may_reveal<Case>(chain, id);
  });
}

void name_case(auto& message, Dispute const&, std::uint64_t id) {
  message.set_dispute(id);
}
void name_case(auto& message, Vetting const&, std::uint64_t id) {
  message.set_vetting(id);
}
void name_case(auto& message, Report const&, std::uint64_t id) {
  message.set_report(id);
}

template <class Case, class State>
void fill_commitment(Draws& draws, CommitVerdict& message, State voting) {
  auto const about = case_in<Case>(draws, voting);
  auto const juror = juror_of(draws, about);
  name_case(message, Case{}, about ? about->id() : draws.id(counter_for<Case>()));
  message.set_commitment(about ? commitment_of(*about, juror) : draws.hash());
}

template <class Case, class State>
void fill_reveal(Draws& draws, RevealVerdict& message, State revealing) {
  auto const about = case_in<Case>(draws, revealing);
  name_case(message, Case{}, about ? about->id() : draws.id(counter_for<Case>()));
  message.set_award(award_on(about.value_or(Case{})) + (draws.below(8) == 0 ? 1 : 0));
}

template <class Case, class State>
void fill_exposure(Draws& draws, ExposeVerdict& message, State voting) {
  auto const about = case_in<Case>(draws, voting);
  name_case(message, Case{}, about ? about->id() : draws.id(counter_for<Case>()));
  auto const* const committed = about ? juror_where(*about, is_committed) : nullptr;
  auto const known = committed != nullptr && draws.below(4) != 0;
  message.set_juror(known ? committed->address().str() : juror_of(draws, about));
  message.set_award(award_on(about.value_or(Case{})) + (draws.below(8) == 0 ? 1 : 0));
}

// Whether one of the last cases of a kind is in this state.
template <class Case, class State>
bool has_case_in(Draws& draws, State state) {
  constexpr std::uint64_t looked_at_max = 20;
  auto const made = execution::counter_of(draws.chain().state(), counter_for<Case>());
  for (std::uint64_t back = 0; back < std::min(made, looked_at_max); ++back) {
    auto const found = case_numbered<Case>(draws.chain(), made - back);
    if (found && found->state() == state) return true;
  }
  return false;
}

enum class Kind : std::uint8_t { dispute, vetting, report };
using Kinds = std::array<Kind, 3>;

// Where several kinds wait for a verdict, half of the time a dispute is first.
Kinds order_of_kinds(Draws& draws) {
  constexpr std::array<Kinds, 4> orders{{{Kind::report, Kind::vetting, Kind::dispute},
                                         {Kind::vetting, Kind::report, Kind::dispute},
                                         {Kind::dispute, Kind::vetting, Kind::report},
                                         {Kind::dispute, Kind::report, Kind::vetting}}};
  return orders.at(draws.below(orders.size()));
}

// Calls `visit` with a kind of case and the state that is asked for: a kind that has one in it, if
// any has.
template <class Visit>
void visit_some_kind(Draws& draws, bool reveals, Visit visit) {
  auto const disputed = reveals ? DISPUTE_STATE_REVEALING : DISPUTE_STATE_VOTING;
  auto const vetted = reveals ? VETTING_STATE_REVEALING : VETTING_STATE_VOTING;
  auto const reported = reveals ? REPORT_STATE_REVEALING : REPORT_STATE_VOTING;
  for (auto const kind : order_of_kinds(draws)) {
    if (kind == Kind::dispute && has_case_in<Dispute>(draws, disputed)) break;
    if (kind == Kind::vetting && has_case_in<Vetting>(draws, vetted)) {
      return visit(Vetting{}, vetted);
    }
    if (kind == Kind::report && has_case_in<Report>(draws, reported)) {
      return visit(Report{}, reported);
    }
  }
  visit(Dispute{}, disputed);
}

Person const* node_named(std::string_view node_key) {
  auto const found = std::ranges::find_if(
      nodes(), [&](Person const& node) { return node.key().public_key().chars() == node_key; });
  return found == nodes().end() ? nullptr : &*found;
}

}  // namespace

std::vector<Person> const& jurors() {
  static auto const people = [] {
    std::vector<Person> made;
    for (std::uint64_t i = 0; i < jurors_here; ++i) made.emplace_back(first_juror + i);
    return made;
  }();
  return people;
}

void add_arbiters(Genesis& genesis) {
  for (auto const& person : jurors()) {
    endow(genesis, person, true, 100 * lbr, 2000 * usd);
    genesis.mutable_accounts(genesis.accounts_size() - 1)->set_arbiter(true);
  }
}

void start_case(TestChain& chain, Person const& client, Person const& talent, std::uint64_t id) {
  auto const does = [&](Person const& who, google::protobuf::Message const& inner) {
    CHECK(chain.send(who, {message(inner)}, {.fee_limit = lbr}).status() == TX_STATUS_OK);
  };
  if (id == 1) {
    for (std::size_t i = 0; i < nodes_here; ++i) {
      CommitRandomness commitment;
      commitment.set_node_key(nodes()[i].key().public_key().str());
      commitment.set_tip(random_chains()[i].front().str());
      does(nodes()[i], commitment);
    }
  }
  hire_by_milestone(chain, client, talent, id);
  SubmitMilestone submit;
  submit.set_contract(id);
  submit.set_delivery_hash(std::string(protocol::Hash::size, '1'));
  does(talent, submit);
  OpenDispute open;
  open.set_contract(id);
  open.set_reason_hash(std::string(protocol::Hash::size, '2'));
  does(client, open);
  AnswerDispute answer;
  answer.set_dispute(id);
  answer.set_statement_hash(std::string(protocol::Hash::size, '3'));
  does(talent, answer);
}

void bring_to_draw(TestChain& chain) {
  chain.advance(7 * day_ms);
  chain.advance(3 * day_ms);
}

void fill(Draws& draws, OfferDisputeSplit& message) {
  message.set_dispute(draws.id("dispute"));
  message.set_to_talent(draws.below(200 * usd));
}

void fill(Draws& draws, AgreeDisputeSplit& message) {
  message.set_dispute(draws.id("dispute"));
  auto const dispute = draws.chain().find<Dispute>(state::keys::dispute(message.dispute()));
  if (dispute) message.set_to_talent(dispute->split().to_talent() + (draws.below(8) == 0 ? 1 : 0));
}

void fill(Draws& draws, AppealDispute& message) {
  auto const dispute = case_in<Dispute>(draws, DISPUTE_STATE_RULED);
  message.set_dispute(dispute ? dispute->id() : draws.id("dispute"));
}

void fill(Draws& draws, StakeAsJuror& message) {
  message.set_amount(draws.below(200 * usd));
}

void fill(Draws& draws, WithdrawJurorStake& message) {
  message.set_amount(draws.below(20 * usd));
}

void fill(Draws& draws, CommitVerdict& message) {
  visit_some_kind(draws, false, [&]<class Case>(Case const&, auto voting) {
    fill_commitment<Case>(draws, message, voting);
  });
}

void fill(Draws& draws, RevealVerdict& message) {
  message.set_salt(Hash{}.str());
  visit_some_kind(draws, true, [&]<class Case>(Case const&, auto revealing) {
    fill_reveal<Case>(draws, message, revealing);
  });
}

void fill(Draws& draws, ExposeVerdict& message) {
  message.set_salt(Hash{}.str());
  visit_some_kind(draws, false, [&]<class Case>(Case const&, auto voting) {
    fill_exposure<Case>(draws, message, voting);
  });
}

// Mostly of a job that is open.
void fill(Draws& draws, ReportJob& message) {
  message.set_job(draws.id("job"));
  message.set_reason_hash(draws.hash());
}

void fill(Draws& draws, ChallengeVetting& message) {
  auto const vetting = case_in<Vetting>(draws, VETTING_STATE_VETTED);
  message.set_vetting(vetting ? vetting->id() : draws.id("vetting"));
  message.set_reason_hash(draws.hash());
}

void fill(Draws& draws, CommitRandomness& message) {
  auto const node = draws.below(nodes_here);
  message.set_node_key(nodes()[node].key().public_key().str());
  message.set_tip(random_chains()[node][draws.below(3)].str());
}

void fill(Draws& draws, RevealRandomness& message) {
  auto const node = draws.below(nodes_here);
  auto const& chain = random_chains()[node];
  message.set_node_key(nodes()[node].key().public_key().str());
  auto const round = validators::latest_round(draws.chain().state());
  message.set_round(round ? round->id() : 1);
  auto const tip = Hash::from(tip_of(draws.chain(), node)).value_or(Hash{});
  auto const at = std::ranges::find(chain, tip);
  auto const known = at != chain.end() && std::next(at) != chain.end() && draws.below(12) != 0;
  message.set_preimage(known ? std::next(at)->str() : draws.hash());
}

Person const* speaker(TestChain const& chain, Message const& message, Act const& act) {
  switch (message.message_case()) {
    case Message::kCommitRandomness:
      return node_named(message.commit_randomness().node_key());
    case Message::kRevealRandomness:
      return node_named(message.reveal_randomness().node_key());
    case Message::kCommitVerdict:
    case Message::kRevealVerdict:
      return verdict_speaker(chain, message);
    case Message::kStakeAsJuror:
    case Message::kWithdrawJurorStake:
      return &jurors()[act.draws[1] % jurors_here];
    default:
      return nullptr;
  }
}

}  // namespace testing_support
