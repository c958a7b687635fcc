// Who may sign for an account, and what becomes of one whose key is lost.

#include <fmt/format.h>

#include "protocol/bank/recovery.h"
#include "protocol/base/hex.h"
#include "wallet/authority.h"
#include "wallet/dates.h"
#include "wallet/teller.h"

namespace wallet {

void Teller::authority(labor::v1::Authority const& authority) {
  for (auto const& text : describe(authority)) detail(text);
}

Result<void> Teller::say(labor::v1::RotateAuthority const& message) {
  line(fmt::format("From the next transaction on, {} is signed for by", who(body_.account())));
  authority(message.authority());
  detail("The keys it had sign for nothing any more. The address stays, and all that is its.");
  detail("If nobody has these keys, the account is lost: guardians can help, if there are any.");
  return {};
}

Result<void> Teller::say(labor::v1::SetGuardians const& message) {
  if (message.guardians().empty()) {
    line("Have no guardians any more: whoever loses the key then loses the account.");
    return {};
  }
  line(fmt::format("{} of these guardians may give your account other keys:", message.threshold()));
  for (auto const& guardian : message.guardians()) detail(who(guardian));
  detail(fmt::format("It takes effect {} after they agree; until then you can cancel it.",
                     show_duration(message.delay_ms())));
  detail("They replace the guardians that you have now.");
  return {};
}

Result<void> Teller::say(labor::v1::StartRecovery const& message) {
  line(fmt::format("Ask for other keys for {}, as one of its guardians:", who(message.account())));
  authority(message.authority());
  detail("Make sure that it is its owner who asked you, by a way that nobody can fake.");
  return {};
}

Result<void> Teller::say(labor::v1::ApproveRecovery const& message) {
  line(fmt::format("Agree, as a guardian, to other keys for {}:", who(message.account())));
  labor::v1::Record key;
  key.mutable_recovery()->set_account(message.account());
  TRY(found, read(key));
  auto const account = protocol::Address::from(message.account());
  auto const known = found && account &&
                     bank::authority_hash(*account, found->recovery().authority()).chars() ==
                         message.authority_hash();
  if (known) {
    authority(found->recovery().authority());
  } else {
    hash("Of the keys", message.authority_hash());
  }
  detail("Make sure that it is its owner who asked you, by a way that nobody can fake.");
  return {};
}

Result<void> Teller::say(labor::v1::CancelRecovery const&) {
  line("Cancel the recovery of your account: its keys stay as they are.");
  return {};
}

}  // namespace wallet
