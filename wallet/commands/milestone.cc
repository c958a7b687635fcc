// labor milestone: fund, submit, request-changes, accept, release, request-refund, refuse-refund,
// agree-refund, offer-split, agree-split, withdraw-split, show.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct MilestoneArguments {
  std::string milestone;
  std::string hash;
  std::vector<std::string> amount;
};

template <class T>
void refer(T& message, PartRef const& ref) {
  message.set_contract(ref.contract);
  message.set_milestone(ref.index);
}

class MilestoneVerbs {
 public:
  explicit MilestoneVerbs(Menu& menu)
      : session_{menu.session()},
        noun_{menu.noun("milestone", "The money of a contract, step by step: CONTRACT/INDEX")} {}

  MilestoneArguments& arguments() { return *arguments_; }

  // A verb that does `action` with the milestone named.
  Verb verb(std::string name, std::string help,
            std::function<Result<Output>(Session&, PartRef, MilestoneArguments const&)> action) {
    auto added = noun_.verb(std::move(name), std::move(help),
                            [&session = session_, arguments = arguments_,
                             action = std::move(action)]() -> Result<Output> {
                              TRY(ref, parse_milestone(arguments->milestone));
                              return action(session, ref, *arguments);
                            });
    added.argument("MILESTONE", arguments_->milestone, "CONTRACT/INDEX, like 7/0");
    return added;
  }

  // A verb that sends what `fill` makes of an empty message.
  template <class Fill>
  Verb act(std::string name, std::string help, Fill fill) {
    return verb(std::move(name), std::move(help),
                [fill = std::move(fill)](Session& session, PartRef ref,
                                         MilestoneArguments const& arguments) -> Result<Output> {
                  labor::v1::Message message;
                  TRY_VOID(fill(message, ref, arguments));
                  return perform(session, std::move(message));
                });
  }

 private:
  Session& session_;
  Noun noun_;
  std::shared_ptr<MilestoneArguments> arguments_ = std::make_shared<MilestoneArguments>();
};

using labor::v1::Message;
using Arguments = MilestoneArguments const&;

void add_client_acts(MilestoneVerbs& verbs) {
  verbs.act("fund", "Lock its amount and the client fee",
            [](Message& message, PartRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_fund_milestone(), ref);
              return {};
            });
  verbs.act("accept", "Pay the whole of it",
            [](Message& message, PartRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_accept_milestone(), ref);
              return {};
            });
  verbs
      .act("request-changes", "Ask for another delivery",
           [](Message& message, PartRef ref, Arguments arguments) -> Result<void> {
             refer(*message.mutable_request_changes(), ref);
             TRY(hash, parse_hash(arguments.hash));
             message.mutable_request_changes()->set_reason_hash(hash);
             return {};
           })
      .option("--reason", verbs.arguments().hash, "Hash of the reason, or @FILE", Need::required);
  verbs
      .act("release", "Pay a part of it",
           [](Message& message, PartRef ref, Arguments arguments) -> Result<void> {
             refer(*message.mutable_release_part(), ref);
             TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
             message.mutable_release_part()->set_amount(amount.value());
             return {};
           })
      .words("AMOUNT", verbs.arguments().amount, "Like 100 USD");
  verbs.act("request-refund", "Ask for the rest back",
            [](Message& message, PartRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_request_refund(), ref);
              return {};
            });
}

void add_talent_acts(MilestoneVerbs& verbs) {
  verbs
      .act("submit", "Deliver",
           [](Message& message, PartRef ref, Arguments arguments) -> Result<void> {
             refer(*message.mutable_submit_milestone(), ref);
             TRY(hash, parse_hash(arguments.hash));
             message.mutable_submit_milestone()->set_delivery_hash(hash);
             return {};
           })
      .option("--delivery", verbs.arguments().hash, "Hash of what is delivered, or @FILE",
              Need::required);
  verbs.act("refuse-refund", "Refuse the refund asked for",
            [](Message& message, PartRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_refuse_refund(), ref);
              return {};
            });
  verbs.act("agree-refund", "Give the rest back",
            [](Message& message, PartRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_agree_refund(), ref);
              return {};
            });
}

// A verb about a split of the milestone: so much of what is locked to the talent.
void add_split(MilestoneVerbs& verbs, std::string name, std::string help,
               std::function<void(Message&, PartRef, std::uint64_t)> fill) {
  verbs
      .act(std::move(name), std::move(help),
           [fill = std::move(fill)](Message& message, PartRef ref,
                                    Arguments arguments) -> Result<void> {
             TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
             fill(message, ref, amount.value());
             return {};
           })
      .words("AMOUNT", verbs.arguments().amount,
             "For the talent, like 100 USD; the rest goes back");
}

void add_splits(MilestoneVerbs& verbs) {
  add_split(verbs, "offer-split", "Offer to divide what is locked, in place of any other offer",
            [](Message& message, PartRef ref, std::uint64_t amount) {
              refer(*message.mutable_offer_split(), ref);
              message.mutable_offer_split()->set_to_talent(amount);
            });
  add_split(verbs, "agree-split", "Agree to the split that the other side offers",
            [](Message& message, PartRef ref, std::uint64_t amount) {
              refer(*message.mutable_agree_split(), ref);
              message.mutable_agree_split()->set_to_talent(amount);
            });
  verbs.act("withdraw-split", "Take back the split that you offered",
            [](Message& message, PartRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_withdraw_split(), ref);
              return {};
            });
}

}  // namespace

void add_milestone(Menu& menu) {
  MilestoneVerbs verbs{menu};
  add_client_acts(verbs);
  add_talent_acts(verbs);
  add_splits(verbs);
  verbs.verb("show", "A milestone; proved", [](Session& session, PartRef ref, Arguments arguments) {
    labor::v1::Record key;
    key.mutable_milestone()->set_contract(ref.contract);
    key.mutable_milestone()->set_index(ref.index);
    return show_record(session, key, "milestone", arguments.milestone);
  });
}

}  // namespace wallet
