#include "protocol/execution/admission.h"

#include <algorithm>
#include <limits>
#include <span>

#include "protocol/bank/account.h"
#include "protocol/bank/authority.h"
#include "protocol/base/try.h"
#include "protocol/execution/context.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace execution {

namespace limits = protocol::limits;
using labor::v1::Account;
using labor::v1::TransactionBody;
using protocol::Address;
using protocol::PublicKey;

namespace {

__extension__ using u128 = unsigned __int128;

constexpr std::uint64_t lbr = 1'000'000;  // Minor units.

// An account that takes part, as it stands before the charge.
struct Party {
  Address address{};
  Account account;
};

Done check_time(TransactionBody const& body, protocol::TimeMs now) {
  auto const until = body.valid_until_ms();
  if (until < now.value()) {
    return fail(labor::v1::TX_STATUS_EXPIRED, {{"until_ms", until}, {"now_ms", now.value()}});
  }
  if (until - now.value() > limits::valid_for_ms_max) {
    return fail(labor::v1::TX_STATUS_VALID_TOO_LONG,
                {{"until_ms", until}, {"most", now.value() + limits::valid_for_ms_max}});
  }
  return {};
}

// An address that nobody knows can neither pay nor spend; saying so is kinder than "no LBR".
Done check_known(state::Reader const& state, TransactionBody const& body, Address const& address,
                 bool has_record) {
  if (has_record || !body.fee_payer().empty()) return {};
  if (bank::balance_of(state, address, labor::v1::ASSET_LBR).value() > 0) return {};
  return fail(labor::v1::TX_STATUS_ACCOUNT_NOT_FOUND);
}

// Account and fee payer, with the keys that this transaction binds.
struct Parties {
  Party own;
  std::optional<Party> payer;
};

// Before its first transaction, to the one key that may have signed.
void bind(Party& party, std::span<PublicKey const> signers) {
  if (party.account.has_authority()) return;
  for (auto const& key : signers) {
    if (!bank::is_key_of(party.account, key)) continue;
    party.account.mutable_authority()->set_public_key(key.str());
    return;
  }
}

// A stranger's signature is refused, not ignored: it would change the wire hash and be charged
// to the account.
Done check_authority(Parties& parties, std::span<PublicKey const> signers) {
  if (!bank::may_sign(parties.own.account, signers)) {
    return fail(labor::v1::TX_STATUS_NOT_AUTHORIZED);
  }
  auto const stranger = [&](PublicKey const& key) {
    auto const pays = parties.payer && bank::is_key_of(parties.payer->account, key);
    return !pays && !bank::is_key_of(parties.own.account, key);
  };
  if (std::ranges::any_of(signers, stranger)) return fail(labor::v1::TX_STATUS_NOT_AUTHORIZED);
  if (parties.payer && !bank::may_sign(parties.payer->account, signers)) {
    return fail(labor::v1::TX_STATUS_FEE_PAYER_NOT_SIGNED);
  }

  bind(parties.own, signers);
  if (parties.payer) bind(*parties.payer, signers);
  return {};
}

Done check_sequence(TransactionBody const& body, std::uint64_t expected) {
  if (body.sequence() == expected) return {};
  return fail(labor::v1::TX_STATUS_SEQUENCE_MISMATCH,
              {{"expected", expected}, {"got", body.sequence()}});
}

struct Refilled {
  std::uint64_t units = 0;
  // Up to when the refill is counted: an account that acts every 20 ms must not lose the fraction
  // of a unit each time.
  std::uint64_t at_ms = 0;
};

Refilled refilled(Account const& account, protocol::TimeMs block_time) {
  auto const cap = allowance_cap(account);
  auto const since = account.allowance_at_ms();
  auto const now = std::max(block_time.value(), since);
  auto const elapsed = std::min(now - since, limits::allowance_refill_ms);
  auto const gained = static_cast<std::uint64_t>(u128{cap} * elapsed / limits::allowance_refill_ms);
  if (account.allowance() + gained >= cap) return {.units = cap, .at_ms = now};
  auto const counted =
      (u128{gained} * limits::allowance_refill_ms + cap - 1) / cap;  // cap > 0: not full
  return {.units = account.allowance() + gained,
          .at_ms = since + static_cast<std::uint64_t>(counted)};
}

// What is beyond the allowance, in LBR.
std::expected<protocol::Amount, Failure> fee_for(state::Reader const& state,
                                                 TransactionBody const& body, Address const& payer,
                                                 std::uint64_t excess) {
  if (excess == 0) return protocol::Amount{};
  auto const fee = u128{excess} * parameter_of(state, labor::v1::PARAMETER_FEE_PER_UNIT);
  auto const need =
      static_cast<std::uint64_t>(std::min(fee, u128{std::numeric_limits<std::uint64_t>::max()}));
  if (need > body.fee_limit()) {
    return fail(labor::v1::TX_STATUS_FEE_LIMIT_TOO_LOW,
                {{"have", body.fee_limit()}, {"need", need}});
  }
  auto const have = bank::balance_of(state, payer, labor::v1::ASSET_LBR).value();
  if (have < need) {
    return fail(labor::v1::TX_STATUS_FEE_NOT_COVERED, {{"have", have}, {"need", need}});
  }
  return protocol::Amount{need};
}

std::expected<Charge, Failure> charge(state::Reader const& state, TransactionBody const& body,
                                      std::uint64_t units, Moment const& moment, Parties parties) {
  auto& account = parties.own.account;
  auto const available = refilled(account, moment.block_time);
  auto const used = std::min(available.units, units);
  auto const payer = parties.payer ? parties.payer->address : parties.own.address;
  TRY(fee, fee_for(state, body, payer, units - used));

  Charge charge;
  charge.allowance_used = used;
  charge.fee = fee;
  charge.payer = payer;
  account.set_allowance(available.units - used);
  account.set_allowance_at_ms(available.at_ms);
  account.set_sequence(body.sequence() + 1);
  charge.account = std::move(account);
  if (parties.payer) charge.fee_payer = std::move(parties.payer->account);
  return charge;
}

// `signers`: nothing where nobody has signed yet.
std::expected<Charge, Failure> admit_body(state::Reader const& state, TransactionBody const& body,
                                          std::optional<std::span<PublicKey const>> signers,
                                          std::uint64_t units, Moment const& moment) {
  TRY_VOID(check_time(body, moment.block_time));

  Parties parties;
  parties.own.address = address_in(body.account());  // check_body()
  auto found = find_record<Account>(state, state::keys::account(parties.own.address));
  TRY_VOID(check_known(state, body, parties.own.address, found.has_value()));
  parties.own.account = found ? std::move(*found) : bank::account_of(state, parties.own.address);
  if (!body.fee_payer().empty()) {
    auto const payer = address_in(body.fee_payer());
    parties.payer = Party{.address = payer, .account = bank::account_of(state, payer)};
  }

  if (signers) TRY_VOID(check_authority(parties, *signers));
  auto const own = parties.own.account.sequence();
  TRY_VOID(check_sequence(body, moment.next_sequence ? moment.next_sequence->value() : own));
  return charge(state, body, units, moment, std::move(parties));
}

}  // namespace

std::uint64_t allowance_cap(Account const& account) {
  auto const lent = std::uint64_t{account.sponsored()} * limits::allowance_lent;
  std::uint64_t cap = 0;
  if (account.member()) {
    cap = limits::allowance_base - std::min(lent, limits::allowance_base);
  } else if (!account.sponsor().empty()) {
    cap = limits::allowance_lent;
  }
  auto const by_lock =
      std::min(account.locked() / lbr * limits::allowance_per_lbr, limits::allowance_max);
  return std::min(cap + by_lock, limits::allowance_max);
}

std::uint64_t allowance_at(Account const& account, protocol::TimeMs block_time) {
  return refilled(account, block_time).units;
}

std::expected<Charge, Failure> admit(state::Reader const& state, CheckedTransaction const& tx,
                                     Moment const& moment) {
  return admit_body(state, tx.body(), std::span{tx.signers()}, tx.units(), moment);
}

std::expected<Charge, Failure> admit_unsigned(state::Reader const& state,
                                              TransactionBody const& body, std::uint64_t units,
                                              Moment const& moment) {
  return admit_body(state, body, std::nullopt, units, moment);
}

}  // namespace execution
