// How hourly work reads: its terms, its weeks and what they hold. Part of show_record.h.

#pragma once

#include <labor/v1/work.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "wallet/show.h"

namespace wallet {

// "3 h 30 min", "0 min".
std::string show_minutes(std::uint64_t minutes);

// "40.00 USD an hour, at most 20 h a week".
std::string show_hourly(labor::v1::HourlyTerms const& terms, labor::v1::Asset asset);

// Terms and top-up of a contract that is paid by the hour.
void add_hours(Facts& facts, labor::v1::Contract const& contract);

Facts facts_of(labor::v1::Week const& week);
std::vector<std::string> row_of(labor::v1::Week const& week);

}  // namespace wallet
