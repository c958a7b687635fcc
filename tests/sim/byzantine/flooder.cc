// With each proposal come votes for views far away, all rightly signed, and requests for what does
// not exist.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

constexpr int messages = 10;

class Flooder final : public Deviation {
 public:
  explicit Flooder(DeviationContext context) : context_{std::move(context)} {}

  void heard(std::size_t, Opened const& message) override {
    auto const* const proposal = std::get_if<consensus::ReceivedProposal>(&message);
    if (proposal == nullptr) return;
    auto statement = proposal->vote->statement;
    for (int i = 0; i < messages; ++i) {
      auto const near = context_.prng.one_in(2);
      auto const ahead = near ? context_.prng.below(8) : context_.prng.below(1ull << 62);
      statement.view = consensus::View{statement.parent_view.value() + 1 + ahead};
      statement.block.data[1] = static_cast<std::uint8_t>(context_.prng.next());
      context_.network.send(some(context_), signed_vote(context_, statement));
      auto const to = context_.prng.pick(others(context_.committee, context_.self).members());
      context_.network.fetch_body(to, statement.block);
      context_.network.fetch_view(to, statement.view);
      context_.network.fetch_blocks(context_.committee.validators.key(to), statement.height,
                                    ~std::uint32_t{0});
    }
    context_.faults.add(Fault::flood);
  }

 private:
  DeviationContext context_;
};

}  // namespace

std::unique_ptr<Deviation> make_flooder(DeviationContext context) {
  return std::make_unique<Flooder>(std::move(context));
}

}  // namespace sim
