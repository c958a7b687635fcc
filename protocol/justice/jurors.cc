#include "protocol/justice/jurors.h"

#include <labor/v1/talent.pb.h>

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/bank/holders.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/mandates/mandate.h"
#include "protocol/state/keys.h"
#include "protocol/validators/randomness.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using execution::must_hold;
using labor::v1::Juror;
using labor::v1::JurorSeat;
using labor::v1::VettedSkill;
using protocol::Address;
using protocol::Amount;

namespace {

std::optional<Juror> juror_of(state::Reader const& state, Address const& account) {
  return execution::find_record<Juror>(state, state::keys::juror(account));
}

std::expected<Juror, execution::Failure> juror_of_seat(Context const& context,
                                                       JurorSeat const& seat) {
  auto juror = juror_of(context.state(), execution::address_in(seat.juror()));
  if (!juror || juror->locked() > juror->stake() || seat.stake() > juror->locked()) {
    return fail(labor::v1::TX_STATUS_INTERNAL);
  }
  return *std::move(juror);
}

Juror juror_numbered(state::Reader const& state, std::uint32_t number) {
  auto const address = state.get(state::keys::juror_number(number));
  CHECK(address.has_value());  // Numbers are given out without a gap, and none is taken back.
  auto juror = juror_of(state, execution::address_in(*address));
  CHECK(juror.has_value());
  return *std::move(juror);
}

bool is_near(state::Reader const& state, std::string_view juror, std::string_view side) {
  return juror == side || state.get(state::keys::partners(juror, side)).has_value() ||
         mandates::connected(state, execution::address_in(juror), execution::address_in(side));
}

// How fit somebody is for a case: each includes the next.
enum class Fitness : std::uint8_t { skilled, vetted, any };
constexpr std::array fitnesses{Fitness::skilled, Fitness::vetted, Fitness::any};

struct Candidate {
  Address account;
  Fitness fitness{};
};

std::vector<VettedSkill> vetted_of(state::Reader const& state, std::string_view account) {
  auto const profile = execution::find_record<labor::v1::Profile>(
      state, state::keys::profile(execution::address_in(account)));
  if (!profile) return {};
  return {profile->vetted().begin(), profile->vetted().end()};
}

Fitness fitness_of(std::vector<VettedSkill> const& vetted, Sitting const& sitting) {
  if (vetted.empty()) return Fitness::any;
  auto const fits = std::ranges::any_of(vetted, [&](auto const& skill) {
    return std::ranges::find(sitting.skills, skill.uri()) != sitting.skills.end();
  });
  return fits ? Fitness::skilled : Fitness::vetted;
}

// Where these skills of the juror were vetted.
bool may_sit(state::Reader const& state, Juror const& juror, std::vector<VettedSkill> const& vetted,
             Sitting const& sitting) {
  if (juror.stake() - juror.locked() < sitting.stake) return false;
  if (!juror.arbiter() && vetted.empty()) return false;
  if (std::ranges::find(sitting.sat, juror.account()) != sitting.sat.end()) return false;
  return std::ranges::none_of(
      sitting.sides, [&](auto const& side) { return is_near(state, juror.account(), side); });
}

// In the order of their numbers.
std::vector<Candidate> who_may_sit(state::Reader const& state, Sitting const& sitting) {
  auto const count = static_cast<std::uint32_t>(execution::counter_of(state, juror_counter));
  std::vector<Candidate> all;
  for (std::uint32_t number = 1; number <= count; ++number) {
    auto const juror = juror_numbered(state, number);
    auto const vetted = vetted_of(state, juror.account());
    if (!may_sit(state, juror, vetted, sitting)) continue;
    all.push_back({.account = execution::address_in(juror.account()),
                   .fitness = fitness_of(vetted, sitting)});
  }
  return all;
}

// The fittest of whom there are enough to choose from; all where there is no such kind.
std::vector<Address> pool_of(std::vector<Candidate> const& all, std::size_t count) {
  std::vector<Address> pool;
  for (auto const fitness : fitnesses) {
    pool.clear();
    for (auto const& candidate : all) {
      if (candidate.fitness <= fitness) pool.push_back(candidate.account);
    }
    if (pool.size() >= limits::pool_factor * count) break;
  }
  return pool;
}

std::uint64_t pick(protocol::Hash const& seed, Sitting const& sitting, std::uint32_t i) {
  auto said = seed.str() + base::big_endian(sitting.id);
  base::append_big_endian(said, sitting.panel);
  base::append_big_endian(said, i);
  auto const hash = crypto::hash(sitting.draws, {base::bytes_of(said)});
  return base::read_big_endian<std::uint64_t>(hash.chars());
}

// Who has been vetted for long enough and has worked for others than friends.
bool may_join(Context const& context, Address const& account) {
  auto const vetted = vetted_of(context.state(), account.chars());
  auto const long_enough = std::ranges::any_of(vetted, [&](auto const& skill) {
    return skill.vetted_at_ms() + limits::juror_vetted_ms <= context.time().value();
  });
  return long_enough && context.state().get(state::keys::vesting(account)).has_value();
}

std::expected<Juror, execution::Failure> join(Context& context) {
  auto const& account = context.sender();
  if (!may_join(context, account)) return fail(labor::v1::TX_STATUS_NOT_A_JUROR);
  if (context.counter(juror_counter) >= limits::jurors_max) {
    return fail(labor::v1::TX_STATUS_TOO_MANY_JURORS, {{"most", limits::jurors_max}});
  }
  return new_juror(context, account);
}

}  // namespace

Juror new_juror(Context& context, Address const& account) {
  auto const number = context.counter(juror_counter) + 1;
  context.set_counter(juror_counter, number);
  Juror juror;
  juror.set_account(account.str());
  juror.set_number(static_cast<std::uint32_t>(number));
  juror.set_asset(labor::v1::ASSET_USD);
  context.index(state::keys::juror_number(juror.number()), account.chars());
  return juror;
}

Done apply(Context& context, labor::v1::StakeAsJuror const& message) {
  if (message.amount() == 0) return fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
  auto juror = juror_of(context.state(), context.sender());
  if (!juror) {
    TRY(joined, join(context));
    juror = joined;
  }
  auto const stake = base::sum(juror->stake(), message.amount());
  if (!stake) return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  TRY_VOID(context.move(bank::account_holder(context.sender()),
                        bank::juror_stake_holder(context.sender()), juror->asset(),
                        Amount{message.amount()}, "juror.stake"));
  juror->set_stake(*stake);
  context.put(*juror, "juror.stake");
  return {};
}

Done apply(Context& context, labor::v1::WithdrawJurorStake const& message) {
  if (message.amount() == 0) return fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
  auto juror = juror_of(context.state(), context.sender());
  if (!juror) return fail(labor::v1::TX_STATUS_NOT_A_JUROR);
  auto const have = juror->stake() - juror->locked();
  if (message.amount() > have) {
    return fail(labor::v1::TX_STATUS_STAKE_LOCKED, {{"have", have}, {"need", message.amount()}});
  }
  TRY_VOID(context.move(bank::juror_stake_holder(context.sender()),
                        bank::account_holder(context.sender()), juror->asset(),
                        Amount{message.amount()}, "juror.withdraw"));
  juror->set_stake(juror->stake() - message.amount());
  context.put(*juror, "juror.withdraw");
  return {};
}

bool may_sit(state::Reader const& state, Juror const& juror, Sitting const& sitting) {
  return may_sit(state, juror, vetted_of(state, juror.account()), sitting);
}

std::size_t count_free(state::Reader const& state, Sitting const& sitting) {
  return who_may_sit(state, sitting).size();
}

std::optional<std::vector<Address>> draw_jurors(state::Reader const& state, Sitting const& sitting,
                                                protocol::Hash const& seed, std::size_t count) {
  auto left = pool_of(who_may_sit(state, sitting), count);
  if (left.size() < count) return std::nullopt;
  std::vector<Address> drawn;
  for (std::uint32_t i = 0; drawn.size() < count; ++i) {
    std::swap(left.at(pick(seed, sitting, i) % left.size()), left.back());
    drawn.push_back(left.back());
    left.pop_back();
  }
  return drawn;
}

std::optional<std::vector<Address>> draw_panel(Context& context, Sitting const& sitting,
                                               DrawOf const& of, std::size_t count) {
  auto const seed = validators::seed_of(context.state(), of.round, of.opened_at);
  if (!seed) return std::nullopt;
  context.look_at(context.counter(juror_counter));
  return draw_jurors(context.state(), sitting, *seed, count);
}

Done lock_stake(Context& context, JurorSeat& seat, std::uint64_t amount, std::string_view cause) {
  TRY(juror, juror_of_seat(context, seat));
  TRY_VOID(must_hold(juror.stake() - juror.locked() >= amount));
  juror.set_locked(juror.locked() + amount);
  seat.set_stake(amount);
  context.put(juror, cause);
  return {};
}

Done free_stake(Context& context, JurorSeat& seat, std::string_view cause) {
  if (seat.stake() == 0) return {};
  TRY(juror, juror_of_seat(context, seat));
  juror.set_locked(juror.locked() - seat.stake());
  seat.set_stake(0);
  context.put(juror, cause);
  return {};
}

Done take_stake(Context& context, JurorSeat& seat, std::optional<Address> const& half_to,
                std::string_view cause) {
  TRY(juror, juror_of_seat(context, seat));
  auto const from = bank::juror_stake_holder(execution::address_in(seat.juror()));
  auto const half = half_to ? seat.stake() / 2 : 0;
  if (half_to) {
    TRY_VOID(
        context.move(from, bank::account_holder(*half_to), juror.asset(), Amount{half}, cause));
  }
  TRY_VOID(context.move(from, bank::treasury_holder(), juror.asset(), Amount{seat.stake() - half},
                        cause));
  juror.set_stake(juror.stake() - seat.stake());
  juror.set_locked(juror.locked() - seat.stake());
  seat.set_stake(0);
  context.put(juror, cause);
  return {};
}

}  // namespace justice
