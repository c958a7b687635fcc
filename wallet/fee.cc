#include "wallet/fee.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "protocol/limits.h"

namespace wallet {

namespace {

__extension__ using Wide = unsigned __int128;

// Records come proved, but a wallet that reads without proofs must not wrap around.
std::uint64_t minus(std::uint64_t from, std::uint64_t amount) {
  return from - std::min(from, amount);
}

}  // namespace

std::uint64_t scaled(std::uint64_t amount, std::uint64_t numerator, std::uint64_t denominator) {
  if (denominator == 0) return 0;
  auto const result = Wide{amount} * numerator / denominator;
  constexpr Wide most = std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(std::min(result, most));
}

std::uint64_t client_fee(std::uint64_t amount, std::uint64_t fee_bps) {
  return scaled(amount, fee_bps, protocol::limits::bps_of_all);
}

std::uint64_t fee_taken_on(labor::v1::Milestone const& milestone, std::uint64_t more) {
  auto const released = milestone.released() + more;
  return minus(scaled(milestone.fee(), released, milestone.funded()), milestone.fee_taken());
}

std::uint64_t bonus_fee(labor::v1::Contract const& contract, std::uint64_t amount) {
  namespace limits = protocol::limits;
  auto const free = scaled(contract.released(), limits::bonus_free_bps, limits::bps_of_all);
  auto const left = minus(free, minus(contract.bonus(), contract.bonus_charged()));
  auto const fee = client_fee(contract.bonus_charged() + minus(amount, left),
                              contract.frozen().client_fee_bps());
  return minus(fee, contract.bonus_fee());
}

std::uint64_t locked_of(labor::v1::Milestone const& milestone) {
  return minus(minus(milestone.funded(), milestone.released()), milestone.refunded());
}

std::uint64_t locked_of(labor::v1::Week const& week) {
  return minus(minus(week.funded(), week.released()), week.refunded());
}

std::uint64_t pay_for(labor::v1::HourlyTerms const& terms, std::uint64_t minutes) {
  return scaled(terms.rate(), minutes, 60);
}

std::uint64_t unearned_fee_of(labor::v1::Milestone const& milestone) {
  return minus(minus(milestone.fee(), milestone.fee_taken()), milestone.fee_returned());
}

std::string why_shared(labor::v1::FeeShare const& share, std::string_view introduced) {
  if (share.vetting() != 0) {
    return fmt::format("who vouched for the talent's skill in vetting {}", share.vetting());
  }
  if (share.introduced().empty()) return "whose app it comes from";
  return fmt::format("who introduced {}", introduced);
}

}  // namespace wallet
