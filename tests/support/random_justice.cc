#include "tests/support/random_justice.h"

#include <algorithm>
#include <array>

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

// Mostly one of the last that is in this state, where there is one.
std::optional<Dispute> dispute_in(Draws& draws, DisputeState state) {
  constexpr std::uint64_t looked_at_max = 20;
  auto const made = execution::counter_of(draws.chain().state(), "dispute");
  for (std::uint64_t back = 0; back < std::min(made, looked_at_max); ++back) {
    auto dispute = draws.chain().find<Dispute>(state::keys::dispute(made - back));
    if (dispute && dispute->state() == state && draws.below(8) != 0) return dispute;
  }
  return draws.chain().find<Dispute>(state::keys::dispute(draws.id("dispute")));
}

// One of its last panel, or anybody.
std::string juror_of(Draws& draws, std::optional<Dispute> const& dispute) {
  auto const none = !dispute || dispute->panels().rbegin()->seats().empty();
  if (none) return jurors()[draws.below(jurors_here)].address().str();
  auto const& seats = dispute->panels().rbegin()->seats();
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

// Everybody says the same with the same salt: so a reveal matches, and can be exposed.
std::string commitment_of(Dispute const& dispute, std::string_view juror) {
  return justice::verdict_commitment(dispute, execution::address_in(juror), Hash{}, award).str();
}

Person const* juror_where(Dispute const& dispute, auto const& fits) {
  for (auto const& seat : dispute.panels().rbegin()->seats()) {
    if (!fits(seat)) continue;
    auto const found = std::ranges::find_if(
        jurors(), [&](Person const& person) { return person.address().chars() == seat.juror(); });
    if (found != jurors().end()) return &*found;
  }
  return nullptr;
}

Person const* who_committed(TestChain const& chain, CommitVerdict const& message) {
  auto const dispute = chain.find<Dispute>(state::keys::dispute(message.dispute()));
  if (!dispute) return nullptr;
  return juror_where(*dispute, [&](JurorSeat const& seat) {
    return commitment_of(*dispute, seat.juror()) == message.commitment();
  });
}

bool is_committed(JurorSeat const& seat) {
  return seat.state() == JUROR_SEAT_STATE_COMMITTED;
}

Person const* who_may_reveal(TestChain const& chain, RevealVerdict const& message) {
  auto const dispute = chain.find<Dispute>(state::keys::dispute(message.dispute()));
  if (!dispute) return nullptr;
  return juror_where(*dispute, is_committed);
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
  auto const dispute = dispute_in(draws, DISPUTE_STATE_RULED);
  message.set_dispute(dispute ? dispute->id() : draws.id("dispute"));
}

void fill(Draws& draws, StakeAsJuror& message) {
  message.set_amount(draws.below(200 * usd));
}

void fill(Draws& draws, WithdrawJurorStake& message) {
  message.set_amount(draws.below(20 * usd));
}

void fill(Draws& draws, CommitVerdict& message) {
  auto const dispute = dispute_in(draws, DISPUTE_STATE_VOTING);
  auto const juror = juror_of(draws, dispute);
  message.set_dispute(dispute ? dispute->id() : draws.id("dispute"));
  message.set_commitment(dispute ? commitment_of(*dispute, juror) : draws.hash());
}

void fill(Draws& draws, RevealVerdict& message) {
  auto const dispute = dispute_in(draws, DISPUTE_STATE_REVEALING);
  message.set_dispute(dispute ? dispute->id() : draws.id("dispute"));
  message.set_salt(Hash{}.str());
  message.set_award(draws.below(8) == 0 ? award + 1 : award);
}

void fill(Draws& draws, ExposeVerdict& message) {
  auto const dispute = dispute_in(draws, DISPUTE_STATE_VOTING);
  message.set_dispute(dispute ? dispute->id() : draws.id("dispute"));
  auto const* const committed = dispute ? juror_where(*dispute, is_committed) : nullptr;
  auto const known = committed != nullptr && draws.below(4) != 0;
  message.set_juror(known ? committed->address().str() : juror_of(draws, dispute));
  message.set_salt(Hash{}.str());
  message.set_award(draws.below(8) == 0 ? award + 1 : award);
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
      return who_committed(chain, message.commit_verdict());
    case Message::kRevealVerdict:
      return who_may_reveal(chain, message.reveal_verdict());
    case Message::kStakeAsJuror:
    case Message::kWithdrawJurorStake:
      return &jurors()[act.draws[1] % jurors_here];
    default:
      return nullptr;
  }
}

}  // namespace testing_support
