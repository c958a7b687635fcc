#include "protocol/justice/jurors.h"

#include <algorithm>
#include <numeric>
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

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using execution::must_hold;
using labor::v1::Dispute;
using labor::v1::Juror;
using labor::v1::JurorSeat;
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

bool has_sat(Dispute const& dispute, std::string_view account) {
  return std::ranges::any_of(dispute.panels(), [&](auto const& panel) {
    return std::ranges::any_of(panel.seats(),
                               [&](auto const& seat) { return seat.juror() == account; });
  });
}

bool is_near(state::Reader const& state, std::string_view juror, std::string_view side) {
  return juror == side || state.get(state::keys::partners(juror, side)).has_value() ||
         mandates::connected(state, execution::address_in(juror), execution::address_in(side));
}

std::vector<std::uint32_t> all_numbers(state::Reader const& state) {
  std::vector<std::uint32_t> numbers(execution::counter_of(state, juror_counter));
  std::iota(numbers.begin(), numbers.end(), 1U);
  return numbers;
}

std::uint64_t pick(protocol::Hash const& seed, Dispute const& dispute, std::uint32_t i) {
  auto said = seed.str() + base::big_endian(dispute.id());
  base::append_big_endian(said, static_cast<std::uint8_t>(dispute.panels_size()));
  base::append_big_endian(said, i);
  auto const hash = crypto::hash(crypto::domains::draw, {base::bytes_of(said)});
  return base::read_big_endian<std::uint64_t>(hash.chars());
}

}  // namespace

Done apply(Context& context, labor::v1::StakeAsJuror const& message) {
  if (message.amount() == 0) return fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
  auto juror = juror_of(context.state(), context.sender());
  if (!juror) return fail(labor::v1::TX_STATUS_NOT_A_JUROR);
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

std::uint64_t stake_for(Dispute const& dispute) {
  return limits::stake_fees * dispute.juror_fee();
}

bool may_sit(state::Reader const& state, Juror const& juror, Dispute const& dispute) {
  return juror.stake() - juror.locked() >= stake_for(dispute) &&
         !has_sat(dispute, juror.account()) && !is_near(state, juror.account(), dispute.client()) &&
         !is_near(state, juror.account(), dispute.talent());
}

std::size_t count_free(state::Reader const& state, Dispute const& dispute) {
  auto const numbers = all_numbers(state);
  auto const free = std::ranges::count_if(numbers, [&](std::uint32_t number) {
    return may_sit(state, juror_numbered(state, number), dispute);
  });
  return static_cast<std::size_t>(free);
}

std::optional<std::vector<Address>> draw_jurors(state::Reader const& state, Dispute const& dispute,
                                                protocol::Hash const& seed, std::size_t count) {
  auto left = all_numbers(state);
  std::vector<Address> drawn;
  for (std::uint32_t i = 0; drawn.size() < count && !left.empty(); ++i) {
    std::swap(left.at(pick(seed, dispute, i) % left.size()), left.back());
    auto const juror = juror_numbered(state, left.back());
    left.pop_back();
    if (may_sit(state, juror, dispute)) drawn.push_back(execution::address_in(juror.account()));
  }
  if (drawn.size() < count) return std::nullopt;
  return drawn;
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
