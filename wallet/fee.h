// A client's fee: its arithmetic, exactly as the chain does it (protocol/work/escrow.h, bonus.h,
// week.h), and why others have a share of it.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace wallet {

// floor(amount * numerator / denominator), saturated; 0 for a zero denominator.
std::uint64_t scaled(std::uint64_t amount, std::uint64_t numerator, std::uint64_t denominator);

// What funding locks beyond the amount.
std::uint64_t client_fee(std::uint64_t amount, std::uint64_t fee_bps);

// Fee that is taken once `more` has been released beyond what has been.
std::uint64_t fee_taken_on(labor::v1::Milestone const& milestone, std::uint64_t more);

// The fee on a bonus: on what is beyond a fifth of what was released, with those before.
std::uint64_t bonus_fee(labor::v1::Contract const& contract, std::uint64_t amount);

// Neither released nor refunded yet, and the fee that belongs to it.
std::uint64_t locked_of(labor::v1::Milestone const& milestone);
std::uint64_t unearned_fee_of(labor::v1::Milestone const& milestone);
std::uint64_t locked_of(labor::v1::Week const& week);

// floor(rate * minutes / 60), saturated.
std::uint64_t pay_for(labor::v1::HourlyTerms const& terms, std::uint64_t minutes);

// Who it is that has the share: "who introduced INTRODUCED", the label of whom it is for.
std::string why_shared(labor::v1::FeeShare const& share, std::string_view introduced);

}  // namespace wallet
