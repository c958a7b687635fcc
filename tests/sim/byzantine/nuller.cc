// It says NULLIFY of every view as soon as it is there, whatever it votes besides.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

class Nuller final : public Deviation {
 public:
  explicit Nuller(DeviationContext context) : context_{std::move(context)} {}

  void after_turn() override {
    auto const view = context_.runner().state().current;
    if (view <= said_) return;
    said_ = view;
    auto const statement = consensus::nullify(context_.committee.epoch, view);
    context_.network.send(others(context_.committee, context_.self),
                          signed_vote(context_, statement));
    context_.faults.add(Fault::nulling);
  }

 private:
  DeviationContext context_;
  consensus::View said_{};
};

}  // namespace

std::unique_ptr<Deviation> make_nuller(DeviationContext context) {
  return std::make_unique<Nuller>(std::move(context));
}

}  // namespace sim
