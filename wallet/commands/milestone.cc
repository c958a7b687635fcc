// labor milestone: fund, submit, request-changes, accept, release, request-refund, refuse-refund,
// agree-refund, show.

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
void refer(T& message, MilestoneRef const& ref) {
  message.set_contract(ref.contract);
  message.set_milestone(ref.index);
}

class MilestoneVerbs {
 public:
  explicit MilestoneVerbs(Menu& menu)
      : menu_{menu},
        noun_{menu.noun("milestone", "The money of a contract, step by step: CONTRACT/INDEX")},
        arguments_{std::make_shared<MilestoneArguments>()} {}

  // `fill` completes the message of a milestone.
  template <class Fill>
  CLI::App& act(std::string name, std::string help, Fill fill) {
    auto& verb =
        menu_.verb(noun_, std::move(name), std::move(help),
                   [&session = menu_.session, arguments = arguments_, fill]() -> Result<Output> {
                     TRY(ref, parse_milestone(arguments->milestone));
                     labor::v1::Message message;
                     TRY_VOID(fill(message, ref, *arguments));
                     return perform(session, std::move(message));
                   });
    add_reference(verb);
    return verb;
  }

  void add_reference(CLI::App& verb) {
    verb.add_option("MILESTONE", arguments_->milestone, "CONTRACT/INDEX, like 7/0")->required();
  }

  Menu& menu_;
  CLI::App& noun_;
  std::shared_ptr<MilestoneArguments> arguments_;
};

using labor::v1::Message;
using Arguments = MilestoneArguments const&;

void add_client_acts(MilestoneVerbs& verbs) {
  verbs.act("fund", "Lock its amount and the client fee",
            [](Message& message, MilestoneRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_fund_milestone(), ref);
              return {};
            });
  verbs.act("accept", "Pay the whole of it",
            [](Message& message, MilestoneRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_accept_milestone(), ref);
              return {};
            });
  verbs
      .act("request-changes", "Ask for another delivery",
           [](Message& message, MilestoneRef ref, Arguments arguments) -> Result<void> {
             refer(*message.mutable_request_changes(), ref);
             TRY(hash, parse_hash(arguments.hash));
             message.mutable_request_changes()->set_reason_hash(hash);
             return {};
           })
      .add_option("--reason", verbs.arguments_->hash, "Hash of the reason, or @FILE")
      ->required();
  verbs
      .act("release", "Pay a part of it",
           [](Message& message, MilestoneRef ref, Arguments arguments) -> Result<void> {
             refer(*message.mutable_release_part(), ref);
             TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
             message.mutable_release_part()->set_amount(amount.value());
             return {};
           })
      .add_option("AMOUNT", verbs.arguments_->amount, "Like 100 USD")
      ->required()
      ->expected(1, 2);
  verbs.act("request-refund", "Ask for the rest back",
            [](Message& message, MilestoneRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_request_refund(), ref);
              return {};
            });
}

void add_talent_acts(MilestoneVerbs& verbs) {
  verbs
      .act("submit", "Deliver",
           [](Message& message, MilestoneRef ref, Arguments arguments) -> Result<void> {
             refer(*message.mutable_submit_milestone(), ref);
             TRY(hash, parse_hash(arguments.hash));
             message.mutable_submit_milestone()->set_delivery_hash(hash);
             return {};
           })
      .add_option("--delivery", verbs.arguments_->hash, "Hash of what is delivered, or @FILE")
      ->required();
  verbs.act("refuse-refund", "Refuse the refund asked for",
            [](Message& message, MilestoneRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_refuse_refund(), ref);
              return {};
            });
  verbs.act("agree-refund", "Give the rest back",
            [](Message& message, MilestoneRef ref, Arguments) -> Result<void> {
              refer(*message.mutable_agree_refund(), ref);
              return {};
            });
}

}  // namespace

void add_milestone(Menu& menu) {
  MilestoneVerbs verbs{menu};
  add_client_acts(verbs);
  add_talent_acts(verbs);
  auto& showing =
      menu.verb(verbs.noun_, "show", "A milestone; proved",
                [&session = menu.session, arguments = verbs.arguments_]() -> Result<Output> {
                  TRY(ref, parse_milestone(arguments->milestone));
                  labor::v1::Record key;
                  key.mutable_milestone()->set_contract(ref.contract);
                  key.mutable_milestone()->set_index(ref.index);
                  return show_record(session, key, "milestone", arguments->milestone);
                });
  verbs.add_reference(showing);
}

}  // namespace wallet
