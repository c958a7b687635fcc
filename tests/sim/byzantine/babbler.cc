// It sends bytes that are no message: what it has heard with a part of it changed, cut off or
// added, and mere noise.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

class Babbler final : public Deviation {
 public:
  explicit Babbler(DeviationContext context) : context_{std::move(context)} {}

  void heard(std::size_t, Opened const& message) override {
    if (!context_.prng.one_in(4)) return;
    auto const sense = said_again(context_, message);
    auto const nonsense = spoil(sense ? **sense : std::string{});
    context_.post(some(context_), std::make_shared<std::string const>(nonsense));
    context_.faults.add(Fault::garbage);
  }

 private:
  std::string spoil(std::string bytes) {
    auto& prng = context_.prng;
    auto const at = static_cast<std::size_t>(prng.below(bytes.size() + 1));
    switch (prng.below(3)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << prng.below(8)));
        break;
      case 1:
        bytes.resize(at);
        break;
      default:
        for (auto left = prng.below(64); left > 0; --left) {
          bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                       static_cast<char>(prng.next()));
        }
    }
    return bytes;
  }

  DeviationContext context_;
};

}  // namespace

std::unique_ptr<Deviation> make_babbler(DeviationContext context) {
  return std::make_unique<Babbler>(std::move(context));
}

}  // namespace sim
