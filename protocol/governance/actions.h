// What a ballot does once it has passed: typed actions, all of them or none, in the order of the
// schema. One that could not be carried out at the earliest execution is refused at submission; one
// that cannot be at the execution fails the ballot.
//
//   action                     class          carried out by
//   parameters                 of each        parameters.h
//   validators                 validators     validators/seats.h
//   issuers                    ordinary       talent/issuer.h
//   arbiters                   ordinary       justice/arbiters.h
//   apps                       ordinary       mandates/app.h
//   assets                     ordinary       bank/pay_asset.h
//   upgrades                   upgrade, or constitution where they say so     upgrade.h
//   spends                     ordinary       spending.h
//   election                   ordinary       election.h
//   none: a text               ordinary

#pragma once

#include <labor/v1/governance.pb.h>

#include <cstddef>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace governance {

std::size_t count_of(labor::v1::Actions const& actions);

// The highest of them: ordinary, validators, upgrade, fee, constitution. A council decides the
// first three (council.h), so a fee is nothing to hide among the others.
labor::v1::BallotClass class_of(labor::v1::Actions const& actions);

// Whether all may be carried out at `when`, as things are: TOO_MANY_CHANGES {got, most}, then what
// each module of the table refuses, in its order.
execution::Done may_carry_out(execution::Context& context, labor::v1::Actions const& actions,
                              protocol::TimeMs when);

// Those of the ballot, once may_carry_out() has agreed.
execution::Done carry_out(execution::Context& context, labor::v1::Ballot const& ballot);

}  // namespace governance
