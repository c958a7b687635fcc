#include "protocol/bank/closing.h"

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/state/keys.h"

namespace bank {

using namespace labor::v1;  // This file looks at every record that an account may hang on.
using execution::Context;
using execution::Done;
using execution::fail;
using protocol::Address;

namespace {

constexpr auto assets = {ASSET_LBR, ASSET_USD};

Done check_work(Context const& context) {
  auto const work = context.find<OpenWork>(state::keys::open_work(context.sender()));
  if (!work) return {};
  auto const have = std::uint64_t{work->jobs()} + work->offers() + work->contracts() +
                    static_cast<std::uint64_t>(work->proposals_size()) +
                    (work->report() != 0 ? 1 : 0);
  return have == 0 ? Done{} : fail(TX_STATUS_ACCOUNT_HAS_WORK, {{"have", have}});
}

Done nothing_hangs_on(Context const& context, Account const& account) {
  auto const profile = context.find<Profile>(state::keys::profile(context.sender()));
  if (profile && profile->state() != PROFILE_STATE_CLOSED) {
    return fail(TX_STATUS_PROFILE_NOT_CLOSED);
  }
  TRY_VOID(check_work(context));
  if (account.locked() > 0) {
    return fail(TX_STATUS_ACCOUNT_HAS_LOCKS, {{"have", account.locked()}});
  }
  auto const juror = context.find<Juror>(state::keys::juror(context.sender()));
  if (juror && juror->stake() > 0) {
    return fail(TX_STATUS_ACCOUNT_HAS_STAKE, {{"have", juror->stake()}});
  }
  auto const vesting = context.find<Vesting>(state::keys::vesting(context.sender()));
  if (vesting && !vesting->grants().empty()) return fail(TX_STATUS_ACCOUNT_HAS_GRANTS);
  return {};
}

}  // namespace

Done apply(Context& context, CloseAccount const& message) {
  auto const to = Address::from(message.to());
  if (!to) return fail(TX_STATUS_INVALID_ADDRESS);
  if (*to == context.sender()) return fail(TX_STATUS_SAME_ACCOUNT);
  auto account = account_of(context.state(), context.sender());
  TRY_VOID(nothing_hangs_on(context, account));
  for (auto const asset : assets) {
    auto const free = balance_of(context.state(), context.sender(), asset);
    TRY_VOID(context.move(account_holder(context.sender()), account_holder(*to), asset, free,
                          "account.close"));
  }
  account.set_closed(true);
  context.put(account, "account.close");
  return {};
}

Done apply(Context& context, ReopenAccount const&) {
  auto account = account_of(context.state(), context.sender());
  if (!account.closed()) return fail(TX_STATUS_ACCOUNT_OPEN);
  account.set_closed(false);
  context.put(account, "account.reopen");
  return {};
}

Done must_be_open(Context const& context) {
  auto const closed = account_of(context.state(), context.sender()).closed();
  return closed ? fail(TX_STATUS_ACCOUNT_CLOSED) : Done{};
}

}  // namespace bank
