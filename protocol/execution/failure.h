// Why a message failed: the status of its receipt and the numbers that the status is about.

#pragma once

#include <labor/v1/status.pb.h>

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace execution {

struct Detail {
  std::string_view name;  // "have", "need", "expected", "got", "until_ms": a literal.
  std::uint64_t value = 0;
};

struct Failure {
  labor::v1::TxStatus status{};
  std::vector<Detail> details;
};

// The result of a guard or an act.
using Done = std::expected<void, Failure>;

inline std::unexpected<Failure> fail(labor::v1::TxStatus status, std::vector<Detail> details = {}) {
  return std::unexpected{Failure{status, std::move(details)}};
}

// What the records of a state say of each other, whatever anybody sends. Where it does not hold,
// one of them is wrong (a defect of ours): INTERNAL rolls the transaction back, or puts the
// deadline off, and stops nothing and nobody.
inline Done must_hold(bool consistent) {
  return consistent ? Done{} : fail(labor::v1::TX_STATUS_INTERNAL);
}

// The reason that people and programs match: "INSUFFICIENT_BALANCE".
std::string reason_of(labor::v1::TxStatus status);

// A sentence a person can act on.
std::string_view explain(labor::v1::TxStatus status);

}  // namespace execution
