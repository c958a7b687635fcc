// It says again what others and it said long ago: votes of others on its own stream, proposals of
// views gone by, certificates of any.

#include <utility>
#include <vector>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

constexpr std::size_t kept_max = 500;

class Replayer final : public Deviation {
 public:
  explicit Replayer(DeviationContext context) : context_{std::move(context)} {}

  void heard(std::size_t, Opened const& message) override {
    if (auto payload = said_again(context_, message)) keep(*std::move(payload));
    if (kept_.empty() || !context_.prng.one_in(4)) return;
    context_.post(some(context_), context_.prng.pick(kept_));
    context_.faults.add(Fault::old_said_again);
  }

 private:
  void keep(Payload payload) {
    if (kept_.size() < kept_max) {
      kept_.push_back(std::move(payload));
    } else {
      kept_[static_cast<std::size_t>(context_.prng.below(kept_max))] = std::move(payload);
    }
  }

  DeviationContext context_;
  std::vector<Payload> kept_;
};

}  // namespace

std::unique_ptr<Deviation> make_replayer(DeviationContext context) {
  return std::make_unique<Replayer>(std::move(context));
}

}  // namespace sim
