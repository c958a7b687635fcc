// What random people say about validators: rotations, Ready and evidence, mostly sound. Keys are
// Persons of a few numbers, so that whoever signs can be found again.

#pragma once

#include <labor/v1/validators.pb.h>

#include <cstdint>
#include <functional>
#include <optional>

#include "tests/support/test_chain.h"

namespace testing_support {

// A number below its argument.
using Draw = std::function<std::uint64_t(std::uint64_t)>;

labor::v1::ValidatorChange random_admission(Draw const& draw);
labor::v1::RotateValidatorKeys random_rotation(TestChain const& chain, Draw const& draw);
labor::v1::ReadySeat random_ready(TestChain const& chain, Draw const& draw);
labor::v1::SubmitEvidence random_evidence(TestChain const& chain, Draw const& draw);

// The operator of the validator that is to rotate.
std::optional<protocol::Address> operator_of(TestChain const& chain,
                                             labor::v1::RotateValidatorKeys const& message);

}  // namespace testing_support
